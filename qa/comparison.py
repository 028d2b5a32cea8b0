"""What changed between an earlier evaluation and this one, question by question and measure by measure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from index.errors import InputError
from qa.evaluation import Evaluation
from qa.judging import Record
from qa.measures import Metric, measure
from qa.questions import Span


@dataclass(frozen=True)
class Change:
    """A question that was right and is wrong now, or the other way round."""

    before: Record
    after: Record


@dataclass(frozen=True)
class Fall:
    """A measure that is now worse than the earlier one's 95 % interval."""

    before: Metric
    after: Metric


@dataclass(frozen=True)
class Comparison:
    """Two evaluations on the questions they have in common."""

    compared: int
    lost: tuple[Change, ...]
    won: tuple[Change, ...]
    falls: tuple[Fall, ...]


def compare(result: Evaluation, earlier: Path, seed: int = 0) -> Comparison:
    """Compares with the evaluation saved as JSON earlier, judging both by today's questions.

    Raises InputError: the file cannot be read, is no evaluation, or has no question in common with this one.
    """
    saved = _saved(earlier)
    pairs = []
    for after in result.records:
        entry = saved.get(after.question.id)
        if entry is not None:
            answer, hits = entry
            pairs.append((Record(after.question, answer, hits), after))
    if not pairs:
        raise InputError(
            f"{earlier} has no question in common with this evaluation; name an evaluation of the same set."
        )
    try:
        return _comparison(pairs, seed)
    except KeyError as error:
        raise InputError(
            f"{earlier} is not an evaluation of Byline: an answer lacks {error}; name another file."
        ) from error


def _comparison(pairs: list[tuple[Record, Record]], seed: int) -> Comparison:
    before = measure([earlier for earlier, _ in pairs], seed)
    after = measure([later for _, later in pairs], seed)
    changes = [Change(earlier, later) for earlier, later in pairs if earlier.correct != later.correct]
    return Comparison(
        compared=len(pairs),
        lost=tuple(change for change in changes if change.before.correct),
        won=tuple(change for change in changes if change.after.correct),
        falls=tuple(Fall(old, new) for old, new in zip(before.metrics, after.metrics, strict=True) if fell(old, new)),
    )


def fell(before: Metric, after: Metric) -> bool:
    """Whether a measure is worse than the earlier one's interval; what depends on the machine never is."""
    if before.low is None or before.high is None or after.value is None:
        return False
    return (before.better == "higher" and after.value < before.low) or (
        before.better == "lower" and after.value > before.high
    )


def _saved(path: Path) -> dict[str, tuple[dict[str, object], tuple[Span, ...]]]:
    try:
        records = json.loads(path.read_text(encoding="utf-8"))["records"]
        return {
            entry["id"]: (
                dict(entry["answer"]),
                tuple(Span(hit["article"], hit["start"], hit["end"]) for hit in entry["hits"]),
            )
            for entry in records
        }
    except OSError as error:
        raise InputError(f"The evaluation {path} cannot be read: {error.strerror}; check its name.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} is not an evaluation of Byline; make one with: byline eval --json {path}") from error

"""Compares two evaluations: which questions were lost or won, and which measures fell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import InputError, cause_of
from qa.evaluation.judging import Record, Reply
from qa.evaluation.measures import Metric, measure
from qa.evaluation.questions import Span
from qa.evaluation.running import Evaluation


@dataclass(frozen=True)
class Change:
    """The records of one question in the earlier evaluation and in this one."""

    before: Record
    after: Record


@dataclass(frozen=True)
class Fall:
    """A measure whose value now lies below the 95 % interval of the earlier one."""

    before: Metric
    after: Metric


@dataclass(frozen=True)
class Comparison:
    """Two evaluations on the questions they have in common."""

    compared: int
    lost: tuple[Change, ...]
    won: tuple[Change, ...]
    falls: tuple[Fall, ...]


@dataclass(frozen=True)
class Earlier:
    """An evaluation that was saved earlier: answers and found passages, by the id of the question."""

    path: Path
    replies: Mapping[str, tuple[Mapping[str, Any], tuple[Span, ...]]]


def read_earlier(path: Path) -> Earlier:
    """Reads an evaluation that was saved as JSON.

    Raises InputError: the file cannot be read or is no evaluation.
    """
    replies = {}
    try:
        for entry in json.loads(path.read_text(encoding="utf-8"))["records"]:
            Reply.from_json(entry["answer"])
            hits = tuple(Span(hit["article"], hit["start"], hit["end"]) for hit in entry["hits"])
            replies[entry["id"]] = (entry["answer"], hits)
    except OSError as error:
        raise InputError(f"The evaluation {path} cannot be read: {cause_of(error)}; check its name.") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{path} is not an evaluation of Byline; make one with: byline eval --json {path}") from error
    return Earlier(path, replies)


def compare(result: Evaluation, earlier: Earlier, seed: int = 0) -> Comparison:
    """Compares two evaluations on the questions that both have; both are judged by the present question set.

    Raises InputError: they have no question in common.
    """
    changes = [
        Change(Record(after.question, *earlier.replies[after.question.id]), after)
        for after in result.records
        if after.question.id in earlier.replies
    ]
    if not changes:
        raise InputError(
            f"{earlier.path} has no question in common with this evaluation; name an evaluation of the same set."
        )
    before = measure([change.before for change in changes], seed)
    after = measure([change.after for change in changes], seed)
    return Comparison(
        compared=len(changes),
        lost=tuple(change for change in changes if change.before.correct and not change.after.correct),
        won=tuple(change for change in changes if change.after.correct and not change.before.correct),
        falls=tuple(Fall(old, new) for old, new in zip(before.metrics, after.metrics, strict=True) if fell(old, new)),
    )


def fell(before: Metric, after: Metric) -> bool:
    """Returns whether a measure is worse than the earlier one's interval; never for a measure of the machine."""
    if before.low is None or before.high is None or after.value is None:
        return False
    return (before.better == "higher" and after.value < before.low) or (
        before.better == "lower" and after.value > before.high
    )

"""Asks a library the questions of a set, and keeps the answers, so that none is asked twice after an interruption."""

from __future__ import annotations

import hashlib
import json
import os
import random
import resource
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from index.errors import FailedError, cause_of
from index.records import Hit
from qa.evaluation.judging import Record
from qa.evaluation.measures import Measurement, Metric, measure
from qa.evaluation.question_files import read_questions
from qa.evaluation.questions import Question, SetProblem, Span
from qa.evaluation.ranking import DEPTH
from qa.evaluation.saving import write_text
from qa.records import Answer, Turn


class Answerer(Protocol):
    """Whatever answers a question after the earlier ``history`` of its conversation; the assistant does."""

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer: ...


@dataclass(frozen=True)
class Evaluation:
    """A finished evaluation: its settings, models, records and measurement."""

    settings: Mapping[str, Any]
    models: Mapping[str, str]
    records: tuple[Record, ...]
    measurement: Measurement

    def to_json(self) -> dict[str, Any]:
        measurement = self.measurement
        return {
            "settings": dict(self.settings),
            "models": dict(self.models),
            "metrics": {metric.name: metric.to_json() for metric in measurement.metrics},
            "by_kind": {
                kind: {metric.name: metric.to_json() for metric in metrics}
                for kind, metrics in measurement.by_kind.items()
            },
            "risk_coverage": [asdict(point) for point in measurement.risk_coverage],
            "calibration": [asdict(part) for part in measurement.calibration],
            "records": [record.to_json() for record in self.records],
        }


class Journal:
    """The answers so far in a file, a line each, written to the disk before the next question is asked.

    If the program is stopped, only the question that it was answering has to be asked again.
    """

    def __init__(self, folder: Path, questions: Sequence[Question], settings: Mapping[str, Any]) -> None:
        """Opens the journal of a run, named by its questions and settings, and begins one where there is none.

        Raises FailedError: the folder cannot be written.
        """
        run = {"questions": [question.to_json() for question in questions], "settings": dict(settings)}
        name = hashlib.sha256(json.dumps(run, sort_keys=True).encode("utf-8")).hexdigest()[:16]
        self.path = folder / f"{name}.jsonl"
        self._entries: dict[str, dict[str, Any]] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            whole = self._read() if self.path.exists() else 0
            self._file = self.path.open("ab")
            # What follows the last whole line was being written when the program was stopped.
            self._file.truncate(whole)
        except OSError as error:
            raise FailedError(f"{self.path} cannot be written: {cause_of(error)}; free or choose a place.") from error

    def __len__(self) -> int:
        return len(self._entries)

    def record(self, question: Question) -> Record | None:
        """Returns the record of a question that was asked already, else None."""
        entry = self._entries.get(question.id)
        if entry is None:
            return None
        hits = tuple(Span(hit["article"], hit["start"], hit["end"]) for hit in entry["hits"])
        return Record(question, entry["answer"], hits)

    def append(self, record: Record) -> None:
        """Brings a record onto the disk.

        Raises FailedError: the disk takes no more.
        """
        try:
            self._file.write(json.dumps(record.to_json(), ensure_ascii=False).encode("utf-8") + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise FailedError(f"{self.path} cannot be written: {cause_of(error)}; free or choose a place.") from error

    def close(self) -> None:
        self._file.close()

    def remove(self) -> None:
        """Removes the file: the evaluation is finished and saved, and the next one starts afresh."""
        self.close()
        self.path.unlink(missing_ok=True)

    def _read(self) -> int:
        """Reads the complete lines of the file and returns their length in bytes."""
        content = self.path.read_bytes()
        whole = content.rfind(b"\n") + 1
        for line in content[:whole].split(b"\n"):
            if line:
                entry = json.loads(line)
                self._entries[entry["id"]] = entry
        return whole


def sample(questions: Sequence[Question], limit: int | None, seed: int) -> tuple[Question, ...]:
    """At most ``limit`` of the questions, drawn at random and left in their order; the same seed draws the same."""
    if limit is None or limit >= len(questions):
        return tuple(questions)
    drawn = random.Random(seed).sample(range(len(questions)), limit)
    return tuple(questions[number] for number in sorted(drawn))


@dataclass(frozen=True)
class Run:
    """The questions of a set that are to be asked of a library, and under what settings."""

    questions: tuple[Question, ...]
    settings: Mapping[str, Any]
    problems: tuple[SetProblem, ...]
    """Why some of the set are left out."""
    drafts: int
    """The number of questions left out because no person has confirmed them."""


def run_of(path: Path, texts: Mapping[str, str], limit: int | None = None, seed: int = 0) -> Run:
    """The run over a question set, at most ``limit`` questions of it; ``texts`` are the library's, by id.

    Raises InputError: the set cannot be read, or no question of it can be asked.
    """
    read = read_questions(path, texts)
    asked = sample(read.questions, limit, seed)
    settings = {
        "questions": path.name,
        "asked": len(asked),
        "left out": len(read.problems) + read.drafts,
        "seed": seed,
        "articles": len(texts),
        "library": library_sha256(texts),
    }
    return Run(asked, settings, read.problems, read.drafts)


def library_sha256(articles: Mapping[str, str]) -> str:
    """Hash of the articles, id to text: tells whether two evaluations asked the same library."""
    whole = json.dumps(dict(articles), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode("utf-8")).hexdigest()


def evaluate(
    questions: Sequence[Question],
    answerer: Answerer,
    search: Callable[[str, int], Sequence[Hit]],
    journal: Journal,
) -> Iterator[Record]:
    """Asks the questions in turn and yields a record for each; those in the journal are not asked again.

    A record's passages are found by ``Answer.standalone``, so that follow-ups are searched as they were understood.
    """
    for question in questions:
        record = journal.record(question)
        if record is None:
            answer = answerer.answer(question.text, question.history)
            hits = search(answer.standalone, DEPTH)
            spans = tuple(Span(hit.passage.article_id, hit.passage.start, hit.passage.end) for hit in hits)
            record = Record(question, answer.to_json(), spans)
            journal.append(record)
        yield record


def evaluation(
    records: Sequence[Record], settings: Mapping[str, Any], models: Mapping[str, str], seed: int = 0
) -> Evaluation:
    """Makes an evaluation of records: measures them, with the peak memory of this process."""
    measurement = measure(records, seed)
    memory = Metric("peak memory", peak_memory_mb(), None, None, len(records), "MB", "")
    measurement = Measurement(
        (*measurement.metrics, memory), measurement.by_kind, measurement.risk_coverage, measurement.calibration
    )
    return Evaluation(settings, models, tuple(records), measurement)


def peak_memory_mb() -> float:
    """The most memory this process has held, in MB of 10^6 bytes."""
    # getrusage(2): kilobytes of 1024 on Linux, bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def write_json(path: Path, result: Evaluation) -> None:
    """Writes an evaluation, in place of what was there.

    Raises InputError: the file cannot be written.
    """
    write_text(path, json.dumps(result.to_json(), ensure_ascii=False, indent=1) + "\n")

"""Byline and its peers, side by side: the same articles, embedder, language model and questions in one run.

Every program runs in a process of its own, all are loaded and have answered a question, and each question is put to
one after the other, in an order that changes from question to question, so that no program has the machine at a better
time.

Byline runs twice: cold, where its model has not read the passages before, and warm, where it has. Times are of the
questions that every program put to its language model, and that found the one Byline cold and the other warm: an
answer without the model takes no time to speak of and must not count as a quick one.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from goals import goals
from limits import limits
from peers.process import BYLINE, PEERS, PeerProcess
from results import RESULTS, circumstances, markdown_table, write_section
from rich.console import Console
from rich.progress import track
from rich.table import Table

from index.models.local import find_model
from qa.evaluation.judging import Record, holds_answer
from qa.evaluation.measures import Measurement, Metric, measure
from qa.evaluation.question_files import read_questions
from qa.evaluation.questions import Question
from qa.evaluation.running import sample
from ui.commands.chosen import EMBEDDER

REFUSALS = (
    "(do|does|did)(n't| not) (know|say|mention|specify|provide|contain|state|include|give|have|indicate|answer)",
    "(is|are|was|were)(n't| not) (mentioned|provided|specified|stated|given|included|available|found|clear|known)",
    "no (information|mention|answer|specific|relevant|details?|direct)",
    "(can|could)( ?not|n't) (be )?(find|found|answer|answered|determine|determined|provide|tell)",
    "unable to (find|answer|determine|provide)",
    "none of the (sources|documents|articles|provided)",
    "not enough (information|context|details)",
    "insufficient (information|context)",
    "i'?m sorry",
)
"""A peer's answer with one of these counts as a refusal, except where it gives the expected answer all the same."""

PEERS_PYTHON = Path(".venv-peers/bin/python")

T = TypeVar("T")
_REFUSAL = re.compile("|".join(REFUSALS), re.IGNORECASE)
Row = tuple[Question, dict[str, Any]]
Answers = dict[str, list[dict[str, Any]]]
"""Of each process, its answers in the order of the questions."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True, help="folder of text files")
    parser.add_argument("--questions", type=Path, required=True, help="question set about them")
    parser.add_argument("--model", default="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf", help="name or path")
    parser.add_argument("--embedder", default=EMBEDDER)
    parser.add_argument("--python", type=Path, default=PEERS_PYTHON, help="the peers' own")
    parser.add_argument("--peers", nargs="+", default=PEERS, choices=PEERS)
    parser.add_argument("--limit", type=int, default=96)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, help="where to write every question and answer")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the Markdown file whose section is rewritten")
    options = parser.parse_args()
    texts = {
        path.relative_to(options.articles).with_suffix("").as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(options.articles.rglob("*.txt"))
    }
    read = read_questions(options.questions, texts)
    for problem in read.problems:
        print(problem, file=sys.stderr)
    questions = sample(read.questions, options.limit, options.seed)
    facts = circumstances(
        {
            "questions": f"{len(questions)} of {options.questions.name} (seed {options.seed}), "
            f"{sum(question.must_be_refused for question in questions)} of them to be refused",
            "articles": len(texts),
            "models": f"{Path(options.model).name}, {options.embedder}; {os.cpu_count()} threads",
            "order": "every question to all programs in turn, each of them first and last as often",
        }
    )
    processes = started(options.peers, options.articles, options.model, options.embedder, options.python)
    try:
        answers = asked(processes, questions)
    finally:
        for process in processes:
            process.close()
    timed = comparable(answers)
    table = [
        summary(process.ready, list(zip(questions, answers[process.name], strict=True)), timed) for process in processes
    ]
    bounded = limits(processes, {name: [replies[number] for number in timed] for name, replies in answers.items()})
    reached = goals(answers, timed)
    body = report(processes, table, bounded, reached, len(timed))
    name = Path(options.model).name.removesuffix(".gguf")
    write_section(f"Peers, {name}", facts, body, options.results)
    shown(table)
    print(markdown_table(list(reached[0]), [list(row.values()) for row in reached]))
    if options.json:
        saved = {
            "peers": {process.name: process.ready | row for process, row in zip(processes, table, strict=True)},
            "records": [
                question.to_json() | {"replies": {name: replies[number] for name, replies in answers.items()}}
                for number, question in enumerate(questions)
            ],
        }
        options.json.write_text(json.dumps(saved, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def started(
    programs: Sequence[str], articles: Path, model: str, embedder: str = EMBEDDER, python: Path = PEERS_PYTHON
) -> list[PeerProcess]:
    """The processes, one started after the other, so that each reads the articles with the machine to itself."""
    logs = Path(tempfile.mkdtemp(prefix="bench-"))
    return [
        PeerProcess(
            name,
            Path(sys.executable) if name in BYLINE else python,
            articles=articles,
            embedder=find_model(embedder, "embedder"),
            model=find_model(model, "llm"),
            threads=os.cpu_count() or 1,
            log=logs / f"{name}.log",
        )
        for name in track(programs, "Starting", console=Console(stderr=True))
    ]


def asked(processes: Sequence[PeerProcess], questions: Sequence[Question]) -> Answers:
    """Every question put to every process, in the order of ``turn``."""
    answers: Answers = {process.name: [] for process in processes}
    for number, question in enumerate(track(questions, "Asking", console=Console(stderr=True))):
        for process in turn(processes, number):
            answers[process.name].append(process.ask(question.text))
    return answers


def turn(processes: Sequence[T], number: int) -> list[T]:
    """The order for a question: another one comes first each time, and every other time it goes backwards.

    >>> [turn("abc", number) for number in range(4)]
    [['a', 'b', 'c'], ['a', 'c', 'b'], ['b', 'c', 'a'], ['b', 'a', 'c']]
    """
    first = number // 2 % len(processes)
    order = [*processes[first:], *processes[:first]]
    return [order[0], *order[:0:-1]] if number % 2 else order


def comparable(answers: Answers) -> list[int]:
    """The questions that every program put to its language model, and that found Byline cold and warm as it should."""
    count = len(next(iter(answers.values())))
    return [
        number
        for number in range(count)
        if all(
            every[number]["llm_calls"] and every[number]["warm"] == BYLINE.get(name) for name, every in answers.items()
        )
    ]


def refused(question: Question, answer: dict[str, Any]) -> bool:
    """Whether the answer counts as a refusal: the peer says so, or its words do."""
    if answer["refused"] is not None:
        return bool(answer["refused"])
    if not question.must_be_refused and holds_answer(question, answer["text"]):
        return False
    return not answer["text"].strip() or _REFUSAL.search(answer["text"]) is not None


def summary(ready: dict[str, Any], rows: Sequence[Row], timed: Sequence[int]) -> dict[str, str]:
    """A program's line of the table; its times and tokens are of the questions at the places ``timed``."""
    records = [Record(question, _as_answer(question, answer)) for question, answer in rows]
    by_article = [Record(replace(record.question, evidence=()), record.answer) for record in records]
    spans, articles = measure(records), measure(by_article)
    times = measure([records[number] for number in timed])
    lengths = [sum(c["end"] - c["start"] for c in answer["cited"]) for _, answer in rows if answer["cited"]]

    def shown_as_share(name: str, measurement: Measurement = spans) -> str:
        return _share(measurement.metric(name))

    return {
        "program": ready["name"],
        "answer containment": shown_as_share("answer containment"),
        "right citation (span)": shown_as_share("citation recall"),
        "right citation (article)": shown_as_share("citation recall", articles),
        "citation precision (span)": shown_as_share("citation precision"),
        "characters cited": f"{statistics.median(lengths):,.0f}" if lengths else "–",
        "false answers": shown_as_share("false answers"),
        "false refusals": shown_as_share("false refusals"),
        "first token p50": _seconds(times.metric("first token p50")),
        "first token p95": _seconds(times.metric("first token p95")),
        "total p50": _seconds(times.metric("latency p50")),
        "prompt tokens": _count(times.metric("prompt tokens")),
        "ingest": f"{ready['ingest_s']:.1f} s",
        "memory": f"{max(answer['peak_memory_mb'] for _, answer in rows):,.0f} MB",
    }


def report(
    processes: Sequence[PeerProcess],
    table: Sequence[dict[str, str]],
    bounded: Sequence[dict[str, str]],
    reached: Sequence[dict[str, str]],
    timed: int,
) -> str:
    """The section of RESULTS.md: table, how to read it, Byline's limits and goals, each program's own settings."""
    notes = [
        f"- {process.ready['name']}: "
        + ", ".join(
            f"{name} {value}" for name, value in (process.ready["versions"] | process.ready["settings"]).items()
        )
        for process in processes
    ]
    explained = (
        "Shares with their 95 % bootstrap intervals. A citation is right on span level when one covers the evidence, "
        "on article level when one is of the right article; programs without citations of their own are credited with "
        f"the sources they return. Times and prompt tokens are of the {timed} questions that every program put to its "
        "language model, and that found Byline cold and warm as its lines say. The first token is timed when the model "
        "wrote it, shown or not. A peer's refusal is told by its words (REFUSALS in bench_peers.py), leniently. All "
        "share one build of llama.cpp, greedy decoding. The limit of Byline's times is what the machine sets: tokens "
        "of the prompt that had to be read and tokens written, at the speeds measured in the same process right after "
        "each answer."
    )
    tables = [
        markdown_table(list(rows[0]), [list(row.values()) for row in rows])
        for rows in (table, bounded, reached)
        if rows
    ]
    return "\n\n".join([tables[0], explained, *tables[1:], "\n".join(notes)])


def shown(table: Sequence[dict[str, str]]) -> None:
    """Prints the table with a column for each program, which fits a terminal."""
    columns = Table("", *(row["program"] for row in table), box=None)
    for name in list(table[0])[1:]:
        columns.add_row(name, *(row[name] for row in table))
    Console().print(columns)


def _as_answer(question: Question, answer: dict[str, Any]) -> dict[str, Any]:
    """A peer's answer in the fields that are judged and measured."""
    return {
        "text": answer["text"],
        "answered": not refused(question, answer),
        "citations": answer["cited"],
        "confidence": 0.0,
        "sentences": [],
        "tokens": {"prompt": answer["prompt_tokens"], "completion": answer["completion_tokens"]},
        "timings_ms": {
            "first_evidence": None,
            "first_token": None if answer["first_token_s"] is None else answer["first_token_s"] * 1000,
            "total": answer["total_s"] * 1000,
        },
    }


def _share(metric: Metric) -> str:
    if metric.value is None or metric.low is None or metric.high is None:
        return "–"
    return f"{metric.value:.0%} ({metric.low:.0%}–{metric.high:.0%})"


def _count(metric: Metric) -> str:
    return "–" if metric.value is None else f"{metric.value:,.0f}"


def _seconds(metric: Metric) -> str:
    return "–" if metric.value is None else f"{metric.value / 1000:.2f} s"


if __name__ == "__main__":
    main()

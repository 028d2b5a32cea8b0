"""The command that asks a question set and measures the answers."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import EMPTY_LIBRARY, InputError
from ui.commands.chosen import Chosen, chosen_llm, named_beside, open_assistant, open_library
from ui.commands.output import note, print_table, progress, say

if TYPE_CHECKING:
    from index.library import Library
    from qa.evaluation.comparison import Comparison
    from qa.evaluation.judging import Record
    from qa.evaluation.measures import Measurement
    from qa.evaluation.running import Journal, Run

_NAMED = 20
"""Places named of those where a question set is wrong. Round, not fitted."""


def evaluate(
    questions: Annotated[
        Path | None, typer.Argument(help="Question set: JSON Lines, SQuAD's .json, or .csv.", show_default=False)
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Ask a random sample of so many.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed draws the same sample.")] = 0,
    json_to: Annotated[Path | None, typer.Option("--json", help="Write measures and answers as JSON.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write a report as one HTML file.")] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="An earlier --json: show what changed; exit status 1 if a measure fell.")
    ] = None,
    draft: Annotated[
        int | None, typer.Option(min=1, help="Propose so many questions from the library, as JSON Lines.")
    ] = None,
    from_feedback: Annotated[
        Path | None, typer.Option(help="Write the questions whose answers were found not helpful, as JSON Lines.")
    ] = None,
) -> None:
    """Ask the questions of a set and measure the answers; an interrupted run goes on where it stopped.

    Exit status 2 where a line of the set is no question: the others are asked all the same.
    """
    from qa.evaluation.running import run_of

    library = open_library()
    if draft is not None:
        _write_drafts(library, draft, seed)
        return
    if from_feedback is not None:
        _write_feedback(library, from_feedback)
        return
    if questions is None:
        raise InputError("No question set was named; give one with: byline eval QUESTIONS.jsonl")
    if library.is_empty and questions.exists():
        raise InputError(EMPTY_LIBRARY)
    run = run_of(questions, {article.id: article.text for article in library.articles()}, limit, seed)
    _run(library, run, seed, json_to, report, baseline)
    if run.problems:
        raise InputError(_left_out(questions, run))


def _write_drafts(library: Library, count: int, seed: int) -> None:
    from qa.evaluation.drafts import draft_questions

    if library.is_empty:
        raise InputError(EMPTY_LIBRARY)
    for proposal in draft_questions(library.articles(), count, seed):
        sys.stdout.write(json.dumps(proposal.to_json(), ensure_ascii=False) + "\n")


def _run(
    library: Library, run: Run, seed: int, json_to: Path | None, report: Path | None, baseline: Path | None
) -> None:
    """Asks the questions, and prints and writes what came of it. Raises typer.Exit: a measure fell."""
    from qa.evaluation.comparison import compare, read_earlier
    from qa.evaluation.running import Journal, evaluation, write_json
    from qa.evaluation.saving import write_text
    from ui.html.markup import count_of
    from ui.html.report import report_html

    for problem in run.problems:
        note(str(problem))
    if run.drafts:
        note(f"Not asked: {count_of(run.drafts, 'draft')}; confirm one by removing its draft mark.")
    earlier = None if baseline is None else read_earlier(baseline)
    models = {"llm": Path(chosen_llm()).stem, "embedder": library.embedder.name, **named_beside()}
    journal = Journal(Chosen.library / "evaluations", run.questions, {**run.settings, **models})
    result = evaluation(_records(library, run, journal), run.settings, models, seed)
    comparison = None if earlier is None else compare(result, earlier, seed)
    if json_to is not None:
        write_json(json_to, result)
    if report is not None:
        write_text(report, report_html(result, comparison))
    _print_measures(result.measurement)
    for path in (json_to, report):
        if path is not None:
            note(f"written to {path.absolute()}")
    journal.remove()
    if comparison is not None:
        _print_comparison(comparison)
        if comparison.falls:
            raise typer.Exit(1)


def _records(library: Library, run: Run, journal: Journal) -> list[Record]:
    """Asks what the journal does not have yet, showing how far that has come."""
    from qa.evaluation.running import evaluate as ask_all
    from ui.html.markup import count_of

    if len(journal):
        note(f"Asked before the interruption: {len(journal):,} of {count_of(len(run.questions), 'question')}.")
    try:
        with progress() as bars:
            answers = ask_all(run.questions, open_assistant(library), library.search, journal)
            return list(bars.track(answers, len(run.questions), description="Asking"))
    except KeyboardInterrupt:
        note("Interrupted; the same command goes on where it stopped.")
        raise


def _left_out(path: Path, run: Run) -> str:
    """Names the places of the questions that were not asked; the reasons are printed before."""
    from ui.html.markup import count_of

    places = ", ".join(problem.place for problem in run.problems[:_NAMED])
    more = f" and {count_of(len(run.problems) - _NAMED, 'more place')}" if len(run.problems) > _NAMED else ""
    return f"Not everything in {path} was asked: correct or remove {places}{more}; the reasons stand above."


def _write_feedback(library: Library, path: Path) -> None:
    from qa.evaluation.feedback import feedback_questions
    from qa.evaluation.question_files import write_questions

    found = list(feedback_questions(library.conversations))
    if not found:
        raise InputError("No answer has been marked as not helpful yet; mark one in the chat.")
    write_questions(path, found)
    note(f"Questions in {path}: {len(found):,}, of them drafts: {sum(question.draft for question in found):,}")


def _print_measures(measurement: Measurement) -> None:
    from rich.table import Column

    from ui.html.measures import label
    from ui.html.report import interval, metric_words

    print_table(
        [
            "measure",
            Column("value", justify="right"),
            "95 % interval",
            Column("questions", justify="right"),
            "known as",
        ],
        (
            (label(metric.name), metric_words(metric), interval(metric), f"{metric.n:,}", metric.name)
            for metric in measurement.metrics
        ),
    )


def _print_comparison(comparison: Comparison) -> None:
    from ui.html.report import interval, metric_words

    say(f"{len(comparison.won):,} newly right, {len(comparison.lost):,} newly wrong of {comparison.compared:,}")
    for change in comparison.lost:
        say(f"lost {change.after.question.id}: {change.after.fault}")
    for change in comparison.won:
        say(f"won  {change.after.question.id}")
    for fall in comparison.falls:
        before = f"{metric_words(fall.before)} ({interval(fall.before)})"
        say(f"{fall.after.name} fell to {metric_words(fall.after)}; it was {before}")

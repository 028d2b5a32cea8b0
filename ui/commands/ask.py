"""The command that answers a question."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import InputError, cause_of
from index.reading.letters.letters import clean
from index.reading.whole import bytes_of
from ui.commands.chosen import open_assistant, open_library
from ui.commands.given import given
from ui.commands.output import note, print_json, say, terminal, terminal_safe
from ui.commands.restricting import ArticlesOption, Outlets, Since, Until, restriction

if TYPE_CHECKING:
    from index.library import Library
    from index.records import Filter
    from qa.records import Answer, Turn

_DOING = {
    "waiting": "Waiting for another question…",
    "searching": "Searching…",
    "reading": "Found, reading…",
    "writing": "Writing…",
    "done": "",
}
"""What is being done at each stage of an answer."""


def ask(
    question: Annotated[str, typer.Argument(help="What you want to know; - reads it from the standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
    history: Annotated[
        Path | None, typer.Option(help='Earlier turns of the conversation: a JSON list of {"question", "answer"}.')
    ] = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlets = None,
    article: ArticlesOption = None,
    everywhere: Annotated[
        bool, typer.Option("--all", help="Ask all articles, also where the question says which outlet's or date's.")
    ] = False,
) -> None:
    """Answer a question from the articles, with citations."""
    turns = _turns(history)
    question = given(question)
    library = open_library()
    only = restriction(library, since, until, outlet, article)
    if only is None and not everywhere:
        only = _recognised(question, library)
    answers = open_assistant(library).stream(question, turns, only=only)
    answer = _grown(answers) if sys.stdout.isatty() and not as_json else _finished(answers)
    if as_json:
        print_json({**answer.to_json(), **({"only": asdict(only)} if only else {})})
    else:
        _print(answer, library)


def _recognised(question: str, library: Library) -> Filter | None:
    """The articles that the question itself asks for; the person is told."""
    from qa.question.restriction import recognised
    from ui.html.markup import restriction_words

    only = recognised(question, library)
    if only:
        note(f"Asked only, as the question says: {restriction_words(only)}; to ask all articles add --all")
    return only


def _turns(history: Path | None) -> list[Turn]:
    from qa.records import Turn

    if history is None:
        return []
    try:
        return [Turn(clean(turn["question"]), clean(turn["answer"])) for turn in json.loads(bytes_of(history))]
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise InputError(
            f'{history} holds no earlier turns ({cause_of(error)}); give a JSON list of {{"question", "answer"}}.'
        ) from error


def _finished(answers: Iterable[Answer]) -> Answer:
    """The last of the answers; meanwhile the terminal, if there is one, shows what is being done."""
    with terminal().status("Searching…") as status:
        for answer in answers:
            status.update(_DOING[answer.stage])
    return answer


def _grown(answers: Iterable[Answer]) -> Answer:
    """The last of the answers; meanwhile the terminal shows the text as it grows, and clears it at the end.

    Where Ctrl+C ends it, what was written stays.
    """
    from rich.console import Console
    from rich.live import Live

    console, text = Console(highlight=False, markup=False), ""
    with Live("Searching…", console=console, transient=True, auto_refresh=False) as live:
        try:
            for answer in answers:
                text = terminal_safe(answer.text)
                live.update(text or _DOING[answer.stage], refresh=True)
        except KeyboardInterrupt:
            live.transient = not text
            raise
    return answer


def _print(answer: Answer, library: Library) -> None:
    from qa.prompts import in_quotes, may_answer
    from ui.html.disagreement import conflict_lines
    from ui.html.markup import page_words, plain_date, source_line

    if answer.outcome == "maybe":
        say(may_answer(answer.question))
    say(answer.text)
    for sentence in answer.sentences:
        marks = "".join(f"[{number}]" for number in sentence.citations)
        say(f"  {sentence.support} {marks}" if answer.answered else f"  {marks}")
    for line in conflict_lines(answer):
        say(line)
    for citation in answer.citations:
        pages = page_words(citation.pages)
        source = source_line(citation.title, citation.outlet, plain_date(citation.published), pages)
        also = "See also: " if citation in answer.beside else ""
        say(f"[{citation.number}] {also}{in_quotes(citation.quote)}\n    {source} ({citation.article_id})")
    for hit in answer.also_searched:
        nearest = library.article(hit.passage.article_id)
        pages = page_words(nearest.pages_of(hit.passage.start, hit.passage.end))
        source = source_line(nearest.title, nearest.outlet, plain_date(nearest.published), pages)
        say(f"nearest: {source} ({nearest.id} {hit.passage.start}-{hit.passage.end})")

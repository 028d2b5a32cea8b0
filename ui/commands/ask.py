"""The command that answers a question."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from index.errors import InputError
from ui.commands.chosen import open_assistant, open_library
from ui.commands.output import cited_pages, print_json, say, terminal


def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
    history: Annotated[
        Path | None, typer.Option(help='Earlier turns of the conversation: a JSON list of {"question", "answer"}.')
    ] = None,
) -> None:
    """Answer a question from the articles, with citations."""
    from qa.prompts import MAYBE
    from qa.records import Turn
    from ui.html.disagreement import conflict_lines
    from ui.html.markup import source_line

    turns: list[Turn] = []
    if history is not None:
        try:
            turns = [Turn(turn["question"], turn["answer"]) for turn in json.loads(history.read_text(encoding="utf-8"))]
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise InputError(
                f'{history} holds no earlier turns ({error}); give a JSON list of {{"question", "answer"}}.'
            ) from error
    library = open_library()
    assistant = open_assistant(library)
    with terminal().status("Searching…") as status:
        for answer in assistant.stream(question, turns):
            status.update("Waiting for another question…" if answer.stage == "waiting" else "Found, writing…")
    if as_json:
        print_json(answer.to_json())
        return
    if answer.outcome == "maybe":
        say(MAYBE)
    say(answer.text)
    for sentence in answer.sentences:
        marks = "".join(f"[{number}]" for number in sentence.citations)
        say(f"  {sentence.support} {marks}" if answer.answered else f"  {marks}")
    for line in conflict_lines(answer):
        say(line)
    for citation in answer.citations:
        pages = cited_pages(library, citation)
        source = source_line(citation.title, citation.outlet, citation.published, pages)
        also = "See also: " if citation in answer.beside else ""
        say(f"[{citation.number}] {also}“{citation.quote}”\n    {source} ({citation.article_id})")
    for hit in answer.also_searched:
        say(f"nearest: {hit.passage.article_id} {hit.passage.start}-{hit.passage.end}")

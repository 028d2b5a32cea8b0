"""A notebook taken out of the program, as Markdown and as one HTML file: what is kept, its footnotes, and the words
beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from index.store.readers.notebooks import Note
from qa.kept.notes import kept_in
from qa.prompts import in_quotes, may_answer
from qa.records import Answer
from ui.html.export import doubt_of, escaped, source
from ui.html.files import STATIC
from ui.html.wording import wording_of


@dataclass(frozen=True)
class FootnotedRun:
    """A stretch of text and the numbers of the footnotes after it."""

    text: str
    footnotes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph: a question, what was answered, a quotation, or the reader's own words."""

    kind: Literal["question", "answer", "quotation", "own"]
    runs: tuple[FootnotedRun, ...]


@dataclass(frozen=True)
class FootnotedText:
    """A notebook as paragraphs with footnotes, which are numbered from 1."""

    name: str
    blocks: tuple[Block, ...]
    footnotes: tuple[str, ...]


def document(name: str, notes: Sequence[Note]) -> FootnotedText:
    """The notes in their order; a footnote gives the quotation and the source of what it stands after."""
    blocks: list[Block] = []
    footnotes: list[str] = []
    for note, kept in kept_in(notes):
        if kept is not None:
            blocks += _blocks(kept, footnotes)
        blocks += [Block("own", (FootnotedRun(line.strip()),)) for line in note.words.splitlines() if line.strip()]
    return FootnotedText(name, tuple(blocks), tuple(footnotes))


def _blocks(kept: Answer, footnotes: list[str]) -> list[Block]:
    if not kept.question:
        blocks = []
        for citation in kept.citations:
            footnotes.append(source(citation, wording_of(citation.quote), citation.pages))
            blocks.append(Block("quotation", (FootnotedRun(" ".join(citation.quote.split()), (len(footnotes),)),)))
        return blocks
    first, wording = len(footnotes), wording_of(kept.question)
    footnotes += [
        f"{in_quotes(' '.join(citation.quote.split()))} — {source(citation, wording, citation.pages)}"
        for citation in kept.citations
    ]
    numbers = {citation.number: first + place for place, citation in enumerate(kept.citations, 1)}

    def notes_of(cited: Sequence[int]) -> tuple[int, ...]:
        return tuple(numbers[number] for number in cited if number in numbers)

    runs, reached = [], 0
    for sentence in kept.sentences:
        doubt = "" if kept.outcome == "maybe" else doubt_of(sentence.support, wording)
        told = kept.text[reached : sentence.end] + (f" ({doubt})" if doubt else "")
        runs.append(FootnotedRun(told, notes_of(sentence.citations)))
        reached = sentence.end
    runs.append(FootnotedRun(kept.text[reached:]))
    blocks = [Block("question", (FootnotedRun(kept.question),))]
    if kept.outcome == "maybe":
        blocks.append(Block("answer", (FootnotedRun(may_answer(kept.question)),)))
    blocks.append(Block("answer", tuple(run for run in runs if run.text)))
    for value in kept.conflict.values if kept.conflict else ():
        blocks.append(Block("answer", (FootnotedRun(value.value, notes_of(value.citations)),)))
    return blocks


def notebook_markdown(name: str, notes: Sequence[Note]) -> str:
    """The notebook with footnotes as Markdown writes them."""
    made = document(name, notes)
    parts = [f"# {escaped(made.name)}"]
    for block in made.blocks:
        text = "".join(
            escaped(run.text) + "".join(f"[^{number}]" for number in run.footnotes) for run in block.runs
        ).strip()
        parts.append({"question": "## ", "answer": "", "quotation": "> ", "own": ""}[block.kind] + text)
    parts += [f"[^{number}]: {escaped(text)}" for number, text in enumerate(made.footnotes, 1)]
    return "\n\n".join(parts) + "\n"


def notebook_html(name: str, notes: Sequence[Note]) -> str:
    """The notebook as one HTML file that loads nothing, its footnotes at the end."""
    environment = Environment(loader=FileSystemLoader(STATIC), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("notebook.html.jinja").render(made=document(name, notes))

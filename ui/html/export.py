"""Conversations taken out of the program: as Markdown, and as one HTML file that loads nothing.

What articles say is hostile here as on the page: in Markdown every sign with a meaning is escaped, and the HTML is
escaped and forbids itself to load or run anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from index.records import Article
from index.store.readers.conversations import StoredTurn
from qa.kept.history import answer_from_text
from qa.prompts import in_quotes, may_answer
from qa.records import Answer, Citation, Support
from ui.html.files import STATIC
from ui.html.markup import CUT_OFF, VERDICTS, restriction_words, searched_words, source_line
from ui.html.render import excerpt, nearest
from ui.html.wording import AS_WRITTEN, Wording, wording_of

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_SPACE = re.compile(r"\s+")
_BLOCK = re.compile(r"^(\d*)([-+=.)])(?=[-=\s]|$)")
"""The first sign of a line at which Markdown would begin a list, or take the line before for a heading."""


@dataclass(frozen=True)
class _Piece:
    """A stretch of an answer's text: a sentence with its citations, or what stands between two."""

    text: str
    citations: tuple[int, ...] = ()
    doubt: str = ""
    """The verdict in words where it is another than that the sentence is supported."""


@dataclass(frozen=True)
class _ReadTurn:
    """A turn with its answer read."""

    turn: StoredTurn
    answer: Answer
    nearest: Sequence[tuple[str, Article, tuple[int, ...]]] = ()
    """Of a refused question: excerpts of the nearest passages, each with its article, its first and its last page."""

    @property
    def pieces(self) -> list[_Piece]:
        pieces, reached = [], 0
        for sentence in self.answer.sentences:
            pieces.append(_Piece(self.answer.text[reached : sentence.start]))
            doubt = "" if self.may_answer else doubt_of(sentence.support, self.wording)
            pieces.append(_Piece(sentence.text, sentence.citations, doubt))
            reached = sentence.end
        pieces.append(_Piece(self.answer.text[reached:]))
        return [piece for piece in pieces if piece.text]

    @property
    def wording(self) -> Wording:
        """In the language of the question."""
        return wording_of(self.turn.question)

    @property
    def may_answer(self) -> str:
        return may_answer(self.answer.question) if self.answer.outcome == "maybe" else ""

    @property
    def searched(self) -> str:
        """The question as searched, where that is not as it was asked."""
        told, words = searched_words(self.turn.question, self.answer.standalone)
        return f"{told}: {words}" if told else ""

    @property
    def restricted(self) -> str:
        """The restriction of a question in words."""
        return restriction_words(self.answer.only) if self.answer.only else ""

    @property
    def note(self) -> str:
        return "" if self.turn.state == "done" else self.turn.error or self.wording.said(CUT_OFF)


def turn_markdown(turn: StoredTurn, article: Callable[[str], Article]) -> str:
    """A question, its answer with citations as [1], and each quotation with its source.

    Where the articles did not hold the answer the nearest passages follow; ``article`` finds theirs by its id.
    """
    shown = _read_turn(turn, article)
    say = shown.wording.said
    parts = [f"**{escaped(turn.question)}**"]
    if shown.searched:
        parts.append(escaped(shown.searched))
    if shown.restricted:
        parts.append(f"{say('Asked only:')} {escaped(shown.restricted)}")
    text = _lines(
        "".join(
            _MARKDOWN.sub(r"\\\1", piece.text)
            + "".join(f" [{number}]" for number in piece.citations)
            + (f" *({piece.doubt})*" if piece.doubt else "")
            for piece in shown.pieces
        )
    )
    parts += [part for part in (shown.may_answer, text, f"*{escaped(shown.note)}*" if shown.note else "") if part]
    if shown.answer.conflict:
        parts.append(f"{say('The articles disagree')}:")
        parts += [
            f"- {escaped(value.value)}" + "".join(f" [{number}]" for number in value.citations)
            for value in shown.answer.conflict.values
        ]
    parts += [
        f"[{citation.number}] {say('See also') + ': ' if citation in shown.answer.beside else ''}"
        f"{escaped(in_quotes(citation.quote))} — {escaped(source(citation, shown.wording, citation.pages))}"
        for citation in shown.answer.citations
    ]
    if shown.nearest:
        parts.append(f"{say('Nearest passages')}:")
        parts += [
            f"- {escaped(in_quotes(text))} — {escaped(source(found, shown.wording, pages))}"
            for text, found, pages in shown.nearest
        ]
    return "\n\n".join(parts) + "\n"


def conversation_markdown(name: str, turns: Sequence[StoredTurn], article: Callable[[str], Article]) -> str:
    """A conversation with every quotation, headline and date."""
    parts = [f"{moment_asked(turn)}\n\n{turn_markdown(turn, article)}" for turn in turns]
    return "\n---\n\n".join([f"# {escaped(name)}\n", *parts])


def conversation_html(name: str, turns: Sequence[StoredTurn], article: Callable[[str], Article]) -> str:
    """A conversation as one HTML file, in which each citation links to its quotation."""
    environment = Environment(loader=FileSystemLoader(STATIC), autoescape=True, undefined=StrictUndefined)
    template = environment.get_template("conversation.html.jinja")
    shown = [_read_turn(turn, article) for turn in turns]
    return template.render(name=name, turns=shown, moment_asked=moment_asked, in_quotes=in_quotes)


def escaped(text: str) -> str:
    """The text with all that Markdown would read as markup escaped.

    >>> escaped("![pixel](http://evil.example/p.png) *now*")
    '\\\\!\\\\[pixel\\\\](http://evil.example/p.png) \\\\*now\\\\*'
    """
    return _SPACE.sub(" ", _MARKDOWN.sub(r"\\\1", text))


def _lines(text: str) -> str:
    """Escaped text in one paragraph that keeps its lines.

    >>> _lines("On Monday: it closed. [1]\\n- on Tuesday: it reopened. [2]")
    'On Monday: it closed. [1]  \\n\\\\- on Tuesday: it reopened. [2]'
    """
    lines = (_SPACE.sub(" ", line).strip() for line in text.splitlines())
    return "  \n".join(_BLOCK.sub(r"\1\\\2", line) for line in lines if line)


def doubt_of(support: Support, wording: Wording) -> str:
    """A verdict in words; nothing where the sentence is supported."""
    return "" if support == "supported" else wording.said(VERDICTS[support])


def source(article: Citation | Article, wording: Wording, pages: Sequence[int]) -> str:
    """Headline, outlet and date of an article, or of the one that a citation quotes, in one line.

    ``pages`` are the first and the last page of what is quoted; empty where the article has none.
    """
    return source_line(article.title, article.outlet, wording.day(article.published), wording.pages(pages))


def moment_asked(turn: StoredTurn) -> str:
    """When a question was asked, by this machine's clock: ``17 October 2018, 09:30``."""
    return local_time(turn.asked, wording_of(turn.question))


def local_time(utc: str, wording: Wording = AS_WRITTEN) -> str:
    """A time as the database keeps it, by this machine's clock and written out."""
    time = datetime.fromisoformat(utc).replace(tzinfo=UTC).astimezone()
    return f"{wording.day(time.isoformat())}, {time:%H:%M}"


def _read_turn(turn: StoredTurn, article: Callable[[str], Article]) -> _ReadTurn:
    if turn.answer is None:
        return _ReadTurn(turn, Answer(turn.question, turn.question))
    answer = answer_from_text(turn.answer)
    near = [
        (excerpt(passage.text), found, found.pages_of(passage.start, passage.end))
        for passage, found in nearest(answer, article)
    ]
    return _ReadTurn(turn, answer, near)

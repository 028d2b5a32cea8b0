"""Conversations taken out of the program: as Markdown, and as one HTML file that loads nothing.

What articles say is hostile here as on the page: in Markdown every sign with a meaning is escaped, and the HTML is
escaped and forbids itself to load or run anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from index.conversations import StoredTurn
from qa.history import answer_from_text
from qa.records import Answer, Citation, Support
from ui.markup import CUT_OFF, VERDICTS, plain_date, source_line
from ui.views import STATIC

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class _Piece:
    """A stretch of an answer's text: a sentence with its citations, or what stands between two."""

    text: str
    citations: tuple[int, ...] = ()
    support: Support = "supported"

    @property
    def doubt(self) -> str:
        return "" if self.support == "supported" else VERDICTS[self.support]


@dataclass(frozen=True)
class _Shown:
    """A turn with its answer read."""

    turn: StoredTurn
    answer: Answer

    @property
    def pieces(self) -> list[_Piece]:
        pieces, reached = [], 0
        for sentence in self.answer.sentences:
            pieces.append(_Piece(self.answer.text[reached : sentence.start]))
            pieces.append(_Piece(sentence.text, sentence.citations, sentence.support))
            reached = sentence.end
        pieces.append(_Piece(self.answer.text[reached:]))
        return [piece for piece in pieces if piece.text]

    @property
    def searched(self) -> str:
        """The question as searched, where that is not as it was asked."""
        return "" if self.answer.standalone == self.turn.question else self.answer.standalone

    @property
    def note(self) -> str:
        return "" if self.turn.state == "done" else self.turn.error or CUT_OFF


def turn_markdown(turn: StoredTurn) -> str:
    """A question, its answer with citations as [1], and each quotation with its source."""
    shown = _shown(turn)
    parts = [f"**{escaped(turn.question)}**"]
    if shown.searched:
        parts.append(f"Searched as: {escaped(shown.searched)}")
    text = "".join(
        escaped(piece.text)
        + "".join(f" [{number}]" for number in piece.citations)
        + (f" *({piece.doubt})*" if piece.doubt else "")
        for piece in shown.pieces
    ).strip()
    parts += [part for part in (text, f"*{escaped(shown.note)}*" if shown.note else "") if part]
    if shown.answer.conflict:
        parts.append(f"The articles disagree: {escaped(shown.answer.conflict.about)}")
        parts += [
            f"- {escaped(value.value)}" + "".join(f" [{number}]" for number in value.citations)
            for value in shown.answer.conflict.values
        ]
    parts += [
        f"[{citation.number}] “{escaped(citation.quote)}” — {escaped(source(citation))}"
        for citation in shown.answer.citations
    ]
    return "\n\n".join(parts) + "\n"


def conversation_markdown(name: str, turns: Sequence[StoredTurn]) -> str:
    """A conversation with every quotation, headline and date."""
    return "\n---\n\n".join([f"# {escaped(name)}\n", *(f"{asked(turn)}\n\n{turn_markdown(turn)}" for turn in turns)])


def conversation_html(name: str, turns: Sequence[StoredTurn]) -> str:
    """The same as one HTML file, in which citations lead to their quotations."""
    environment = Environment(loader=FileSystemLoader(STATIC), autoescape=True, undefined=StrictUndefined)
    template = environment.get_template("conversation.html.jinja")
    shown = [_shown(turn) for turn in turns]
    return template.render(name=name, turns=shown, source=source, asked=asked)


def escaped(text: str) -> str:
    """Text that Markdown shows as it is.

    >>> escaped("![pixel](http://evil.example/p.png) *now*")
    '\\\\!\\\\[pixel\\\\](http://evil.example/p.png) \\\\*now\\\\*'
    """
    return _SPACE.sub(" ", _MARKDOWN.sub(r"\\\1", text))


def source(citation: Citation) -> str:
    """Headline, outlet and date of the article that a citation quotes, in one line."""
    return source_line(citation.title, citation.outlet, plain_date(citation.published))


def asked(turn: StoredTurn) -> str:
    """When a question was asked, by this machine's clock: ``17 October 2018, 09:30``."""
    return local_time(turn.asked)


def local_time(utc: str) -> str:
    """A time as the database keeps it, by this machine's clock and written out."""
    time = datetime.fromisoformat(utc).replace(tzinfo=UTC).astimezone()
    return f"{plain_date(time.isoformat())}, {time:%H:%M}"


def _shown(turn: StoredTurn) -> _Shown:
    if turn.answer is None:
        return _Shown(turn, Answer(turn.question, turn.question))
    return _Shown(turn, answer_from_text(turn.answer))

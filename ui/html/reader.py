"""An article as people read it: headline, outlet, date, paragraphs, and the cited spans highlighted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from index.records import Article
from qa.prompts import SUMMARISE
from ui.html.markup import date_html, error_html, is_web_address, pages_html, place_link, sanitised

Offsets = tuple[int, int]

_CLOSE = '<button type="button" class="close" title="Close (Esc)" aria-label="Close the article">✕</button>'


@dataclass(frozen=True)
class Mark:
    """A span of an article to highlight, under the number it was cited by."""

    number: int
    start: int
    end: int
    sha256: str = ""
    """Of the text that it is a span of, as far as it is known: its first digits, or nothing."""


@dataclass(frozen=True)
class _Piece:
    """A run of the text that looks the same throughout."""

    start: int
    end: int
    numbers: tuple[int, ...]
    furniture: bool


def article_html(
    article: Article,
    marks: Sequence[Mark] = (),
    current: int | None = None,
    *,
    furniture: Sequence[Offsets] = (),
    place: str = "",
    brief: str = "",
    first: bool = True,
    last: bool = True,
    note: str = "",
    digest: str = "",
    corrections: str = "",
    original: str = "",
) -> str:
    """The article with each marked span in a ``mark.evidence``, that of number ``current`` also ``.current``.

    ``furniture`` are the spans of site furniture, set small; ``place`` says where the reader stands among the
    citations ("Citation 2 of 3"), ``brief`` the same where there is no room ("2/3"), ``first`` and ``last`` whether
    there is none before or after; ``note`` is a sentence above the text, ``digest`` markup above it, ``corrections``
    markup below the date, ``original`` the address of the article's file. Where marks
    overlap, the current one stays one element.
    """
    pieces = _pieces(len(article.text), marks, current, furniture)
    spans = paragraph_spans(article.text)
    if spans and article.text[slice(*spans[0])].strip() == article.title.strip():
        headline, spans = _inline(article.text, spans[0], pieces, current), spans[1:]
    else:
        headline = escape(article.title)
    note_html = f'<p class="note" role="status">{escape(note)}</p>' if note else ""
    here = next((mark for mark in marks if mark.number == current), None)
    return sanitised(
        _bar(article, here, place, brief, first, last)
        + f'<article class="story" data-article="{escape(article.id)}"><header dir="auto">'
        + f'<h1 class="headline" tabindex="-1">{headline}</h1>{_dateline(article, here, original)}{corrections}'
        + f'<button type="button" class="tool summarise" dir="ltr" data-question="{SUMMARISE}">{SUMMARISE}</button>'
        + f"</header>{digest}{note_html}"
        + "".join(_paragraph(article.text, span, pieces, current) for span in spans)
        + "</article>"
    )


def absent_html(sentence: str) -> str:
    """The markup that stands in the place of an article that cannot be opened."""
    bar = f'<nav class="bar" aria-label="Citations"><span class="gap"></span>{_CLOSE}</nav>'
    return sanitised(bar) + error_html(sentence)


def paragraph_spans(text: str) -> list[Offsets]:
    """The spans of a text's paragraphs, which are its lines that are not blank.

    >>> paragraph_spans("One.\\n\\n  Two.\\n")
    [(0, 4), (6, 12)]
    """
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            spans.append((start, start + len(line.rstrip())))
        start += len(line)
    return spans


def _pieces(length: int, marks: Sequence[Mark], current: int | None, furniture: Sequence[Offsets]) -> list[_Piece]:
    """The text cut wherever its look changes, yet never inside the current mark."""
    kept = next((mark for mark in marks if mark.number == current), None)
    spans = [*furniture, *((mark.start, mark.end) for mark in marks)]
    edges = {edge for span in spans for edge in span if 0 < edge < length}
    cuts = [0, *sorted(edge for edge in edges if not (kept and kept.start < edge < kept.end)), length]
    return [
        _Piece(
            start,
            end,
            tuple(mark.number for mark in marks if mark.start < end and start < mark.end),
            any(first <= start and end <= last for first, last in furniture),
        )
        for start, end in pairwise(cuts)
    ]


def _inline(text: str, span: Offsets, pieces: Sequence[_Piece], current: int | None) -> str:
    """The markup of a stretch of text, cut to its pieces."""
    parts = []
    for piece in pieces:
        start, end = max(span[0], piece.start), min(span[1], piece.end)
        if start >= end:
            continue
        words = escape(text[start:end])
        if piece.numbers:
            shown = current if current in piece.numbers else piece.numbers[0]
            classes = "evidence current" if shown == current else "evidence"
            parts.append(f'<mark class="{classes}" data-number="{shown}">{words}</mark>')
        elif piece.furniture:
            parts.append(f'<span class="furniture">{words}</span>')
        else:
            parts.append(words)
    return "".join(parts)


def _paragraph(text: str, span: Offsets, pieces: Sequence[_Piece], current: int | None) -> str:
    furniture = all(piece.furniture for piece in pieces if piece.start < span[1] and span[0] < piece.end)
    kind = ' class="furniture"' if furniture else ""
    return f'<p dir="auto"{kind}>{_inline(text, span, pieces, current)}</p>'


_UNUSABLE = ' aria-disabled="true"'
"""Of a button that does nothing now; really disabled, it would lose the focus."""


def _bar(article: Article, here: Mark | None, place: str, brief: str, first: bool, last: bool) -> str:
    """Previous and next citation, a link to this place, and close."""
    steps = ""
    if place:
        steps = (
            f'<button type="button" class="step" data-step="-1" title="Previous citation (k)" '
            f'aria-label="Previous citation"{_UNUSABLE if first else ""}>←</button>'
            f'<span class="place" role="status" data-brief="{escape(brief)}">{escape(place)}</span>'
            f'<button type="button" class="step" data-step="1" title="Next citation (j)" '
            f'aria-label="Next citation"{_UNUSABLE if last else ""}>→</button>'
        )
    link = place_link(article.id, here.start, here.end, here.sha256) if here else place_link(article.id)
    return (
        f'<nav class="bar" aria-label="Citations">{steps}<span class="gap"></span>'
        '<button type="button" class="keep" title="Keeps the words that are marked, or the quotation, in your notes">'
        "Keep</button>"
        '<button type="button" class="find" title="Find in the article (f)">Find</button>'
        f'<a class="permalink" href="{link}" target="_blank" title="Opens this place again">Link</a>'
        f"{_CLOSE}</nav>"
    )


def _dateline(article: Article, here: Mark | None, original: str) -> str:
    parts = [f'<span class="outlet" dir="auto">{escape(article.outlet)}</span>' if article.outlet else ""]
    parts.append(date_html(article.published))
    if article.url and is_web_address(article.url):
        parts.append(f'<a href="{escape(article.url)}" target="_blank" dir="ltr">original page</a>')
    if original:
        parts.append(f'<a href="{escape(original)}" target="_blank" dir="ltr">original file</a>')
    if here:
        parts.append(pages_html(article.pages_of(here.start, here.end)))
    shown = ' <span class="dot" aria-hidden="true">·</span> '.join(part for part in parts if part)
    return f'<p class="dateline">{shown}</p>' if shown else ""

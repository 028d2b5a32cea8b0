"""Where the articles disagree, in HTML and as lines: each value with its articles, outlets and dates, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from qa.records import Answer, ConflictValue
from ui.html.markup import count_of, date_html, plain_date


def conflict_html(answer: Answer, links: Callable[[Sequence[int]], str]) -> str:
    """The table of the values, empty where nothing disagrees; ``links`` makes the numbered links of citations."""
    if answer.conflict is None:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Value", "Source", "Date"))
    bodies = "".join(_value_html(value, answer, links) for value in answer.conflict.values)
    return (
        '<table class="conflict"><caption>The articles disagree</caption>'
        f"<thead><tr>{head}</tr></thead>{bodies}</table>"
    )


def _value_html(value: ConflictValue, answer: Answer, links: Callable[[Sequence[int]], str]) -> str:
    """A value and, each in a row of its own, the sources that state it with their dates."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for citation in map(answer.citation, value.citations):
        source = escape(citation.outlet or citation.title), date_html(citation.published) or "undated"
        numbers.setdefault(source, []).append(citation.number)
    agreeing = "".join(f'<span class="agree" dir="ltr">{words}</span>' for words in _agreeing(value))
    head = (
        f'<th scope="rowgroup" rowspan="{len(numbers)}" class="value" dir="auto">{escape(value.value)}{agreeing}</th>'
    )
    rows = [
        f'<td dir="auto">{name} {links(cited)}</td><td>{published}</td>' for (name, published), cited in numbers.items()
    ]
    return f"<tbody><tr>{head}{'</tr><tr>'.join(rows)}</tr></tbody>"


def conflict_lines(answer: Answer) -> Iterator[str]:
    """A disagreement as lines of plain text, as ``conflict_html`` shows it on the page."""
    if answer.conflict is None:
        return
    yield "The articles disagree:"
    for value in answer.conflict.values:
        cited = [answer.citation(number) for number in value.citations]
        marks = "".join(f"[{citation.number}]" for citation in cited)
        sources = dict.fromkeys(f"{c.outlet or c.title}, {plain_date(c.published) or 'undated'}" for c in cited)
        yield f"  {value.value}: {'; '.join((*sources, *_agreeing(value)))} {marks}"


def _agreeing(value: ConflictValue) -> Iterator[str]:
    """In words how many sources state the value, and how many print one of them again."""
    if value.sources > 1:
        yield f"{value.sources} sources agree"
    if value.reprints:
        yield f"printed again in {count_of(value.reprints, 'article')}"

"""Where the articles disagree, in HTML and as lines: each value with its articles, outlets and dates, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from qa.records import Answer, ConflictValue
from ui.markup import count_of, date_html


def conflict_html(answer: Answer, links: Callable[[Sequence[int]], str]) -> str:
    """The table of the values, empty where nothing disagrees; ``links`` makes the numbered links of citations."""
    if answer.conflict is None:
        return ""
    rows = ""
    for value in answer.conflict.values:
        cited = [answer.citation(number) for number in value.citations]
        sources = dict.fromkeys(escape(citation.outlet or citation.title) for citation in cited)
        dates = dict.fromkeys(date_html(citation.published) or "undated" for citation in cited)
        agreeing = "".join(f'<span class="agree">{words}</span>' for words in _agreeing(value))
        rows += (
            f'<tr><td class="value" dir="auto">{escape(value.value)}</td>'
            f'<td dir="auto">{", ".join(sources)} {links(value.citations)}{agreeing}</td>'
            f"<td>{', '.join(dates)}</td></tr>"
        )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Value", "Source", "Date"))
    return (
        f'<table class="conflict"><caption>The articles disagree: {escape(answer.conflict.about)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def conflict_lines(answer: Answer) -> Iterator[str]:
    """The same as lines of text."""
    if answer.conflict is None:
        return
    yield "The articles disagree:"
    for value in answer.conflict.values:
        cited = [answer.citation(number) for number in value.citations]
        marks = "".join(f"[{citation.number}]" for citation in cited)
        sources = dict.fromkeys(f"{c.outlet or c.title}, {c.published or 'undated'}" for c in cited)
        yield f"  {value.value}: {'; '.join((*sources, *_agreeing(value)))} {marks}"


def _agreeing(value: ConflictValue) -> Iterator[str]:
    """In words how many sources state the value, and how many print one of them again."""
    if value.sources > 1:
        yield f"{value.sources} sources agree"
    if value.reprints:
        yield f"printed again in {count_of(value.reprints, 'article')}"

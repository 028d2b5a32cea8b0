"""HTML of what an article corrects, and what corrects it: a line for each, which opens the other in the reader."""

from __future__ import annotations

from html import escape

from index.records import Article
from qa.corrections.links import Corrected
from ui.html.markup import date_html, place_link

CORRECTS, CORRECTED_BY = "Corrects:", "Corrected by:"


def corrections_html(found: Corrected) -> str:
    """The lines, those of corrections of this article first; empty where there are none."""
    return "".join(
        [_line(CORRECTED_BY, each) for each in found.corrected_by] + [_line(CORRECTS, each) for each in found.corrects]
    )


def _line(how: str, other: Article) -> str:
    link = f'<a href="{place_link(other.id)}" data-article="{escape(other.id)}" dir="auto">{escape(other.title)}</a>'
    day = date_html(other.published)
    dot = ' <span class="dot" aria-hidden="true">·</span> ' if day else ""
    return f'<p class="correction" dir="ltr">{how} {link}{dot}{day}</p>'

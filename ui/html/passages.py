"""HTML of passages found by their words, each word marked; and of stretches of text that hold words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from index.records import Article, Passage
from qa.lookup.plain_search import MOST_HITS
from qa.text.forms import form_spans
from ui.html.markup import article_link, below_headline, count_of, quotation_html, sanitised, source_html

_LINES = re.compile(r"\s*\n\s*")
_AROUND = 160
"""Characters shown before the first word found in a long text, and twice as many after it. Chosen by eye."""


def passages_html(passages: Sequence[Passage], terms: Sequence[str], article: Callable[[str], Article]) -> str:
    """The passages, best first, with their words marked; each opens in its article."""
    if not passages:
        return sanitised('<p class="empty" role="status">No article holds these words.</p>')
    items = ""
    for number, passage in enumerate(passages[:MOST_HITS], 1):
        found = article(passage.article_id)
        link = article_link(
            "source nearest", number, found.id, passage.start, passage.end, found.sha256, _source(found, passage, terms)
        )
        text = _LINES.sub("\n", below_headline(passage.text, found.title))
        items += quotation_html(number, text, link, marked=marked(text, terms))
    shown = count_of(len(passages), "passage") if len(passages) <= MOST_HITS else f"The best {MOST_HITS} passages"
    return sanitised(
        f'<section class="finding"><p class="summary" role="status">{shown}</p>'
        f'<ol class="quotations" aria-label="Passages">{items}</ol></section>'
    )


def marked(text: str, terms: Sequence[str]) -> str:
    """The text as markup, words that are a form of any of the terms in a ``mark``.

    >>> marked("Two bridges <closed>", ["bridge"])
    'Two <mark>bridges</mark> &lt;closed&gt;'
    """
    html, reached = "", 0
    for start, end in form_spans(text, terms):
        html += f"{escape(text[reached:start])}<mark>{escape(text[start:end])}</mark>"
        reached = end
    return html + escape(text[reached:])


def stretch(text: str, terms: Sequence[str]) -> str:
    """The stretch of the text around the first of the terms in it; empty where it holds none of them.

    >>> stretch("It rained. " * 40 + "Two bridges were closed. " + "It rained. " * 40, ["bridge"])[-60:]
    '. It rained. It rained. It rained. It rained. It rained. It…'
    """
    first = next(form_spans(text, terms), None)
    if first is None:
        return ""
    start, end = max(0, first[0] - _AROUND), first[1] + 2 * _AROUND
    cut = text[start:end]
    if end < len(text):
        cut = cut.rsplit(maxsplit=1)[0] + "…"
    return "…" + cut.split(maxsplit=1)[-1] if start else cut


def _source(article: Article, passage: Passage, terms: Sequence[str]) -> str:
    """Headline, outlet, date and pages, with the words that the headline holds marked."""
    pages = article.pages_of(passage.start, passage.end)
    line = source_html("", article.outlet, article.published, pages)
    title = f'<span class="title" dir="auto">{marked(article.title, terms)}</span>'
    return line.replace('<span class="title" dir="auto"></span>', title, 1)

"""HTML of looked-up quotations and checked texts: pure functions from records to markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

from index.records import Article
from qa.lookup.quotes import QuoteMatch, QuoteResult
from qa.records import Support
from qa.support.checking import CheckedSentence
from ui.html.markup import (
    VERDICTS,
    article_link,
    cited_html,
    count_of,
    progress_html,
    quotation_html,
    sanitised,
    verdict_html,
)

_LIKE: dict[str, Support] = {"exact": "supported", "altered": "partly", "absent": "unsupported"}
"""The verdict on a sentence that looks like that on a quotation."""
_MOST = 20
"""Places shown of a quotation that stands in many. Round, not fitted."""


def quote_html(result: QuoteResult, article: Callable[[str], Article]) -> str:
    """The verdict on a quotation, and each place it may come from with the words that differ side by side."""
    places = count_of(len(result.matches), "place")
    told = {
        "exact": f"Exact: the articles have these words, in {places}.",
        "altered": "Altered: the articles have nearly these words; what differs stands below.",
        "absent": "Absent: no article has these words, or nearly these.",
    }[result.verdict]
    items = "".join(_place(number, match, article) for number, match in enumerate(result.matches[:_MOST], 1))
    more = f'<p class="more">and {len(result.matches) - _MOST:,} more</p>' if len(result.matches) > _MOST else ""
    return sanitised(
        f'<section class="finding"><p class="outcome" role="status">{verdict_html(_LIKE[result.verdict], told)}</p>'
        f'<ol class="quotations" aria-label="Places">{items}</ol>{more}</section>'
    )


def checked_html(
    sentences: Iterable[CheckedSentence], total: int, *, ended: bool = False, unknown: str | None = None
) -> str:
    """Each sentence checked of ``total``, so far or at the end, with its verdict and what bears it out.

    ``unknown`` says of which languages the checks know nothing.
    """
    done = list(sentences)
    counts = [(noun, sum(item.support == support for item in done)) for support, noun in VERDICTS.items()]
    summary = ", ".join(f"{count:,} {noun}" for noun, count in counts if count)
    items = "".join(_sentence(item) for item in done)
    note = f'<p class="unknown">{escape(unknown)}</p>' if unknown else ""
    if len(done) < total and not ended:
        words = f"{len(done):,} of {count_of(total, 'sentence')}"
        bar = progress_html(words, len(done), total, "Sentences checked")
        return bar + sanitised(f'{note}<ol class="sentences">{items}</ol>')
    checked = f"Stopped after {len(done):,} of " if len(done) < total else ""
    return sanitised(
        f'<p class="outcome" role="status">{checked}{count_of(total, "sentence")}: {summary}</p>'
        f'{note}<ol class="sentences">{items}</ol>'
    )


def _place(number: int, match: QuoteMatch, article: Callable[[str], Article]) -> str:
    found = article(match.article_id)
    source = cited_html(found.title, found.outlet, found.published, match.quote, match.pages)
    link = article_link("source", number, found.id, match.start, match.end, found.sha256, source)
    shown = (*match.differences, *match.marked)
    return quotation_html(number, match.quote, link, _differences((d.given, d.found) for d in shown))


def _sentence(item: CheckedSentence) -> str:
    cited = "".join(
        quotation_html(
            c.number,
            c.quote,
            article_link(
                "source",
                c.number,
                c.article_id,
                c.start,
                c.end,
                c.sha256,
                cited_html(c.title, c.outlet, c.published, c.quote, c.pages),
            ),
        )
        for c in item.citations
    )
    nearest = "What bears it out" if item.support == "supported" else "What the articles say nearest to it"
    return (
        f'<li class="finding"><p class="claim" dir="auto">{escape(item.text)}&nbsp;'
        f"{verdict_html(item.support)}</p>"
        f"{_differences((d.given, d.found or '') for d in item.differences)}"
        + (f'<ol class="quotations" aria-label="{nearest}">{cited}</ol>' if cited else "")
        + "</li>"
    )


def _differences(pairs: Iterable[tuple[str, str]]) -> str:
    """Words given and words found, side by side."""
    rows: Sequence[str] = [
        f'<tr><td class="given" dir="auto">{escape(given) or nothing}</td>'
        f'<td class="found" dir="auto">{escape(found) or nothing}</td></tr>'
        for nothing in ('<span class="nothing" dir="ltr">nothing</span>',)
        for given, found in pairs
    ]
    if not rows:
        return ""
    return (
        '<table class="differences"><thead dir="ltr"><tr><th scope="col">Your words</th>'
        f'<th scope="col">The article’s</th></tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )

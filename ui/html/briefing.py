"""HTML of a briefing: the stories with their sources, where they disagree, what was corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import count

from index.records import Listing
from qa.overview.briefing import Briefing, Disagreement, Story
from qa.records import Citation
from ui.html.markup import (
    article_link,
    cited_html,
    count_of,
    date_html,
    empty_html,
    place_link,
    plain_date,
    quotation_html,
    sanitised,
)

_UNDATED = '<span dir="ltr">undated</span>'
"""The page's word, and no article's."""
_NONE = "No article is as new as {day}; choose an earlier day."


def briefing_html(found: Briefing, is_empty: bool = False) -> str:
    """The whole briefing as one finding, its sentences numbered through; for an empty library a line that says so."""
    if is_empty:
        return empty_html()
    if not found.articles:
        return sanitised(f'<p class="empty" role="status">{_NONE.format(day=plain_date(found.since))}</p>')
    numbers = count(1)
    told = count_of(found.story_count, "story").replace("storys", "stories")
    summary = ", ".join([*counted(found), told])
    more = found.story_count - len(found.stories)
    parts = [
        f'<p class="summary" role="status">{summary}</p>',
        _list("Main stories", (_story(story, next(numbers)) for story in found.stories)),
        f'<p class="more">and {more:,} more</p>' if more else "",
        '<h2 class="part">Where the articles disagree</h2>' if found.disagreements else "",
        "".join(_differ(each, numbers) for each in found.disagreements),
        _list("Corrections", (_cited(citation, next(numbers)) for citation in found.corrections)),
    ]
    return sanitised(f'<section class="finding">{"".join(parts)}</section>')


def counted(found: Briefing) -> list[str]:
    """How many articles are new since when, and how many of them are undated, each a part of a line."""
    undated = [f"{found.undated:,} of them undated"] if found.undated else []
    return [f"Since {plain_date(found.since)}: {count_of(found.articles, 'article')}", *undated]


def _list(name: str, items: Iterator[str]) -> str:
    shown = "".join(items)
    return f'<h2 class="part">{name}</h2><ol class="quotations" aria-label="{name}">{shown}</ol>' if shown else ""


def _story(story: Story, number: int) -> str:
    others = [each for each in story.articles if each.id != story.lead.article_id]
    return _cited(story.lead, number, _others(others))


def _others(others: Sequence[Listing]) -> str:
    """The other articles of a story, each a link that opens it."""
    if not others:
        return ""
    links = "".join(
        f'<li dir="auto"><a href="{place_link(each.id)}" data-article="{escape(each.id)}">'
        f'{escape(each.title)}</a><span class="about">{_about(each)}</span></li>'
        for each in others
    )
    return f'<ul class="others" aria-label="Also told by">{links}</ul>'


def _about(each: Listing) -> str:
    return ", ".join(part for part in (escape(each.outlet or ""), date_html(each.published) or _UNDATED) if part)


def _cited(citation: Citation, number: int, rest: str = "") -> str:
    return quotation_html(number, citation.quote, _link(citation, number), rest)


def _link(citation: Citation, number: int) -> str:
    source = cited_html(citation.title, citation.outlet, citation.published, citation.quote, citation.pages)
    source += "" if citation.published else f' <span class="dot" aria-hidden="true">·</span> {_UNDATED}'
    return article_link("source", number, citation.article_id, citation.start, citation.end, citation.sha256, source)


def _differ(each: Disagreement, numbers: Iterator[int]) -> str:
    """One disagreement: what the articles tell differently, and under each value the sentences that give it."""
    values = "".join(
        f'<h3 class="value" dir="auto">{escape(told.value)}</h3><ol class="quotations">'
        + "".join(_cited(citation, next(numbers)) for citation in told.citations)
        + "</ol>"
        for told in each.values
    )
    return f'<p class="about differ" dir="auto">{escape(each.about)}</p>{values}'

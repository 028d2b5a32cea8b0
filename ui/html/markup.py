"""Safe markup: what every piece of HTML on the page has in common.

Everything that comes from an article, a file name or the model is hostile. It is escaped where it enters the markup,
and the finished markup passes nh3 once more, which lets only the tags and attributes named here through.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from html import escape
from urllib.parse import quote, urlsplit

import nh3

from index.errors import EMPTY_LIBRARY
from index.records import Filter
from qa.records import Support
from qa.text.dates.reading import date_in_words
from ui.ways_out import on_page

CUT_OFF = "This answer was not finished."
VERDICTS: dict[Support, str] = {
    "supported": "supported",
    "partly": "partly supported",
    "quoted": "quoted",
    "unsupported": "unsupported",
}
"""In words."""
_SIGNS: dict[Support, str] = {"supported": "✓", "partly": "≈", "quoted": "“", "unsupported": "✗"}
_TAGS = {
    *("a", "article", "blockquote", "button", "caption", "details", "div", "h1", "h2", "h3", "header", "li", "mark"),
    *("nav", "ol", "p", "progress", "section", "span", "summary", "table", "tbody", "td", "th", "thead", "time", "tr"),
    "ul",
}
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "role", "tabindex", "title"},
    "a": {"href", "target"},
    "button": {"type"},
    "progress": {"max", "value"},
    "th": {"rowspan", "scope"},
    "time": {"datetime"},
}

_HEAD_LINES = 6
"""Of a passage, among which its article's headline may stand. Chosen by eye."""
_NAMED = 3
"""Outlets named; of more, their number is. Chosen by eye."""
_CHECKSUM_DIGITS = 12
"""Hex digits of an article's checksum in an address: enough to see that the text has changed."""


def sanitised(html: str) -> str:
    """The markup without any tag, attribute or kind of address that the page does not use itself."""
    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags={"script", "style"},
        attributes=_ATTRIBUTES,
        generic_attribute_prefixes={"aria-", "data-"},
        url_schemes={"http", "https"},
    )


def place_address(article_id: str, start: int = 0, end: int = 0, sha256: str = "") -> str:
    """An address, relative to the page's, that opens the article at this span of its text; ``static/page.js`` reads it.

    With ``sha256``, that of the text the span is of or its beginning, the page says where the article has changed.

    >>> place_address("2018/march", 10, 52, "9f86d081884c7d659a2f")
    '?article=2018%2Fmarch&start=10&end=52&text=9f86d081884c'
    """
    text = f"&text={quote(sha256[:_CHECKSUM_DIGITS], safe='')}" if sha256 else ""
    return f"?article={quote(article_id, safe='')}&start={start}&end={end}{text}"


def place_link(article_id: str, start: int = 0, end: int = 0, sha256: str = "") -> str:
    """The address that ``place_address`` makes, escaped for an attribute."""
    return escape(place_address(article_id, start, end, sha256))


def is_web_address(url: str) -> bool:
    """Whether a browser would open it as a page, and not run it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def date_html(published: str | None) -> str:
    """A date as people read it, empty where there is none; one that is no ISO 8601 date is shown as it stands.

    >>> date_html("2018-10-17")
    '<time datetime="2018-10-17">17 October 2018</time>'
    """
    if not published:
        return ""
    shown = plain_date(published)
    return f'<time datetime="{escape(published)}">{escape(shown)}</time>'


def plain_date(published: str | None) -> str:
    """An ISO 8601 date as people read it, without markup: ``17 October 2018``; empty for None."""
    return date_in_words(published or "")


def source_line(title: str, outlet: str | None, published: str | None, pages: str = "") -> str:
    """Headline, outlet, date and pages of an article in one line of plain text; what is not known is left out.

    >>> source_line("Harbour reopens", None, plain_date("2018-10-17"), "page 3")
    'Harbour reopens, 17 October 2018, page 3'
    """
    return ", ".join(part for part in (title, outlet, published, pages) if part)


def page_words(pages: Sequence[int]) -> str:
    """The first and the last page of something in words; empty where there are none.

    >>> page_words((3, 3)), page_words((1, 2)), page_words(())
    ('page 3', 'pages 1–2', '')
    """
    if not pages:
        return ""
    return f"page {pages[0]}" if pages[0] == pages[-1] else f"pages {pages[0]}–{pages[-1]}"


def pages_html(pages: Sequence[int]) -> str:
    """The same as markup."""
    return f'<span class="pages" dir="ltr">{escape(page_words(pages))}</span>' if pages else ""


def source_html(title: str, outlet: str | None, published: str | None, pages: Sequence[int] = ()) -> str:
    """Headline, outlet and date of an article in one line, and the first and last page of what is cited of it."""
    parts = [
        f'<span class="title" dir="auto">{escape(title)}</span>',
        f'<span class="outlet" dir="auto">{escape(outlet)}</span>' if outlet else "",
        date_html(published),
        pages_html(pages),
    ]
    return ' <span class="dot" aria-hidden="true">·</span> '.join(part for part in parts if part)


def cited_html(title: str, outlet: str | None, published: str | None, quote: str, pages: Sequence[int] = ()) -> str:
    """The line of ``source_html`` below a quotation; "Headline" in place of the title where that is what is quoted."""
    if quote.strip() != title.strip():
        return source_html(title, outlet, published, pages)
    own = '<span class="title" dir="ltr">Headline</span>'  # the page's word, and no article's
    return source_html(title, outlet, published, pages).replace(
        f'<span class="title" dir="auto">{escape(title)}</span>', own, 1
    )


def below_headline(text: str, title: str) -> str:
    """A passage without the headline and what stands above it, which are shown as its source; all if that is all.

    >>> below_headline("Date: 2024-03-12\\nRain\\n\\nIt rained all day.", "Rain"), below_headline("Rain", "Rain")
    ('It rained all day.', 'Rain')
    """
    lines = text.split("\n")
    heads = [number for number, line in enumerate(lines[:_HEAD_LINES]) if line.strip() == title]
    return "\n".join(lines[heads[0] + 1 :]).strip() if heads and any(map(str.strip, lines[heads[0] + 1 :])) else text


def searched_words(question: str, standalone: str) -> tuple[str, str]:
    """How a question was searched, where that is not as it was asked: what is said of it, and the words.

    >>> searched_words("How old is he?", "How old is José Montes?")
    ('Searched as', 'How old is José Montes?')
    >>> searched_words("Why?", "Why? — What was the rate in April?")
    ('Searched together with', 'What was the rate in April?')
    """
    asked, searched = " ".join(question.split()), " ".join(standalone.split())
    if searched == asked:
        return "", ""
    rest, dash, before = searched.partition(" — ")
    if dash and asked.endswith(rest):
        return "Searched together with", before
    return "Searched as", searched


def verdict_html(support: Support, words: str = "") -> str:
    """A verdict in a sign, a colour and words, which are markup; those of ``VERDICTS`` where none are given."""
    return (
        f'<span class="verdict {support}" dir="ltr"><span class="sign" aria-hidden="true">{_SIGNS[support]}</span> '
        f"{words or VERDICTS[support]}</span>"
    )


def article_link(
    kind: str, number: int, article_id: str, start: int, end: int, sha256: str, label: str, names: str = ""
) -> str:
    """A link that opens the article at the place it is cited for; ``label`` and ``names``, its ARIA attributes, are
    markup."""
    return (
        f'<a class="{kind}" href="{place_link(article_id, start, end, sha256)}" data-number="{number}" '
        f'data-article="{escape(article_id)}" data-start="{start}" data-end="{end}" data-sha256="{escape(sha256)}"'
        f"{names}>{label}</a>"
    )


def quotation_html(number: int, quote: str, link: str, rest: str = "", id: str = "", marked: str = "") -> str:
    """An item of a list of quotations: the words under their number, and the link to where they stand.

    ``marked`` is their markup, where more than their letters is to be seen.
    """
    named = f' id="{id}"' if id else ""
    return (
        f'<li class="quotation" dir="auto" data-number="{number}"><span class="number">{number}</span>'
        f"<blockquote{named}>{marked or escape(quote)}</blockquote>{link}{rest}</li>"
    )


def count_of(number: int, thing: str) -> str:
    """A number with its noun: ``1 article``, ``2,000 articles``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def error_html(sentence: str) -> str:
    """The sentence of an error, with the page's way out."""
    return sanitised(f'<p class="error" role="alert">{escape(on_page(sentence))}</p>')


def empty_html() -> str:
    """The line that says that the library is empty, and how to fill it on the page."""
    return sanitised(f'<p class="empty" role="status">{escape(on_page(EMPTY_LIBRARY))}</p>')


def progress_html(words: str, done: int = 0, total: int = 0, name: str = "") -> str:
    """How far something has come that takes long, in words and, where ``total`` is known, as a bar of that name."""
    bar = f'<progress max="{total}" value="{done}" aria-label="{escape(name)}"></progress>' if total else ""
    return sanitised(f'<div class="adding"><p class="summary">{escape(words)}</p>{bar}</div>')


def restriction_words(only: Filter) -> str:
    """A restriction in words.

    >>> restriction_words(Filter(since="2018-10-01", outlets=("Herald", "Courier")))
    'since 1 October 2018, Herald / Courier'
    >>> restriction_words(Filter(since="2018-10-01", until="2018-10-31"))
    'October 2018'
    >>> restriction_words(Filter(until="2018-10-31", articles=("a", "b")))
    'until 31 October 2018, 2 articles'
    """
    parts = []
    if only.since and only.until:
        parts.append(_period(only.since, only.until))
    elif only.since:
        parts.append(f"since {plain_date(only.since)}")
    elif only.until:
        parts.append(f"until {plain_date(only.until)}")
    if only.outlets:
        parts.append(_outlets(only.outlets))
    if only.articles:
        parts.append(count_of(len(only.articles), "article"))
    return ", ".join(parts)


def _period(since: str, until: str) -> str:
    """A day, a month or a year, where the two are its first and its last day."""
    try:
        first, last = date.fromisoformat(since), date.fromisoformat(until)
    except ValueError:
        return f"{since} to {until}"
    if first == last:
        return plain_date(since)
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return str(first.year)
    if first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1]):
        return f"{first:%B %Y}"
    return f"{plain_date(since)} to {plain_date(until)}"


def _outlets(names: Sequence[str]) -> str:
    return " / ".join(names) if len(names) <= _NAMED else count_of(len(names), "outlet")

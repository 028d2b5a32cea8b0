"""A saved web page as a person reads it: headline, paragraphs, and what the page states about itself.

trafilatura finds the story on the page. The date is taken only from where a page declares its own: JSON-LD, meta
tags, a time element of the article, a byline. A footer's or a neighbouring story's date is none of it, and neither is
one that merely occurs in the story or its address, as htmldate would have it.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from trafilatura.settings import use_config

from index.reading.bylines import Stated, stated
from index.reading.dates import full_dates

_NOT_SHOWN = etree.XPath(
    "//script[not(contains(@type, 'json'))] | //style | //noscript | //template | //svg | //iframe | //object"
    " | //comment() | //*[@hidden] | //*[contains(translate(@style, ' ', ''), 'display:none')]"
)
_DATE_META = re.compile(
    r"(?:(?:article|og|og:article):|article\.)?published(?:_time)?|datepublished|date|pubdate|bt:pubdate|publish[-_]?date"
    r"|publication_?date|originalpublicationdate|dc(?:terms)?\.(?:date|issued|created|date\.issued|date\.created)"
    r"|parsely-pub-date|sailthru\.date|cxenseparse:recs:publishtime|citation_(?:publication_)?date",
    re.IGNORECASE,
)
_TIME_ELEMENTS = (
    "//*[@itemprop='datePublished']",
    "//time[@pubdate]",
    "//h1/following::time[not(ancestor::aside) and not(ancestor::nav)]",
)
"""Where a page puts its date, surest first; of the last kind only the first element after the headline counts."""
_BLOCKS = re.compile(
    r"p|head|item|quote|row|list|table|code|body|div|section|article|main|aside|header|footer|nav|h[1-6]|li|ul|ol|dl|dt|dd|tr"
    r"|blockquote|pre|figure|figcaption|form|fieldset|address|hr|br|lb|option|details|summary"
)
"""Elements that begin a line of their own, in HTML and in trafilatura's own XML."""
_CELLS = frozenset({"cell", "td", "th"})
_UNSEEN = frozenset({"script", "title"})
_BREAK = "\u2028"
_LONGEST = 250
"""Characters of a headline; what is longer is a page whose tags are broken."""
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def read_page(markup: str) -> tuple[str, Stated] | None:
    """The text of a page, its paragraphs parted by blank lines, and what it states; None where it shows no text.

    The text begins with the headline, also where that stands only in the page's metadata.
    """
    tree = _load(markup)
    if tree is None:
        return None
    story = trafilatura.bare_extraction(copy.deepcopy(tree), include_comments=False, config=_settings())
    text = (_text(story.body, keep_lines=True) if story else "") or _text(tree)
    if not text:
        return None
    metadata = trafilatura.extract_metadata(copy.deepcopy(tree))
    title = _headline(tree, metadata.title, metadata.sitename)
    if title and title.casefold() not in text[: 5 * len(title) + 500].casefold().split("\n"):
        text = f"{title}\n\n{text}"
    told = stated(text)
    byline = stated(f"{title}\n{_under_headline(tree, title, text)}") if title else told
    return text, Stated(
        title=title or told.title,
        outlet=metadata.sitename or told.outlet or byline.outlet,
        published=_declared_date(tree) or told.published or byline.published,
        url=metadata.url or told.url,
    )


def visible_text(markup: str) -> str:
    """All text that a browser would show of a piece of HTML, a block a line."""
    tree = _load(markup)
    return "" if tree is None else _text(tree)


def _load(markup: str) -> Any:
    """The page as an lxml tree without what is never shown, or None; metadata in JSON stays."""
    # trafilatura takes a short fragment without this element for no HTML at all
    tree = trafilatura.load_html(markup if "<html" in markup.lower() else f"<html>{markup}</html>")
    if tree is not None:
        for element in _NOT_SHOWN(tree):
            if element.getparent() is not None:
                element.drop_tree()
    return tree


def _settings() -> Any:
    """trafilatura's defaults, but three sentences are a story: below 250 characters it would take the menus in."""
    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "25")
    return settings


def _headline(tree: Any, title: str | None, outlet: str | None) -> str:
    """The headline as the page shows it, else as its metadata has it, without the outlet's name behind it."""
    shown = [_SPACES.sub(" ", "".join(heading.itertext())).strip() for heading in tree.iter("h1")]
    if len(shown) == 1 and shown[0].casefold() not in ("", (outlet or "").casefold()) and len(shown[0]) <= _LONGEST:
        return shown[0]
    words = _SPACES.sub(" ", title or "").strip()[:_LONGEST]
    return re.sub(rf"\s+[|–—-]\s+{re.escape(outlet)}$", "", words, flags=re.IGNORECASE) if outlet else words


def _under_headline(tree: Any, title: str, text: str) -> str:
    """What stands on the page between the headline and the story's first paragraph: the byline, as a rule."""
    page = copy.deepcopy(tree)
    for element in page.xpath("//aside | //nav | //footer"):
        element.drop_tree()
    below = _text(page).partition(f"{title}\n\n")[2]
    first = next((line for line in text.split("\n\n") if line.casefold() != title.casefold()), "")
    return below[: max(below.find(first), 0)]


def _declared_date(tree: Any) -> str | None:
    """The date of publication, ``YYYY-MM-DD``, that the page's metadata or its own time element gives."""
    for value in _declared_dates(tree):
        for date in full_dates(value):
            return date.iso
    return None


def _declared_dates(tree: Any) -> Iterator[str]:
    for script in tree.iter("script"):
        try:
            yield from _published_in_json(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if _DATE_META.fullmatch(name):
            yield meta.get("content") or ""
    for path in _TIME_ELEMENTS:
        for element in tree.xpath(path)[:1]:
            yield from (element.get("datetime") or "", element.get("content") or "", "".join(element.itertext()))


def _published_in_json(node: Any) -> Iterator[str]:
    """Every ``datePublished`` of an article in JSON-LD: https://schema.org/datePublished"""
    if isinstance(node, list):
        for part in node:
            yield from _published_in_json(part)
    elif isinstance(node, dict):
        if "headline" in node or re.search("Article|Posting|Report", str(node.get("@type"))):
            yield str(node.get("datePublished") or "")
        yield from _published_in_json([node.get("@graph"), node.get("mainEntity"), node.get("mainEntityOfPage")])


def _text(tree: Any, keep_lines: bool = False) -> str:
    """The text of a tree, its blocks parted by blank lines; cells of a table row by `` | ``.

    ``keep_lines``: a line break in the source parts paragraphs, as in trafilatura's XML; in HTML it is a space.
    """
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = str(element.tag)
        edge = _BREAK if _BLOCKS.fullmatch(tag) else ""
        if event == "start":
            pieces.append(" | " if tag in _CELLS else edge)
            pieces.append("" if tag in _UNSEEN else element.text or "")
        else:
            pieces.append(edge)
            pieces.append("" if element is tree else element.tail or "")
    lines = re.split(rf"[{_BREAK}\n]" if keep_lines else _BREAK, "".join(pieces))
    return "\n\n".join(line for line in (_SPACES.sub(" ", line).strip(" |") for line in lines) if line)

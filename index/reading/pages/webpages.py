"""A saved web page as a person reads it: headline, paragraphs, and what the page states about itself.

trafilatura finds the story on the page. The date is taken only from where a page declares its own: JSON-LD, meta
tags, a time element of the article, a byline. A footer's or a neighbouring story's date is none of it, and neither is
one that merely occurs in the story or its address, as htmldate would have it.
"""

from __future__ import annotations

import copy
import re
from typing import Any

import trafilatura
from trafilatura.settings import use_config

from index.reading.metadata.bylines import stated
from index.reading.metadata.declared_dates import declared_dates
from index.reading.pages.markup import NOT_OF_STORY, SENTENCE_END, bounded, prepare
from index.reading.pages.text import SPACES, text_of_tree
from index.reading.stated import Stated, by, language_code
from index.text.furniture import furniture

_TIMES, _FURTHER = 5, 500
"""Lengths of a headline, and characters more, at the beginning of a text in which its headline may stand already.
Round, not fitted."""
_LONGEST = 250
"""Characters of a headline; what is longer is a page whose tags are broken. Round, not fitted."""
_LONG = 60
"""Characters of a paragraph that nobody writes twice. Chosen by eye."""
_FEWEST_OF_LEAD = 10
"""Words of a lead. Chosen by eye."""


def read_page(markup: str) -> tuple[str, Stated] | None:
    """The text of a page, its paragraphs parted by blank lines, and what it states; None where it shows no text.

    The text begins with the headline, also where that stands only in the page's metadata.
    """
    tree = _load(markup)
    if tree is None:
        return None
    story = trafilatura.bare_extraction(copy.deepcopy(tree), include_comments=False, config=_settings())
    text = (text_of_tree(story.body, keep_lines=True) if story else "") or text_of_tree(tree)
    if not text:
        return None
    metadata = trafilatura.extract_metadata(copy.deepcopy(tree))
    title = _headline(tree, metadata.title, metadata.sitename)
    if title and title.casefold() not in text[: _TIMES * len(title) + _FURTHER].casefold().split("\n"):
        text = f"{title}\n\n{text}"
    under = _under_headline(tree, title, text) if title else ""
    if title and (lead := _lead(tree, title, text)):
        text = f"{title}\n\n{lead}\n\n{text.removeprefix(title).lstrip()}"
    text = _told_once(text)
    told = stated(text)
    byline = stated(f"{title}\n{under}") if title else told
    page = by("page metadata", outlet=metadata.sitename, url=metadata.url, author=metadata.author)
    known = by("headline", title=title).otherwise(declared_dates(tree, title, metadata.url)).otherwise(_language(tree))
    return text, known.otherwise(page).otherwise(told).otherwise(byline).settled()


def visible_text(markup: str) -> str:
    """All text that a browser would show of a piece of HTML, a block a line."""
    tree = _load(markup)
    return "" if tree is None else text_of_tree(tree)


def _load(markup: str) -> Any:
    """The page as an lxml tree without what is never shown, or None; metadata in JSON stays."""
    markup = bounded(markup)
    # trafilatura takes a short fragment without this element for no HTML at all
    tree = trafilatura.load_html(markup if "<html" in markup.lower() else f"<html>{markup}</html>")
    if tree is not None:
        prepare(tree)
    return tree


def _language(tree: Any) -> Stated:
    """The language that the page declares: of its element ``html``, else in a meta tag."""
    root = tree if tree.tag == "html" else next(tree.iter("html"), tree)
    shown = language_code(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    metas = {(meta.get("property") or meta.get("http-equiv") or "").casefold(): meta for meta in tree.iter("meta")}
    named = [metas[name].get("content") or "" for name in ("og:locale", "content-language") if name in metas]
    in_meta = next((code for value in named if (code := language_code(value))), None)
    return by("lang attribute", language=shown).otherwise(by("meta tag", language=in_meta))


def _settings() -> Any:
    """trafilatura's defaults, but three sentences are a story: below 250 characters it would take the menus in."""
    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "25")
    return settings


def _headline(tree: Any, title: str | None, outlet: str | None) -> str:
    """The headline as the page shows it, else as its metadata has it, without the outlet's name behind it."""
    shown = [SPACES.sub(" ", "".join(heading.itertext())).strip() for heading in tree.iter("h1")]
    if len(shown) == 1 and shown[0].casefold() not in ("", (outlet or "").casefold()) and len(shown[0]) <= _LONGEST:
        return shown[0]
    words = SPACES.sub(" ", title or "").strip()[:_LONGEST]
    return re.sub(rf"\s+[|–—-]\s+{re.escape(outlet)}$", "", words, flags=re.IGNORECASE) if outlet else words


def _told_once(text: str) -> str:
    """Returns a text without the paragraphs that stand in it before, word for word.

    trafilatura tells a story twice where it finds it both in the page and in a part of it.
    """
    lines = dict.fromkeys(
        (line if len(line) >= _LONG else number, line) for number, line in enumerate(text.split("\n\n"))
    )
    return "\n\n".join(line for _, line in lines)


def _under_headline(tree: Any, title: str, text: str) -> str:
    """Returns the text between the headline and the story's first paragraph, which mostly is the byline."""
    page = copy.deepcopy(tree)
    for element in page.xpath("//aside | //nav | //footer"):
        element.drop_tree()
    below = text_of_tree(page).partition(f"{title}\n\n")[2]
    # A word above the headline may be glued to it, as in a span of its own.
    first = next((line for line in text.split("\n\n") if not line.casefold().endswith(title.casefold())), "")
    return below[: max(below.find(first), 0)]


def _lead(tree: Any, title: str, text: str) -> str:
    """Returns the paragraphs of the story between its headline and what was found of it; empty where there are none.

    A lead stands in the head of many a page, beside the byline, and trafilatura leaves both out.
    """
    if not text.startswith(f"{title}\n\n"):
        return ""
    page = copy.deepcopy(tree)
    for element in page.xpath("//figure | //*[@id or @class]"):
        names = f"{element.get('id') or ''} {element.get('class') or ''}"
        is_other = element.tag == "figure" or NOT_OF_STORY.search(names)
        if is_other and element.getparent() is not None and not element.xpath(".//h1 | .//p[2]"):
            element.drop_tree()
    lines = _under_headline(page, title, text).split("\n\n")
    return "\n\n".join(
        line
        for line in lines
        if len(line.split()) >= _FEWEST_OF_LEAD and SENTENCE_END.search(line) and not furniture(line)
    )

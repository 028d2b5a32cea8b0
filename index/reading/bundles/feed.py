"""RSS and Atom: the articles of a saved feed, as far as it holds them."""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO
from urllib.parse import urljoin, urlsplit

from lxml import etree  # type: ignore[import-untyped]

from index.reading.archive import parsed
from index.reading.format import Document, Unreadable
from index.reading.letters.letters import one_line
from index.reading.metadata.declared_dates import iso_day
from index.reading.pages.webpages import visible_text
from index.reading.stated import by, language_code

_HEAD = 100
"""Characters at the beginning of a text, besides the headline's own, in which its headline may stand already. Round,
not fitted."""
_LONGEST_TITLE, _LONGEST_NAME = 80, 120
"""Characters of a headline made of a text's first line, and of an entry's name. Round, not fitted."""
_TEXTS = ("encoded", "content", "description", "summary")
"""Where an entry has its text, the whole before the teaser."""
_SHORT_YEAR = re.compile(r"\b\d{1,2} [A-Z][a-z]{2} \d\d \d\d:")
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Entry:
    """An entry of a feed."""

    key: str
    """The entry's guid or address, and when it was changed or a digest of its text: another version has another key."""
    name: str
    """The last part of its address, else its number in the feed."""
    url: str | None
    document: Document | None
    """The text of the entry as the feed has it, whole or a teaser; None where the feed has only a headline."""


def read_feed(file: BinaryIO) -> Iterator[Document]:
    """Reads the entries of a feed that hold text. Raises Unreadable: it is no feed, or no entry holds text."""
    _, entries = read_entries(file)
    found = [entry.document for entry in entries if entry.document is not None]
    if not found:
        raise Unreadable("is a feed without articles: leave it out.")
    yield from found


def read_entries(file: BinaryIO) -> tuple[str, list[Entry]]:
    """Returns the title of a feed and its entries. Raises Unreadable: it is no feed."""
    root = parsed(file.read(), recover=True)
    if _kind(root).casefold() not in ("rss", "feed", "rdf"):
        raise Unreadable("is no feed of articles: add RSS or Atom, or save the articles as .txt, .md or .html.")
    channel = next(root.iter("{*}channel"), root)
    outlet = one_line(visible_text(_words(channel, "title")))
    language = language_code(_words(channel, "language") or root.get(_XML_LANGUAGE) or "")
    items = enumerate(root.iter("{*}item", "{*}entry"), start=1)
    return outlet, [_entry(item, number, outlet or None, language) for number, item in items]


def _entry(entry: Any, number: int, outlet: str | None, language: str | None) -> Entry:
    title = one_line(visible_text(_words(entry, "title")))
    url = _address(entry)
    published = next((day for name in ("pubDate", "published", "date") if (day := _day(_words(entry, name)))), None)
    updated = next((day for name in ("updated", "modified") if (day := iso_day(_words(entry, name)))), None)
    author = next((words for name in ("creator", "author") if (words := one_line(_words(entry, name)))), None)
    name = _name(url) or str(number)
    guid = next((words for kind in ("guid", "id") if (words := one_line(_words(entry, kind)))), url or title or name)
    bodies = (visible_text(_words(entry, kind)) for kind in _TEXTS)
    text = next((body for body in bodies if body), "")
    # RSS does not say when an entry was changed.
    version = one_line(_words(entry, "updated") or _words(entry, "modified")) or f"{zlib.crc32(text.encode()):08x}"
    document = None
    if text:
        if title and title.casefold() not in text[: len(title) + _HEAD].casefold():
            text = f"{title}\n\n{text}"
        facts = {"outlet": outlet, "published": published, "url": url, "author": author, "updated": updated}
        first = one_line(text.partition("\n")[0])[:_LONGEST_TITLE]
        told = by("feed", title=title or first, language=language, **facts).settled()
        document = Document(text, told, name)
    return Entry(f"{guid} {version}", name, url, document)


def _words(parent: Any, name: str) -> str:
    """Returns the text or markup of the first child element of this name, in any namespace."""
    for child in parent:
        if _kind(child) == name:
            named = child.find("{*}name")
            if named is not None:
                return named.text or ""
            inner = "".join(etree.tostring(each, encoding="unicode") for each in child)
            return (child.text or "") + inner
    return ""


def _kind(element: Any) -> str:
    """Returns the name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _address(entry: Any) -> str | None:
    links = [child for child in entry if _kind(child) == "link"]
    links.sort(key=lambda link: link.get("rel") not in (None, "alternate"))
    found = ((link.base or "", (link.text or link.get("href") or "").strip()) for link in links)
    try:
        given = next((urljoin(base, address) for base, address in found if address), "")
        return given if urlsplit(given).scheme in ("http", "https") else None
    except ValueError:  # a malformed address
        return None


def _day(value: str) -> str | None:
    """Returns the day of a date as feeds write it, those of older ones with two digits of the year (RFC 822).

    >>> _day("Sat, 07 Sep 02 00:00:01 GMT"), _day("2 hours ago")
    ('2002-09-07', None)
    """
    if _SHORT_YEAR.search(value):
        with contextlib.suppress(ValueError):
            return parsedate_to_datetime(value).date().isoformat()
    return iso_day(value)


def _name(url: str | None) -> str:
    """Returns the last part of a URL, as far as it tells one article from another."""
    try:
        path = urlsplit(url or "").path.rstrip("/")
    except ValueError:
        return ""
    return re.sub(r"\.\w{2,5}$", "", path.rpartition("/")[2])[:_LONGEST_NAME]

"""Makes articles of what was fetched from a URL; its content type, else its first bytes, tell the format."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlsplit

from index.errors import InputError
from index.reading.files import Unread, read_data
from index.reading.format import EMPTY
from index.reading.letters.names import printable
from index.reading.registry import by_suffix
from index.records import Article
from index.web.fetching import Fetched

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    **dict.fromkeys((*FEED_TYPES, "application/xml", "text/xml"), ".xml"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/epub+zip": ".epub",
    "application/json": ".json",
    "text/csv": ".csv",
    "message/rfc822": ".eml",
}
_SAYS_NOTHING = ("", "application/octet-stream", "binary/octet-stream", "application/x-download")
_TEXTS = (".html", ".txt", ".md", ".xml", ".json", ".csv")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|at_\w+|cmpid", re.IGNORECASE)
_EMPTY = "holds no text; if a browser shows some, save the page in a browser and add that file."
"""What is said of a page that is EMPTY: scripts that a browser runs may fill it."""
_LONGEST_ID = 150
"""Characters of an id that is made of a URL. Round, not fitted."""


def read_fetched(fetched: Fetched) -> Iterator[Article | Unread]:
    """Yields the articles of what was fetched, or why one cannot be read.

    Raises InputError: it is in no format that Byline reads.
    """
    suffix = suffix_of(fetched.data, fetched.content_type, fetched.url)
    data = _in_utf8(fetched.data, fetched.charset) if suffix in _TEXTS else fetched.data
    for item in read_data(id_of(fetched.url), fetched.url, suffix, io.BytesIO(data)):
        if isinstance(item, Unread):
            yield replace(item, reason=item.reason.replace(EMPTY, _EMPTY))
        else:
            yield _at(item, fetched.url)


def _at(article: Article, url: str) -> Article:
    """Returns the article with its URL: the one it states, if that is of the same site, else the fetched one."""
    if article.url and _site(article.url) == _site(url):
        return article
    told_by = dict(article.told_by) | {"url": "fetched"}
    return replace(article, url=url, told_by=tuple(sorted(told_by.items())))


def suffix_of(data: bytes, content_type: str = "", url: str = "") -> str:
    """Returns the file suffix of the format in which the data is. Raises InputError: no format reads it.

    >>> suffix_of(b"<!DOCTYPE html><p>Rain</p>"), suffix_of(b"Rain fell."), suffix_of(b"", "application/pdf")
    ('.html', '.txt', '.pdf')
    """
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf-"):
        return ".pdf"
    if start.startswith((b"<!doctype html", b"<html")):
        return ".html"
    if content_type in _SUFFIXES:
        return _SUFFIXES[content_type]
    named = re.search(r"\.\w{2,5}$", urlsplit(url).path.casefold())
    if named and named[0] in by_suffix() and content_type in (*_SAYS_NOTHING, "application/zip"):
        return named[0]
    if start.startswith((b"<?xml", b"<rss", b"<feed")):
        return ".xml"
    if content_type in _SAYS_NOTHING:
        return ".txt"
    raise InputError(f"{url} is {content_type}, which Byline does not read; give the address of a page or a text.")


def id_of(url: str) -> str:
    """Returns the id of the article at a URL: host, path and query, without tracking parameters.

    >>> id_of("https://www.example.org/2018/rain%20falls.html?page=2&utm_source=mail")
    'example.org/2018/rain falls-page=2'
    """
    parts = urlsplit(url)
    path = re.sub(r"(?:/index)?\.\w{2,5}$", "", unquote(parts.path)).strip("/")
    query = "-".join(f"{name}={value}" for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name))
    name = "/".join(part for part in (_site(url), path) if part)
    return printable(f"{name}-{query}" if query else name)[:_LONGEST_ID]


def _site(url: str) -> str:
    try:
        return urlsplit(url).netloc.removeprefix("www.")
    except ValueError:
        return ""


def _in_utf8(data: bytes, charset: str) -> bytes:
    """Returns the bytes of a text in UTF-8, converted from the encoding that the server states.

    Bytes that are no valid text in that encoding are returned unchanged; reading them guesses the encoding.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            name = codecs.lookup(charset).name if charset else ""
            # As browsers do: https://encoding.spec.whatwg.org/#names-and-labels
            text = data.decode({"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)) if name else ""
        except (LookupError, UnicodeError):
            text = ""
        return text.encode("utf-8-sig") if text else data
    return data

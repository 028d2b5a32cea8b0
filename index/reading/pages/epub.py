"""E-books (.epub): the chapters in the order they are read, as one text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import unquote

from index.reading.archive import Archive, archive
from index.reading.format import EMPTY, Document, Unreadable
from index.reading.letters.decoding import decode
from index.reading.letters.letters import one_line
from index.reading.metadata.bylines import stated
from index.reading.metadata.declared_dates import iso_day
from index.reading.pages.webpages import visible_text
from index.reading.stated import by, language_code

_PROTECTED = "META-INF/rights.xml"


def read_epub(file: BinaryIO) -> Document:
    """Reads a book with its title, author and date of publication.

    Raises Unreadable: it is protected, damaged or empty.
    """
    with archive(file) as parts:
        if _PROTECTED in parts.names():
            raise Unreadable("is protected against copying: add a copy without protection.")
        place = _package(parts)
        package = parts.xml(place)
        chapters = [text for name in _spine(package, posixpath.dirname(place)) if (text := _chapter(parts, name))]
    text = "\n\n".join(chapters)
    if not text.strip():
        raise Unreadable(EMPTY)
    told = {name: one_line(_first(package, name)) for name in ("title", "creator", "publisher", "date", "language")}
    book = by(
        "the book's package",
        title=told["title"],
        author=told["creator"],
        outlet=told["publisher"],
        published=iso_day(told["date"]),
        language=language_code(told["language"]),
    )
    return Document(text, book.otherwise(stated(text)).settled())


def _package(parts: Archive) -> str:
    for element in parts.xml("META-INF/container.xml").iter("{*}rootfile"):
        return str(element.get("full-path"))
    raise Unreadable("is damaged: it does not say where its chapters are; get it anew and add it again.")


def _spine(package: Any, folder: str) -> Iterator[str]:
    items = {item.get("id"): item.get("href") or "" for item in package.iter("{*}item")}
    for entry in package.iter("{*}itemref"):
        href = items.get(entry.get("idref"))
        if href:
            yield posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _chapter(parts: Archive, name: str) -> str:
    text = decode(parts.read(name)) if name in parts.names() else None
    return visible_text(text.partition("?>")[2] if text and text.startswith("<?xml") else text) if text else ""


def _first(package: Any, name: str) -> str:
    return next((element.text or "" for element in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")), "")

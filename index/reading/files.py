"""Reads files into articles.

The text of an article is what a person reads. Of a text file it is the file itself, with every line end as ``\\n``,
without characters that nobody sees and, where the lines were broken at a fixed width, with spaces for those breaks; of
other formats it is the text without marks, tags, scripts and menus, headline first. It is never altered afterwards, so
offsets into it stay true.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from index.errors import InputError, cause_of
from index.reading.finding import Source, find, find_all
from index.reading.format import EMPTY, Damaged, Document, Format, Unreadable
from index.reading.letters.letters import one_line
from index.reading.letters.names import UniqueNames, printable
from index.reading.registry import by_suffix
from index.records import Article

__all__ = ["Source", "Unread", "article_of_document", "find", "find_all", "read", "read_data", "read_each"]


@dataclass(frozen=True)
class Unread:
    """An article that cannot be read; ``reason`` is a whole sentence."""

    id: str
    reason: str


def read(source: Source) -> Article:
    """Reads the article of a file, the first one where it holds several.

    Raises InputError: the file cannot be read, is empty, or holds no text.
    """
    for item in read_each(source):
        if isinstance(item, Unread):
            raise InputError(item.reason)
        return item
    raise InputError(f"{printable(source.path)} holds no article: leave it out.")


def read_each(source: Source) -> Iterator[Article | Unread]:
    """Yields the articles of a file in their order, and an ``Unread`` for each that cannot be read.

    The only article of a file has the source's id; several have ids below it (``letters/12``).
    """
    if source.left_out:
        yield Unread(source.id, source.left_out)
        return
    yield from _read_each(source.id, printable(source.path), _documents(source))


def read_data(article_id: str, name: str, suffix: str, data: BinaryIO) -> Iterator[Article | Unread]:
    """Yields the articles of data that is in no file, as ``read_each`` does; the suffix tells its format.

    ``name`` stands for it in sentences about what cannot be read.
    """
    yield from _read_each(article_id, name, _named(name, by_suffix()[suffix], data))


def _read_each(article_id: str, shown: str, documents: Iterator[Document | Damaged]) -> Iterator[Article | Unread]:
    names = UniqueNames()
    try:
        for item in documents:
            name = names.free(f"{article_id}/{one_line(item.name)}" if item.name else article_id)
            if isinstance(item, Damaged):
                yield Unread(name, f"{shown}: {one_line(item.name)} {item.reason}")
            elif item.text.strip():
                yield article_of_document(name, item)
            else:
                yield Unread(name, f"{shown} {EMPTY}")
    except InputError as error:
        yield Unread(article_id, str(error))


def article_of_document(article_id: str, document: Document) -> Article:
    """Makes an article of a document that a format has read, under an id."""
    told = document.stated
    return Article(
        article_id,
        told.title,
        told.outlet,
        told.published,
        told.url,
        document.text,
        told.author,
        told.updated,
        document.pages,
        told.language,
        tuple(sorted(told.told_by.items())),
    )


def _documents(source: Source) -> Iterator[Document | Damaged]:
    """Yields the documents of a file, read by the format of its suffix.

    Raises InputError: the file cannot be read; the sentence names its path.
    """
    path = source.path
    known = by_suffix()[path.suffix.lower()]
    try:
        with _opened(path, known) as file:
            yield from _named(printable(path), known, file, dict(source.fields))
    except Unreadable as error:
        raise InputError(f"{printable(path)} {error}") from error
    except OSError as error:
        reason = cause_of(error)
        raise InputError(f"{printable(path)} cannot be read ({reason}): check the file and its permissions.") from error


def _named(
    name: str, known: Format, file: BinaryIO, fields: Mapping[str, str] | None = None
) -> Iterator[Document | Damaged]:
    """Yields the documents that a format reads. Raises InputError: its complaint, as a sentence with ``name``."""
    try:
        yield from known.articles(file, fields)
    except Unreadable as error:
        raise InputError(f"{name} {error}") from error
    except ModuleNotFoundError as error:
        if known.extra is None:
            raise
        raise InputError(
            f"{name} cannot be read without {known.extra}: install it with: pip install {known.extra}"
        ) from error


def _opened(path: Path, known: Format) -> BinaryIO:
    """Opens a file without waiting, as a named pipe would make it.

    Raises Unreadable: it is no ordinary file, or too large; OSError: it cannot be opened.
    """
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("is no ordinary file: add a file with an article in it.")
        if status.st_size > known.most_megabytes * 1_000_000:
            raise Unreadable(
                f"has {status.st_size / 1e6:,.0f} MB, and {path.suffix.lower()} files are read up to "
                f"{known.most_megabytes:,} MB: split it, or leave it out."
            )
        return os.fdopen(number, "rb")
    except BaseException:
        os.close(number)
        raise

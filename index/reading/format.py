"""The record of a file format, and the records that reading a file returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from index.errors import InputError
from index.reading.stated import Stated


class Unreadable(InputError):
    """Why a file cannot be read, as the end of a sentence that begins with its path: ``is empty: leave it out.``"""


_PIECE = 1 << 16
"""Bytes read together."""

EMPTY = "is empty: put the article's text into it, or leave it out."
NO_TEXT = "does not hold text: save the article as .txt, .md or .html and add that file."


@dataclass(frozen=True)
class Document:
    """One article of a file: its text, and what it states about itself."""

    text: str
    stated: Stated
    name: str = ""
    """Its name among the articles of its file; empty where the file holds one article."""
    pages: tuple[int, ...] = ()
    """Where in the text each page begins, rising, for files that have pages."""


@dataclass(frozen=True)
class Damaged:
    """An article that cannot be read, in a file whose others can; ``reason`` follows ``name`` in a sentence."""

    name: str
    reason: str


@dataclass(frozen=True)
class Format:
    """A file format, known by its suffixes: the ``FORMAT`` of a module of ``index/reading/formats``."""

    suffixes: tuple[str, ...]
    """In small letters, with their full stop."""
    read: Callable[..., Iterable[Document | Damaged]]
    """Takes an open file and returns its articles in order, within bounds of time and memory. Raises Unreadable.

    Where it ``has_fields``, it also takes ``fields``: the names that these have in the file (see ``Source.fields``).
    """
    rank: int = 9
    """Where two files differ in their suffix alone, the one whose format has the lower rank gets the plain id."""
    most_megabytes: int = 64
    """Larger files are not opened."""
    extra: str | None = None
    """The package that has to be installed to read files of this kind; None where Byline always brings it."""
    has_fields: bool = False
    """Whether articles are records of named fields."""

    def articles(self, file: BinaryIO, fields: Mapping[str, str] | None = None) -> Iterator[Document | Damaged]:
        """Yields the articles of an open file, as ``read`` does. Raises Unreadable, also where it is empty."""
        _check_filled(file)
        yield from self.read(file, fields or {}) if self.has_fields else self.read(file)


def _check_filled(file: BinaryIO) -> None:
    """Checks that a file holds anything but white space, as none does that a program left behind when it failed.

    Raises Unreadable: it is empty.
    """
    while piece := file.read(_PIECE):
        if piece.strip():
            file.seek(0)
            return
    raise Unreadable(EMPTY)

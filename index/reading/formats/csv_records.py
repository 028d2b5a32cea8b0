"""Articles in a table of CSV: a row each, under a row with the names of the columns."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO

from index.reading.decoding import decode, legacy_encoding
from index.reading.fields import NO_ARTICLES, article_of, articles_expected
from index.reading.format import NO_TEXT, Document, Format, Unreadable

_LONGEST_FIELD = 16_000_000
"""Characters: more than any article has."""
_LOOK = 65_536
"""Bytes by which the encoding is told."""


def _read(file: BinaryIO, fields: Mapping[str, str] = MappingProxyType({})) -> Iterator[Document]:
    csv.field_size_limit(_LONGEST_FIELD)
    delimiter = _declared(file)
    rows = csv.DictReader(_lines(file), delimiter=delimiter or _delimiter(file))
    seen = 0
    try:
        for number, row in enumerate(rows, start=1):
            found = article_of({key: value for key, value in row.items() if key}, str(number), fields)
            if found:
                seen += 1
                yield found
            articles_expected(seen, number)
    except csv.Error as error:
        raise Unreadable(
            f"cannot be read from line {rows.line_num:,} on: a quotation mark seems to lack its other; mend it there."
        ) from error
    if not seen:
        raise Unreadable(NO_ARTICLES)


def _declared(file: BinaryIO) -> str:
    """Passes over a first line such as ``sep=;``, as Excel writes it, and returns its delimiter; else nothing."""
    found = re.fullmatch(rb"(?:\xef\xbb\xbf)?sep=([,;|\t])\r?\n", file.readline(_LOOK), re.IGNORECASE)
    if found is None:
        file.seek(0)
    return found[1].decode("ascii") if found else ""


def _lines(file: BinaryIO) -> io.TextIOWrapper:
    """Opens the rest of a file as text, decoded as it begins. Raises Unreadable: it holds no text."""
    place = file.tell()
    start = file.read(_LOOK)
    file.seek(place)
    if decode(start) is None:
        raise Unreadable(NO_TEXT)
    encoding = "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        start.decode(encoding)
    except UnicodeDecodeError as error:
        if len(start) < _LOOK or error.start < _LOOK - 4:  # not only the last character, which is cut off
            encoding = legacy_encoding(start[: start.rfind(b"\n") + 1] or start) or "cp1252"
    return io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")


def _delimiter(file: BinaryIO) -> str:
    """Returns the delimiter of the fields: of the usual ones the most frequent in the row of names."""
    place = file.tell()
    file.seek(0)
    names = file.readline(_LOOK).decode("latin-1").replace("\0", "")
    file.seek(place)
    return max(",;\t|", key=names.count)


FORMAT = Format((".csv", ".tsv"), _read, rank=21, most_megabytes=4000, has_fields=True)

"""Articles in a table of CSV: a row each, under a row with the names of the columns.

A table without such a row is read where a person tells by number which column holds what.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, BinaryIO

from index.reading.bundles.fields import (
    are_names,
    are_numbers,
    article_from,
    check_articles_seen,
    days_come_first,
    records_left_out,
    why_no_articles,
)
from index.reading.format import NO_TEXT, Damaged, Document, Format, Unreadable
from index.reading.letters.decoding import decode, legacy_encoding

_LONGEST_FIELD = 16_000_000
"""Characters: more than any article has. Round, not fitted."""
_LOOK = 65_536
"""Bytes by which encoding and delimiter are told."""
_MOST_DAMAGED = 100
"""Rows that cannot be read, after which the file is taken to be no table. Round, not fitted."""
_QUOTED = re.compile('"[^"]*"')
_ESCAPED, _DOUBLED = re.compile(rb'\\"\w'), re.compile(rb'""\w|\w""')
"""A quotation mark beside a word, behind a backslash or twice."""
_TOO_MANY = "has more cells than the first row names: put quotation marks around each cell that holds the delimiter."
_OPENING, _MARKS = re.compile(' *"'), re.compile('"+')
_CANNOT, _UNCLOSED = "cannot be read", "a quotation mark seems to lack its other; mend it there."


def _read(file: BinaryIO, fields: Mapping[str, str] = MappingProxyType({})) -> Iterator[Document | Damaged]:
    csv.field_size_limit(_LONGEST_FIELD)
    delimiter = _declared(file)
    lines = _lines(file)
    try:
        rows = _Rows(_without_nul(lines), delimiter or _delimiter(file), _escape(file))
        yield from _articles(rows, fields, days_come_first(_start(file)))
    finally:
        lines.detach()  # whoever opened the file closes it


def _articles(rows: _Rows, fields: Mapping[str, str], days_first: bool | None) -> Iterator[Document | Damaged]:
    names: list[str] | None = None
    seen = without = damaged = 0
    for number, (lines, row) in enumerate(_under_names(rows, fields)):
        if names is None:
            names = [name.strip() for name in row]
            continue
        if isinstance(row, str) or any(cell.strip() for cell in row[len(names) :]):
            damaged += 1
            if damaged > _MOST_DAMAGED:
                raise Unreadable(f"has more than {_MOST_DAMAGED} damaged rows: mend it and add it again.")
            yield Damaged(lines, row if isinstance(row, str) else _TOO_MANY)
            continue
        cells = {key: value for key, value in zip(names, row, strict=False) if key}
        found = article_from(cells, str(number), fields, days_first)
        if found:
            seen += 1
            yield found
        elif any(cell.strip() for cell in row):
            without += 1
        check_articles_seen(seen, number - damaged, names, fields)
    if not seen and not damaged:
        raise Unreadable(why_no_articles(names or (), fields))
    yield from records_left_out(without)


def _under_names(rows: _Rows, fields: Mapping[str, str]) -> Iterator[tuple[str, list[str] | str]]:
    """The rows, the names of the columns first: their numbers, from 1, where ``fields`` tells columns by number.

    Raises Unreadable: the first row cannot be read.
    """
    is_first = True
    for lines, row in rows:
        if is_first and isinstance(row, str):
            raise Unreadable(f"{_CANNOT} from line 1 on: {_UNCLOSED}")
        by_number = is_first and are_numbers(fields.values()) and not are_numbers(cell.strip() for cell in row)
        if by_number:
            yield lines, [str(number) for number, _ in enumerate(row, start=1)]
        is_first = False
        if not (by_number and are_names(row)):
            yield lines, row


class _Rows:
    """The rows of a table, each with its line numbers in words; in place of an unreadable row, the reason."""

    def __init__(self, lines: Iterable[str], delimiter: str, escape: str | None) -> None:
        self._lines = lines
        self._form: dict[str, Any] = {
            "delimiter": delimiter,
            "escapechar": escape,
            "doublequote": escape is None,
            "skipinitialspace": True,
        }
        self._taken: list[str] = []

    def __iter__(self) -> Iterator[tuple[str, list[str] | str]]:
        rows = csv.reader(self._noted(), strict=True, **self._form)
        while True:
            first = rows.line_num + 1
            self._taken.clear()
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                if sum(map(len, self._taken)) > _LONGEST_FIELD:
                    raise Unreadable(f"{_CANNOT} from line {first:,} on: {_UNCLOSED}") from error
                last = first + len(self._taken) - 1
                yield _named(first, last), self._lenient() or f"{_CANNOT}: {_UNCLOSED}"
            else:
                if row:
                    yield _named(first, rows.line_num), row

    def _noted(self) -> Iterator[str]:
        for line in self._lines:
            self._taken.append(line)
            yield line

    def _lenient(self) -> list[str] | None:
        """The row of the line taken last, with a quotation mark that stands within words as it is.

        None where one lacks its other; over several lines such a mark may have taken in other rows.
        """
        if len(self._taken) > 1:
            return None
        inner = '""' if self._form["doublequote"] else '\\"'
        return _cells(self._taken[0].rstrip("\r\n"), self._form["delimiter"], inner)


def _named(first: int, last: int) -> str:
    return f"line {first:,}" if first == last else f"lines {first:,} to {last:,}"


def _cells(line: str, delimiter: str, inner: str) -> list[str] | None:
    """The cells of a line, in which quotation marks within a cell's words are kept as they are.

    ``inner`` is how such a mark is written properly. None where a quotation mark that opens a cell has no closing one.

    >>> _cells('1,"The "old" bridge, they say","She said "no""', ",", '""'), _cells('1,"The bridge', ",", '""')
    (['1', 'The "old" bridge, they say', 'She said "no"'], None)
    """
    line += delimiter
    cells, place = list[str](), 0
    while place < len(line):
        opening = _OPENING.match(line, place)
        closed = _closed(line, opening.end(), delimiter) if opening else place
        if closed is None:
            return None
        end = line.index(delimiter, closed)
        cells.append(line[opening.end() : closed].replace(inner, '"') if opening else line[place:end])
        place = end + 1
    return cells


def _closed(line: str, place: int, delimiter: str) -> int | None:
    """Index of the quotation mark that closes the cell beginning at ``place``: one before a delimiter, if not doubled.

    A doubled one closes it too where a mark within the words has no partner before it: ``"She said "no"",``.
    """
    lacking, ending = 0, re.compile(f" *{re.escape(delimiter)}")
    for marks in _MARKS.finditer(line, place):
        if (len(marks[0]) % 2 or lacking) and ending.match(line, marks.end()):
            return marks.end() - 1
        lacking = (lacking + len(marks[0])) % 2
    return None


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
    encoding = "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    narrow = start.decode(encoding, "ignore").encode() if encoding == "utf-16" else start
    if decode(narrow.replace(b"\0", b"")) is None:
        raise Unreadable(NO_TEXT)
    try:
        start.decode(encoding)
    except UnicodeDecodeError as error:
        if len(start) < _LOOK or error.start < _LOOK - 4:  # not only the last character, which is cut off
            encoding = legacy_encoding(start[: start.rfind(b"\n") + 1] or start) or "cp1252"
    return io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    """The lines without NUL, which databases write where a field was cut, and which is no letter of any text."""
    return (line.replace("\0", "") for line in lines)


def _delimiter(file: BinaryIO) -> str:
    """Returns the delimiter of the fields: of the usual ones the most frequent in the row of names."""
    place = file.tell()
    file.seek(0)
    names = _QUOTED.sub("", file.readline(_LOOK).decode("latin-1").replace("\0", ""))
    file.seek(place)
    return max(",;\t|", key=names.count)


def _escape(file: BinaryIO) -> str | None:
    r"""Returns the backslash where quotation marks within a field stand behind one, as databases write them.

    Usually they stand twice.
    """
    start = _start(file)
    return "\\" if _ESCAPED.search(start) and not _DOUBLED.search(start) else None


def _start(file: BinaryIO) -> bytes:
    """Returns the first bytes of a file, without NUL, and leaves it where it was."""
    place = file.tell()
    file.seek(0)
    start = file.read(_LOOK)
    file.seek(place)
    return start.replace(b"\0", b"")


FORMAT = Format((".csv", ".tsv"), _read, rank=21, most_megabytes=4000, has_fields=True)

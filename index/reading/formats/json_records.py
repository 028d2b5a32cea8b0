"""Articles in JSON: one object, a list of them, or a line each (JSON Lines)."""

from __future__ import annotations

import io
import itertools
import json
import os
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, BinaryIO

from index.reading.bundles.fields import (
    STATED_BY,
    article_from,
    check_articles_seen,
    days_come_first,
    records_left_out,
    why_no_articles,
)
from index.reading.format import Damaged, Document, Format, Unreadable
from index.reading.letters.decoding import decoded_text

_LONGEST_LINE = 16_000_000
"""Bytes: more than any article has. Round, not fitted."""
_LOOK = 65_536
"""Bytes at the beginning, or letters, by which the order of days and months in dates is told."""
_MOST_DAMAGED = 100
"""Lines that are no JSON, after which the file is taken to be none. Round, not fitted."""
_LISTS = ("articles", "items", "data", "results", "posts", "documents", "records", "entries", "hits", "docs", "stories")
_LOOKED_AT = 20
"""Lines of a file that is no JSON as a whole, one of which is a record where it is JSON Lines with damaged lines.
Round, not fitted."""
_MOST_DEEP = 6
"""Objects in objects that are looked into for articles. Chosen by eye."""
_MOST_MEGABYTES_WHOLE = 200
"""Of a file whose records do not stand a line each, so that all are in memory together. Round, not fitted."""
_NO_JSON = "is no JSON: mend it and add it again."


def _read(file: BinaryIO, fields: Mapping[str, str] = MappingProxyType({})) -> Iterator[Document | Damaged]:
    a_line_each = _is_object(_first_line(file)) and _next_begins(file) == b"{"
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if a_line_each:
        yield from _lines(file, fields)
    elif size > _MOST_MEGABYTES_WHOLE * 1_000_000:
        raise Unreadable(
            f"has {size / 1e6:,.0f} MB, and JSON that is no record a line is read up to {_MOST_MEGABYTES_WHOLE} MB: "
            "save it as JSON Lines, or split it."
        )
    else:
        yield from _whole(file, fields)


def _first_line(file: BinaryIO) -> bytes:
    """Returns the first line that is not blank."""
    while (line := file.readline(_LONGEST_LINE)) and not line.strip():
        pass
    return line


def _is_object(line: bytes) -> bool:
    """Returns whether a line is a JSON object by itself, as in JSON Lines."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _next_begins(file: BinaryIO) -> bytes:
    """Returns the next byte of a file that is no white space."""
    while piece := file.read(1000):
        if piece.strip():
            return piece.strip()[:1]
    return b""


def _lines(file: BinaryIO, fields: Mapping[str, str]) -> Iterator[Document | Damaged]:
    """Yields the articles of JSON Lines; one line at a time is in memory."""
    seen = damaged = without = number = 0
    names: tuple[str, ...] = ()
    days_first = days_come_first(file.read(_LOOK))
    file.seek(0)
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8-sig", "replace"))
        except (ValueError, RecursionError):
            record = None
        names = names or _fields(record)
        found = article_from(record, str(number), fields, days_first) if isinstance(record, dict) else None
        if found:
            seen += 1
            yield found
        elif record is None:
            damaged += 1
            if damaged > _MOST_DAMAGED:
                raise Unreadable(f"has more than {_MOST_DAMAGED} lines that are no JSON: mend it and add it again.")
            yield Damaged(f"line {number}", _NO_JSON)
        else:
            without += 1
        check_articles_seen(seen, number, names, fields)
    if not seen:
        raise Unreadable(why_no_articles(names, fields))
    yield from records_left_out(without)


def _fields(loaded: Any) -> tuple[str, ...]:
    """Returns the names of the fields of a record, or of the first one of a list; none where there is none."""
    first = next(iter(loaded), None) if isinstance(loaded, list) else loaded
    return tuple(first) if isinstance(first, dict) else ()


def _whole(file: BinaryIO, fields: Mapping[str, str]) -> Iterator[Document | Damaged]:
    text = decoded_text(file)
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as error:
        if any(_is_object(line.encode()) for line in itertools.islice(io.StringIO(text), _LOOKED_AT)):
            yield from _lines(io.BytesIO(text.encode()), fields)
            return
        raise Unreadable(_NO_JSON) from error
    days_first = days_come_first(text[:_LOOK].encode("utf-8", "replace"))
    del text
    records, seen = _records(loaded, fields), 0
    for number, record in enumerate(records, start=1):
        if found := article_from(record, str(number), fields, days_first):
            seen += 1
            yield Document(found.text, found.stated) if record is loaded else found
    if not seen:
        raise Unreadable(why_no_articles(_fields(loaded), fields))
    yield from records_left_out(len(records) - seen)


def _records(loaded: Any, fields: Mapping[str, str]) -> list[dict[str, Any]]:
    """Returns the objects among which are articles: those of a list, outermost first, else under keys of their own.

    A list under a usual name goes before the object that has it, as in a feed with a description of itself. Objects
    under keys have headlines too, if they are articles: one with a text alone may describe an author.
    """
    level = [loaded]
    for depth in range(_MOST_DEEP):
        objects = [each for each in level if isinstance(each, dict)]
        named = [each[name] for each in objects for name in _LISTS if isinstance(each.get(name), list)]
        for found in (*named, *(each for each in level if isinstance(each, list)), objects):
            records = [each for each in found if isinstance(each, dict)]
            read = (article_from(each, "", fields) for each in records)
            if any(each and (depth == 0 or found is not objects or _has_headline(each)) for each in read):
                return records
        level = [value for each in objects for value in each.values()]
    return []


def _has_headline(article: Document) -> bool:
    return article.stated.told_by.get("title") == STATED_BY


FORMAT = Format((".jsonl", ".ndjson", ".json"), _read, rank=20, most_megabytes=4000, has_fields=True)

"""Articles in JSON: one object, a list of them, or a line each (JSON Lines)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from index.reading.decoding import text_of
from index.reading.fields import NO_ARTICLES, article_of, articles_expected
from index.reading.format import Damaged, Document, Format, Unreadable

_LONGEST_LINE = 16_000_000
"""Bytes: more than any article has."""
_MOST_DAMAGED = 100
"""Lines that are no JSON, after which the file is taken to be none."""
_LISTS = ("articles", "items", "data", "results", "posts", "documents", "records", "entries", "hits", "docs", "stories")
_NO_JSON = "is no JSON: mend it and add it again."


def _read(file: BinaryIO) -> Iterator[Document | Damaged]:
    a_line_each = _is_object(file.readline(_LONGEST_LINE)) and _next_begins(file) == b"{"
    file.seek(0)
    yield from _lines(file) if a_line_each else _whole(file)


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


def _lines(file: BinaryIO) -> Iterator[Document | Damaged]:
    """Yields the articles of JSON Lines; one line at a time is in memory."""
    seen = damaged = 0
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8-sig", "replace"))
        except (ValueError, RecursionError):
            record = None
        found = article_of(record, str(number)) if isinstance(record, dict) else None
        if found:
            seen += 1
            yield found
        elif record is None:
            damaged += 1
            if damaged > _MOST_DAMAGED:
                raise Unreadable(f"has more than {_MOST_DAMAGED} lines that are no JSON: mend it and add it again.")
            yield Damaged(f"line {number}", _NO_JSON)
        articles_expected(seen, number)
    if not seen:
        raise Unreadable(NO_ARTICLES)


def _whole(file: BinaryIO) -> Iterator[Document]:
    try:
        loaded = json.loads(text_of(file))
    except (ValueError, RecursionError) as error:
        raise Unreadable(_NO_JSON) from error
    records = _records(loaded)
    found = [each for number, record in enumerate(records, start=1) if (each := article_of(record, str(number)))]
    if not found:
        raise Unreadable(NO_ARTICLES)
    if isinstance(loaded, dict) and len(found) == 1 and records == [loaded]:
        yield Document(found[0].text, found[0].stated)
    else:
        yield from found


def _records(loaded: Any) -> list[dict[str, Any]]:
    """Returns the objects that may be articles: of a list, of a list under a usual name, or the one object."""
    if isinstance(loaded, dict):
        lists = [loaded[name] for name in _LISTS if isinstance(loaded.get(name), list)]
        loaded = lists[0] if lists else [loaded]
    return [each for each in loaded if isinstance(each, dict)] if isinstance(loaded, list) else []


FORMAT = Format((".jsonl", ".ndjson", ".json"), _read, rank=20, most_megabytes=4000)

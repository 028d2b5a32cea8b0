"""Saved feeds of articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.reading.format import Document, Format


def _read(file: BinaryIO) -> Iterator[Document]:
    from index.reading.bundles.feed import read_feed

    yield from read_feed(file)


FORMAT = Format((".rss", ".atom", ".xml", ".rdf"), _read, rank=22)

"""E-books."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.reading.format import Document, Format


def _read(file: BinaryIO) -> Iterator[Document]:
    from index.reading.pages.epub import read_epub

    yield read_epub(file)


FORMAT = Format((".epub",), _read, rank=6, most_megabytes=256)

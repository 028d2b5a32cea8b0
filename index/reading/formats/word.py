"""Word documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.reading.format import Document, Format


def _read(file: BinaryIO) -> Iterator[Document]:
    from index.reading.office.word import read_word

    yield read_word(file)


FORMAT = Format((".docx", ".docm"), _read, rank=4, most_megabytes=256)

"""Plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.reading.format import EMPTY, Document, Format, Unreadable
from index.reading.letters.decoding import decoded_text
from index.reading.letters.lines import unwrapped
from index.reading.metadata.bylines import stated


def _read(file: BinaryIO) -> Iterator[Document]:
    text = unwrapped(decoded_text(file))
    if not text.strip():
        raise Unreadable(EMPTY)
    yield Document(text, stated(text))


FORMAT = Format((".txt", ".text"), _read, rank=0)

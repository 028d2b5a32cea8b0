"""Rich text, as word processors exchange it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.reading.format import Document, Format


def _read(file: BinaryIO) -> Iterator[Document]:
    from index.reading.office.rich_text import read_rich_text

    yield read_rich_text(file)


FORMAT = Format((".rtf",), _read, rank=8)

"""OpenDocument texts, as LibreOffice writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.reading.format import Document, Format


def _read(file: BinaryIO) -> Iterator[Document]:
    from index.reading.office.opendocument import read_opendocument

    yield read_opendocument(file)


FORMAT = Format((".odt",), _read, rank=5, most_megabytes=256)

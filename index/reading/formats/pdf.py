"""PDF with text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.reading.format import Document, Format


def _read(file: BinaryIO) -> Iterator[Document]:
    from index.reading.pdf.document import read_pdf

    yield read_pdf(file)


FORMAT = Format((".pdf",), _read, rank=3, most_megabytes=1000, extra="pypdfium2")

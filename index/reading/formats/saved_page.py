"""Pages that a browser saved with their pictures into one file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.reading.format import Document, Format


def _read(file: BinaryIO) -> Iterator[Document]:
    from index.reading.bundles.mail import read_saved_page

    yield read_saved_page(file.read())


FORMAT = Format((".mhtml", ".mht"), _read, rank=7)

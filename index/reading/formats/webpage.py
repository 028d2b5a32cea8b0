"""Saved web pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.reading.format import EMPTY, Document, Format, Unreadable
from index.reading.letters.decoding import decoded_text


def _read(file: BinaryIO) -> Iterator[Document]:
    # trafilatura takes longer to import than most files to read
    from index.reading.pages.webpages import read_page

    page = read_page(decoded_text(file))
    if page is None:
        raise Unreadable(EMPTY)
    yield Document(*page)


FORMAT = Format((".html", ".htm", ".xhtml"), _read, rank=2)

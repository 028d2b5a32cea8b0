"""Messages of mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.reading.format import Document, Format


def _read(file: BinaryIO) -> Iterator[Document]:
    from index.reading.bundles.mail import read_message

    yield read_message(file.read())


FORMAT = Format((".eml",), _read, rank=10)

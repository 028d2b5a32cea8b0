"""Mailboxes, a message after the other in one file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.reading.format import Damaged, Document, Format


def _read(file: BinaryIO) -> Iterator[Document | Damaged]:
    from index.reading.bundles.mail import read_mailbox

    yield from read_mailbox(file)


FORMAT = Format((".mbox",), _read, rank=11, most_megabytes=10_000)

"""Pages as archivers of the web keep them, mostly packed with gzip."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.reading.format import Damaged, Document, Format


def _read(file: BinaryIO) -> Iterator[Document | Damaged]:
    from index.reading.bundles.web_archive import read_web_archive

    yield from read_web_archive(file)


FORMAT = Format((".warc", ".gz"), _read, rank=23, most_megabytes=4000)
"""They end in ``.warc.gz``; of what else ends in ``.gz`` it is told that it is none."""

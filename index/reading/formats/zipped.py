"""Any of the other files in a zip."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import ZipInfo

from index.reading.archive import Archive, archive
from index.reading.format import Damaged, Document, Format, Unreadable
from index.reading.letters.names import printable


def _read(file: BinaryIO) -> Iterator[Document | Damaged]:
    with archive(file) as parts:
        found = False
        for part in parts.files():
            # Nothing is unpacked onto the disk, so that a path that leads out of the zip is a name like another.
            steps = [step for step in part.filename.replace("\\", "/").split("/") if step.strip(".")]
            if steps and not any(step.startswith((".", "__MACOSX")) for step in steps):
                found = True
                yield from _part(parts, part, PurePosixPath(*steps))
        if not found:
            raise Unreadable("is empty: leave it out.")


def _part(parts: Archive, file: ZipInfo, path: PurePosixPath) -> Iterator[Document | Damaged]:
    """The articles of one file of the zip, with its path before their names; or why there are none."""
    from index.reading.registry import by_suffix

    shown = printable(str(path))
    known = by_suffix().get(path.suffix.lower())
    if known is None or known is FORMAT:
        what = (
            "it is a zip itself"
            if known
            else f"Byline does not read {path.suffix} files"
            if path.suffix
            else "it has no extension"
        )
        yield Damaged(shown, f"is left out: {what}.")
        return
    plain = printable(str(path.with_suffix("")))
    try:
        for item in known.articles(io.BytesIO(parts.read(file))):
            yield replace(item, name=f"{plain}/{item.name}" if item.name else plain)
    except Unreadable as error:
        yield Damaged(shown, str(error))


FORMAT = Format((".zip",), _read, rank=30, most_megabytes=1000)

"""Any of the other files in a zip."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from index.reading.archive import Archive, archive
from index.reading.format import Damaged, Document, Format, Unreadable
from index.reading.names import printable


def _read(file: BinaryIO) -> Iterator[Document | Damaged]:
    with archive(file) as parts:
        found = False
        for name in sorted(parts.names()):
            path = PurePosixPath(name.replace("\\", "/"))
            if not any(part.startswith((".", "__MACOSX")) for part in path.parts):
                found = True
                yield from _part(parts, name, path)
        if not found:
            raise Unreadable("is empty: leave it out.")


def _part(parts: Archive, name: str, path: PurePosixPath) -> Iterator[Document | Damaged]:
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
        for item in known.read(io.BytesIO(parts.read(name))):
            yield replace(item, name=f"{plain}/{item.name}" if item.name else plain)
    except Unreadable as error:
        yield Damaged(shown, str(error))


FORMAT = Format((".zip",), _read, rank=30, most_megabytes=1000)

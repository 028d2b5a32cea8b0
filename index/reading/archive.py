"""What stands in a zip, never more of it than is bearable: a few kilobytes can stand for gigabytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from index.reading.format import Unreadable

MOST_PARTS = 20_000
"""Of one archive: what has more is no collection of articles."""
MOST_MEGABYTES = 64
"""Of one part, unpacked."""
MOST_MEGABYTES_TOGETHER = 1000
"""Of all parts, unpacked."""
_DAMAGED = "is damaged or cut off: get it anew and add it again."


class Archive:
    """An open zip whose parts are read up to a bound each and together."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._opened = opened
        self._left = MOST_MEGABYTES_TOGETHER * 1_000_000

    def names(self) -> list[str]:
        """The names of its files, in their order."""
        return [part.filename for part in self._opened.infolist() if not part.is_dir()]

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises Unreadable: it is not there, encrypted, damaged, or unpacks to too much."""
        try:
            with self._opened.open(name) as part:
                data = part.read(min(MOST_MEGABYTES * 1_000_000, self._left) + 1)
        except KeyError as error:
            raise Unreadable(_DAMAGED) from error
        except RuntimeError as error:  # of zipfile's, and with no class of its own
            raise Unreadable("is encrypted: save it without its password and add it again.") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise Unreadable(_DAMAGED) from error
        self._left -= len(data)
        if len(data) > MOST_MEGABYTES * 1_000_000 or self._left < 0:
            raise Unreadable(
                f"unpacks to more than {MOST_MEGABYTES:,} MB in a part or {MOST_MEGABYTES_TOGETHER:,} MB together: "
                "unpack it and add what you need of it."
            )
        return data

    def xml(self, name: str) -> Any:
        """The root element of a part in XML, without entities, links to other files or depth without end."""
        return parsed(self.read(name))


@contextmanager
def archive(file: BinaryIO) -> Iterator[Archive]:
    """The zip in a file. Raises Unreadable: it is none, is damaged, or has too many parts."""
    try:
        opened = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(_DAMAGED) from error
    with opened:
        if len(opened.infolist()) > MOST_PARTS:
            raise Unreadable(f"has more than {MOST_PARTS:,} parts: unpack it and add what you need of it.")
        yield Archive(opened)


def parsed(data: bytes, recover: bool = False) -> Any:
    """The root element of XML. Raises Unreadable: it is none, or nests or grows without end."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover)
    try:
        root = etree.parse(io.BytesIO(data), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise Unreadable(_DAMAGED) from error
    if root is None:
        raise Unreadable(_DAMAGED)
    return root

"""Reads the files in a zip archive, within a limit: a few kilobytes can unpack to gigabytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from index.reading.format import Unreadable

MOST_MEMBERS = 20_000
"""Files in one archive at the most: one with more is no collection of articles. Round, not fitted."""
MOST_MEGABYTES = 64
"""Megabytes of one file in an archive, unpacked. Round, not fitted."""
MOST_MEGABYTES_TOGETHER = 1000
"""Megabytes of all files in an archive together, unpacked. Round, not fitted."""
_MOST_TIMES, _FROM_MEGABYTES = 200, 4
"""How many times its packed size an unpacked file may have, if it has that many megabytes or more: text has up to 10
times, the markup of an office document up to 100, and a bomb 300 to 1,000 times. Chosen by eye."""
DAMAGED = "is damaged or cut off: get it anew and add it again."


class Archive:
    """An open zip archive, whose files are read up to a limit each and up to a limit together."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._opened = opened
        self._left = MOST_MEGABYTES_TOGETHER * 1_000_000

    def names(self) -> list[str]:
        """Returns the names of the files in the archive, in its order."""
        return [part.filename for part in self._opened.infolist() if not part.is_dir()]

    def files(self) -> list[zipfile.ZipInfo]:
        """Returns the files in the archive by their names; of one name there may be several."""
        return sorted((part for part in self._opened.infolist() if not part.is_dir()), key=lambda part: part.filename)

    def read(self, name: str | zipfile.ZipInfo) -> bytes:
        """Returns the bytes of one file.

        Raises Unreadable: it is missing, encrypted or damaged, or a limit is exceeded.
        """
        try:
            file = self._opened.getinfo(name) if isinstance(name, str) else name
            if file.file_size > max(_MOST_TIMES * file.compress_size, _FROM_MEGABYTES * 1_000_000):
                raise Unreadable(
                    f"unpacks to more than {_MOST_TIMES} times its size, as no article does: leave it out."
                )
            with self._opened.open(file) as part:
                data = part.read(min(MOST_MEGABYTES * 1_000_000, self._left) + 1)
        except KeyError as error:
            raise Unreadable(DAMAGED) from error
        except RuntimeError as error:  # of zipfile's, and with no class of its own
            raise Unreadable("is encrypted: save it without its password and add it again.") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise Unreadable(DAMAGED) from error
        self._left -= len(data)
        if len(data) > MOST_MEGABYTES * 1_000_000 or self._left < 0:
            raise Unreadable(
                f"unpacks to more than {MOST_MEGABYTES:,} MB in a part or {MOST_MEGABYTES_TOGETHER:,} MB together: "
                "unpack it and add what you need of it."
            )
        return data

    def xml(self, name: str) -> Any:
        """Parses one file as XML and returns its root element. Raises Unreadable, as ``read`` and ``parsed`` do."""
        return parsed(self.read(name))


@contextmanager
def archive(file: BinaryIO) -> Iterator[Archive]:
    """Opens a zip archive. Raises Unreadable: the file is no zip archive, is damaged, or holds too many files."""
    try:
        opened = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(DAMAGED) from error
    with opened:
        if len(opened.infolist()) > MOST_MEMBERS:
            raise Unreadable(f"has more than {MOST_MEMBERS:,} parts: unpack it and add what you need of it.")
        yield Archive(opened)


def parsed(data: bytes, recover: bool = False) -> Any:
    """Parses XML and returns its root element; entities and external files are left out.

    ``recover`` mends faults. Raises Unreadable: it is no XML, or is too large or too deeply nested for the parser.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover)
    try:
        root = etree.parse(io.BytesIO(data), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise Unreadable(DAMAGED) from error
    if root is None:
        raise Unreadable(DAMAGED)
    return root

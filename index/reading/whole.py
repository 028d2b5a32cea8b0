"""Reads a whole file, pipe or device as bytes, up to a limit and without waiting for a pipe that nobody opened."""

from __future__ import annotations

import errno
import os
import select
from pathlib import Path

MOST_BYTES = 100_000_000
"""Bytes that a text, a set of questions or a list of turns may have. Round, not fitted."""
_PIECE = 1 << 20
"""Bytes read together."""


def bytes_of(path: Path, most: int = MOST_BYTES) -> bytes:
    """Returns the bytes of a file, or what another program writes into a pipe.

    Raises OSError: it cannot be read, or has more than so many bytes, as a device without end has.
    """
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        pieces: list[bytes] = []
        read = 0
        while piece := _piece(number):
            pieces.append(piece)
            read += len(piece)
            if read > most:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        return b"".join(pieces)
    finally:
        os.close(number)


def _piece(number: int) -> bytes:
    while True:
        try:
            return os.read(number, _PIECE)
        except BlockingIOError:  # whoever writes into the pipe has not yet
            select.select([number], [], [])

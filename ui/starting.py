"""Ctrl+C while the program is still being imported: imported before anything that takes time.

Python would show where among the imports it was; there is nothing to put in order yet.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # ``signal`` itself takes time: it makes enumerations of its numbers
import os


def _end(signal_number: int, frame: object) -> None:
    os.write(2, b"Interrupted.\n")
    os._exit(128 + signal_number)


_later = _signal.signal(_signal.SIGINT, _end)


def started() -> None:
    """From now on Ctrl+C is what it was before: an exception, by which what was begun is put in order."""
    _signal.signal(_signal.SIGINT, _later)

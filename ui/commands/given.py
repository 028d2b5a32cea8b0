"""What a command is given to work on: a text as its argument or, where that is ``-``, from the standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from index.errors import InputError, cause_of
from index.reading.whole import bytes_of

FROM_INPUT = "-"


def given(text: str) -> str:
    """The text itself, or the standard input in the place of ``-``. Raises InputError: that is not text in UTF-8."""
    return _read_input() if text == FROM_INPUT else text


def given_text(path: Path) -> str:
    """The text of a file, or the standard input in the place of ``-``.

    Raises InputError: it cannot be read, or is not text in UTF-8.
    """
    if str(path) == FROM_INPUT:
        return _read_input()
    try:
        return bytes_of(path).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({cause_of(error)}); give a text file in UTF-8.") from error


def _read_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"The standard input is not text in UTF-8 ({error}); give it in UTF-8.") from error

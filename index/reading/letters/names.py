"""File names as printable text: a name can hold invalid bytes and control characters of terminals."""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
from pathlib import Path

_UNPRINTABLE = re.compile("[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def printable(path: Path | str) -> str:
    r"""The path as it can be printed, stored and typed: composed letters (NFC), with U+FFFD for what is no letter.

    >>> printable("Cafe\u0301\x1b[2J.txt")
    'Café\ufffd[2J.txt'
    """
    try:
        text = os.fsencode(path).decode("utf-8", "replace")
    except UnicodeEncodeError:  # halves of a character, which are no name's
        text = str(path).encode("utf-8", "replace").decode("utf-8")
    return _UNPRINTABLE.sub("\ufffd", unicodedata.normalize("NFC", text))


class UniqueNames:
    """Gives names out so that none is given out twice: what would be a second ``a`` becomes ``a-2``."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def free(self, *candidates: str) -> str:
        """Returns the first of the names that is not taken; else the last, with the lowest number that is free.

        >>> names = UniqueNames()
        >>> [names.free("a", "a.txt") for _ in range(4)]
        ['a', 'a.txt', 'a.txt-2', 'a.txt-3']
        """
        last = candidates[-1]
        numbered = (f"{last}-{number}" for number in itertools.count(self._numbers.get(last, 2)))
        name = next(name for name in itertools.chain(candidates, numbered) if name not in self._taken)
        if name not in candidates:
            self._numbers[last] = int(name.rpartition("-")[2]) + 1
        self._taken.add(name)
        return name

"""Who may ask, and whose turn it is."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from index.errors import InputError

SHORTEST_KEY = 20
"""Characters: a key is not to be found by trying. Round, not fitted."""
MOST_WAITING = 8
"""Questions of one reader that wait or are answered; more are to be asked later. Chosen by eye."""


class TooManyError(Exception):
    """A reader asks more at once than is taken in."""


class Keys:
    """The keys by which readers are let in; without any, everybody on this machine is."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        self._keys = [key.encode("utf-8", "surrogatepass") for key in keys]

    def __bool__(self) -> bool:
        return bool(self._keys)

    def reader(self, given: str | None, host: str) -> str | None:
        """The name of the reader who gave this key from this host; None where the key lets nobody in."""
        if not self._keys:
            return host
        offered = (given or "").encode("utf-8", "surrogatepass")
        fitting = [key for key in self._keys if secrets.compare_digest(key, offered)]
        return hashlib.sha256(fitting[0]).hexdigest() if fitting else None


def keys_in(file: Path | None) -> Keys:
    """The keys in a file, one a line.

    Raises InputError: the file cannot be read or holds none, or a key is too short.
    """
    if file is None:
        return Keys()
    try:
        keys = [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise InputError(f"The keys in {file} cannot be read ({error}); check the file.") from error
    if not keys:
        raise InputError(f"{file} holds no key; write one a line into it.")
    if short := [number for number, key in enumerate(keys, start=1) if len(key) < SHORTEST_KEY]:
        raise InputError(f"Key {short[0]} in {file} is too short; give it at least {SHORTEST_KEY} characters.")
    return Keys(keys)


class Readers:
    """Hands on one question of each reader at a time, so that readers take turns, however much each asks."""

    def __init__(self) -> None:
        self._turns: dict[str, asyncio.Lock] = {}
        self._waiting: Counter[str] = Counter()

    @asynccontextmanager
    async def turn(self, reader: str) -> AsyncIterator[None]:
        """Waits for the reader's own earlier questions. Raises TooManyError: too many of them wait already."""
        if self._waiting[reader] >= MOST_WAITING:
            raise TooManyError
        self._waiting[reader] += 1
        try:
            async with self._turns.setdefault(reader, asyncio.Lock()):
                yield
        finally:
            self._waiting[reader] -= 1
            if not self._waiting[reader]:
                del self._waiting[reader], self._turns[reader]

"""Keeps the states of a language model after passages on the disk, so that each is read once, not at every question.

A state is worth only the time it saves, so the store may lose any of them at any time: what is damaged, belongs to
another model or does not fit on the disk is as if it had never been kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections import OrderedDict
from pathlib import Path

MOST_BYTES = 2 << 30
"""Room on the disk: some 600 passages of a 1.5B model, or 1,400 of a 0.5B model. Round, not fitted."""

_MOST_IN_MEMORY = 8
"""States kept in memory: those of the last few questions, 3 MB each with a 1.5B model. Round, not fitted."""

_HASH_BYTES = 32
"""Length of the SHA-256 hash that each file begins with."""
_ROOM_MADE = 0.9
"""Making room goes on until this share is used, so that it is not done again at the next state. Chosen by eye."""


class StateStore:
    """States by their keys, bounded; those not used for longest give way. Safe to use from several threads."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        """Opens the store in the folder, which is made when the first state is kept."""
        self._folder = folder
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._recent: OrderedDict[str, bytes] = OrderedDict()
        self._used: int | None = None

    def __contains__(self, key: str) -> bool:
        return key in self._recent or os.access(self._path(key), os.R_OK)

    def get(self, key: str) -> bytes | None:
        """The state under the key; None where there is none, or a damaged file or another key's, which is deleted."""
        self.touch(key)
        with self._lock:
            if key in self._recent:
                self._recent.move_to_end(key)
                return self._recent[key]
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        state = data[_HASH_BYTES:]
        if _seal(key, state) != data[:_HASH_BYTES]:
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        self._remember(key, state)
        return state

    def touch(self, key: str) -> None:
        """Notes that the state was used, wherever it was taken from."""
        with contextlib.suppress(OSError):
            os.utime(self._path(key))

    def put(self, key: str, state: bytes) -> None:
        """Keeps a state, in memory and as a file under its key; in memory alone where the file cannot be written."""
        self._remember(key, state)
        if len(state) > self._most_bytes:
            return
        path = self._path(key)
        with contextlib.suppress(OSError):
            for folder in (self._folder, path.parent):  # readable by the owner only: it holds what was read
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._make_room(len(state))
            written = path.with_suffix(f".{os.getpid()}")
            try:
                written.touch(mode=0o600)
                written.write_bytes(_seal(key, state) + state)
                written.replace(path)
            except OSError:
                self._used = None  # counted anew: this one takes no room
                raise
            finally:
                written.unlink(missing_ok=True)

    def kept(self) -> tuple[int, int]:
        """How many states are kept on the disk, and their bytes."""
        sizes = [size for _, size, _ in self._files()]
        return len(sizes), sum(sizes)

    @property
    def is_full(self) -> bool:
        """Whether another state would push out one that is there."""
        return self._bytes_used() >= _ROOM_MADE * self._most_bytes

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key

    def _remember(self, key: str, state: bytes) -> None:
        with self._lock:
            self._recent[key] = state
            self._recent.move_to_end(key)
            while len(self._recent) > _MOST_IN_MEMORY:
                self._recent.popitem(last=False)

    def _bytes_used(self) -> int:
        if self._used is None:
            self._used = sum(size for _, size, _ in self._files())
        return self._used

    def _make_room(self, size: int) -> None:
        with self._lock:
            self._used = self._bytes_used() + size
            if self._used <= self._most_bytes:
                return
            # Counted anew: another process may have kept or removed states.
            files = sorted(self._files())
            self._used = size + sum(taken for _, taken, _ in files)
            for _, taken, path in files:
                if self._used <= _ROOM_MADE * self._most_bytes:
                    return
                path.unlink(missing_ok=True)
                self._used -= taken

    def _files(self) -> list[tuple[float, int, Path]]:
        """When each state was last used, its bytes and its file."""
        found = []
        for path in self._folder.glob("*/*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
        return found


def _seal(key: str, state: bytes) -> bytes:
    """The hash of a state under its key: a file that was given another's name is not taken for it."""
    return hashlib.sha256(key.encode("utf-8") + b"\0" + state).digest()

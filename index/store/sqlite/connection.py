"""The one door to SQLite: opens a file, changes it in transactions, copies and closes it.

The file alone is the whole truth after every change: SQLite keeps a rollback journal beside it only while it writes,
never a log with changes of its own (https://www.sqlite.org/lockingv3.html). Whatever goes wrong with the file is told
in a sentence. SQL may call ``folded(text)``, Python's casefold, and ``sortable(text)``.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from index.errors import BylineError, FailedError, InputError, cause_of

_MENDED = {
    sqlite3.SQLITE_FULL: "make room on its disk, then try again",
    sqlite3.SQLITE_IOERR: "look after its disk, then try again",
    sqlite3.SQLITE_READONLY: "make it writable, then try again",
    sqlite3.SQLITE_BUSY: "wait for the other program that writes to it, then try again",
    sqlite3.SQLITE_TOOBIG: "leave out what is too large for it",
}
"""What to do about an error of SQLite's that is no defect of the program: https://www.sqlite.org/rescode.html"""

_HEAD_OF_A_LOG = slice(18, 20)
"""Bytes of the file that are 2 where its changes are kept in a log: https://www.sqlite.org/fileformat.html"""
_WAIT_SECONDS = 30
"""For another program that writes to the library. Round, not fitted."""
_CHECKED_BYTES = 32_000_000
"""Up to this size a file is checked whole whenever it is opened, in some hundredths of a second; of a larger one only
what is read is checked, and all of it by ``byline doctor --library``. Round, not fitted."""


class Connection:
    """An open SQLite file; safe to use from several threads and processes."""

    def __init__(self, path: Path, schema: Sequence[str]) -> None:
        """Opens the file, or makes one by these statements, readable by its owner only.

        Raises InputError: its folder cannot be written or read, or it is not a database; FailedError: it is damaged.
        """
        self.path = path
        self._lock = threading.RLock()
        what = "read"
        try:
            if not path.exists():
                what = "written"
                _make(path, schema)
                what = "read"
            if path.stat().st_size == 0:
                raise damaged(path, "it is empty, as no library ever is")
            self._connection = _connected(path)
            size = path.stat().st_size
        except (OSError, sqlite3.OperationalError) as error:
            raise InputError(
                f"The library folder {path.parent} cannot be {what} ({cause_of(error)}); choose another with --library."
            ) from error
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise self._as_error(error) from error
        if size <= _CHECKED_BYTES and (found := self.rows("PRAGMA integrity_check(1)")) != [("ok",)]:
            raise damaged(path, f"SQLite finds: {found[0][0]}")

    def work_on_a_copy(self) -> None:
        """Continues on a copy in memory: changes from now on are lost when it is closed."""
        copy = _connect(":memory:")
        self._connection.backup(copy)
        self._connection.close()
        self._connection = copy

    def close(self) -> None:
        """Finishes what is being written and closes the file; no journal is left beside it."""
        with self._lock:
            self._connection.close()

    def backup(self, target: Path) -> None:
        """Copies the library as it stands now into a new file, also while others write (SQLite's online backup).

        Raises InputError: there is such a file, or it cannot be written; FailedError: as ``rows`` does.
        """
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError as error:
            raise InputError(f"{target} is there already; name a new file for the copy of the library.") from error
        except OSError as error:
            raise InputError(f"{target} cannot be written ({cause_of(error)}); name another file.") from error
        try:
            with self._lock, contextlib.closing(sqlite3.connect(target)) as copy:
                self._connection.backup(copy)
        except BaseException as error:
            target.unlink(missing_ok=True)
            if isinstance(error, sqlite3.Error):
                raise self._as_error(error) from error
            raise

    def transaction(self) -> AbstractContextManager[None]:
        """A context whose changes are made all or none, and are on the disk when the outermost one ends.

        Raises FailedError as ``rows`` does.
        """
        return self._between("BEGIN IMMEDIATE")

    def snapshot(self) -> AbstractContextManager[None]:
        """A context in which all reads see the file at one moment, whatever others change; for reading only."""
        return self._between("BEGIN")

    @contextmanager
    def _between(self, begin: str) -> Iterator[None]:
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self.rows(begin)
            try:
                yield
                self.rows("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # on a full disk SQLite may have taken it back itself
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Runs one SQL statement, with ``values`` for its question marks, and returns its rows.

        Raises FailedError: the disk is full, the file is damaged, must not be written or is kept by another program;
        InputError: SQLite cannot store a value.
        """
        with self._lock:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.ProgrammingError:
                raise
            except (sqlite3.Error, MemoryError, UnicodeDecodeError) as error:  # the last of what SQLite says itself
                raise self._as_error(error) from error
            except UnicodeEncodeError as error:
                raise InputError(
                    f"{error.object[:60]!a} holds half a character; give text that is whole (UTF-8)."
                ) from error
            except OverflowError as error:
                raise InputError("A number that was given is larger than any in a library; check it.") from error

    def _as_error(self, error: Exception) -> BylineError:
        """Makes an error with a sentence for the user of an error of SQLite."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the extended code's upper bytes
        if code == sqlite3.SQLITE_NOTADB:
            return InputError(
                f"{self.path} is not a library of Byline, or is damaged ({error}); choose another folder with "
                "--library, or put a copy of the library in its place."
            )
        mended = _MENDED.get(code)
        if mended is None:
            return damaged(self.path, str(error) or type(error).__name__)
        return FailedError(f"The library at {self.path} cannot be used ({error}); {mended}.")


def damaged(path: Path, what: str) -> FailedError:
    """The error for a library whose file is not as it was written; ``what`` says what is wrong."""
    return FailedError(
        f"The library at {path} is damaged ({what}); put a copy of it in its place, or add its articles to a new one "
        "with: byline --library NEW_FOLDER add PATH"
    )


def _make(path: Path, schema: Sequence[str]) -> None:
    """Makes the file under a temporary name first, so that a file under its own name always has its tables."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.new")
    try:
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with contextlib.closing(sqlite3.connect(new, isolation_level=None)) as connection:
            connection.executescript(";".join(("BEGIN", *schema, "COMMIT;")))
        with contextlib.suppress(FileExistsError):  # another program was quicker; its library is as good
            try:
                os.link(new, path)
            except PermissionError:  # a file system without links
                new.rename(path)
    finally:
        new.unlink(missing_ok=True)


def _connected(path: Path) -> sqlite3.Connection:
    """Opens the file, without a write-ahead log beside it, which an older program may have left."""
    with path.open("rb") as stream:
        logged = stream.read(20)[_HEAD_OF_A_LOG] == b"\2\2"
    can_write = can_be_written(path)
    if logged and not can_write and not path.with_name(f"{path.name}-wal").exists():
        return _connect(f"file:{quote(str(path.absolute()))}?immutable=1", uri=True)
    connection = _connect(str(path))
    if logged and can_write:
        with contextlib.suppress(sqlite3.OperationalError):  # another program has it open: the next start does it
            connection.execute("PRAGMA journal_mode = DELETE")
    return connection


def can_be_written(path: Path) -> bool:
    """Whether the file can be changed: SQLite needs to write beside it, too."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _connect(name: str, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=_WAIT_SECONDS, check_same_thread=False, isolation_level=None, uri=uri)
    connection.text_factory = _text
    connection.create_function("folded", 1, str.casefold, deterministic=True)
    connection.create_function("sortable", 1, _sortable, deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _sortable(text: str | None) -> str | None:
    """Text as it is sorted by: without accents and capitals, its numbers by their size.

    >>> sorted(["Zug 9", "Äpfel", "zug 10", "Bahn"], key=_sortable)
    ['Äpfel', 'Bahn', 'Zug 9', 'zug 10']
    """
    if text is None:
        return None
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return re.sub(r"\d+", lambda number: number[0].zfill(12), plain.casefold())


def _text(stored: bytes) -> str:
    """Text as it is stored; bytes that are none become marks, which no seal fits (see index/store/sqlite/seals.py)."""
    return stored.decode("utf-8", "replace")

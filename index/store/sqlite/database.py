"""The SQLite file of a library, its settings and its counts.

``generation`` in the settings counts changes of the passages, so that whatever a running program made of them can tell
whether it is still true; ``mark`` tells it of what was put on the disk. What is read is held against its seal.
"""

from __future__ import annotations

import os
from pathlib import Path

from index.store.sqlite.connection import Connection, damaged
from index.store.sqlite.schema import SCHEMA, bring_up_to_date
from index.store.sqlite.seals import MODULUS


class Database(Connection):
    """The SQLite file of one library; safe to use from several threads and processes.

    Every method that reads raises FailedError where the file is damaged or was changed by another program.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, SCHEMA)
        bring_up_to_date(self)

    def setting(self, name: str) -> str | None:
        """The value of a setting; None where it was never set."""
        rows = self.rows("SELECT value FROM settings WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def set(self, name: str, value: str) -> None:
        """Sets a setting, or replaces its value."""
        self.rows("INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", name, value)

    @property
    def generation(self) -> int:
        """How many times the passages have changed since the library was begun."""
        return self.number("generation")

    @property
    def mark(self) -> str:
        """A text that no two states of the indexed passages share: the library's random id, and the digest of its
        passages and vectors.
        """
        return f"{self.setting('library')} {self.setting('indexed')}"

    def number(self, name: str, base: int = 10) -> int:
        """A setting that is a whole number, written in this base; 0 where it was never set."""
        stored = self.setting(name) or "0"
        try:
            return int(stored, base)
        except ValueError as error:
            raise damaged(self.path, f"its setting {name} is {stored!a}") from error

    def count(self, name: str, more: int) -> None:
        """Adds ``more`` to a setting that is a whole number."""
        self.set(name, str(self.number(name) + more))

    def passages_changed(self, digest: int, more: int) -> None:
        """Notes a change of the passages: ``digest`` is added to theirs, ``more`` (maybe below 0) to their number."""
        self.set("indexed", f"{(self.number('indexed', 16) + digest) % MODULUS:032x}")
        self.count("passages", more)
        self.count("generation", 1)

    def counted(self, table: str) -> int:
        """How many rows a table has. Raises FailedError: another number was noted when it was written."""
        with self.snapshot():
            ((count,),) = self.rows(f"SELECT count(*) FROM {table}")
            noted = self.number(table)
        if count != noted:
            raise damaged(self.path, f"it had {noted:,} {table} and has {count:,}")
        return int(count)


def embedder_of(path: Path) -> str | None:
    """The name of the embedder that the library in this file was made with; None where there is no library yet.

    Raises as opening it does.
    """
    if not os.access(path, os.F_OK):
        return None
    database = Database(path)
    try:
        return database.setting("embedder")
    finally:
        database.close()

"""Where articles are from: the files of the folders that were added, as they were read, and addresses on the web.

An article's origin is the path of its file or its address; it is empty where that does not last, as of a single file or
of pasted text, and None where an older program added the article.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from index.store.sqlite.database import Database

Stamp = tuple[int, int]
"""Size of a file in bytes and the time of the last change of it or its name, in nanoseconds since 1970."""

_NOTED_ARTICLE = "UPDATE articles SET origin = ?1 WHERE id = ?2 AND (origin IS NULL OR (origin <> ?1 AND ?1 <> ''))"
_NOTED_FILE = """INSERT INTO files VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET folder = excluded.folder, size = excluded.size, changed = excluded.changed"""
_AT_ONCE = 200
"""Files and articles that are written in one transaction. Round, not fitted."""


class Origins:
    """Where the articles of one library are from."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._noted: list[tuple[str, tuple[object, ...]]] = []

    def note(self, article_id: str, origin: str) -> None:
        """Notes an article's origin; an empty one does not replace a path or address."""
        self._note(_NOTED_ARTICLE, origin, article_id)

    def note_file(self, path: str, folder: str, stamp: Stamp) -> None:
        """Notes a file of a folder with its stamp when it was read."""
        self._note(_NOTED_FILE, path, folder, *stamp)

    def _note(self, statement: str, *values: object) -> None:
        self._noted.append((statement, values))
        if len(self._noted) >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Writes all notes in one transaction: one for each article would take longer than the article itself."""
        noted, self._noted = self._noted, []
        if noted:
            with self._database.transaction():
                for statement, values in noted:
                    self._database.rows(statement, *values)

    def of(self, article_id: str) -> str | None:
        rows = self._database.rows("SELECT origin FROM articles WHERE id = ?", article_id)
        return rows[0][0] if rows else None

    def all(self) -> dict[str, str | None]:
        """The origin of every article, by their ids."""
        return dict(self._database.rows("SELECT id, origin FROM articles"))

    def files(self, folder: str) -> dict[str, Stamp]:
        """By path, the stamp that each file of a folder had when it was read."""
        rows = self._database.rows("SELECT path, size, changed FROM files WHERE folder = ?", folder)
        return {path: (size, changed) for path, size, changed in rows}

    def forget_files(self, paths: Sequence[str]) -> None:
        self._database.rows("DELETE FROM files WHERE path IN (SELECT value FROM json_each(?))", json.dumps(list(paths)))

    def folders(self) -> list[str]:
        """The folders whose files were added."""
        return [str(row[0]) for row in self._database.rows("SELECT DISTINCT folder FROM files ORDER BY folder")]

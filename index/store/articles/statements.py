"""Who says what in the articles, kept in a file beside a library so that each article is searched only once.

The file is derived: it may be deleted at any time, and is begun anew where it is damaged. Beside a library that can
only be read it is temporary. An article's ``mark`` tells by which version of article and rules it was searched.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from index.errors import BylineError
from index.store.sqlite.connection import Connection, can_be_written

_TABLES = (
    "CREATE TABLE heard (article_id TEXT PRIMARY KEY, mark BLOB NOT NULL)",
    """CREATE TABLE statements (
        article_id TEXT NOT NULL REFERENCES heard(article_id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        name TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        is_quoted INTEGER NOT NULL
    )""",
    "CREATE INDEX statements_by_key ON statements (key)",
    "CREATE INDEX statements_by_article ON statements (article_id)",
)


@dataclass(frozen=True)
class Statement:
    """A span of an article's text that the article has a named speaker say; ``key`` tells the speaker from others."""

    article_id: str
    key: str
    name: str
    start: int
    end: int
    is_quoted: bool


@dataclass(frozen=True)
class SpeakerCounts:
    """How much the speaker of a key says, under the longest name that they have."""

    key: str
    name: str
    statements: int
    quoted: int
    articles: int


class Statements:
    """The statements of one library's articles; safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._elsewhere = None if can_be_written(folder / "library.sqlite") else TemporaryDirectory()
        path = Path(self._elsewhere.name if self._elsewhere else folder) / "speakers.sqlite"
        try:
            self._connection = Connection(path, _TABLES)
        except BylineError:
            path.unlink()
            self._connection = Connection(path, _TABLES)

    def marks(self) -> dict[str, bytes]:
        """By article id, the mark of each article whose statements are kept."""
        return dict(self._connection.rows("SELECT article_id, mark FROM heard"))

    def put(self, marks: dict[str, bytes], statements: Iterable[Statement]) -> None:
        """Stores the statements of the articles in ``marks``, in place of any that were kept of them."""
        with self._connection.transaction():
            self.forget(marks)
            for article_id, mark in marks.items():
                self._connection.rows("INSERT INTO heard VALUES (?, ?)", article_id, mark)
            for each in statements:
                self._connection.rows(
                    "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?)",
                    each.article_id,
                    each.key,
                    each.name,
                    each.start,
                    each.end,
                    each.is_quoted,
                )

    def forget(self, article_ids: Collection[str]) -> None:
        """Deletes the statements and marks of these articles."""
        if article_ids:
            gone = json.dumps(list(article_ids))
            self._connection.rows("DELETE FROM heard WHERE article_id IN (SELECT value FROM json_each(?))", gone)

    def counts(self) -> list[SpeakerCounts]:
        """The counts of every speaker."""
        longest_first = "max(length(name))"  # with max, SQLite takes the other columns of that row
        rows = self._connection.rows(
            f"""SELECT key, name, count(*), sum(is_quoted), count(DISTINCT article_id), {longest_first}
                FROM statements GROUP BY key"""
        )
        return [SpeakerCounts(*row[:5]) for row in rows]

    def of(self, keys: Sequence[str]) -> list[Statement]:
        """All statements of the speakers with these keys, in reading order within each article."""
        rows = self._connection.rows(
            """SELECT article_id, key, name, start, "end", is_quoted FROM statements
               WHERE key IN (SELECT value FROM json_each(?)) ORDER BY article_id, start""",
            json.dumps(list(keys)),
        )
        return [
            Statement(article_id, key, name, start, end, bool(is_quoted))
            for article_id, key, name, start, end, is_quoted in rows
        ]

"""The sketches of a library's articles, by which those that print one story are found (see index/text/reprints.py).

The hashes are kept as the words of an index of FTS5, which writes what comes in one piece and merges the pieces later.
In a plain index each of them lies on a page of its own: an article of a few lines had half a megabyte written.
"""

from __future__ import annotations

import json

from index.records import Article
from index.store.sqlite.connection import damaged
from index.store.sqlite.database import Database
from index.store.sqlite.schema import packed_sketch
from index.text.reprints import SHARED


class Sketches:
    """The sketches of one library. Whatever reads raises FailedError where the file is damaged."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, article: Article) -> None:
        """Keeps the sketch of an article that the library has, in place of the one before."""
        hashes = packed_sketch(article.text, article.repeated)
        if self._of(article.id)[1] == hashes:
            return
        self.delete(article.id)
        if hashes:
            self._database.rows("INSERT INTO sketches (article_id, hashes) VALUES (?, ?)", article.id, hashes)
            self._database.rows("UPDATE articles SET sketched = last_insert_rowid() WHERE id = ?", article.id)

    def delete(self, article_id: str) -> None:
        """Forgets the sketch of an article, where it has one."""
        number, _ = self._of(article_id)
        if number is not None:
            self._database.rows("DELETE FROM sketches WHERE rowid = ?", number)
            self._database.rows("UPDATE articles SET sketched = NULL WHERE id = ?", article_id)

    def reprints(self, article_id: str) -> frozenset[str]:
        """Ids of the other articles that print the same story."""
        number, kept = self._of(article_id)
        hashes = kept.split()
        self._database.rows(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.hashes USING fts5vocab('main', 'sketches', 'instance')"
        )
        rows = self._database.rows(
            """SELECT article_id FROM sketches WHERE rowid IN (
                   SELECT doc FROM temp.hashes WHERE term IN (SELECT value FROM json_each(?)) AND doc <> ?
                   GROUP BY doc HAVING count(*) >= ?)""",
            json.dumps(hashes),
            number,
            min(SHARED, len(hashes)),
        )
        return frozenset(str(row[0]) for row in rows)

    def _of(self, article_id: str) -> tuple[int | None, str]:
        """The number of an article's sketch and its hashes as they are kept; None and nothing where it has none."""
        rows = self._database.rows("SELECT sketched FROM articles WHERE id = ? AND sketched IS NOT NULL", article_id)
        if not rows:
            return None, ""
        number = rows[0][0]
        kept = self._database.rows("SELECT hashes FROM sketches WHERE rowid = ? AND article_id = ?", number, article_id)
        if not kept:
            raise damaged(self._database.path, f'the sketch of the article "{article_id}" is not there')
        return int(number), str(kept[0][0])

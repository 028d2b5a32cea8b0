"""The library's one truth: the door to SQLite, with its FTS5 keyword index.

Tables: ``settings`` (what shaped the library), ``articles``, ``passages`` (spans, sentence spans and vectors)
and ``words`` (FTS5: porter stemming, BM25). ``generation`` in the settings counts changes of the passages, so
that whatever is derived from them can tell whether it is still true.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.embedding import FloatArray
from index.errors import InputError
from index.records import Article, Passage, Sentence
from index.vectors import IdArray

_SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    outlet TEXT,
    published TEXT,
    url TEXT,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    duplicate_of TEXT REFERENCES articles(id),
    added TEXT NOT NULL DEFAULT (datetime('now'))
);
CREATE INDEX IF NOT EXISTS articles_by_text ON articles (sha256);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL REFERENCES articles(id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL,
    vectors BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_by_article ON passages (article_id);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    title, text, tokenize = "porter unicode61 remove_diacritics 2"
);
"""


@dataclass(frozen=True)
class StoredPassage:
    """A passage with what searching needs of it.

    ``vectors`` has shape (1 + number of sentences, dimensions): the passage's own vector, then its sentences'.
    """

    id: int
    passage: Passage
    sentences: tuple[Sentence, ...]
    vectors: FloatArray


class Database:
    """The SQLite file of one library; safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.executescript(_SCHEMA)
        except (OSError, sqlite3.OperationalError) as error:
            raise InputError(
                f"The library folder {path.parent} cannot be written ({error}); choose another with --library."
            ) from error
        except sqlite3.DatabaseError as error:
            raise InputError(
                f"{path} is not a library of Byline ({error}); choose another folder with --library."
            ) from error

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, on the disk when the outermost block ends."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _rows(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    # Settings

    def setting(self, name: str) -> str | None:
        rows = self._rows("SELECT value FROM settings WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def set(self, name: str, value: str) -> None:
        self._rows("INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", name, value)

    @property
    def generation(self) -> int:
        return int(self.setting("generation") or 0)

    def _changed(self) -> None:
        self.set("generation", str(self.generation + 1))

    # Articles

    def articles(self) -> list[Article]:
        """All articles, newest publication first, those without a date last."""
        order = "published IS NULL, published DESC, id"
        rows = self._rows(f"SELECT id, title, outlet, published, url, text FROM articles ORDER BY {order}")
        return [Article(*row) for row in rows]

    def article(self, article_id: str) -> Article | None:
        rows = self._rows("SELECT id, title, outlet, published, url, text FROM articles WHERE id = ?", article_id)
        return Article(*rows[0]) if rows else None

    def original_of(self, article: Article) -> str | None:
        """Id of the indexed article with the very same text, other than this one."""
        rows = self._rows(
            "SELECT id FROM articles WHERE sha256 = ? AND id <> ? AND duplicate_of IS NULL", article.sha256, article.id
        )
        return str(rows[0][0]) if rows else None

    def put_article(self, article: Article, duplicate_of: str | None) -> None:
        """Adds the article, or replaces the one with its id."""
        self._rows(
            """INSERT INTO articles (id, title, outlet, published, url, text, sha256, duplicate_of)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT DO UPDATE SET title = excluded.title, outlet = excluded.outlet,
                   published = excluded.published, url = excluded.url, text = excluded.text,
                   sha256 = excluded.sha256, duplicate_of = excluded.duplicate_of, added = datetime('now')""",
            article.id,
            article.title,
            article.outlet,
            article.published,
            article.url,
            article.text,
            article.sha256,
            duplicate_of,
        )

    def delete_article(self, article_id: str) -> None:
        self._rows("DELETE FROM articles WHERE id = ?", article_id)

    # Passages

    def put_passage(self, title: str, passage: Passage, sentences: Sequence[Sentence], vectors: FloatArray) -> None:
        """Stores a passage with its sentences' spans and vectors (see StoredPassage), and makes its words findable."""
        spans = json.dumps([[sentence.start, sentence.end] for sentence in sentences])
        rows = self._rows(
            'INSERT INTO passages (article_id, start, "end", sentences, vectors) VALUES (?, ?, ?, ?, ?) RETURNING id',
            passage.article_id,
            passage.start,
            passage.end,
            spans,
            vectors.astype(np.float16).tobytes(),
        )
        self._rows("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", rows[0][0], title, passage.text)
        self._changed()

    def hand_over(self, article_id: str) -> None:
        """Gives an article's passages to the next article of the same text, where there is one."""
        heirs = self._rows("SELECT id FROM articles WHERE duplicate_of = ? ORDER BY id", article_id)
        if heirs:
            heir = heirs[0][0]
            self._rows("UPDATE passages SET article_id = ? WHERE article_id = ?", heir, article_id)
            self._rows("UPDATE articles SET duplicate_of = ? WHERE duplicate_of = ?", heir, article_id)
            self._rows("UPDATE articles SET duplicate_of = NULL WHERE id = ?", heir)
            self._changed()

    def delete_passages(self, article_id: str) -> None:
        self._rows("DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE article_id = ?)", article_id)
        self._rows("DELETE FROM passages WHERE article_id = ?", article_id)
        self._changed()

    def passages(self, ids: Sequence[int]) -> list[StoredPassage]:
        """The passages with these ids that exist, in the order of the ids."""
        rows = self._rows(
            f"""SELECT p.id, p.article_id, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start),
                       p.sentences, p.vectors
                FROM passages p JOIN articles a ON a.id = p.article_id
                WHERE p.id IN ({",".join("?" * len(ids))})""",
            *ids,
        )
        found = {}
        for number, article_id, start, end, text, listed, blob in rows:
            spans = json.loads(listed)
            found[number] = StoredPassage(
                number,
                Passage(article_id, start, end, text),
                tuple(Sentence(s, e, text[s - start : e - start]) for s, e in spans),
                np.frombuffer(blob, dtype=np.float16).astype(np.float32).reshape(1 + len(spans), -1),
            )
        return [found[number] for number in ids if number in found]

    def passage_count(self) -> int:
        return int(self._rows("SELECT count(*) FROM passages")[0][0])

    def passage_vectors(self, dimensions: int) -> tuple[IdArray, FloatArray]:
        """Every passage's id, shape (n,), and own vector, shape (n, dimensions)."""
        size = 2 * dimensions
        rows = self._rows("SELECT id, substr(vectors, 1, ?) FROM passages ORDER BY id", size)
        ids = np.array([row[0] for row in rows], dtype=np.int64)
        joined = b"".join(row[1] for row in rows)
        return ids, np.frombuffer(joined, dtype=np.float16).astype(np.float32).reshape(-1, dimensions)

    def matching_words(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Ids and BM25 scores (higher is better) of passages that hold any of the words, best first."""
        # Each word is quoted, so that nothing in it is read as an operator of the FTS5 query language.
        query = " OR ".join('"' + word.replace('"', '""') + '"' for word in words)
        if not query:
            return []
        rows = self._rows(
            "SELECT rowid, -bm25(words) FROM words WHERE words MATCH ? ORDER BY bm25(words) LIMIT ?", query, limit
        )
        return [(int(number), float(score)) for number, score in rows]

    def passages_with(self, word: str) -> int:
        """The number of passages whose text holds the word in any of its forms."""
        query = 'text : "' + word.replace('"', '""') + '"'
        return int(self._rows("SELECT count(*) FROM words WHERE words MATCH ?", query)[0][0])

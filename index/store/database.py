"""The library's one truth: the door to SQLite, with its FTS5 keyword index.

Tables: ``settings`` (what shaped the library), ``articles``, ``sketches`` (which articles are one story), ``passages``
(spans, sentence spans and vectors) and ``words`` (FTS5: porter stemming, BM25). ``generation`` in the settings counts
changes of the passages, so that whatever is derived from them can tell whether it is still true. The conversations'
tables stand in ``index/store/conversations.py``. SQL may call ``folded(text)``, Python's casefold.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import FailedError, InputError
from index.records import Article, Filter, Listing, Passage, Sentence
from index.text.reprints import SHARED, sketch

if TYPE_CHECKING:
    from index.embedding import FloatArray
    from index.store.vectors import IdArray

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
    facts TEXT NOT NULL DEFAULT '{}',
    duplicate_of TEXT REFERENCES articles(id),
    added TEXT NOT NULL DEFAULT (datetime('now'))
);
CREATE INDEX IF NOT EXISTS articles_by_text ON articles (sha256);
CREATE INDEX IF NOT EXISTS articles_by_original ON articles (duplicate_of);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL REFERENCES articles(id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL,
    vectors BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_by_article ON passages (article_id);
CREATE TABLE IF NOT EXISTS sketches (
    hash INTEGER NOT NULL,
    article_id TEXT NOT NULL REFERENCES articles(id),
    PRIMARY KEY (hash, article_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sketches_by_article ON sketches (article_id);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    title, text, tokenize = "porter unicode61 remove_diacritics 2"
);
"""

_MENDED = {
    sqlite3.SQLITE_FULL: "make room on its disk, then try again",
    sqlite3.SQLITE_IOERR: "look after its disk, then try again",
    sqlite3.SQLITE_READONLY: "make it writable, then try again",
    sqlite3.SQLITE_BUSY: "wait for the other program that writes to it, then try again",
}
"""What to do about an error of SQLite's that is no defect of the program: https://www.sqlite.org/rescode.html"""

_NEWEST_FIRST = "published IS NULL, published DESC, id"


@dataclass(frozen=True)
class NewPassage:
    """A passage with what searching needs of it.

    ``vectors`` has shape (1 + number of sentences, dimensions): the passage's own vector, then its sentences'.
    """

    passage: Passage
    sentences: tuple[Sentence, ...]
    vectors: FloatArray


@dataclass(frozen=True)
class StoredPassage(NewPassage):
    """The same under the id it is stored by."""

    id: int


class Database:
    """The SQLite file of one library; safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._sketched = False
        """Whether every article is known to have its sketch."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
            self._connection.create_function("folded", 1, str.casefold, deterministic=True)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.executescript(_SCHEMA)
            self._add_facts()
        except (OSError, sqlite3.OperationalError) as error:
            raise InputError(
                f"The library folder {path.parent} cannot be written ({error}); choose another with --library."
            ) from error
        except sqlite3.DatabaseError as error:
            raise InputError(
                f"{path} is not a library of Byline ({error}); choose another folder with --library."
            ) from error

    def _add_facts(self) -> None:
        """Gives the articles of a library that was made before them their column of further facts."""
        columns = {row[1] for row in self._connection.execute("PRAGMA table_info(articles)")}
        if "facts" not in columns:
            self._connection.execute("ALTER TABLE articles ADD COLUMN facts TEXT NOT NULL DEFAULT '{}'")

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, on the disk when the outermost block ends. Raises FailedError as ``rows`` does."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self.rows("BEGIN IMMEDIATE")
            try:
                yield
                self.rows("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # on a full disk SQLite may have taken it back itself
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What one statement of SQL gives, with its values in the place of its question marks.

        Raises FailedError: the disk is full or damaged, or the file must not be written or is kept by another program.
        """
        with self._lock:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.OperationalError as error:
                mended = _MENDED.get(error.sqlite_errorcode & 0xFF)  # without the extended code's upper bytes
                if mended is None:
                    raise
                raise FailedError(f"The library at {self._path} cannot be used ({error}); {mended}.") from error

    # Settings

    def setting(self, name: str) -> str | None:
        rows = self.rows("SELECT value FROM settings WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def set(self, name: str, value: str) -> None:
        self.rows("INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", name, value)

    @property
    def generation(self) -> int:
        return int(self.setting("generation") or 0)

    def _changed(self) -> None:
        self.set("generation", str(self.generation + 1))

    # Articles

    def articles(self) -> list[Article]:
        """All articles, newest publication first, those without a date last."""
        rows = self.rows(f"SELECT {_ARTICLE} FROM articles ORDER BY {_NEWEST_FIRST}")
        return [_article(row) for row in rows]

    def listings(self) -> list[Listing]:
        """All articles in the same order, without their texts."""
        rows = self.rows(
            f"""SELECT id, title, outlet, published, added,
                       (SELECT count(*) FROM passages WHERE article_id = articles.id), duplicate_of
                FROM articles ORDER BY {_NEWEST_FIRST}"""
        )
        return [Listing(*row) for row in rows]

    def article(self, article_id: str) -> Article | None:
        rows = self.rows(f"SELECT {_ARTICLE} FROM articles WHERE id = ?", article_id)
        return _article(rows[0]) if rows else None

    def original_of(self, article: Article) -> str | None:
        """Id of the indexed article with the very same text, other than this one."""
        rows = self.rows(
            "SELECT id FROM articles WHERE sha256 = ? AND id <> ? AND duplicate_of IS NULL", article.sha256, article.id
        )
        return str(rows[0][0]) if rows else None

    def put_article(self, article: Article, duplicate_of: str | None) -> None:
        """Adds the article, or replaces the one with its id."""
        self.rows(
            """INSERT INTO articles (id, title, outlet, published, url, text, facts, sha256, duplicate_of)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT DO UPDATE SET title = excluded.title, outlet = excluded.outlet,
                   published = excluded.published, url = excluded.url, text = excluded.text,
                   facts = excluded.facts, sha256 = excluded.sha256,
                   duplicate_of = excluded.duplicate_of, added = datetime('now')""",
            article.id,
            article.title,
            article.outlet,
            article.published,
            article.url,
            article.text,
            json.dumps({"author": article.author, "updated": article.updated, "pages": article.pages}),
            article.sha256,
            duplicate_of,
        )
        self._put_sketch(article.id, article.text)

    def _put_sketch(self, article_id: str, text: str) -> None:
        self.rows("DELETE FROM sketches WHERE article_id = ?", article_id)
        self.rows("INSERT INTO sketches SELECT value, ? FROM json_each(?)", article_id, json.dumps(sketch(text)))

    def _sketch_the_rest(self) -> None:
        """Gives a sketch to the articles of a library that was made before there were any."""
        without = "SELECT id, text FROM articles WHERE id NOT IN (SELECT article_id FROM sketches)"
        if not self._sketched and self.rows(f"{without} LIMIT 1"):
            with self.transaction():
                for article_id, text in self.rows(without):
                    self._put_sketch(article_id, text)
        self._sketched = True

    def reprints(self, article_id: str) -> frozenset[str]:
        """Ids of the other articles that print the same story (see index/text/reprints.py)."""
        self._sketch_the_rest()
        rows = self.rows(
            """SELECT other.article_id FROM sketches own JOIN sketches other ON other.hash = own.hash
               WHERE own.article_id = ? AND other.article_id <> own.article_id
               GROUP BY other.article_id HAVING count(*) >= min(?, (
                   SELECT count(*) FROM sketches WHERE article_id = own.article_id))""",
            article_id,
            SHARED,
        )
        return frozenset(str(row[0]) for row in rows)

    def delete_article(self, article_id: str) -> None:
        self.rows("DELETE FROM articles WHERE id = ?", article_id)
        self.rows("DELETE FROM sketches WHERE article_id = ?", article_id)

    # Passages

    def put_passages(self, article: Article, passages: Sequence[NewPassage]) -> None:
        """Stores the passages of an article in place of those it had, and makes their words findable."""
        import numpy as np

        with self.transaction():
            self._drop_passages(article.id)
            for new in passages:
                rows = self.rows(
                    """INSERT INTO passages (article_id, start, "end", sentences, vectors)
                       VALUES (?, ?, ?, ?, ?) RETURNING id""",
                    article.id,
                    new.passage.start,
                    new.passage.end,
                    json.dumps([[sentence.start, sentence.end] for sentence in new.sentences]),
                    new.vectors.astype(np.float16).tobytes(),
                )
                self.rows(
                    "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
                    rows[0][0],
                    article.title,
                    new.passage.text,
                )
            self._changed()

    def hand_over(self, article_id: str) -> None:
        """Gives an article's passages to the next article of the same text, where there is one."""
        heirs = self.rows("SELECT id FROM articles WHERE duplicate_of = ? ORDER BY id", article_id)
        if heirs:
            heir = heirs[0][0]
            self.rows("UPDATE passages SET article_id = ? WHERE article_id = ?", heir, article_id)
            self.rows("UPDATE articles SET duplicate_of = ? WHERE duplicate_of = ?", heir, article_id)
            self.rows("UPDATE articles SET duplicate_of = NULL WHERE id = ?", heir)
            self._changed()

    def delete_passages(self, article_id: str) -> None:
        with self.transaction():
            if self._drop_passages(article_id):
                self._changed()

    def _drop_passages(self, article_id: str) -> bool:
        """Whether there were any."""
        self.rows("DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE article_id = ?)", article_id)
        return bool(self.rows("DELETE FROM passages WHERE article_id = ? RETURNING id", article_id))

    def passages(self, ids: Sequence[int], only: Filter | None = None) -> list[StoredPassage]:
        """The passages with these ids that exist and stand in an article the filter admits, in the order of the ids.

        Where it admits a duplicate and not the original, the passage is the duplicate's: their texts are the same.
        """
        condition, values = _admitting(only)
        rows = self.rows(
            f"""SELECT p.id, a.id, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start),
                       p.sentences, p.vectors
                FROM passages p JOIN articles a ON a.id = p.article_id OR a.duplicate_of = p.article_id
                WHERE p.id IN ({",".join("?" * len(ids))}) AND {condition}
                ORDER BY a.duplicate_of IS NULL, a.id DESC""",
            *ids,
            *values,
        )
        import numpy as np

        found = {}
        for number, article_id, start, end, text, listed, blob in rows:
            spans = json.loads(listed)
            found[number] = StoredPassage(
                Passage(article_id, start, end, text),
                tuple(Sentence(s, e, text[s - start : e - start]) for s, e in spans),
                np.frombuffer(blob, dtype=np.float16).astype(np.float32).reshape(1 + len(spans), -1),
                number,
            )
        return [found[number] for number in ids if number in found]

    def texts(self, ids: Sequence[int]) -> list[Passage]:
        """The passages with these ids that exist, in the order of the ids, without what searching by meaning needs."""
        rows = self.rows(
            f"""SELECT p.id, a.id, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start)
                FROM passages p JOIN articles a ON a.id = p.article_id WHERE p.id IN ({",".join("?" * len(ids))})""",
            *ids,
        )
        found = {number: Passage(*values) for number, *values in rows}
        return [found[number] for number in ids if number in found]

    def admitted(self, only: Filter) -> IdArray:
        """Ids of the passages in articles that the filter admits, rising."""
        condition, values = _admitting(only)
        rows = self.rows(f"SELECT DISTINCT p.id {_PASSAGES_OF} WHERE {condition} ORDER BY p.id", *values)
        import numpy as np

        return np.array([row[0] for row in rows], dtype=np.int64)

    def passage_ids(self) -> list[int]:
        """Ids of all passages, in reading order, of the newest article first and of those without a date last."""
        rows = self.rows(
            """SELECT p.id FROM passages p JOIN articles a ON a.id = p.article_id
               ORDER BY a.published IS NULL, a.published DESC, a.id, p.start"""
        )
        return [int(row[0]) for row in rows]

    def passage_count(self) -> int:
        return int(self.rows("SELECT count(*) FROM passages")[0][0])

    def passage_vectors(self, dimensions: int) -> tuple[IdArray, FloatArray]:
        """Every passage's id, shape (n,), and own vector, shape (n, dimensions)."""
        size = 2 * dimensions
        rows = self.rows("SELECT id, substr(vectors, 1, ?) FROM passages ORDER BY id", size)
        import numpy as np

        ids = np.array([row[0] for row in rows], dtype=np.int64)
        joined = b"".join(row[1] for row in rows)
        return ids, np.frombuffer(joined, dtype=np.float16).astype(np.float32).reshape(-1, dimensions)

    def matching_words(self, words: Sequence[str], limit: int, only: Filter | None = None) -> list[tuple[int, float]]:
        """Ids and BM25 scores (higher is better) of admitted passages that hold any of the words, best first."""
        # Each word is quoted, so that nothing in it is read as an operator of the FTS5 query language.
        query = " OR ".join('"' + word.replace('"', '""') + '"' for word in words)
        if not query:
            return []
        condition, values = _admitting(only)
        admitted = f"AND rowid IN (SELECT p.id {_PASSAGES_OF} WHERE {condition})" if only else ""
        rows = self.rows(
            f"SELECT rowid, -bm25(words) FROM words WHERE words MATCH ? {admitted} ORDER BY bm25(words) LIMIT ?",
            query,
            *(values if only else ()),
            limit,
        )
        return [(int(number), float(score)) for number, score in rows]

    def passages_with(self, word: str) -> int:
        """The number of passages whose text holds the word in any of its forms."""
        query = 'text : "' + word.replace('"', '""') + '"'
        return int(self.rows("SELECT count(*) FROM words WHERE words MATCH ?", query)[0][0])


_ARTICLE = "id, title, outlet, published, url, text, facts"


def _article(row: tuple[Any, ...]) -> Article:
    """An article from the columns of ``_ARTICLE``; its facts are JSON, so that new ones need no new column."""
    article_id, title, outlet, published, url, text, facts = row
    further = json.loads(facts)
    pages = tuple(further.get("pages") or ())
    return Article(
        article_id, title, outlet, published, url, text, further.get("author"), further.get("updated"), pages
    )


_PASSAGES_OF = "FROM articles a JOIN passages p ON p.article_id = coalesce(a.duplicate_of, a.id)"
"""Every article with the passages of its text, a duplicate with its original's."""


def _admitting(only: Filter | None) -> tuple[str, list[str]]:
    """A condition on ``articles a`` and its values; without a filter, the article the passages are stored under."""
    if only is None:
        return "a.duplicate_of IS NULL", []
    terms, values = ["TRUE"], []
    for term, day in (("substr(a.published, 1, 10) >= ?", only.since), ("substr(a.published, 1, 10) <= ?", only.until)):
        if day is not None:
            terms.append(term)
            values.append(day)
    for column, wanted in (("a.outlet", only.outlets), ("a.id", only.articles)):
        if wanted:
            # One value for the whole list: SQLite takes a bounded number of values.
            terms.append(f"{column} IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(wanted))
    return " AND ".join(terms), values

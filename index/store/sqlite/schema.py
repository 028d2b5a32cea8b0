"""The tables of a library, and how one of an older program gets them.

``settings`` (what shaped the library; its random id; how many articles and passages it has, and the digest of what is
indexed), ``articles``, ``edits`` (facts about articles that a person set right), ``files`` (those of the folders that
were added, as they were read), ``sketches`` (which articles are one story), ``unlearned`` (outlets of whose pages it is
to be learned what repeats on them), ``passages`` (spans, sentence spans and
vectors) and ``words`` (FTS5: porter stemming, BM25); ``conversations``, ``turns`` and ``feedback``; ``notebooks`` and
``notes``. What a ``seal`` is of stands in the files that write it. ``user_version`` numbers the tables' shape.
"""

from __future__ import annotations

import contextlib
import json
from array import array
from collections.abc import Collection

from index.errors import FailedError, InputError
from index.store.sqlite.connection import Connection, can_be_written, damaged
from index.store.sqlite.seals import MODULUS, seal, share
from index.text.keyword_tokens import searchable
from index.text.line_hashes import line_hashes
from index.text.reprints import sketch

VERSION = 5
"""The number of the tables' shape."""

_TABLES = (
    "CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS articles (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        outlet TEXT,
        published TEXT,
        url TEXT,
        text TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        facts TEXT NOT NULL DEFAULT '{}',
        duplicate_of TEXT REFERENCES articles(id),
        added TEXT NOT NULL DEFAULT (datetime('now')),
        seal BLOB,
        sketched INTEGER,
        origin TEXT,
        lines BLOB
    )""",
    """CREATE TABLE IF NOT EXISTS edits (
        article_id TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT,
        as_read TEXT NOT NULL,
        PRIMARY KEY (article_id, name)
    )""",
    """CREATE TABLE IF NOT EXISTS files (
        path TEXT PRIMARY KEY,
        folder TEXT NOT NULL,
        size INTEGER NOT NULL,
        changed INTEGER NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS passages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id TEXT NOT NULL REFERENCES articles(id),
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        sentences TEXT NOT NULL,
        vectors BLOB NOT NULL,
        seal BLOB
    )""",
    """CREATE VIRTUAL TABLE IF NOT EXISTS sketches USING fts5(
        article_id UNINDEXED, hashes, detail = none, columnsize = 0, tokenize = "ascii"
    )""",
    "CREATE TABLE IF NOT EXISTS unlearned (outlet TEXT PRIMARY KEY, change BLOB NOT NULL)",
    """CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
        title, text, tokenize = "porter unicode61 remove_diacritics 2"
    )""",
    """CREATE TABLE IF NOT EXISTS conversations (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        changed TEXT NOT NULL DEFAULT (datetime('now')),
        owner TEXT,
        shared INTEGER NOT NULL DEFAULT 0,
        seal BLOB
    )""",
    """CREATE TABLE IF NOT EXISTS turns (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id INTEGER NOT NULL REFERENCES conversations(id),
        question TEXT NOT NULL,
        asked TEXT NOT NULL DEFAULT (datetime('now')),
        state TEXT NOT NULL DEFAULT 'asked',
        answer TEXT,
        error TEXT NOT NULL DEFAULT '',
        seal BLOB
    )""",
    """CREATE TABLE IF NOT EXISTS feedback (
        turn_id INTEGER PRIMARY KEY REFERENCES turns(id),
        good INTEGER NOT NULL,
        reason TEXT NOT NULL,
        corrected TEXT NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS notebooks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        changed TEXT NOT NULL DEFAULT (datetime('now')),
        owner TEXT,
        seal BLOB
    )""",
    """CREATE TABLE IF NOT EXISTS notes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        notebook_id INTEGER NOT NULL REFERENCES notebooks(id),
        place INTEGER NOT NULL,
        kept TEXT,
        words TEXT NOT NULL DEFAULT '',
        seal BLOB
    )""",
)
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS articles_by_text ON articles (sha256)",
    "CREATE INDEX IF NOT EXISTS articles_by_original ON articles (duplicate_of)",
    "CREATE INDEX IF NOT EXISTS articles_by_outlet ON articles (outlet)",
    "CREATE INDEX IF NOT EXISTS articles_by_language ON articles (json_extract(facts, '$.language'))",
    "CREATE INDEX IF NOT EXISTS passages_by_article ON passages (article_id)",
    "CREATE INDEX IF NOT EXISTS turns_by_conversation ON turns (conversation_id)",
    "CREATE INDEX IF NOT EXISTS notes_by_notebook ON notes (notebook_id)",
)
"""A library gets those it lacks whenever it is opened; they change no table, so an older program maintains them too."""
_NAMED = "INSERT OR IGNORE INTO settings VALUES ('library', lower(hex(randomblob(16))))"
_VERSIONED = f"PRAGMA user_version = {VERSION}"

SCHEMA = (*_TABLES, *_INDEXES, _NAMED, _VERSIONED)
"""The statements that make a new library."""

_NEW_COLUMNS = (
    ("articles", "seal BLOB"),
    ("passages", "seal BLOB"),
    ("turns", "seal BLOB"),
    ("articles", "sketched INTEGER"),
    ("articles", "facts TEXT NOT NULL DEFAULT '{}'"),
    ("conversations", "seal BLOB"),
    ("conversations", "owner TEXT"),
    ("conversations", "shared INTEGER NOT NULL DEFAULT 0"),
    ("articles", "origin TEXT"),
    ("articles", "lines BLOB"),
)

_MENDED = (
    # An article that had lost its original, or was called its own, is one of its own again.
    """UPDATE articles SET duplicate_of = NULL WHERE duplicate_of = id OR duplicate_of NOT IN (
        SELECT id FROM articles WHERE duplicate_of IS NULL OR duplicate_of = id)""",
    # A program that was killed while an article handed its passages over left them with a duplicate.
    """UPDATE passages SET article_id = (SELECT duplicate_of FROM articles WHERE id = article_id)
       WHERE article_id IN (SELECT id FROM articles WHERE duplicate_of NOT IN (SELECT article_id FROM passages))""",
    """DELETE FROM passages WHERE article_id NOT IN (SELECT id FROM articles WHERE duplicate_of IS NULL)""",
    "DELETE FROM words WHERE rowid NOT IN (SELECT id FROM passages)",
    "DELETE FROM turns WHERE conversation_id NOT IN (SELECT id FROM conversations)",
    "DELETE FROM feedback WHERE turn_id NOT IN (SELECT id FROM turns)",
)
"""Mends what an older program may have left, which did not make each change in one transaction."""


def bring_up_to_date(database: Connection) -> None:
    """Changes an older library's tables to today's in one transaction; a read-only one is copied into memory first.

    Raises InputError: it is of a newer program, or no library; FailedError: it is damaged.
    """
    ((version,),) = database.rows("PRAGMA user_version")
    if version == VERSION:
        _add_indexes(database)
        return
    if version > VERSION:
        raise InputError(
            f"The library at {database.path} was made by a newer Byline (shape {version}, this one knows {VERSION}); "
            "use that one, or name another folder with --library."
        )
    _check_is_library(database)
    if can_be_written(database.path):
        _keep_copy(database, version)
    else:
        database.work_on_a_copy()
    with database.transaction():
        database.rows("DROP TABLE IF EXISTS sketches")  # it had a row for every hash
        for statement in (*_TABLES, _NAMED):
            database.rows(statement)
        for table, column in _NEW_COLUMNS:
            if column.split()[0] not in {row[1] for row in database.rows(f"PRAGMA table_info({table})")}:
                database.rows(f"ALTER TABLE {table} ADD COLUMN {column}")
        for statement in _INDEXES:
            database.rows(statement)
        if version < 1:
            for statement in _MENDED:
                database.rows(statement)
            _make_searchable(database)
            _add_seals(database)
        if version < 4:
            _add_lines(database)
        _add_sketches(database)
        database.rows(_VERSIONED)
    with contextlib.suppress(OSError):  # another user's, who shares it
        database.path.chmod(0o600)


def _add_indexes(database: Connection) -> None:
    if can_be_written(database.path):
        with contextlib.suppress(FailedError):  # what another program writes takes long: the next start does it
            for statement in _INDEXES:
                database.rows(statement)


def _keep_copy(database: Connection, version: int) -> None:
    """Copies a library of an older version beside itself before it is changed; one copy of a version is enough."""
    with contextlib.suppress(InputError):
        database.backup(database.path.with_name(f"library.shape-{version}.sqlite"))


def _check_is_library(database: Connection) -> None:
    tables = {name for (name,) in database.rows("SELECT name FROM sqlite_master")}
    if not tables:
        raise damaged(
            database.path,
            f"it holds nothing: it was copied without {database.path.name}-wal, in which an older program kept it",
        )
    if not {"settings", "articles", "passages", "words"} <= tables:
        raise InputError(
            f"{database.path} is not a library of Byline (it holds {', '.join(sorted(tables)[:3])}); "
            "choose another folder with --library."
        )


def _add_sketches(database: Connection) -> None:
    known = "SELECT rowid, id, iif(json_valid(facts), json_extract(facts, '$.repeated'), NULL) FROM articles"
    for number, article_id, repeated in database.rows(known):
        ((text,),) = database.rows("SELECT text FROM articles WHERE rowid = ?", number)
        hashes = packed_sketch(text, json.loads(repeated or "[]"))
        if hashes:
            database.rows("INSERT INTO sketches (article_id, hashes) VALUES (?, ?)", article_id, hashes)
        kept = "last_insert_rowid()" if hashes else "NULL"
        database.rows(f"UPDATE articles SET sketched = {kept} WHERE rowid = ?", number)


def packed_sketch(text: str, repeated: Collection[int]) -> str:
    """The sketch of a text as the database keeps it: its hashes as words."""
    return " ".join(map(str, sketch(text, repeated)))


def packed_lines(text: str) -> bytes:
    """The hashes of a text's lines as the database keeps them."""
    return array("q", line_hashes(text)).tobytes()


def _add_lines(database: Connection) -> None:
    for (number,) in database.rows("SELECT rowid FROM articles"):
        ((text,),) = database.rows("SELECT text FROM articles WHERE rowid = ?", number)
        database.rows("UPDATE articles SET lines = ? WHERE rowid = ?", packed_lines(text), number)
    database.rows("INSERT OR IGNORE INTO unlearned SELECT DISTINCT coalesce(outlet, ''), x'00' FROM articles")


def _make_searchable(database: Connection) -> None:
    for (number,) in database.rows("SELECT rowid FROM words"):
        ((title, text),) = database.rows("SELECT title, text FROM words WHERE rowid = ?", number)
        if (searchable(title), searchable(text)) != (title, text):
            query = "UPDATE words SET title = ?, text = ? WHERE rowid = ?"
            database.rows(query, searchable(title), searchable(text), number)


def _add_seals(database: Connection) -> None:
    stated_by_each = database.rows("SELECT rowid, id, title, outlet, published, url, sha256, facts FROM articles")
    for number, *stated in stated_by_each:
        database.rows("UPDATE articles SET seal = ? WHERE rowid = ?", seal(*stated), number)
    digest, count = 0, 0
    for (number,) in database.rows("SELECT id FROM passages"):
        (indexed,) = database.rows('SELECT start, "end", sentences, vectors FROM passages WHERE id = ?', number)
        database.rows("UPDATE passages SET seal = ? WHERE id = ?", seal(*indexed), number)
        digest, count = (digest + share(number, seal(*indexed))) % MODULUS, count + 1
    for (number,) in database.rows("SELECT id FROM turns"):
        (kept,) = database.rows("SELECT question, answer, error FROM turns WHERE id = ?", number)
        database.rows("UPDATE turns SET seal = ? WHERE id = ?", seal(*kept), number)
    for number, name in database.rows("SELECT id, name FROM conversations"):
        database.rows("UPDATE conversations SET seal = ? WHERE id = ?", seal(number, name), number)
    ((articles,),) = database.rows("SELECT count(*) FROM articles")
    for name, value in (("articles", articles), ("passages", count), ("indexed", f"{digest:032x}")):
        query = "INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
        database.rows(query, name, str(value))

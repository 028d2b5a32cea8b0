"""Replaces a library's passages by those of another file: how a library changes its embedder."""

from __future__ import annotations

from collections.abc import Mapping

from index.store.sqlite.database import Database
from index.store.sqlite.seals import MODULUS, share

_INDEXED = "SELECT id, title, sha256, json_extract(facts, '$.repeated') FROM articles WHERE duplicate_of IS NULL"


def take_passages(database: Database, other: Database, settings: Mapping[str, str]) -> bool:
    """Replaces all passages of ``database``, and the given settings, by those of ``other``, in one transaction.

    Returns False, with nothing changed, where the two hold different articles: some were added meanwhile.
    Raises FailedError: one of them is damaged, or the disk is full.
    """
    database.rows("ATTACH DATABASE ? AS other", str(other.path))
    try:
        with database.transaction():
            if sorted(database.rows(_INDEXED)) != sorted(database.rows(_INDEXED.replace("FROM ", "FROM other."))):
                return False
            # Ids are never used twice: what a running program keeps of a passage is never taken for another's.
            ((before,),) = database.rows("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'passages'")
            database.rows("DELETE FROM words")
            database.rows("DELETE FROM passages")
            database.rows(
                """INSERT INTO passages (id, article_id, start, "end", sentences, vectors, seal)
                   SELECT id + ?, article_id, start, "end", sentences, vectors, seal FROM other.passages""",
                before,
            )
            database.rows(
                "INSERT INTO words (rowid, title, text) SELECT rowid + ?, title, text FROM other.words", before
            )
            shares = [share(number, sealed) for number, sealed in database.rows("SELECT id, seal FROM passages")]
            database.set("indexed", f"{sum(shares) % MODULUS:032x}")
            database.set("passages", str(len(shares)))
            database.set("generation", str(database.generation + 1))
            for name, value in settings.items():
                database.set(name, value)
            return True
    finally:
        database.rows("DETACH DATABASE other")

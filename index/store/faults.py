"""What is wrong with a library, found by reading all of it: for ``byline doctor --library``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from index.errors import BylineError
from index.store.articles.articles import Articles
from index.store.passages.passages import Passages
from index.store.sqlite.connection import can_be_written
from index.store.sqlite.database import Database
from index.store.sqlite.seals import MODULUS, share


def faults(database: Database) -> Iterator[str]:
    """A sentence for each fault: of the file, of an article, of the passages, of the keyword index."""
    for check in (_file, _articles, _passages, _words):
        try:
            yield from check(database)
        except BylineError as error:
            yield str(error)


def _file(database: Database) -> Iterator[str]:
    for (told,) in database.rows("PRAGMA integrity_check(10)"):
        if told != "ok":
            yield f"SQLite finds in {database.path}: {told}."
    for table, number, other, _ in database.rows("PRAGMA foreign_key_check"):
        yield f"Row {number} of {table} names something that is not in {other}."


def _articles(database: Database) -> Iterator[str]:
    articles = Articles(database)
    for (article_id,) in database.rows("SELECT id FROM articles ORDER BY id"):
        yield from _errors_of(lambda key=article_id: articles.get(key))  # type: ignore[misc]
    lost = """SELECT a.id FROM articles a LEFT JOIN sketches s ON s.rowid = a.sketched
              WHERE a.sketched IS NOT NULL AND s.article_id IS NOT a.id ORDER BY a.id"""
    for (article_id,) in database.rows(lost):
        yield from _errors_of(lambda key=article_id: articles.reprints(key))  # type: ignore[misc]
    for article_id in articles.without_passages():
        yield f'The article "{article_id}" cannot be found by a question: it has no passages.'


def _passages(database: Database) -> Iterator[str]:
    passages = Passages(database)
    passages.count()
    for number in passages.ids():
        yield from _errors_of(lambda key=number: passages.one(key))  # type: ignore[misc]
    sealed = database.rows("SELECT id, seal FROM passages")
    if database.setting("indexed") != f"{sum(share(*row) for row in sealed) % MODULUS:032x}":
        yield f"The passages in {database.path} are not those that were added to it."


def _words(database: Database) -> Iterator[str]:
    if can_be_written(database.path):
        for table in ("words", "sketches"):
            database.rows(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    ((only_there, only_here),) = database.rows(
        """SELECT (SELECT count(*) FROM words WHERE rowid NOT IN (SELECT id FROM passages)),
                  (SELECT count(*) FROM passages WHERE id NOT IN (SELECT rowid FROM words))"""
    )
    if only_there or only_here:
        yield f"The keyword index lacks {only_here:,} passages and has {only_there:,} that are gone."


def _errors_of(read: Callable[[], object]) -> Iterator[str]:
    try:
        read()
    except BylineError as error:
        yield str(error)

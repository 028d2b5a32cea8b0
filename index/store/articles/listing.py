"""The list of a library's articles a page at a time: which fit, in which order, without reading their texts."""

from __future__ import annotations

import json
from typing import Any

from index.records import Listing, ListingPage, Wanted
from index.store.articles.articles import altered
from index.store.sqlite.database import Database
from index.store.sqlite.filtering import admitting
from index.store.sqlite.seals import seal

_PASSAGES = "(SELECT count(*) FROM passages WHERE article_id = a.id)"
_ORDERS = {
    "published": "a.published",
    "title": "sortable(a.title)",
    "outlet": "sortable(a.outlet)",
    "added": "a.added",
    "passages": _PASSAGES,
}
"""The SQL that each column is sorted by; unknown values come last in either direction."""
_WORDS = (
    "folded(a.title || ' ' || coalesce(a.outlet, '') || ' ' || a.id"
    " || coalesce(' duplicate of ' || a.duplicate_of, ''))"
)
"""The SQL text in which the wanted words are looked for."""


def page(database: Database, wanted: Wanted, first: int, count: int) -> ListingPage:
    """At most ``count`` of the wanted articles, in their order, beginning with number ``first`` (from 0).

    Raises FailedError: one of them is not as it was added.
    """
    condition, values = _condition(wanted)
    with database.snapshot():
        ids = database.rows(
            f"SELECT a.id FROM articles a WHERE {condition} ORDER BY {_order(wanted)} LIMIT ? OFFSET ?",
            *values,
            json.dumps(wanted.ahead),
            count,
            first,
        )
        listings = _listings(database, [row[0] for row in ids])
        ((fitting,),) = database.rows(f"SELECT count(*) FROM articles a WHERE {condition}", *values)
    return ListingPage(tuple(listings), fitting, database.number("articles"))


def ids(database: Database, wanted: Wanted) -> list[str]:
    """The ids of all articles that are wanted, in their order."""
    condition, values = _condition(wanted)
    rows = database.rows(
        f"SELECT a.id FROM articles a WHERE {condition} ORDER BY {_order(wanted)}", *values, json.dumps(wanted.ahead)
    )
    return [str(row[0]) for row in rows]


def outlet_counts(database: Database) -> dict[str, int]:
    """How many articles each outlet has."""
    return dict(database.rows("SELECT outlet, count(*) FROM articles WHERE outlet <> '' GROUP BY outlet"))


def _condition(wanted: Wanted) -> tuple[str, list[Any]]:
    condition, values = admitting(wanted.only)
    terms = [condition, *(f"instr({_WORDS}, ?) > 0" for _ in wanted.words)]
    if wanted.originals:
        terms.append("a.duplicate_of IS NULL")
    return " AND ".join(terms), [*values, *(word.casefold() for word in wanted.words)]


def _order(wanted: Wanted) -> str:
    by = _ORDERS[wanted.column]
    down = "DESC" if wanted.is_down else "ASC"
    return f"a.id IN (SELECT value FROM json_each(?)) DESC, {by} IS NULL, {by} {down}, a.id"


def _listings(database: Database, article_ids: list[str]) -> list[Listing]:
    rows = database.rows(
        f"""SELECT a.seal, a.url, a.sha256, a.facts, a.id, a.title, a.outlet, a.published, a.added, {_PASSAGES},
                   a.duplicate_of
            FROM json_each(?) wanted JOIN articles a ON a.id = wanted.value ORDER BY wanted.key""",
        json.dumps(article_ids),
    )
    for sealed, url, sha256, facts, *stated in rows:
        if sealed != seal(*stated[:4], url, sha256, facts):
            raise altered(database, stated[0])
    return [Listing(*row[4:]) for row in rows]

"""Facts about articles that a person set right: kept apart from what is read, so that reading again undoes none.

Of each there is the person's value and the one that was read last, which stands again when the edit is taken back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from index.records import Article
from index.store.sqlite.database import Database

EDITED = "edited"
"""Where a fact comes from that a person set right."""


class Edits:
    """The edits of one library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def applied(self, article: Article) -> Article:
        """The article as read, with a person's edits applied."""
        edited = dict(self._database.rows("SELECT name, value FROM edits WHERE article_id = ?", article.id))
        return _with(article, {name: (value, EDITED) for name, value in edited.items()})

    def note(self, article: Article) -> None:
        """Stores the facts that were just read of an article: they come back when its edits are undone."""
        with self._database.transaction():
            for name, kept in self._database.rows("SELECT name, as_read FROM edits WHERE article_id = ?", article.id):
                if kept != (now := _read(article, name)):
                    query = "UPDATE edits SET as_read = ? WHERE article_id = ? AND name = ?"
                    self._database.rows(query, now, article.id, name)

    def as_read(self, article: Article) -> Article:
        """The article with its edits undone."""
        kept = self._database.rows("SELECT name, as_read FROM edits WHERE article_id = ?", article.id)
        return _with(article, {name: json.loads(read) for name, read in kept})

    def save(self, article: Article, changes: Mapping[str, str | None]) -> None:
        """Adds edits (fact to value, None for unknown) to those of an article, which is given as it was read."""
        with self._database.transaction():
            for name, value in changes.items():
                self._database.rows(
                    """INSERT INTO edits VALUES (?, ?, ?, ?)
                       ON CONFLICT DO UPDATE SET value = excluded.value, as_read = excluded.as_read""",
                    article.id,
                    name,
                    value,
                    _read(article, name),
                )

    def forget(self, article_id: str) -> None:
        self._database.rows("DELETE FROM edits WHERE article_id = ?", article_id)

    def move(self, article_id: str, new_id: str) -> None:
        """Moves the edits of an article to another id; facts that were edited there already stay."""
        self._database.rows("UPDATE OR IGNORE edits SET article_id = ? WHERE article_id = ?", new_id, article_id)


def _read(article: Article, name: str) -> str:
    return json.dumps([getattr(article, name), dict(article.told_by).get(name)], ensure_ascii=False)


def _with(article: Article, facts: Mapping[str, Any]) -> Article:
    """The article with these facts: each a value, and where it comes from."""
    if not facts:
        return article
    told_by = dict(article.told_by) | {name: where for name, (_, where) in facts.items()}
    values = {name: value for name, (value, _) in facts.items()}
    return replace(article, **values, told_by=tuple(sorted((name, where) for name, where in told_by.items() if where)))

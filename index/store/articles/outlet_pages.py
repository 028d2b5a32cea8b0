"""The lines of each outlet's pages, and which outlets have changed since their repeated lines were learned."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Article
from index.store.sqlite.database import Database


@dataclass(frozen=True)
class PageLines:
    """An article's lines as hashes (see index/text/line_hashes.py)."""

    article_id: str
    sha256: str
    lines: Sequence[int]
    repeated: Sequence[int]
    """Hashes of the lines that were known to repeat over the outlet's pages when the article was split."""


class OutletPages:
    """The pages of one library's outlets; those of articles without an outlet are together, under an empty name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def changed(self) -> dict[str, bytes]:
        """The outlets whose pages have changed since they were learned, each with a mark of its last change."""
        return dict(self._database.rows("SELECT outlet, change FROM unlearned ORDER BY outlet"))

    def learned(self, outlet: str, change: bytes) -> None:
        """Notes that an outlet's repeated lines were learned, unless its pages changed after the mark ``change``."""
        self._database.rows("DELETE FROM unlearned WHERE outlet = ? AND change = ?", outlet, change)

    def repeated(self, article: Article) -> tuple[int, ...] | None:
        """Hashes of the lines known to repeat when the article was split; None where the library lacks this text."""
        rows = self._database.rows(
            "SELECT json_extract(facts, '$.repeated') FROM articles WHERE id = ? AND sha256 = ?",
            article.id,
            article.sha256,
        )
        return tuple(json.loads(rows[0][0] or "[]")) if rows else None

    def of(self, outlet: str) -> list[PageLines]:
        """The pages of an outlet by the ids of their articles."""
        rows = self._database.rows(
            """SELECT id, sha256, lines, json_extract(facts, '$.repeated') FROM articles
               WHERE coalesce(outlet, '') = ? ORDER BY id""",
            outlet,
        )
        return [PageLines(key, sha256, _hashes(lines), json.loads(known or "[]")) for key, sha256, lines, known in rows]


def _hashes(lines: object) -> Sequence[int]:
    """The hashes of a page's lines, as they are stored; none where they are damaged."""
    try:
        return array("q", lines if isinstance(lines, bytes) else b"")
    except ValueError:
        return ()

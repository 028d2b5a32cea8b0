"""A filter of articles as a condition of SQL."""

from __future__ import annotations

import json

from index.records import Filter

PASSAGES_OF = "FROM articles a JOIN passages p ON p.article_id = coalesce(a.duplicate_of, a.id)"
"""Every article with the passages of its text, a duplicate with its original's."""


def admitting(only: Filter | None) -> tuple[str, list[str]]:
    """The filter as a condition of SQL on ``articles a``, and the values for its question marks.

    Without a filter the condition admits all articles but duplicates, whose passages are their originals'.
    """
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

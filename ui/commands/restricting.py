"""The options that restrict a command to some articles: by date of publication, outlet and id."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import InputError
from index.records import Filter

if TYPE_CHECKING:
    from index.library import Library

Since = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only articles published then or later: 2018-10-17, 2018-10 or 2018.")
]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Only articles published then or earlier.")]
Outlets = Annotated[
    list[str] | None, typer.Option("--outlet", metavar="NAME", help="Only articles of this outlet; may be repeated.")
]
ArticlesOption = Annotated[
    list[str] | None, typer.Option("--article", metavar="ID", help="Only this article; may be repeated.")
]

_NAMED = 10
"""Outlets named where there is none as was asked for. Round, not fitted."""
_DATE = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?")


def restriction(
    library: Library,
    since: str | None,
    until: str | None,
    outlets: Sequence[str] | None,
    articles: Sequence[str] | None,
) -> Filter | None:
    """The restriction that these options state; None where none of them is given.

    Raises InputError: a date, an outlet or an article is none, or nothing is within all of them.
    """
    only = Filter(
        since and _days(since)[0],
        until and _days(until)[1],
        tuple(spelling for outlet in outlets or () for spelling in _spellings(outlet, library)),
        tuple(library.article(article_id).id for article_id in articles or ()),
    )
    if only == Filter():
        return None
    if not library.admitted(only):
        raise InputError("No article is within all that was asked for; widen the dates, outlets or articles.")
    return only


def _days(stated: str) -> tuple[str, str]:
    """The first and the last day of a day, month or year."""
    found = _DATE.fullmatch(stated.strip())
    try:
        year, month, day = (int(part) if part else None for part in found.groups()) if found else (None, None, None)
        if year is None:
            raise ValueError
        last = day or calendar.monthrange(year, month or 12)[1]
        return date(year, month or 1, day or 1).isoformat(), date(year, month or 12, last).isoformat()
    except (ValueError, calendar.IllegalMonthError) as error:
        raise InputError(f'"{stated}" is no date; give a day, month or year as 2018-10-17, 2018-10 or 2018.') from error


def _spellings(asked: str, library: Library) -> list[str]:
    """How the library's articles spell the outlet."""
    from qa.question.restriction import outlet_key

    outlets = library.outlets()
    found = [outlet for outlet in outlets if outlet_key(outlet) == outlet_key(asked)]
    if not found:
        named = ", ".join(outlets[:_NAMED]) + (f" and {len(outlets) - _NAMED:,} more" if len(outlets) > _NAMED else "")
        known = f"its outlets are {named}" if outlets else "none of its articles names one"
        raise InputError(f'No article of the library is from "{asked}"; {known}.')
    return found

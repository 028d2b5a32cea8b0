"""Resolves incomplete dates of an article ("on Monday", "3 May", "yesterday") to days, by its day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta

from index.language.english import CALENDAR
from index.records import Article
from qa.text.date import Date

Day = tuple[int, int, int]
"""Year, month and day; 0 where it is not said."""

_RELATIVE_DAY = re.compile(rf"\b(?:{'|'.join(CALENDAR.relative)})\b", re.IGNORECASE)
_AHEAD = re.compile(rf"\b(?:{CALENDAR.ahead})\b", re.IGNORECASE)
"""Words of what is still to come: its weekday is the next, not the last."""
_HALF_A_YEAR = 6
"""Months."""


def published_on(article: Article) -> date | None:
    """The day of publication; None where it is not known."""
    try:
        return date.fromisoformat((article.published or "")[:10])
    except ValueError:
        return None


def is_ahead(text: str) -> bool:
    """Returns whether a sentence speaks of the future.

    >>> is_ahead("Sailings will resume on Friday."), is_ahead("Sailings resumed on Friday.")
    (True, False)
    """
    return _AHEAD.search(text) is not None


def day_meant(found: Date, published: date | None, ahead: bool) -> Day | None:
    """Returns the day that a date means in an article published on this day; None where that cannot be told.

    A weekday is the last before publication or, where the sentence is ``ahead``, the next after it; so is a month, or
    a day of the year.

    >>> day_meant(Date(0, 6, "Friday", weekday=4), date(2024, 3, 12), ahead=False)
    (2024, 3, 8)
    """
    if found.year:
        return found.year, found.month or 0, found.day or 0
    if published is None:
        return None
    if found.month:
        return _year_of(found.month, found.day or 0, published, ahead), found.month, found.day or 0
    if found.weekday is None or found.text.endswith("s"):  # "on Mondays"
        return None
    back = (published.weekday() - found.weekday) % 7
    meant = published + timedelta(days=(7 - back) % 7 or 7 if ahead and back else -back)
    return meant.year, meant.month, meant.day


def _year_of(month: int, day: int, published: date, ahead: bool) -> int:
    """Returns the year of a month or day without one: the nearest before publication or, if ``ahead``, after it."""
    this, that = (published.month, published.day if day else 0), (month, day)
    if ahead:
        return published.year + (that < this)
    # "Trains will not run before 2 April" is no more than half a year ahead, whatever its words.
    return published.year - ((month - published.month) > _HALF_A_YEAR) if that > this else published.year


def days_counted(text: str, published: date | None) -> list[Day]:
    """Returns the days that a text names relative to its publication: "yesterday", "tomorrow".

    >>> days_counted("It closed yesterday.", date(2024, 3, 1))
    [(2024, 2, 29)]
    """
    if published is None:
        return []
    days = (
        published + timedelta(days=CALENDAR.relative[found.group().lower()]) for found in _RELATIVE_DAY.finditer(text)
    )
    return [(day.year, day.month, day.day) for day in days]

"""Resolves incomplete dates of an article ("on Monday", "3 May", "yesterday") to days, by its day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from index.language.pack import Language
from index.language.parts.asking import NEVER
from index.records import Article
from qa.text.dates.record import Date
from qa.text.words import ENGLISH

Day = tuple[int, int, int]
"""Year, month and day; month or day is 0 where it is not told."""

_HALF_A_YEAR = 6
"""Months."""


@cache
def _relative_day(spoken: Language) -> re.Pattern[str]:
    words = spoken.calendar.relative if spoken.calendar else ()
    return re.compile(rf"\b(?:{'|'.join(words) or NEVER})\b", re.IGNORECASE)


@cache
def _ahead(spoken: Language) -> re.Pattern[str]:
    """The pattern of words that speak of the future: a weekday beside them is the next one, not the last."""
    return re.compile(rf"\b(?:{spoken.calendar.ahead if spoken.calendar else NEVER})\b", re.IGNORECASE)


def published_on(article: Article) -> date | None:
    """The day of publication; None where it is not known."""
    try:
        return date.fromisoformat((article.published or "")[:10])
    except ValueError:
        return None


def is_ahead(text: str, spoken: Language = ENGLISH) -> bool:
    """Returns whether a sentence in a language speaks of the future, as far as its words for it are known.

    >>> is_ahead("Sailings will resume on Friday."), is_ahead("Sailings resumed on Friday.")
    (True, False)
    """
    return _ahead(spoken).search(text) is not None


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


def days_counted(text: str, published: date | None, spoken: Language = ENGLISH) -> list[Day]:
    """Returns the days that a text in a language names relative to its publication: "yesterday", "tomorrow".

    >>> days_counted("It closed yesterday.", date(2024, 3, 1))
    [(2024, 2, 29)]
    """
    if published is None or spoken.calendar is None:
        return []
    named = (found.group().lower() for found in _relative_day(spoken).finditer(text))
    days = (published + timedelta(days=spoken.calendar.relative[name]) for name in named)
    return [(day.year, day.month, day.day) for day in days]

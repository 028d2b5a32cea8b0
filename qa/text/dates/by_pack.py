"""Reads the dates of a text in a language other than English, by the calendar in its file in ``index/language``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from index.language.pack import Calendar, Language
from qa.text.dates.record import Date
from qa.text.words import flat

_YEAR = r"1\d{3}|20\d\d"


@cache
def _pattern(calendar: Calendar) -> re.Pattern[str]:
    every = [name for forms in calendar.months for name in forms]
    month, long = _any(every), _any(max(forms, key=len) for forms in calendar.months)
    weekday = _any(name for forms in calendar.weekdays for name in forms)
    of = rf"(?:(?:{calendar.between})\s+)?" if calendar.between else ""
    day = r"[0-3]?\d"
    return re.compile(
        rf"""(?<![\d.,])(?P<year1>\d{{4}})-(?P<month1>[01]\d)-(?P<day1>{day})(?!\d)
        | (?<![\d.,/])(?P<day2>{day})(?P<by>[./])\s?(?P<month2>[01]?\d)(?P=by)\s?(?P<year2>{_YEAR})(?!\d)
        | (?<![\d.,])(?P<day3>{day})(?:er|º|°)?\.?\s+{of}(?P<month3>{month})\b\.?(?:,?\s+{of}(?P<year3>{_YEAR})(?!\d))?
        | \b(?P<month4>{month})\b\.?,?\s+{of}(?P<year4>{_YEAR})(?!\d)
        | \b(?P<month5>{long})\b(?!\s*\d)
        | (?<![\d$£€.,/-])(?P<year6>1[1-9]\d\d|20\d\d)(?P<decade6>er)?(?![\d,.]\d|\d|\s?%|[^\W\d_])
        | \b(?P<weekday7>{weekday})\b""",
        re.VERBOSE,
    )


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=lambda name: (-len(name), name)))


@lru_cache(maxsize=4096)
def dates_by(text: str, spoken: Language) -> tuple[Date, ...]:
    """The dates of the text in order, full or partial; none where the language's file has no calendar.

    >>> from index.language.registry import language
    >>> [(d.year, d.month, d.day) for d in dates_by("Am 24. Juli 2019, nicht im März 2018.", language("de"))]
    [(2019, 7, 24), (2018, 3, None)]
    """
    calendar = spoken.calendar
    if calendar is None:
        return ()
    found = []
    for match in _pattern(calendar).finditer(flat(text)):
        got = {name[:-1]: value for name, value in match.groupdict().items() if value and name != "by"}
        month = got.get("month")
        found.append(
            Date(
                match.start(),
                match.end(),
                text[match.start() : match.end()],
                year=int(got["year"]) if "year" in got else None,
                month=None if month is None else int(month) if month.isdigit() else _place(calendar.months, month) + 1,
                day=int(got["day"]) if "day" in got else None,
                weekday=_place(calendar.weekdays, got["weekday"]) if "weekday" in got else None,
                decade="decade" in got,
            )
        )
    return tuple(found)


def _place(names: tuple[frozenset[str], ...], name: str) -> int:
    return next(place for place, forms in enumerate(names) if name in forms)

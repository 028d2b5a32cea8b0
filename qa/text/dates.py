"""Dates in a text, full or partial, as values that compare."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date
from functools import lru_cache

from index.language.english import CALENDAR
from index.language.pack import Language
from qa.text.date import Date
from qa.text.other_dates import dates_by
from qa.text.words import ENGLISH

__all__ = ["Date", "dates", "day_in_words"]

_MONTHS = {name: value for value, forms in enumerate(CALENDAR.months, start=1) for name in sorted(forms)}
_WEEKDAYS = tuple(name for forms in CALENDAR.weekdays for name in forms)
_MONTH = r"(?P<month{0}>" + "|".join(m.capitalize() for m in sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year{0}>1\d{{3}}|20\d\d)(?![\d,]\d|\d)"
_DAY = r"(?P<day{0}>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|,\d|\.\d)"
_DATE = re.compile(
    "|".join(
        (
            r"\b(?P<year1>\d{4})-(?P<month1>[01]\d)-(?P<day1>[0-3]\d)(?=\b|T)",
            rf"\b{_MONTH.format(2)}\s+{_DAY.format(2)}(?:\s*,?\s+{_YEAR.format(2)})?",
            rf"\b{_DAY.format(3)}\s+(?:of\s+)?{_MONTH.format(3)}(?:\s*,?\s+{_YEAR.format(3)})?",
            rf"\b{_MONTH.format(4)}\s*,?\s+(?:of\s+)?{_YEAR.format(4)}",
            rf"\b{_MONTH.format(5)}(?!\s*\d)",
            r"(?:(?<=\b[12]\d{3}[-–/])|(?<![\d$£€.,-]))(?P<year6>1[1-9]\d\d|20\d\d)(?:[-–/](?P<until>\d\d)(?!\d))?(?P<decade>s\b|['’]s\b)?"
            r"(?![\d,.]\d|\d|%|\s?(?:percent|per cent|people|miles|km|million|billion))",
            rf"\b(?P<weekday>{'|'.join(d.capitalize() for d in _WEEKDAYS)})s?\b",
        )
    )
)
_MONTH_CONTEXT = re.compile(rf"\b(?:{CALENDAR.before_months})[\s-]+$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def dates(text: str, spoken: Language = ENGLISH) -> tuple[Date, ...]:
    """The dates of the text in order, full or partial.

    >>> [(d.year, d.month, d.day) for d in dates("On 24 July 2019, not in Aug. 2018.")]
    [(2019, 7, 24), (2018, 8, None)]

    "May" and "March" alone are months only after a word like "in" or "last". In a language of which no calendar is
    known there are none.
    """
    if spoken is not ENGLISH:
        return dates_by(text, spoken)
    found = []
    for match in _DATE.finditer(text):
        got = {name.rstrip("123456"): value for name, value in match.groupdict().items() if value}
        month = got.get("month")
        is_other_word = month is not None and month.lower() in CALENDAR.other_words and len(got) == 1
        if is_other_word and not _MONTH_CONTEXT.search(text[: match.start()]):
            continue
        day = int(got["day"]) if "day" in got else None
        found.append(
            Date(
                match.start(),
                match.end(),
                match.group(),
                year=int(got["year"]) if "year" in got else None,
                month=None if month is None else int(month) if month.isdigit() else _MONTHS[month.lower()],
                day=day,
                weekday=_WEEKDAYS.index(got["weekday"].lower()) if "weekday" in got else None,
                decade="decade" in got,
            )
        )
        if "until" in got:  # "2018-19" holds 2019 as well
            found.append(Date(match.start(), match.end(), match.group(), year=int(got["year"][:2] + got["until"])))
    return tuple(found)


def day_in_words(year: int, month: int, day: int, spoken: Language = ENGLISH) -> str:
    """A day as a reader writes it; a month or day that is 0 is not known.

    >>> day_in_words(2018, 10, 7), day_in_words(2018, 10, 0), day_in_words(2018, 0, 0)
    ('7 October 2018', 'October 2018', '2018')
    >>> from index.language.registry import language
    >>> day_in_words(2018, 10, 7, language("de")), day_in_words(2018, 10, 0, language("es"))
    ('7. Oktober 2018', 'octubre de 2018')
    """
    if not month:
        return str(year)
    if spoken is not ENGLISH:
        from babel.dates import format_date, format_skeleton

        meant = date(year, month, day or 1)
        return format_date(meant, "long", spoken.code) if day else format_skeleton("yMMMM", meant, locale=spoken.code)
    return (f"{day} " if day else "") + f"{month_name[month]} {year}"

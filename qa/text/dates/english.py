"""Dates in an English text, full or partial, as values that compare."""

from __future__ import annotations

import re

from index.language.english.language import CALENDAR
from qa.text.dates.record import Date

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
            rf"(?![\d,.]\d|\d|%|\s?(?:{CALENDAR.after_other_numbers}))",
            rf"\b(?P<weekday>{'|'.join(d.capitalize() for d in _WEEKDAYS)})s?\b",
        )
    )
)
_MONTH_CONTEXT = re.compile(rf"\b(?:{CALENDAR.before_months})[\s-]+$", re.IGNORECASE)


def english_dates(text: str) -> tuple[Date, ...]:
    """The dates of the text in order, full or partial; two for "2018-19", which holds 2019 as well.

    "May" and "March" alone are months only after a word like "in" or "last":

    >>> [date.text for date in english_dates("She may march in May 2019.")]
    ['May 2019']
    """
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
        if "until" in got:
            found.append(Date(match.start(), match.end(), match.group(), year=int(got["year"][:2] + got["until"])))
    return tuple(found)

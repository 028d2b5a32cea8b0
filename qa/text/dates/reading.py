"""Dates in a text, full or partial, as values that compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from index.language.pack import Language
from qa.text.dates.by_pack import dates_by
from qa.text.dates.english import english_dates
from qa.text.dates.record import Date
from qa.text.words import ENGLISH

__all__ = ["Date", "date_in_words", "dates", "day_in_words"]

_GRAMMARS: Mapping[str, Callable[[str], tuple[Date, ...]]] = {ENGLISH.code: english_dates}
"""Functions that read the dates of languages with rules of their own; others are read by their file's calendar."""


@lru_cache(maxsize=4096)
def dates(text: str, spoken: Language = ENGLISH) -> tuple[Date, ...]:
    """The dates of the text in order, full or partial.

    >>> [(d.year, d.month, d.day) for d in dates("On 24 July 2019, not in Aug. 2018.")]
    [(2019, 7, 24), (2018, 8, None)]

    There are none in a language whose file has no calendar.
    """
    grammar = _GRAMMARS.get(spoken.code)
    return grammar(text) if grammar else dates_by(text, spoken)


def day_in_words(year: int, month: int, day: int, spoken: Language = ENGLISH) -> str:
    """A date in words, in a language; a month or day of 0 is left out.

    >>> day_in_words(2018, 10, 7), day_in_words(2018, 10, 0), day_in_words(2018, 0, 0)
    ('7 October 2018', 'October 2018', '2018')
    >>> from index.language.registry import language
    >>> day_in_words(2018, 10, 7, language("de")), day_in_words(2018, 10, 0, language("es"))
    ('7. Oktober 2018', 'octubre de 2018')
    """
    if not month:
        return str(year)
    if spoken.day_form and spoken.calendar:
        name = max(spoken.calendar.months[month - 1], key=len).capitalize()
        return spoken.day_form.format(day=day or "", month=name, year=year).strip()
    from babel.dates import format_date, format_skeleton  # a package that takes its time, and not needed by English

    meant = date(year, month, day or 1)
    return format_date(meant, "long", spoken.code) if day else format_skeleton("yMMMM", meant, locale=spoken.code)


def date_in_words(written: str, spoken: Language = ENGLISH) -> str:
    """An ISO 8601 date in words, in a language; any other text is returned unchanged.

    >>> date_in_words("2018-10-17"), date_in_words("last autumn")
    ('17 October 2018', 'last autumn')
    >>> from index.language.registry import language
    >>> date_in_words("2018-10-17T08:30:00Z", language("fr"))
    '17 octobre 2018'
    """
    try:
        day = date.fromisoformat(written[:10])
    except ValueError:
        return written
    return day_in_words(day.year, day.month, day.day, spoken)

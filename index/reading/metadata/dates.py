"""Full calendar dates in text, in the languages news is mostly written in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale

_LANGUAGES = (
    "en",
    "de",
    "es",
    "fr",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "nb",
    "fi",
    "pl",
    "cs",
    "hu",
    "ro",
    "tr",
    "ru",
    "uk",
    "el",
)
_APART = r"(?<![\d.,:/-])"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})"
_NUMBER = r"(?P<number>\d{1,2})"
_NAME = r"(?P<name>[^\W\d_]{3,})\.?"
_SHAPES = [
    re.compile(shape)
    for shape in (
        rf"{_APART}{_YEAR}(?P<by>[-/.]){_NUMBER}(?P=by){_DAY}(?!\d)",
        rf"{_YEAR}\s?[年년]\s?{_NUMBER}\s?[月월]\s?{_DAY}\s?[日일]",
        rf"{_APART}{_DAY}(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:(?:de|of)\s+)?{_NAME},?[\s-]+(?:(?:de|del)\s+)?{_YEAR}(?!\d)",
        rf"(?<!\w){_NAME}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)",
        rf"{_APART}{_DAY}\.\s?{_NUMBER}\.\s?{_YEAR}(?!\d)",
        rf"{_APART}(?P<day>\d\d)\.(?P<number>\d\d)\.(?P<short>\d\d)(?![\d.,]\d|\d)",
        rf"{_APART}(?P<one>\d{{1,2}})(?P<by>[/-])(?P<other>\d{{1,2}})(?P=by){_YEAR}(?!\d)",
    )
]


@dataclass(frozen=True)
class FullDate:
    """A day, month and year at ``text[start:end]``; ``iso`` is ``YYYY-MM-DD``."""

    start: int
    end: int
    iso: str


def full_dates(text: str) -> list[FullDate]:
    """Every full date in the text, in reading order; a date without its year is none.

    ``17.10.2018`` and ``17.10.18`` are read with the day first. ``10/11/2018`` can be either and is left out.

    >>> [date.iso for date in full_dates("Oct. 17, 2018, 17 de octubre de 2018 and 10/17/2018")]
    ['2018-10-17', '2018-10-17', '2018-10-17']
    """
    found = {date.start: date for date in _candidates(text)}
    return [found[start] for start in sorted(found)]


def _candidates(text: str) -> Iterator[FullDate]:
    for shape in _SHAPES:
        for match in shape.finditer(text):
            parts = match.groupdict()
            if "one" in parts:
                day, month = _day_and_month(int(parts["one"]), int(parts["other"]))
            elif "name" in parts:
                day, month = int(parts["day"]), _months().get(parts["name"].casefold(), 0)
            else:
                day, month = int(parts["day"]), int(parts["number"])
            try:
                date = datetime.date(int(parts.get("year") or f"20{parts['short']}"), month, day)
            except ValueError:
                continue
            yield FullDate(match.start(), match.end(), date.isoformat())


def _day_and_month(one: int, other: int) -> tuple[int, int]:
    """Returns day and month of two numbers in either order; (0, 0) where either may be the day."""
    if one > 12 or one == other:
        return one, other
    return (other, one) if other > 12 else (0, 0)


@cache
def _months() -> dict[str, int]:
    """Month names and abbreviations from Unicode's CLDR, without those that mean different months in two languages."""
    meanings: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for usage in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale.parse(language).months[usage][width].items():
                    meanings.setdefault(name.casefold().rstrip("."), set()).add(number)
    meanings["sept"] = {9}
    return {name: numbers.pop() for name, numbers in meanings.items() if len(numbers) == 1}


@cache
def weekdays() -> frozenset[str]:
    """Names of the days of the week and their abbreviations, case-folded and without their full stops."""
    return frozenset(
        name.casefold().rstrip(".")
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for name in Locale.parse(language).days["format"][width].values()
    )

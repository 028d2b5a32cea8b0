"""Numbers, ages, shares and dates of a sentence as intervals that are compared: "more than 1,000" includes 1,100, 7.8
km are 4.8 miles, July 2019 includes 24 July 2019.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from index.language.pack import Language
from index.language.parts.counts import Counts
from qa.text.dates.reading import Date, dates
from qa.text.numbers.reading import Number, undated_numbers
from qa.text.words import ENGLISH

ABOUT = 0.05
"""How far "about" reaches on either side, as a share of the number. Chosen by eye."""
ABOVE, BELOW = 1.5, 0.75
"""How many times the number "more than" may mean at most, and "nearly" or "up to" at least: beyond that a writer would
have named another round number. Chosen by eye."""
CONVERTED = 0.03
"""Share by which values in different units may differ: 7.8 kilometres are "nearly five miles". Chosen by eye."""
ROUNDED = 0.025
"""Share by which a round number may differ from the exact one: 4,000 and 4,012. Chosen by eye."""

_MEASURES = {
    "inch": ("length", 0.0254),
    "foot": ("length", 0.3048),
    "meter": ("length", 1.0),
    "kilometr": ("length", 1000.0),
    "mile": ("length", 1609.344),
    "acr": ("area", 4046.86),
    "hectar": ("area", 10_000.0),
    "gram": ("mass", 0.001),
    "kilogram": ("mass", 1.0),
    "ton": ("mass", 1000.0),
    "tonn": ("mass", 1000.0),
    "second": ("time", 1 / 86_400),
    "minut": ("time", 1 / 1440),
    "hour": ("time", 1 / 24),
    "day": ("time", 1.0),
    "week": ("time", 7.0),
    "month": ("time", 30.4),
    "year": ("time", 365.25),
    "decad": ("time", 3652.5),
    "centuri": ("time", 36_525.0),
}
"""For each unit what it measures, and its size in meters, square meters, kilograms or days."""

_DASH = re.compile(r"\s*[-–—]\s*[$£€¥₹]?")
"""Stands between the two ends of a range in a language whose file has no words for it."""


@dataclass(frozen=True)
class _Patterns:
    """The compiled patterns of words beside numbers in a language."""

    joining: re.Pattern[str]
    """Stands between the two ends of a range; with group ``also`` it is one only after ``pairing``."""
    opening: re.Pattern[str]
    """Stands before the first of two numbers that are no range."""
    pairing: re.Pattern[str]
    """Stands before the first of two numbers that are a range: "between"."""
    age: re.Pattern[str]
    of_all: re.Pattern[str]
    """Stands between a part and its whole, and includes the whole."""


@cache
def _patterns(known: Counts) -> _Patterns:
    beside = known.beside_age
    return _Patterns(
        re.compile(
            rf"\s*(?:-|–|—|\b(?:{known.to})\b|\b(?P<also>{known.also})\b)\s*(?:(?:{known.limit})\s+|[$£€¥₹]\s*)?"
        ),
        re.compile(rf"\b(?:{known.opening})\s+\S{{0,2}}$"),
        re.compile(rf"\b(?:{known.between})\s+\S{{0,2}}$", re.IGNORECASE),
        re.compile(
            rf"\b(?P<a>\d{{1,3}})[\s-]+(?:{known.age_after})\b|\b(?:{known.age_before})\s+(?P<b>\d{{1,3}})\b"
            rf"|,\s(?P<c>\d{{1,3}}){beside}(?=[,.;)]|$)|\((?P<d>\d{{1,3}}){beside}\)",
            re.IGNORECASE,
        ),
        re.compile(rf"\s+(?:{known.of_all})\d(?:[\d,.]*\d)?", re.IGNORECASE),
    )


@dataclass(frozen=True)
class Value:
    """A value in a sentence, ``sentence[start:end]``, and the interval that it stands for, from ``low`` to ``high``.

    Values with the same ``measure`` are compared: "" for counts, "length" in meters, "mass" in kilograms, "area" in
    square meters, "time" in days, "percent", a currency, "age" in years, "date" in days since the year 1, "day" in
    days of the year.
    """

    start: int
    end: int
    text: str
    low: float
    high: float
    measure: str
    unit: str = ""
    exact: bool = True
    """Whether it was stated without "about" or "more than", and is no range."""
    number: str = ""
    """The number alone, as written."""
    stated: float = 0.0
    """The number's own value, whatever "about" or "more than" allow."""

    def agrees(self, other: Value) -> bool:
        """Returns whether both values may be true of one thing: their intervals overlap, or one is the other rounded.

        >>> some, more, other = counts("some 1,300 or more than 1,000 or 4,000")
        >>> some.agrees(more), more.agrees(other)
        (True, False)
        """
        if self.measure != other.measure:
            return False
        slack = max(self.high, other.high) * (0.0 if self.unit == other.unit else CONVERTED)
        if self.low <= other.high + slack and other.low <= self.high + slack:
            return True
        return self.measure not in ("date", "day", "age", "percent") and (
            _rounds(self.low, other.low) or _rounds(other.low, self.low)
        )

    @property
    def width(self) -> float:
        """The length of the interval, in the unit of its measure."""
        return self.high - self.low


def _rounds(rough: float, fine: float) -> bool:
    """Returns whether ``rough`` is ``fine`` rounded: it ends in zeros where the other does not."""
    for digits in range(1, 7):
        unit = 10.0**digits
        if rough < unit or rough % unit:
            return False
        if round(fine / unit) * unit == rough:
            return abs(rough - fine) <= ROUNDED * rough
    return False


def counts(sentence: str, spoken: Language = ENGLISH) -> tuple[Value, ...]:
    """The numbers of the sentence that count or measure, a range as one value; no dates, ordinals or lone "one".

    ``spoken`` is the language of the sentence.

    >>> [(v.text, v.low, v.high) for v in counts("Between 1,000 and 1,300 people, almost 3 km away, since 1990")]
    [('1,000 and 1,300', 1000.0, 1300.0), ('almost 3 km', 2250.0, 3000.0)]
    """
    found = [n for n in undated_numbers(sentence, spoken) if not n.ordinal and not n.uncertain]
    return tuple(_joined(sentence, found, spoken.counts))


def _joined(sentence: str, found: list[Number], known: Counts | None) -> Iterator[Value]:
    at = 0
    while at < len(found):
        first, at = found[at], at + 1
        value = _value(sentence, first)
        if at < len(found):
            last = found[at]
            if _is_range(sentence, first, last, known) and first.value < last.value and first.unit in ("", last.unit):
                end = _value(sentence, last)
                rate = end.low / last.value if last.value and not last.bound else 1.0
                yield replace(
                    end, start=first.start, text=sentence[first.start : end.end], low=first.value * rate, exact=False
                )
                at += 1
                continue
        yield value


def _is_range(sentence: str, first: Number, last: Number, known: Counts | None) -> bool:
    """Whether two numbers are a range, by the words between and before them."""
    if known is None:
        return _DASH.fullmatch(sentence, first.end, last.start) is not None
    words, before = _patterns(known), sentence[: first.start]
    between = words.joining.fullmatch(sentence, first.end, last.start)
    if between is None or words.opening.search(before):
        return False
    return not between["also"] or words.pairing.search(before) is not None


def _value(sentence: str, number: Number) -> Value:
    measure, rate = _MEASURES.get(number.unit, (number.unit, 1.0))
    middle = number.value * rate
    low = middle * {"about": 1 - ABOUT, "below": BELOW}.get(number.bound, 1.0)
    high = middle * {"about": 1 + ABOUT, "above": ABOVE}.get(number.bound, 1.0)
    start = number.bound_start if number.bound else number.start
    text = sentence[start : number.end].strip()
    return Value(start, number.end, text, low, high, measure, number.unit, not number.bound, number.text, middle)


def ages(sentence: str, spoken: Language = ENGLISH) -> tuple[Value, ...]:
    """The ages in the sentence; each interval has a year more, since another article may be later.

    There are none in a language whose file lacks the words for ages.

    >>> [v.text for v in ages("Montes, a 19-year-old, and Lindqvist, 46, met 12 others.")]
    ['19', '46']
    """
    if spoken.counts is None:
        return ()
    return tuple(
        Value(m.start(g), m.end(g), m[g], float(m[g]), float(m[g]) + 1, "age", stated=float(m[g]))
        for m in _patterns(spoken.counts).age.finditer(sentence)
        if (g := m.lastgroup)
    )


def days(sentence: str, spoken: Language = ENGLISH) -> tuple[Value, ...]:
    """The dates of the sentence that name a year, or a day of the year.

    >>> [(v.text, v.measure, v.width) for v in days("On 24 July 2019, in 2018 or on 2 May, not on Monday.")]
    [('24 July 2019', 'date', 0.0), ('2018', 'date', 364.0), ('2 May', 'day', 0.0)]
    """
    return tuple(value for found in dates(sentence, spoken) if (value := _day(found)) is not None)


def _day(found: Date) -> Value | None:
    if found.year is None and found.month is None:
        return None
    year = found.year or 2000  # a leap year, so that 29 February is a day of it
    try:
        first = date(year, found.month or 1, found.day or 1)
        last = date(
            year + (9 if found.decade else 0),
            found.month or 12,
            found.day or monthrange(year, found.month or 12)[1],
        )
    except ValueError:  # 31 June
        return None
    measure = "date" if found.year is not None else "day"
    return Value(
        found.start,
        found.end,
        found.text,
        float(first.toordinal()),
        float(last.toordinal()),
        measure,
        stated=float(first.toordinal()),
    )


def noun_start(sentence: str, value: Value, spoken: Language = ENGLISH) -> int:
    """Index in the sentence after which the noun that a value counts may follow: its end or, of a part, the whole's.

    >>> sentence = "It won 26 of the 65 seats."
    >>> [sentence[noun_start(sentence, value) :] for value in counts(sentence)]
    [' seats.', ' seats.']
    """
    whole = _patterns(spoken.counts).of_all.match(sentence, value.end) if spoken.counts else None
    return whole.end() if whole else value.end


def without_wholes(sentence: str, values: Sequence[Value], spoken: Language = ENGLISH) -> list[Value]:
    """The values of a sentence without those that are only the whole of which another value is a part.

    >>> sentence = "It won 26 of the 65 seats."
    >>> [value.text for value in without_wholes(sentence, counts(sentence))]
    ['26']
    """
    wholes = {end for value in values if (end := noun_start(sentence, value, spoken)) != value.end}
    return [value for value in values if value.end not in wholes]

"""The dates of a story: every day that an article speaks of, in the order of time, each with its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from index.records import Article, Sentence
from qa.text.dates import Date, dates, day_in_words
from qa.text.prose import prose
from qa.text.words import words

_RELATIVE = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_RELATIVE_DAY = re.compile(rf"\b(?:{'|'.join(_RELATIVE)})\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|shall|is to|are to|due|next|until|from now|plans?|agreed to|expected|scheduled|starts|begins|resumes"
    r"|reopens)\b",
    re.IGNORECASE,
)
"""Words of what is still to come: its weekday is the next, not the last."""


@dataclass(frozen=True)
class Event:
    """A sentence of an article and the day that it speaks of; 0 where it does not say the month or day."""

    year: int
    month: int
    day: int
    sentence: Sentence

    @property
    def iso(self) -> str:
        """The day, as far as it is known: ``2024-03-12``, ``2024-03`` or ``2024``."""
        parts = (f"{self.year:04}", f"{self.month:02}", f"{self.day:02}")
        return "-".join(parts[: 1 + bool(self.month) + bool(self.month and self.day)])

    @property
    def words(self) -> str:
        """The day as a reader writes it.

        >>> Event(2024, 3, 12, Sentence(0, 1, "a")).words, Event(2024, 3, 0, Sentence(0, 1, "a")).words
        ('12 March 2024', 'March 2024')
        """
        return day_in_words(self.year, self.month, self.day)


@lru_cache(maxsize=1024)
def timeline(article: Article) -> tuple[Event, ...]:
    """The days that the article speaks of, earliest first.

    A weekday is the last before publication or, of what is to come, the next after it; without a date of publication
    only what names its year is told.
    """
    published = _published(article)
    found: dict[tuple[int, int, int, int], Event] = {}
    for sentence in prose(article):
        ahead = _AHEAD.search(sentence.text) is not None
        named = [_day(mention, published, ahead) for mention in dates(sentence.text) if not mention.decade]
        named += _relative(sentence.text, published)
        for day in named:
            if day is not None and _is_possible(*day):
                found.setdefault((*day, sentence.start), Event(*day, sentence))
    return tuple(found[key] for key in sorted(found))


def _published(article: Article) -> date | None:
    try:
        return date.fromisoformat((article.published or "")[:10])
    except ValueError:
        return None


def _day(found: Date, published: date | None, ahead: bool) -> tuple[int, int, int] | None:
    """The year, month and day that a mention means; None where nothing tells."""
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
    """The year of a month or day without one: the nearest before publication or, of what is to come, after it."""
    this, that = (published.month, published.day if day else 0), (month, day)
    if ahead:
        return published.year + (that < this)
    # "Trains will not run before 2 April" is no more than half a year ahead, whatever its words.
    return published.year - ((month - published.month) > 6) if that > this else published.year


def _relative(text: str, published: date | None) -> list[tuple[int, int, int] | None]:
    if published is None or not words(text):
        return []
    days = (published + timedelta(days=_RELATIVE[found.group().lower()]) for found in _RELATIVE_DAY.finditer(text))
    return [(day.year, day.month, day.day) for day in days]


def _is_possible(year: int, month: int, day: int) -> bool:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return False
    return True

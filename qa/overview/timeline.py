"""The timeline of an article: every day that it speaks of, earliest first, each with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index.language.detection import rules_for
from index.records import Article, Sentence
from qa.text.dates.meant_days import day_meant, days_counted, is_ahead, published_on
from qa.text.dates.reading import dates, day_in_words
from qa.text.prose import prose
from qa.text.words import ENGLISH


@dataclass(frozen=True)
class Event:
    """A sentence of an article and the day that it speaks of; month or day is 0 where the sentence does not tell it."""

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
        """The day as English writes it; the page translates it.

        >>> Event(2024, 3, 12, Sentence(0, 1, "a")).words, Event(2024, 3, 0, Sentence(0, 1, "a")).words
        ('12 March 2024', 'March 2024')
        """
        return day_in_words(self.year, self.month, self.day, ENGLISH)


@lru_cache(maxsize=1024)
def timeline(article: Article) -> tuple[Event, ...]:
    """The days that the article's sentences speak of, earliest first.

    A weekday means the last one before publication or, in a sentence about the future, the next after it; without a
    date of publication only days with a year are told.
    """
    published, spoken = published_on(article), rules_for(article.text)
    found: dict[tuple[int, int, int, int], Event] = {}
    for sentence in prose(article):
        ahead = is_ahead(sentence.text, spoken)
        named = [day_meant(mention, published, ahead) for mention in dates(sentence.text, spoken) if not mention.decade]
        named += days_counted(sentence.text, published, spoken)
        for day in named:
            if day is not None and _is_possible(*day):
                found.setdefault((*day, sentence.start), Event(*day, sentence))
    return tuple(found[key] for key in sorted(found))


def _is_possible(year: int, month: int, day: int) -> bool:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return False
    return True

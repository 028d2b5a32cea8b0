"""Finds which article of a library a correction is about.

There is a result only where no second article can be meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta

from index.errors import BylineError
from index.language.detection import rules_for
from index.language.pack import Language
from index.library import Library
from index.records import Article, Filter
from qa.corrections.correction import Correction
from qa.question.comparing import spoken_pattern
from qa.text.dates.meant_days import published_on
from qa.text.dates.reading import dates
from qa.text.names import name_keys
from qa.text.words import any_words, content, stems

_FEWEST_OF_A_HEADLINE = 3
"""Words that a headline must have to identify an article where it is given whole. Chosen by eye."""
_FEWEST_OF_A_PART = 5
"""The same where only its first words are given. Both chosen by eye."""
MOST_LOOKED_AT = 40
"""Articles found by the words looked up that are examined, the earliest ones. Chosen by eye."""
_DAYS_BACK = 30
"""Days before a correction within which its story is looked for, where it names no day. Chosen by eye."""
_SHARE = 0.5
"""Share of a correction's telling words that its story must have, where it does not give the headline. Chosen by
eye."""
_FEWEST_SURE = 2
"""Names and numbers that must be among these words. Chosen by eye."""
_RIVAL = 0.75
"""Share of the best story's words from which another story may be meant as well. The three were chosen by eye."""


def meant(correction: Correction, article: Article, library: Library) -> Article | None:
    """The article that ``correction``, which stands in ``article``, is about; None where none or several may be."""
    named = [each for headline in correction.headlines for each in _headed(headline, library)]
    fitting = {each.id: each for each in named if _may_be(each, correction, article)}
    if fitting:
        own = [each for each in fitting.values() if each.outlet == article.outlet]
        left = own or list(fitting.values())
        return left[0] if len(left) == 1 and left[0].id != article.id else None
    if not correction.names_report or any(map(_is_title, correction.headlines)):
        return None
    return _by_story(correction, article, library)


def may_mean(correction: Correction, other: Article, article: Article) -> bool:
    """Whether ``correction``, which stands in ``other``, may be about ``article``, judged by these two alone."""
    if any(_is_headline(headline, article.title) for headline in correction.headlines):
        return True
    days, day, spoken = _days_of_the_story(correction, other), published_on(article), rules_for(other.text)
    if not correction.names_report or other.outlet != article.outlet or not (days and day):
        return False
    telling = _telling(correction.text, spoken)
    return days[0] <= day <= days[1] and _is_sure(_shared(telling, correction, article, spoken), telling)


def _headed(headline: str, library: Library) -> Iterator[Article]:
    """Yields the articles with this headline; one of the two may be only the first words of the other."""
    if len(any_words(headline)) >= _FEWEST_OF_A_HEADLINE:
        found = library.articles_with([opening(headline)], Filter(), MOST_LOOKED_AT, in_headline=True)
        for article in articles_of(found, library):
            if _is_headline(headline, article.title):
                yield article


def opening(headline: str) -> str:
    """The first words of a headline, by which it is looked up.

    >>> opening("“Ferry with 214 aboard runs aground off Skarn Head”")
    'Ferry with 214 aboard runs'
    """
    every = any_words(headline)[:_FEWEST_OF_A_PART]
    return headline[every[0].start : every[-1].end] if every else ""


def _is_headline(given: str, title: str) -> bool:
    """Whether a headline is given whole or by its first words.

    >>> _is_headline("Bridge shut for a year", "Bridge shut for a year; mayor resigns")
    True
    """
    one, other = ([word.key for word in any_words(text)] for text in (given, title))
    shared = min(len(one), len(other))
    fewest = _FEWEST_OF_A_HEADLINE if len(one) == len(other) else _FEWEST_OF_A_PART
    return shared >= fewest and one[:shared] == other[:shared]


def _is_title(quoted: str) -> bool:
    """Whether quoted words look like a headline: several words, the first with a capital letter or a digit."""
    return len(any_words(quoted)) >= _FEWEST_OF_A_HEADLINE and not quoted[:1].islower()


def _may_be(other: Article, correction: Correction, article: Article) -> bool:
    """Whether ``article``, whose headline the correction in ``other`` names, can be the one that it is about.

    It must have appeared before, on the named day or a day beside it (print and web differ); one of another outlet
    counts only where a report and its day are named.
    """
    day, corrected_on = published_on(other), published_on(article)
    if day and corrected_on and day > corrected_on:
        return False
    is_of_the_day = bool(day and correction.day and abs((day - correction.day).days) <= 1)
    if other.outlet != article.outlet:
        return is_of_the_day and correction.names_report
    return is_of_the_day or day is None or correction.day is None


def _by_story(correction: Correction, article: Article, library: Library) -> Article | None:
    """The only article of the outlet, of the named day or the weeks before, that tells the correction's story."""
    days = _days_of_the_story(correction, article)
    if not article.outlet or days is None:
        return None
    spoken = rules_for(article.text)
    telling = _telling(correction.text, spoken)
    only = Filter(days[0].isoformat(), days[1].isoformat(), (article.outlet,))
    found = library.words([word for word, _ in telling.values()], MOST_LOOKED_AT, only)
    others = list(articles_of(dict.fromkeys(passage.article_id for passage in found), library))
    shared = {each.id: _shared(telling, correction, each, spoken) for each in others}
    ranked = sorted(others, key=lambda each: len(shared[each.id]), reverse=True)
    if not ranked or ranked[0].id == article.id or not _is_sure(shared[ranked[0].id], telling):
        return None
    is_rival = len(ranked) > 1 and len(shared[ranked[1].id]) >= _RIVAL * len(shared[ranked[0].id])
    return None if is_rival else ranked[0]


def _days_of_the_story(correction: Correction, article: Article) -> tuple[date, date] | None:
    """The first and last day on which the story of a correction in this article may have appeared."""
    last = correction.day or published_on(article)
    return (last - timedelta(days=1 if correction.day else _DAYS_BACK), last) if last else None


_Telling = Mapping[str, tuple[str, bool]]
"""Telling words by their stems: the word, and whether it is part of a name."""


def _shared(telling: _Telling, correction: Correction, other: Article, spoken: Language) -> set[str]:
    """The stems of a correction that ``other`` has as well, outside the correction itself if that stands in it."""
    return telling.keys() & stems(f"{other.title}\n{other.text.replace(correction.text, '')}", spoken)


def _is_sure(shared: set[str], telling: _Telling) -> bool:
    """Whether enough words are shared, with names and numbers among them, for it to be the correction's story."""
    sure = [stem for stem in shared if telling[stem][1] or telling[stem][0][0].isdigit()]
    is_named = any(telling[stem][1] for stem in shared)
    return len(shared) >= _SHARE * len(telling) and len(sure) >= _FEWEST_SURE and is_named


def _telling(text: str, spoken: Language) -> _Telling:
    """The words that tell what a correction is about.

    Words for the report, its day and the error are left out.
    """
    known = spoken.corrections
    assert known is not None
    out = [(found.start, found.end) for found in dates(text, spoken)]
    for form in (known.headings, known.earlier, known.ours, known.wrong):
        out += [found.span() for found in spoken_pattern(rf"\b(?:{form})\b").finditer(text)]
    named = name_keys(text, spoken)
    return {
        word.stem: (word.text, word.key in named)
        for word in content(text, spoken)
        if not any(start <= word.start < end for start, end in out)
    }


def articles_of(ids: Iterable[str], library: Library) -> Iterator[Article]:
    """Yields the articles with these ids; those that are damaged or were removed meanwhile are passed over."""
    for each in ids:
        with suppress(BylineError):
            yield library.article(each)

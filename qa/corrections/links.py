"""Which articles of a library correct which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from index.language.detection import rules_for
from index.language.pack import plain
from index.language.registry import packs
from index.library import Library
from index.records import Article, Filter
from qa.corrections.correction import Correction, corrections
from qa.corrections.meant import MOST_LOOKED_AT, articles_of, may_mean, meant, opening
from qa.text.dates.meant_days import published_on

_DAYS_ON = 60
"""Days after an article within which its corrections are looked for: most are printed within a week. By eye."""

_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Corrected:
    """The articles that an article corrects, and those that correct it."""

    corrects: tuple[Article, ...] = ()
    corrected_by: tuple[Article, ...] = ()

    def to_json(self) -> dict[str, list[str]]:
        """The ids of the articles under ``corrects`` and ``corrected_by``, as ``byline list --json`` prints them."""
        return {
            "corrects": [each.id for each in self.corrects],
            "corrected_by": [each.id for each in self.corrected_by],
        }


def corrected(article: Article, library: Library) -> Corrected:
    """The articles that this one corrects, and those that correct it, in the order of their days."""
    return Corrected(tuple(corrects(article, library)), tuple(corrected_by(article, library)))


def all_corrected(library: Library) -> dict[str, Corrected]:
    """By id, each article that corrects others or is corrected, with those.

    Only articles that hold words of correction are read.
    """
    by, of = dict[str, list[Article]](), dict[str, list[Article]]()
    for one in articles_of(library.articles_with(_phrases(library), Filter(), -1), library):
        for other in corrects(one, library):
            of.setdefault(one.id, []).append(other)
            by.setdefault(other.id, []).append(one)
    return {
        each: Corrected(tuple(of.get(each, ())), tuple(_in_order(by.get(each, ())))) for each in of.keys() | by.keys()
    }


def corrects(article: Article, library: Library) -> list[Article]:
    """The articles of the library that this one corrects."""
    return _in_order(other for _, other in corrections_by(article, library))


def corrections_by(article: Article, library: Library) -> Iterator[tuple[Correction, Article]]:
    """Yields the article's corrections of others in the library, each with the corrected article."""
    for each in corrections(article):
        if other := meant(each, article, library):
            yield each, other


def corrected_by(article: Article, library: Library) -> list[Article]:
    """The articles of the library that correct this one."""
    return _in_order(other for other, _ in corrections_to(article, library))


def corrections_to(article: Article, library: Library) -> Iterator[tuple[Article, Correction]]:
    """Yields the articles of the library that correct this one, each with its correction."""
    ids = set(library.articles_with([opening(article.title)], Filter(), MOST_LOOKED_AT))
    day = published_on(article)
    if article.outlet and day:
        until = day + timedelta(days=_DAYS_ON)
        later = Filter(day.isoformat(), until.isoformat(), (article.outlet,))
        ids |= set(library.articles_with(_phrases(library), later, MOST_LOOKED_AT, _capital(article)))
    for other in articles_of(sorted(ids - {article.id}), library):
        for each in corrections(other):
            if may_mean(each, other, article):
                corrected_one = meant(each, other, library)
                if corrected_one and corrected_one.sha256 == article.sha256:
                    yield other, each


def _capital(article: Article) -> list[str]:
    """The words of an article with a capital letter: a correction of it has one of its names."""
    stop_words = rules_for(article.text).stop_words
    every = dict.fromkeys(_LETTERS.findall(f"{article.title} {article.text}"))
    return [word for word in every if word[0].isupper() and plain(word) not in stop_words]


def _phrases(library: Library) -> list[str]:
    """The words and phrases by which corrections are looked up, in the library's languages."""
    known = [spoken.corrections for spoken in packs().values() if library.speaks(spoken.code)]
    return [phrase for each in known if each for phrase in each.looked_up]


def _in_order(articles: Iterable[Article]) -> list[Article]:
    """The articles sorted by publication, each once."""
    once = {each.id: each for each in articles}
    return sorted(once.values(), key=lambda each: (each.published or "", each.id))

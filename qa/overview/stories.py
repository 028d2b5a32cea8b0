"""Groups articles by story: by the rare words and names that their headlines and first sentences share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.language.detection import rules_for
from index.records import Article
from qa.text.dates.meant_days import published_on
from qa.text.names import name_keys
from qa.text.prose import prose
from qa.text.words import content

_LEAD = 700
"""Characters at an article's beginning by which stories are compared. Chosen by eye."""
_ONE_STORY_FROM = 0.16
"""Cosine of two articles' words, weighted by rarity, from which they tell one story. In three collections of 12, 14 and
16 articles, pairs of one story had .18 or more, all others but two at most .11."""
_NAMED = 2.0
"""Weight of a word of a name, beside 1 for another word: the same flood elsewhere is another flood. Chosen by eye."""
_DAYS = 60
"""Most days between two articles of one story: what comes later has another occasion. Chosen by eye."""


@dataclass(frozen=True)
class _Vector:
    """An article as a vector of its telling words, weighted by rarity, with that vector's length."""

    article: Article
    named: frozenset[str]
    weights: dict[str, float]
    length: float


def stories(articles: Sequence[Article], rarity: Callable[[str], float]) -> list[list[Article]]:
    """The articles grouped by story: that with most articles first, then the newest; in each, newest article first.

    ``rarity`` returns a word's weight (see Library.rarity).
    """
    known: dict[str, float] = {}
    vectors = [_vector(article, rarity, known) for article in articles]
    groups: list[list[_Vector]] = []
    for one in vectors:
        near = [group for group in groups if any(_is_same(one, other) for other in group)]
        groups = [group for group in groups if group not in near] + [[*(t for group in near for t in group), one]]
    ordered = [sorted((t.article for t in group), key=_date, reverse=True) for group in groups]
    return sorted(ordered, key=lambda group: (len(_sources(group)), len(group), _date(group[0])), reverse=True)


def _vector(article: Article, rarity: Callable[[str], float], known: dict[str, float]) -> _Vector:
    spoken, lead = rules_for(article.text), ""
    for sentence in prose(article):
        lead += f"{sentence.text} "
        if len(lead) >= _LEAD:
            break
    # "The Rovers" and "Yes" of a ballot share no name with another story.
    named = name_keys(lead, spoken) - spoken.stop_words
    weights: dict[str, float] = {}
    for word in content(f"{article.title}\n{lead}", spoken):
        if word.key not in known:
            known[word.key] = rarity(word.text)
        weights[word.stem] = known[word.key] * (_NAMED if word.key in named else 1.0)
    return _Vector(article, named, weights, sum(weight**2 for weight in weights.values()) ** 0.5 or 1.0)


def _is_same(one: _Vector, other: _Vector) -> bool:
    day, another = published_on(one.article), published_on(other.article)
    if day and another and abs((day - another).days) > _DAYS:
        return False
    if not one.named & other.named:
        return False
    shared = one.weights.keys() & other.weights.keys()
    product = sum(one.weights[stem] * other.weights[stem] for stem in shared)
    return product / (one.length * other.length) >= _ONE_STORY_FROM


def _date(article: Article) -> tuple[str, str]:
    return article.published or "", article.id


def _sources(group: Sequence[Article]) -> set[str]:
    return {article.outlet or article.id for article in group}

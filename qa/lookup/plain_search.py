"""Plain search: the passages that hold given words, best first, without any model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from index.errors import BylineError
from index.library import Library
from index.records import Article, Filter, Passage
from index.search import query_words
from qa.text.forms import holds

MOST_HITS = 50
"""Passages shown. Round, not fitted."""
_LOOKED_AT = 200
"""Passages taken from the keyword index, which are then sorted by how many of the words they hold. Round, not
fitted."""
_LONGEST = 300
"""Characters of a query that are used. Round, not fitted."""
_PHRASE = re.compile(r"[“\"„«]([^“”\"„«»]+)[”\"“»]")


def words_sought(query: str) -> list[str]:
    """The words of a query, lower-cased, without quotation marks.

    >>> words_sought("“Port Alba” storm")
    ['port', 'alba', 'storm']
    """
    return query_words(query[:_LONGEST])


def passages_with(query: str, library: Library, only: Filter | None = None) -> tuple[list[Passage], dict[str, Article]]:
    """The passages that hold words of a query, those with more of them first, and their articles by id.

    Words in quotation marks must stand in the passage as typed, in whatever case. ``only`` restricts the search to some
    articles; damaged articles are passed over.
    """
    terms = words_sought(query)
    found = library.words(terms, _LOOKED_AT, only)
    articles: dict[str, Article] = {}
    for article_id in {passage.article_id for passage in found}:
        with suppress(BylineError):
            articles[article_id] = library.article(article_id)
    phrases = [_even(phrase) for phrase in _PHRASE.findall(query[:_LONGEST])]
    kept = [
        passage
        for passage in found
        if passage.article_id in articles and all(phrase in _even(passage.text) for phrase in phrases)
    ]
    kept.sort(key=lambda passage: -_terms_in(passage, articles[passage.article_id], terms))
    return kept, articles


def _terms_in(passage: Passage, article: Article, terms: Sequence[str]) -> int:
    return holds(f"{article.title} {passage.text}", terms)


def _even(text: str) -> str:
    return " ".join(text.casefold().split())

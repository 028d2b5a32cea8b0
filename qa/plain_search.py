"""Plain search: passages that hold some words, best first; no model is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from index.errors import BylineError
from index.library import Library
from index.records import Article, Filter, Passage
from index.search import query_words
from qa.text.forms import holds

MOST = 50
"""Passages shown."""
_LOOKED_AT = 200
"""Passages looked at, among which those that hold more of the words go first."""
_LONGEST = 300
"""Characters of what is searched for."""
_PHRASE = re.compile(r"[“\"„«]([^“”\"„«»]+)[”\"“»]")


def searched_words(asked: str) -> list[str]:
    """The words that are searched for.

    >>> searched_words("“Port Alba” storm")
    ['port', 'alba', 'storm']
    """
    return query_words(asked[:_LONGEST])


def passages_with(asked: str, library: Library, only: Filter | None = None) -> tuple[list[Passage], dict[str, Article]]:
    """The passages that hold the words, those with more of them first, and their articles.

    Words in quotation marks must stand there as they were typed, whatever their case. ``only`` restricts the search to
    some articles; of articles that are damaged nothing is found.
    """
    terms = searched_words(asked)
    found = library.words(terms, _LOOKED_AT, only)
    articles: dict[str, Article] = {}
    for article_id in {passage.article_id for passage in found}:
        with suppress(BylineError):
            articles[article_id] = library.article(article_id)
    phrases = [_even(phrase) for phrase in _PHRASE.findall(asked[:_LONGEST])]
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

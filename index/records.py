"""The records of the index: articles and their parts, what a search is restricted to, and what it finds.

Offsets are Python string indices into ``Article.text``; every end is exclusive.
"""

from __future__ import annotations

import bisect
import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args


@dataclass(frozen=True)
class Article:
    """One article as it was read; ``text`` is never altered afterwards."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    """Date of publication, ISO 8601 (``2018-10-17``), where the file states one."""
    url: str | None
    text: str
    author: str | None = None
    updated: str | None = None
    """Date of the last change, ISO 8601, where the file states one and it is another than ``published``."""
    pages: tuple[int, ...] = ()
    """Where in the text each page begins, rising; empty where the file has no pages."""
    language: str | None = None
    """Its code (``de``, ``pt-BR``), where it is known."""
    told_by: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """Where each fact comes from, by its name: ``(("published", "JSON-LD"), ("title", "edited"))``."""
    repeated: tuple[int, ...] = field(default=(), compare=False)
    """Hashes of its lines that repeat over its outlet's pages, rising (see index/text/repetition.py)."""

    def page_at(self, offset: int) -> int | None:
        """The number of the page, from 1, on which this place of the text stands; None where there are no pages.

        >>> Article("a", "Rain", None, None, None, "Rain.\\n\\nSun.", pages=(0, 7)).page_at(8)
        2
        """
        return max(bisect.bisect_right(self.pages, offset), 1) if self.pages else None

    def pages_of(self, start: int, end: int) -> tuple[int, ...]:
        """The numbers of the first and the last page, from 1, of ``text[start:end]``; empty where there are no pages.

        >>> Article("a", "Rain", None, None, None, "Rain.\\n\\nSun.", pages=(0, 7)).pages_of(0, 11)
        (1, 2)
        """
        first, last = self.page_at(start), self.page_at(max(start, end - 1))
        return () if first is None or last is None else (first, last)

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the text in UTF-8: tells whether an article has changed since it was cited."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Listing:
    """What the table of the library shows of an article; its text is not read for it."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    added: str
    """When it was added or last changed, UTC (``2018-10-17 09:30:00``)."""
    passages: int
    duplicate_of: str | None
    """Id of the article with the very same text, which is searched in its stead."""


@dataclass(frozen=True)
class Filter:
    """The articles a question is asked of; whatever is left empty restricts nothing."""

    since: str | None = None
    """First day of publication, ISO 8601 (``2018-10-17``); articles without a date are left out."""
    until: str | None = None
    """Last day of publication."""
    outlets: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    """Ids."""


Order = Literal["published", "title", "outlet", "added", "passages"]
ORDERS: tuple[Order, ...] = get_args(Order)
"""What a list of articles can be sorted by."""


@dataclass(frozen=True)
class Wanted:
    """Which articles a list shows, sorted by ``column``, from high to low where ``is_down``."""

    words: tuple[str, ...] = ()
    """All of these stand in the headline, the outlet or the id."""
    only: Filter = Filter()
    column: Order = "published"
    is_down: bool = True
    ahead: tuple[str, ...] = ()
    """Ids of articles that come before all others."""
    originals: bool = False
    """Whether only articles are listed that are no duplicates of others."""


@dataclass(frozen=True)
class ListingPage:
    """Some of the articles that a list shows."""

    listings: tuple[Listing, ...]
    fitting: int
    """The number of articles that are wanted, on all pages."""
    articles: int
    """The number of articles in the library."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article: ``article.text[start:end] == text``, always."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Passage:
    """A run of whole sentences of one article, short enough for the embedder: ``article.text[start:end] == text``."""

    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class SentenceHit:
    """A sentence of a found passage and its cosine similarity with the question."""

    sentence: Sentence
    cosine: float


@dataclass(frozen=True)
class Hit:
    """A found passage; the scores belong to the finding, not to the passage."""

    passage: Passage
    score: float
    """Fused rank score between 0 and 1; comparable within one search only."""
    cosine: float
    """Cosine similarity of the passage with the question, comparable across searches."""
    bm25: float
    """BM25 of the passage for the question's words, 0 where none occurs."""
    sentences: tuple[SentenceHit, ...]
    """All sentences of the passage in reading order."""

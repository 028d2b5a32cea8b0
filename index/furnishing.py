"""Learns, while articles are added, which lines repeat over an outlet's pages; these are kept out of passages.

Which lines those are depends on the articles in the library alone, not on the order in which they came: after articles
were added, those of the same outlets that were split while fewer or other repeated lines were known are split anew.
What removing articles changes is learned with the next adding.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from index.errors import FailedError
from index.records import Article, Passage
from index.search import SearchIndex
from index.store.articles.articles import Articles
from index.store.articles.outlet_pages import OutletPages, PageLines
from index.store.passages.passages import Passages
from index.store.sqlite.database import Database

_TOGETHER = 32
"""Articles that are split anew and embedded in one batch. Round, not fitted."""


class Furnishing:
    """Knows the lines that repeat over the pages of each outlet of one library."""

    def __init__(self, database: Database, search: SearchIndex, split: Callable[[Article], Sequence[Passage]]) -> None:
        self._database = database
        self._articles = Articles(database)
        self._passages = Passages(database)
        self._search = search
        self._split = split
        self._pages = OutletPages(database)
        self._known: dict[str, frozenset[int]] = {}
        """Lines by outlet."""

    def with_repeated(self, article: Article) -> Article:
        """The article with ``repeated`` set: hashes of its lines that are known to repeat over its outlet's pages.

        An article that the library already has with this very text keeps the hashes that it was split with.
        """
        from index.text.line_hashes import line_hash, line_hashes

        if (as_split := self._pages.repeated(article)) is not None:
            return replace(article, repeated=as_split)
        outlet = article.outlet or ""
        if outlet not in self._known:
            self._known[outlet] = frozenset(itertools.chain(*(page.repeated for page in self._pages.of(outlet))))
        repeated = self._known[outlet].intersection(line_hashes(article.text)) - {line_hash(article.title)}
        return replace(article, repeated=tuple(sorted(repeated)))

    def learn(self, stop: threading.Event) -> None:
        """Learns the repeated lines of outlets whose pages have changed, and splits articles anew where theirs changed.

        Setting ``stop`` ends it between articles; a later call goes on from there.
        """
        for outlet, change in self._pages.changed().items():
            pages = self._pages.of(outlet)
            self._known[outlet] = self._repeated(pages)
            articles = self._outdated(pages, self._known[outlet])
            while some := list(itertools.islice(articles, _TOGETHER)):
                if stop.is_set():
                    return
                self._split_anew(some)
            self._pages.learned(outlet, change)

    def _repeated(self, pages: Iterable[PageLines]) -> frozenset[int]:
        from index.text.repetition import repeated_lines

        by_text = {page.sha256: page for page in pages}
        lines = {page.article_id: page.lines for page in by_text.values()}
        return frozenset(repeated_lines(lines, self._text))

    def _text(self, article_id: str) -> str:
        """The text of an article; empty where it is damaged, which is reported when the article itself is read."""
        try:
            article = self._articles.get(article_id)
        except FailedError:
            return ""
        return article.text if article else ""

    def _outdated(self, pages: Iterable[PageLines], known: frozenset[int]) -> Iterator[Article]:
        from index.text.line_hashes import line_hash

        for page in pages:
            repeated = known.intersection(page.lines)
            if repeated == set(page.repeated):
                continue
            try:
                article = self._articles.get(page.article_id)
            except FailedError:
                continue
            if article is not None:
                own = tuple(sorted(repeated - {line_hash(article.title)}))
                if own != article.repeated:
                    yield replace(article, repeated=own)

    def _split_anew(self, articles: Sequence[Article]) -> None:
        splits = [(article, self._split(article)) for article in articles]
        other = [
            (article, passages)
            for article, passages in splits
            if passages != self._passages.of(article.id) and self._articles.is_original(article.id)
        ]
        prepared = {article.id: new for (article, _), new in zip(other, self._search.prepare(other), strict=True)}
        with self._database.transaction():
            for article, _ in splits:
                if self._articles.is_as_stored(article):  # no other program has changed it meanwhile
                    self._articles.put_repeated(article)
                    if article.id in prepared:
                        self._passages.put(article, prepared[article.id])

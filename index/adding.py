"""Adding articles to a library: files are read, split into passages, embedded in batches, and stored."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from index.furnishing import Furnishing
from index.library_settings import LibrarySettings
from index.records import Article, Passage
from index.search import SearchIndex
from index.store.articles.articles import Articles
from index.store.articles.edits import Edits
from index.store.articles.origins import Origins
from index.store.passages.passages import NewPassage, Passages
from index.store.sqlite.database import Database

if TYPE_CHECKING:
    from index.reading.files import Source, Unread

_FIRST_LEARNED = 8
"""Articles after which it is first learned what repeats on their pages. Chosen by eye."""
_FIRST_TOGETHER, _TOGETHER = 8, 256
"""Passages embedded in one batch, at first and at most: each batch is twice as large as the last, so that the first
passages are soon in the library. The second also bounds the steps of a batch. Calling it off loses a second or two.
Chosen by eye."""

_TICK_NS = 20_000_000
"""Nanoseconds within which two changes of a file may have the same time: the clock that a kernel takes it from ticks
100 to 1,000 times a second."""

Status = Literal["added", "updated", "unchanged", "duplicate", "skipped", "moved", "removed"]


@dataclass(frozen=True)
class AddResult:
    """What became of one article that was to be added; ``reason`` is given where it was skipped or is a duplicate."""

    id: str
    status: Status
    reason: str = ""
    passages: int = 0
    """The number of passages it was split into, where it was added or updated."""
    original: str = ""
    """Id of the article with the same text, where it is a duplicate."""

    @property
    def shown_id(self) -> str:
        """The id to show before the reason; empty where the reason begins with the address that the id is made of.

        >>> AddResult("a.example/x", "skipped", "https://a.example/x answers 404 Not Found; check it.").shown_id
        ''
        """
        address = self.reason.partition(" ")[0]
        return "" if "://" in address and self.id in address else self.id


@dataclass(frozen=True)
class _Split:
    """An article to store and its passages to embed: none where another article has the very same text."""

    article: Article
    passages: Sequence[Passage]


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class _Step:
    """A step of adding: a result to yield, an article to store, or neither; ``note`` is called once that is done."""

    what: AddResult | _Split | None
    note: Callable[[], None] = _nothing


class Adding:
    """Adds articles to one library."""

    def __init__(
        self, database: Database, search: SearchIndex, settings: LibrarySettings, edits: Edits, origins: Origins
    ) -> None:
        self._database = database
        self._articles = Articles(database)
        self._stored = Passages(database)
        self._search = search
        self._settings = settings
        self._edits = edits
        self._origins = origins
        self._furnishing = Furnishing(database, search, self._passages)
        self._under_way: set[object] = set()

    @property
    def is_under_way(self) -> bool:
        """Whether articles are being added at this moment."""
        return bool(self._under_way)

    def add(self, sources: Sequence[Source], stop: threading.Event | None = None) -> Iterator[AddResult]:
        """Reads, splits and embeds the sources, and yields what became of each file, as ``Library.add`` does."""
        stop = stop or threading.Event()
        yield from self._taken(self._steps_of(sources, stop), stop)

    def add_read(self, items: Iterable[Article | Unread], origin: str = "") -> Iterator[AddResult]:
        """Adds articles that were read already, and yields what became of each, as ``Library.add_read`` does."""
        yield from self._taken((self._step(item, origin) for item in items), threading.Event())

    def put(self, articles: Iterable[Article]) -> Iterator[AddResult]:
        """Stores articles as given: without a person's edits, and without learning which of their lines repeat."""
        yield from self._done((_Step(self._to_do(article)) for article in articles), threading.Event())

    def _taken(self, steps: Iterable[_Step], stop: threading.Event) -> Iterator[AddResult]:
        self._settings.settle()
        self._mend()
        this = object()
        self._under_way.add(this)
        try:
            yield from self._learning(self._done(steps, stop), stop)
        finally:
            self._under_way.discard(this)
            self._origins.flush()
            self._search.flush()

    def _learning(self, outcomes: Iterable[AddResult], stop: threading.Event) -> Iterator[AddResult]:
        """Yields the outcomes; whenever their number has doubled, and at the end, learns which lines repeat."""
        for number, outcome in enumerate(outcomes, start=1):
            yield outcome
            if number >= _FIRST_LEARNED and number.bit_count() == 1:
                self._furnishing.learn(stop)
        if not stop.is_set():
            self._furnishing.learn(stop)

    def _steps_of(self, sources: Sequence[Source], stop: threading.Event) -> Iterator[_Step]:
        from index.reading.files import read_each

        for source in sources:
            if stop.is_set():
                return
            stamp = source.stamp()
            if stamp:
                _let_pass(stamp[1])
            for item in read_each(source):
                yield self._step(item, source.origin)
            if stamp:
                yield _Step(None, partial(self._origins.note_file, source.origin, source.folder, stamp))

    def _step(self, item: Article | Unread, origin: str) -> _Step:
        """The step for one article that was read, with a person's edits applied, or for one that could not be read."""
        if not isinstance(item, Article):
            return _Step(AddResult(item.id, "skipped", item.reason))
        item = self._furnishing.with_repeated(_with_language(item))

        def note() -> None:
            self._edits.note(item)
            self._origins.note(item.id, origin)

        return _Step(self._to_do(self._edits.applied(item)), note)

    def _to_do(self, article: Article) -> AddResult | _Split:
        article = _with_language(article)
        # An older program noted no language; of English articles nothing else is kept for it.
        without = replace(article, language=None) if article.language == "en" else article
        is_as_stored = self._articles.is_as_stored(article) or self._articles.is_as_stored(without)
        if is_as_stored:
            stored = self._articles.get(article.id)
            if stored and (stored.told_by, stored.repeated) == (article.told_by, article.repeated):
                return AddResult(article.id, "unchanged")
        if self._articles.put_facts(article):
            return AddResult(article.id, "unchanged" if is_as_stored else "updated")
        return _Split(article, [] if self._articles.original_of(article) is not None else self._passages(article))

    def _done(self, steps: Iterable[_Step], stop: threading.Event) -> Iterator[AddResult]:
        """Takes the steps in batches whose passages are embedded together; yields the result of each in their order.

        A batch is also stored in one transaction: a change of the database costs some tens of pages, however small.
        """
        for batch in _batches(steps):
            splits = [(step.what.article, step.what.passages) for step in batch if isinstance(step.what, _Split)]
            prepared = iter(self._search.prepare(splits))
            if stop.is_set():
                return
            with self._database.transaction():
                outcomes = [
                    self._put(step.what.article, next(prepared)) if isinstance(step.what, _Split) else step.what
                    for step in batch
                ]
            for step, outcome in zip(batch, outcomes, strict=True):
                step.note()
                if outcome is not None:
                    yield outcome
            if stop.is_set():
                return

    def _put(self, article: Article, prepared: Sequence[NewPassage]) -> AddResult:
        with self._database.transaction():
            # Meanwhile another program, or an article before it, may have added the same text.
            if (duplicate := self._as_duplicate(article)) is not None:
                return duplicate
            if prepared or not self._passages(article):
                known = self._leave_text(article)
                self._search.upsert(article, prepared)
                return AddResult(article.id, "updated" if known else "added", passages=len(prepared))
        # Meanwhile the article of the same text has another.
        (prepared,) = self._search.prepare([(article, self._passages(article))])
        return self._put(article, prepared)

    def _passages(self, article: Article) -> list[Passage]:
        from index.text.splitting import split

        return split(article, self._settings.embedder.count_tokens)

    def _as_duplicate(self, article: Article) -> AddResult | None:
        """Stores the article without passages where another has the very same text; None where none has."""
        with self._database.transaction():
            original = self._articles.original_of(article)
            if original is None:
                return None
            self._leave_text(article)
            self._search.delete(article.id)
            self._articles.put(article, duplicate_of=original)
        return AddResult(article.id, "duplicate", f"same text as {original}", original=original)

    def _leave_text(self, article: Article) -> bool:
        """Whether the library has the article; where its text has changed, a duplicate takes over the old passages."""
        stored = self._articles.text_hash(article.id)
        if stored is not None and stored != article.sha256:
            self._stored.hand_over(article.id)
        return stored is not None

    def _mend(self) -> None:
        """Makes the missing passages of articles that should have some: an older program could lose them."""
        for article in map(self._articles.get, self._articles.without_passages()):
            if article is None:  # removed meanwhile
                continue
            (prepared,) = self._search.prepare([(article, self._passages(article))])
            with self._database.transaction():
                if prepared and self._articles.is_as_stored(article) and not self._as_duplicate(article):
                    self._search.upsert(article, prepared)


def _let_pass(changed: int) -> None:
    """Waits until a file that changed at ``changed`` (ns since 1970) would get another time if it changed again.

    So a change after it was read is noticed even where its size stays the same.
    """
    left = changed + _TICK_NS - time.time_ns()
    if 0 < left <= _TICK_NS:
        time.sleep(left / 1e9)


def _with_language(article: Article) -> Article:
    """The article with its language, as far as that can be detected by its text."""
    from index.language.detection import detected

    return article if article.language else replace(article, language=detected(article.text))


def _batches(steps: Iterable[_Step]) -> Iterator[list[_Step]]:
    """The steps in their order, in batches of enough passages; a step comes alone while no passage waits.

    Steps without passages, as of unchanged articles, wait behind others only up to a number of steps.
    """
    batch: list[_Step] = []
    waiting, most = 0, _FIRST_TOGETHER
    for step in steps:
        batch.append(step)
        waiting += len(step.what.passages) if isinstance(step.what, _Split) else 0
        if waiting >= most or not waiting or len(batch) >= _TOGETHER:
            yield batch
            if waiting:
                most = min(2 * most, _TOGETHER)
            batch, waiting = [], 0
    if batch:
        yield batch

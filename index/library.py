"""A library: a folder with the articles one can ask about.

Reading and splitting are imported where they are used: what is stored is listed and looked up without them.
"""

from __future__ import annotations

import math
import shutil
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from index.embedding import Embedder
from index.errors import InputError
from index.furnishing import Furnishing
from index.records import Article, Filter, Hit, Listing, Passage
from index.search import HybridIndex, SearchIndex
from index.store.conversations import Conversations
from index.store.database import Database
from index.store.edits import Edits
from index.store.engines import OpenVectors, beside
from index.store.faults import faults
from index.store.feeds import Feeds
from index.store.notebooks import Notebooks
from index.store.origins import Origins
from index.store.switching import take_passages

if TYPE_CHECKING:
    from index.reading.files import Source, Unread
    from index.store.database import NewPassage

_REEMBEDDING = "reembedding"
"""The folder in a library's own in which its passages are made anew."""

Status = Literal["added", "updated", "unchanged", "duplicate", "skipped", "moved", "removed"]


@dataclass(frozen=True)
class Outcome:
    """What became of one file; the reason is given where it was skipped or is a duplicate."""

    id: str
    status: Status
    reason: str = ""
    passages: int = 0
    """How many its article was split into, where it was added or updated."""
    original: str = ""
    """Id of the article with the same text, where it is a duplicate."""


@dataclass(frozen=True)
class _Split:
    """An article and the passages that are to be embedded: none where another article has the very same text."""

    article: Article
    passages: Sequence[Passage]


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class _Step:
    """A step of adding: what is told, or an article to be put, or neither; then what is to be noted."""

    what: Outcome | _Split | None
    note: Callable[[], None] = _nothing


class Library:
    """The articles of one folder: kept in SQLite, found through a search index.

    Reading what is stored needs no model; only adding and searching load the embedder.
    """

    def __init__(self, folder: Path, embedder: Embedder, open_vectors: OpenVectors = beside) -> None:
        """Opens the library in the folder, or begins one; the engine of its vectors is opened when it is needed.

        Raises InputError: the folder cannot be written, or holds something else.
        """
        self.folder = folder
        self.embedder = embedder
        self._database = Database(folder / "library.sqlite")
        self.conversations = Conversations(self._database)
        self.edits = Edits(self._database)
        self.origins = Origins(self._database)
        self.feeds = Feeds(self._database)
        self.notebooks = Notebooks(self._database)
        self._counted = (-1, 0)
        """The generation at which the passages were last counted, and how many there were."""
        self._checked = -1
        """The generation at which the settings were last found right."""
        database = self._database
        self._search: SearchIndex = HybridIndex(
            database, embedder, lambda: open_vectors(folder, database.setting("library") or "")
        )
        self._furnishing = Furnishing(database, self._search, self._passages)

    @property
    def generation(self) -> int:
        """Counts the changes of the passages, so that what was made of them can tell whether it is still true."""
        return self._database.generation

    def warm(self) -> None:
        """Loads the embedder and the vectors ahead of the first search.

        Raises InputError: as searching does.
        """
        self.embedder.embed([""])
        self.search("")

    @property
    def is_ready(self) -> bool:
        """Whether a search can begin at once: nothing has to be loaded or made anew before."""
        return self._search.is_ready

    def close(self) -> None:
        """Ends what is being written; the library's file alone is the whole library."""
        self._search.close()
        self._database.close()

    def backup(self, target: Path) -> None:
        """Copies the library into a new file, also while others write to it.

        Raises InputError: there is such a file, or it cannot be written; FailedError: the library is damaged.
        """
        self._database.backup(target)

    def faults(self) -> Iterator[str]:
        """What is wrong with the library, a sentence each; nothing of a sound one."""
        yield from faults(self._database)

    def add(self, sources: Sequence[Source], stop: threading.Event | None = None) -> Iterator[Outcome]:
        """Reads the files one by one into the library and tells of each what became of it.

        A file that cannot be read is skipped with its reason. Setting ``stop`` ends it before the next file; what was
        added stays.
        Raises InputError: the library was made with another embedder.
        """
        self._settle_settings()
        self._mend()
        try:
            stop = stop or threading.Event()
            yield from self._learning(self._done(self._steps_of(sources, stop), stop), stop)
        finally:
            self.origins.flush()
            self._search.flush()

    def add_read(self, items: Iterable[Article | Unread], origin: str = "") -> Iterator[Outcome]:
        """Adds what was read already, of no file that lasts; ``origin`` is the address that it is from, if any is.

        Raises InputError: the library was made with another embedder.
        """
        self._settle_settings()
        self._mend()
        try:
            stop = threading.Event()
            yield from self._learning(self._done((self._step(item, origin) for item in items), stop), stop)
        finally:
            self.origins.flush()
            self._search.flush()

    def _learning(self, outcomes: Iterable[Outcome], stop: threading.Event) -> Iterator[Outcome]:
        """The outcomes; meanwhile, as the articles double, and at the end, what repeats on their pages is learned."""
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
            for item in read_each(source):
                yield self._step(item, source.origin)
            if stamp:
                yield _Step(None, partial(self.origins.note_file, source.origin, source.folder, stamp))

    def _step(self, item: Article | Unread, origin: str) -> _Step:
        """What is to be done about what was read, with the edits that there are of it."""
        if not isinstance(item, Article):
            return _Step(Outcome(item.id, "skipped", item.reason))
        item = self._furnishing.with_repeated(_with_language(item))

        def note() -> None:
            self.edits.note(item)
            self.origins.note(item.id, origin)

        return _Step(self._to_do(self.edits.applied(item)), note)

    def _to_do(self, article: Article) -> Outcome | _Split:
        article = _with_language(article)
        # An older program noted no language; of English articles nothing else is kept for it.
        without = replace(article, language=None) if article.language == "en" else article
        is_as_stored = self._database.is_as_stored(article) or self._database.is_as_stored(without)
        if is_as_stored:
            stored = self.article(article.id)
            if (stored.told_by, stored.repeated) == (article.told_by, article.repeated):
                return Outcome(article.id, "unchanged")
        if self._database.put_facts(article):
            return Outcome(article.id, "unchanged" if is_as_stored else "updated")
        return _Split(article, [] if self._database.original_of(article) is not None else self._passages(article))

    def _done(self, steps: Iterable[_Step], stop: threading.Event) -> Iterator[Outcome]:
        """Takes the steps, articles embedded together, and tells of each what became of it, in their order."""
        for batch in _batches(steps):
            splits = [(step.what.article, step.what.passages) for step in batch if isinstance(step.what, _Split)]
            prepared = iter(self._search.prepare(splits))
            for step in batch:
                if stop.is_set():
                    return
                what = step.what
                outcome = self._put(what.article, next(prepared)) if isinstance(what, _Split) else what
                step.note()
                if outcome is not None:
                    yield outcome

    def _put(self, article: Article, prepared: Sequence[NewPassage]) -> Outcome:
        with self._database.transaction():
            # Meanwhile another program, or an article before it, may have added the same text.
            if (duplicate := self._as_duplicate(article)) is not None:
                return duplicate
            if prepared or not self._passages(article):
                known = self._leave_text(article)
                self._search.upsert(article, prepared)
                return Outcome(article.id, "updated" if known else "added", passages=len(prepared))
        # Meanwhile the article of the same text has another.
        (prepared,) = self._search.prepare([(article, self._passages(article))])
        return self._put(article, prepared)

    def _passages(self, article: Article) -> list[Passage]:
        from index.text.splitting import split

        return split(article, self.embedder.count_tokens)

    def _as_duplicate(self, article: Article) -> Outcome | None:
        """Adds the article without passages, where another has the very same text."""
        with self._database.transaction():
            original = self._database.original_of(article)
            if original is None:
                return None
            self._leave_text(article)
            self._search.delete(article.id)
            self._database.put_article(article, duplicate_of=original)
        return Outcome(article.id, "duplicate", f"same text as {original}", original=original)

    def _leave_text(self, article: Article) -> bool:
        """Hands over what the library has of an article whose text has changed; whether it has the article."""
        stored = self._database.text_hash(article.id)
        if stored is not None and stored != article.sha256:
            self._database.hand_over(article.id)
        return stored is not None

    def _mend(self) -> None:
        """Makes the passages of articles that should have some and have none; an older program could lose them."""
        for article_id in self._database.without_passages():
            article = self.article(article_id)
            (prepared,) = self._search.prepare([(article, self._passages(article))])
            with self._database.transaction():
                if prepared and self._database.is_as_stored(article) and not self._as_duplicate(article):
                    self._search.upsert(article, prepared)

    def languages(self) -> dict[str, int]:
        """The codes of the articles' languages, each with the number of its articles, the most frequent first."""
        return self._database.languages()

    def speaks(self, code: str) -> bool:
        """Whether any article is in the language of this code, or no article's language is known."""
        known = self._database.spoken()
        return code in known or not known

    @property
    def made_with(self) -> str | None:
        """The name of the embedder that the passages were made with; None where there are none."""
        return self._database.setting("embedder") if self._passage_count() else None

    def reembed(self) -> Iterator[str]:
        """Makes the passages anew with this embedder, beside those there are, and switches to them at the end.

        Yields the id of each article that is done. Whenever it ends before, by whatever cause, the library is as it
        was, and a later call goes on from there; it can be searched and added to meanwhile.
        """
        folder = self.folder / _REEMBEDDING
        new = _begun_with(folder, self.embedder)
        try:
            while True:
                wanted = self._database.original_ids()
                new.remove(sorted(set(new._database.original_ids()) - set(wanted)))
                articles = map(self._database.article, wanted)
                steps = (_Step(new._to_do(article)) for article in articles if article)  # some may be gone
                yield from (outcome.id for outcome in new._done(steps, threading.Event()))
                if take_passages(self._database, new._database, self._settings()):
                    break
        finally:
            new.close()
        shutil.rmtree(folder)

    def edit(self, article_id: str, changes: Mapping[str, str | None]) -> Article:
        """Sets facts about an article right, as ``index.facts.checked`` gives them; reading it again leaves them so.

        Raises InputError: no such article; FailedError: it is not as it was added.
        """
        with self._database.transaction():
            before = self.article(article_id)
            read = self.edits.as_read(before)
            self.edits.save(read, changes)
            return self._rewritten(self.edits.applied(read))

    def take_back_edits(self, article_id: str) -> Article:
        """Makes the facts about an article what was read of it last. Raises as ``edit`` does."""
        with self._database.transaction():
            before = self.article(article_id)
            read = self._rewritten(self.edits.as_read(before))
            self.edits.forget(before.id)
            return read

    def rename(self, article_id: str, new_id: str) -> None:
        """Hands the edits of an article on to the one of the same text that it goes on as."""
        self.edits.move(article_id, new_id)
        self.edit(new_id, {})

    def _rewritten(self, article: Article) -> Article:
        if not self._database.put_facts(article):
            self._settle_settings()
            list(self._done([_Step(self._to_do(article))], threading.Event()))
        return article

    def remove(self, ids: Sequence[str], keep_edits: bool = False) -> None:
        """Removes the articles with these ids, all or, where one is unknown, none.

        ``keep_edits``: an article that comes back under its id has them again.
        Raises InputError: no such article.
        """
        with self._database.transaction():
            for article_id in dict.fromkeys(map(self._known, ids)):
                if not self._database.has(article_id):
                    raise _unknown(article_id)
                self._database.hand_over(article_id)
                self._search.delete(article_id)
                self._database.delete_article(article_id)
                if not keep_edits:
                    self.edits.forget(article_id)

    def articles(self) -> list[Article]:
        """All articles, newest publication first, those without a date last."""
        return self._database.articles()

    def listings(self) -> list[Listing]:
        """The same articles as a table shows them, without reading their texts."""
        return self._database.listings()

    def article(self, article_id: str) -> Article:
        """The article with this id, however its letters are composed: a keyboard may part ``é``.

        Raises InputError: no such article; FailedError: it is not as it was added.
        """
        article = self._database.article(self._known(article_id))
        if article is None:
            raise _unknown(article_id)
        return article

    def _known(self, article_id: str) -> str:
        """The id as the library has it, in composed letters unless it is of an older program."""
        return article_id if self._database.has(article_id) else unicodedata.normalize("NFC", article_id)

    def reprints(self, article_id: str) -> frozenset[str]:
        """Ids of the other articles that print the same story, whatever their headlines, edits or cuts."""
        return self._database.reprints(article_id)

    def search(self, question: str, k: int = 10, only: Filter | None = None) -> list[Hit]:
        """The k passages that fit the question best, best first; none where nothing is admitted or in the library.

        Raises InputError: the library was made with another embedder.
        """
        if self._passage_count() == 0:
            return []
        self._check_settings()
        return self._search.search(question, k, only)

    def passages(self) -> Iterator[Passage]:
        """All passages in reading order, of the newest article first and of those without a date last."""
        for number in self._database.passage_ids():
            yield from (stored.passage for stored in self._database.passages([number]))

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of one article in reading order; none where there is no such article."""
        return self._database.passages_of(article_id)

    def words(self, terms: Sequence[str], limit: int, only: Filter | None = None) -> list[Passage]:
        """Passages that hold any of the words in any of their forms, best by BM25 first; needs no embedder."""
        with self._database.snapshot():
            found = self._database.matching_words(terms, limit, only)
            return self._database.texts([number for number, _ in found], only)

    def outlets(self) -> list[str]:
        """The outlets of the articles, each once."""
        return self._database.outlets()

    def admitted(self, only: Filter) -> int:
        """How many articles the filter admits."""
        return self._database.articles_admitted(only)

    def rarity(self, word: str) -> float:
        """How much a word tells apart: its inverse document frequency over the passages.

        ``log(1 + N / (n + 1/2))`` of N passages of which n hold the word; 0 in an empty library.
        """
        return math.log1p(self._passage_count() / (self._database.passages_with(word) + 0.5))

    def holds(self, words: Sequence[str]) -> bool:
        """Whether any passage or its headline holds any of the words in any of its forms."""
        return self._database.holds(words)

    def terms(self, shortest: int, longest: int) -> list[str]:
        """The stems in the passages of such lengths, in letters."""
        return self._database.terms(shortest, longest)

    def _passage_count(self) -> int:
        """Passages in the library, counted anew only after a change."""
        generation = self._database.generation
        if generation != self._counted[0]:
            self._counted = (generation, self._database.passage_count())
        return self._counted[1]

    def _settings(self) -> dict[str, str]:
        """What shaped the passages and vectors; another value of any of them makes another library."""
        from index.text.splitting import LONGEST_SENTENCE, PASSAGE_TOKENS

        return {
            "embedder": self.embedder.name,
            "embedder_sha256": self.embedder.sha256,
            "splitting": f"{PASSAGE_TOKENS}/{LONGEST_SENTENCE}",
        }

    def _settle_settings(self) -> None:
        """Saves the settings with a library that has no passages yet, else checks them."""
        if self._database.passage_count() > 0:
            self._check_settings()
            return
        with self._database.transaction():
            for name, value in self._settings().items():
                self._database.set(name, value)

    def _check_settings(self) -> None:
        generation = self._database.generation
        if generation == self._checked:
            return
        for name, value in self._settings().items():
            stored = self._database.setting(name)
            if stored != value:
                raise InputError(
                    f"The library {self.folder} was made with {name} {stored}, but this program uses {value}; "
                    "add its articles to a new one with: byline --library NEW_FOLDER add PATH"
                )
        self._checked = generation


def _with_language(article: Article) -> Article:
    """The article with its language, where that can be told by its text."""
    from index.language.detection import detected

    return article if article.language else replace(article, language=detected(article.text))


def _begun_with(folder: Path, embedder: Embedder) -> Library:
    """The library in the folder, as far as it has come; begun anew where it is of another embedder."""
    begun = Library(folder, embedder)
    try:
        begun._settle_settings()
    except InputError:
        begun.close()
        shutil.rmtree(folder)
        begun = Library(folder, embedder)
        begun._settle_settings()
    return begun


_FIRST_LEARNED = 8
"""Articles after which it is first learned what repeats on their pages."""
_FIRST_TOGETHER, _TOGETHER = 8, 256
"""Passages embedded together: few at first, which are soon in the library, then twice as many each time, up to enough
of each length; a second or two are lost where somebody calls it off."""


def _batches(steps: Iterable[_Step]) -> Iterator[list[_Step]]:
    """The steps in their order, as many together as have so many passages; without any, each goes at once."""
    batch: list[_Step] = []
    waiting, most = 0, _FIRST_TOGETHER
    for step in steps:
        batch.append(step)
        waiting += len(step.what.passages) if isinstance(step.what, _Split) else 0
        if waiting >= most or not waiting:
            yield batch
            if waiting:
                most = min(2 * most, _TOGETHER)
            batch, waiting = [], 0
    if batch:
        yield batch


def _unknown(article_id: str) -> InputError:
    return InputError(f'There is no article "{article_id}" in the library; list them with: byline list')

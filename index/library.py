"""A library: a folder with the articles one can ask about.

Reading and splitting are imported where they are used: what is stored is listed and looked up without them.
"""

from __future__ import annotations

import math
import shutil
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.adding import Adding, AddResult
from index.embedding.cross_encoder import CrossEncoder
from index.embedding.embedder import Embedder
from index.errors import InputError
from index.library_settings import LibrarySettings
from index.records import Article, Filter, Hit, Listing, ListingPage, Passage, Wanted
from index.search import HybridIndex, SearchIndex
from index.store.articles.articles import Articles
from index.store.articles.edits import Edits
from index.store.articles.listing import ids, outlet_counts, page
from index.store.articles.origins import Origins
from index.store.faults import faults
from index.store.passages.keyword_index import KeywordIndex
from index.store.passages.passages import Passages
from index.store.passages.switching import take_passages
from index.store.readers.conversations import Conversations
from index.store.readers.feeds import Feeds
from index.store.readers.notebooks import Notebooks
from index.store.sqlite.database import Database
from index.store.vectors.engines import OpenVectors, beside

if TYPE_CHECKING:
    from index.reading.files import Source, Unread

_REEMBEDDING = "reembedding"
"""The folder in a library's own in which its passages are made anew."""


class Library:
    """The articles of one folder: kept in SQLite, found through a search index.

    Reading what is stored needs no model; only adding and searching load the embedder.
    """

    def __init__(
        self,
        folder: Path,
        embedder: Embedder,
        open_vectors: OpenVectors = beside,
        reranker: CrossEncoder | None = None,
    ) -> None:
        """Opens the library in the folder, or makes one; ``open_vectors`` is called when vectors are first needed.

        With a ``reranker``, what a search finds is ordered by it.
        Raises InputError: the folder cannot be written, or holds something else.
        """
        self.folder = folder
        self.embedder = embedder
        database = self._database = Database(folder / "library.sqlite")
        self._articles = Articles(database)
        self._passages = Passages(database)
        self._words = KeywordIndex(database)
        self.conversations = Conversations(database)
        self.edits = Edits(database)
        self.origins = Origins(database)
        self.feeds = Feeds(database)
        self.notebooks = Notebooks(database)
        self._counted = (-1, 0)
        """The generation at which the passages were last counted, and how many there were."""
        self._settings = LibrarySettings(folder, database, embedder)
        self._search: SearchIndex = HybridIndex(
            database, embedder, lambda: open_vectors(folder, database.setting("library") or ""), reranker
        )
        self._adding = Adding(database, self._search, self._settings, self.edits, self.origins)

    @property
    def generation(self) -> int:
        """A number that grows with each change of the passages: what was computed at another one is stale."""
        return self._database.generation

    def warm(self) -> None:
        """Loads the embedder and the vectors before the first search needs them.

        Raises InputError: as searching does.
        """
        self.embedder.embed([""])
        self.search("")

    @property
    def is_ready(self) -> bool:
        """Whether a search can begin at once: nothing has to be loaded or rebuilt first."""
        return self._search.is_ready

    def close(self) -> None:
        """Finishes what is being written and closes the files; the library's file alone is the whole library."""
        self._search.close()
        self._database.close()

    def backup(self, target: Path) -> None:
        """Copies the library into a new file, also while others write to it.

        Raises InputError: there is such a file, or it cannot be written; FailedError: the library is damaged.
        """
        self._database.backup(target)

    def faults(self) -> Iterator[str]:
        """Yields a sentence for each fault found by reading the whole library; nothing for a sound one."""
        yield from faults(self._database)

    def add(self, sources: Sequence[Source], stop: threading.Event | None = None) -> Iterator[AddResult]:
        """Reads the files one by one into the library, and yields what became of each of their articles.

        A file that cannot be read is skipped with its reason. Setting ``stop`` ends it; what is in the library by then
        stays, and is told to the end.
        Raises InputError: the library was made with another embedder.
        """
        yield from self._adding.add(sources, stop)

    def add_read(self, items: Iterable[Article | Unread], origin: str = "") -> Iterator[AddResult]:
        """Adds articles that were read already, of no lasting file; ``origin`` is the address they are from, if any.

        Raises InputError: the library was made with another embedder.
        """
        yield from self._adding.add_read(items, origin)

    @property
    def is_empty(self) -> bool:
        """Whether it has no article."""
        return not self.admitted(Filter())

    @property
    def is_being_added_to(self) -> bool:
        """Whether articles are being added through this very object at the moment."""
        return self._adding.is_under_way

    def languages(self) -> dict[str, int]:
        """The codes of the articles' languages, each with the number of its articles, the most frequent first."""
        return self._articles.languages()

    def speaks(self, code: str) -> bool:
        """Whether any article is in the language of this code; True too where no article's language is known."""
        known = self._articles.spoken()
        return code in known or not known

    @property
    def made_with(self) -> str | None:
        """The name of the embedder that the passages were made with; None where there are no passages."""
        return self._database.setting("embedder") if self._passage_count() else None

    def reembed(self) -> Iterator[str]:
        """Embeds all articles anew with this library's embedder, beside the old passages, and switches at the end.

        Yields the id of each article that is done. Wherever it is interrupted, the library stays as it was, and a later
        call goes on from there. Meanwhile the library can be searched and added to.
        """
        folder = self.folder / _REEMBEDDING
        new = _begun_with(folder, self.embedder)
        try:
            while True:
                wanted = self._articles.original_ids()
                new.remove(sorted(set(new._articles.original_ids()) - set(wanted)))
                present = (article for article in map(self._articles.get, wanted) if article)  # some may be gone
                yield from (result.id for result in new._adding.put(present))
                if take_passages(self._database, new._database, self._settings.values()):
                    break
        finally:
            new.close()
        shutil.rmtree(folder)

    def edit(self, article_id: str, changes: Mapping[str, str | None]) -> Article:
        """Changes facts about an article, as ``checked_facts`` returns them; reading its file again keeps them.

        Raises InputError: no such article; FailedError: it is not as it was added.
        """
        with self._database.transaction():
            before = self.article(article_id)
            read = self.edits.as_read(before)
            self.edits.save(read, changes)
            return self._rewritten(self.edits.applied(read))

    def take_back_edits(self, article_id: str) -> Article:
        """Undoes the edits of an article: its facts are again those that were read last. Raises as ``edit`` does."""
        with self._database.transaction():
            before = self.article(article_id)
            read = self._rewritten(self.edits.as_read(before))
            self.edits.forget(before.id)
            return read

    def rename(self, article_id: str, new_id: str) -> None:
        """Moves the edits of an article to ``new_id``, the id of the same article after its file was renamed."""
        self.edits.move(article_id, new_id)
        self.edit(new_id, {})

    def _rewritten(self, article: Article) -> Article:
        if not self._articles.put_facts(article):
            self._settings.settle()
            list(self._adding.put([article]))
        return article

    def remove(self, ids: Sequence[str], keep_edits: bool = False) -> None:
        """Removes the articles with these ids, all or, where one is unknown, none.

        ``keep_edits``: an article that is added again under its id gets its edits back.
        Raises InputError: no such article.
        """
        with self._database.transaction():
            for article_id in dict.fromkeys(map(self._known, ids)):
                if not self._articles.has(article_id):
                    raise _unknown(article_id)
                self._passages.hand_over(article_id)
                self._search.delete(article_id)
                self._articles.delete(article_id)
                if not keep_edits:
                    self.edits.forget(article_id)

    def articles(self) -> list[Article]:
        """All articles, newest publication first, those without a date last."""
        return self._articles.all()

    def listings(self) -> list[Listing]:
        """What a table shows of each article, in the order of ``articles``; no text is read."""
        return self._articles.listings()

    def listed(self, wanted: Wanted, first: int = 0, count: int = 100) -> ListingPage:
        """At most ``count`` of the wanted articles, in their order, beginning with number ``first`` (from 0).

        Raises FailedError: one of them is not as it was added.
        """
        return page(self._database, wanted, first, count)

    def listed_ids(self, wanted: Wanted) -> list[str]:
        """The ids of all articles that are wanted, in their order."""
        return ids(self._database, wanted)

    def outlet_counts(self) -> dict[str, int]:
        """How many articles each outlet has."""
        return outlet_counts(self._database)

    def marks(self) -> dict[str, bytes]:
        """By article id, newest first, a digest that changes when the article does; duplicates are left out."""
        return self._articles.marks()

    def article(self, article_id: str) -> Article:
        """The article with this id, whether its letters are composed or not: a keyboard may send ``é`` as two.

        Raises InputError: no such article; FailedError: it is not as it was added.
        """
        article = self._articles.get(self._known(article_id))
        if article is None:
            raise _unknown(article_id)
        return article

    def _known(self, article_id: str) -> str:
        """The library's own id for one that a person typed: with composed letters, or without its file's suffix."""
        composed = unicodedata.normalize("NFC", article_id)
        known = next((each for each in (article_id, composed) if self._articles.has(each)), None)
        if known is None:
            name, _, ending = composed.rpartition(".")
            known = name if ending and (self.origins.of(name) or "").endswith(f".{ending}") else composed
        return known

    def reprints(self, article_id: str) -> frozenset[str]:
        """Ids of the other articles that print the same story, under whatever headline, edited or cut short."""
        return self._articles.reprints(article_id)

    def search(self, question: str, k: int = 10, only: Filter | None = None) -> list[Hit]:
        """The k passages that fit the question best, best first; none where the filter ``only`` admits no article.

        Raises InputError: the library was made with another embedder.
        """
        if self._passage_count() == 0:
            return []
        self._settings.check()
        return self._search.search(question, k, only)

    def passages(self) -> Iterator[Passage]:
        """All passages in reading order, of the newest article first and of those without a date last."""
        found = map(self._passages.one, self._passages.ids())
        yield from (passage for passage in found if passage)  # some may be gone meanwhile

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of one article in reading order; none where there is no such article."""
        return self._passages.of(article_id)

    def words(self, terms: Sequence[str], limit: int, only: Filter | None = None) -> list[Passage]:
        """At most ``limit`` passages that hold any of the words in any form, best by BM25 first; needs no embedder."""
        with self._database.snapshot():
            found = self._words.matching(terms, limit, only)
            return self._passages.texts([number for number, _ in found], only)

    def articles_with(
        self, phrases: Sequence[str], only: Filter, limit: int, beside: Sequence[str] = (), in_headline: bool = False
    ) -> list[str]:
        """Ids of at most ``limit`` admitted articles that hold any of the phrases in any form, earliest first.

        They are looked for in text and headline, with ``in_headline`` in headlines alone; where ``beside`` has words,
        one of those must stand in the same passage or the headline as well.
        """
        return self._words.articles_with(phrases, only, limit, beside, in_headline)

    def outlets(self) -> list[str]:
        """The outlets of the articles, each once."""
        return self._articles.outlets()

    def admitted(self, only: Filter) -> int:
        """How many articles the filter admits."""
        return self._articles.admitted(only)

    def rarity(self, word: str) -> float:
        """The word's inverse document frequency over the passages: high for a rare word.

        ``log(1 + N / (n + 1/2))`` of N passages of which n hold the word; 0 in an empty library.
        """
        return math.log1p(self._passage_count() / (self._words.passages_with(word) + 0.5))

    def holds(self, words: Sequence[str]) -> bool:
        """Whether any passage or its headline holds any of the words in any of its forms."""
        return self._words.holds(words)

    def terms(self, shortest: int, longest: int) -> list[str]:
        """The stems in the passages that have between ``shortest`` and ``longest`` letters."""
        return self._words.terms(shortest, longest)

    def _passage_count(self) -> int:
        """The number of passages, counted anew only after a change."""
        generation = self._database.generation
        if generation != self._counted[0]:
            self._counted = (generation, self._passages.count())
        return self._counted[1]


def _begun_with(folder: Path, embedder: Embedder) -> Library:
    """The half-made library in the folder; begun anew where it was made with another embedder."""
    begun = Library(folder, embedder)
    try:
        begun._settings.settle()
    except InputError:
        begun.close()
        shutil.rmtree(folder)
        begun = Library(folder, embedder)
        begun._settings.settle()
    return begun


def _unknown(article_id: str) -> InputError:
    return InputError(f'There is no article "{article_id}" in the library; list them with: byline list')

"""From a question to ranked passages: words, vectors and sentences in one fused ranking."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

from index.embedding.cross_encoder import CrossEncoder
from index.embedding.embedder import Embedder, FloatArray, Whole, evened
from index.errors import EngineGoneError
from index.records import Article, Filter, Hit, Passage, Sentence, SentenceHit
from index.reranking import RERANKED, reranked
from index.store.articles.articles import Articles
from index.store.passages.keyword_index import KeywordIndex
from index.store.passages.passages import IndexedPassage, NewPassage, Passages
from index.store.sqlite.connection import damaged
from index.store.sqlite.database import Database
from index.text.headlines import with_headline
from index.text.keyword_tokens import UNSPACED
from index.text.sentences import sentences

if TYPE_CHECKING:
    from index.store.vectors.protocol import IdArray, VectorIndex

CANDIDATES = 100
"""Passages taken from the words' and from the vectors' ranking each, before fusing. Round, not fitted."""

WEIGHTS = (0.4, 0.3, 0.3)
"""Shares of BM25, the passage's cosine and its best sentence's cosine in the fused score, each scaled to 0..1.

Convex fusion after Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023. The
shares are round, not fitted.
"""

_UNSPACED = re.compile(f"[{UNSPACED}]")

_AT_ONCE = 10_000
"""Vectors handed to the engine together: 15 MB. Round, not fitted."""

_HEADLINE_TOKENS = 40
"""A headline is context, so it is cut before it could push words of the passage out of the window. Round, not
fitted."""


_KEPT = "vectors"
"""The setting that names a mark under which an engine once kept its vectors: a state that this very library was in.

What is kept under another mark may be of a copy of the library that went its own way, and then its ids are others'."""


class SearchIndex(Protocol):
    """Finds the passages of a library for a question, by words and by meaning."""

    def prepare(self, articles: Sequence[tuple[Article, Sequence[Passage]]]) -> list[list[NewPassage]]:
        """For each article its passages with their sentences and vectors, ready for ``upsert``; stores nothing."""
        ...

    def upsert(self, article: Article, passages: Sequence[NewPassage]) -> None:
        """Makes the prepared passages of an article findable in place of those it had."""
        ...

    def delete(self, article_id: str) -> None:
        """Makes an article's passages unfindable."""
        ...

    def search(self, question: str, k: int, only: Filter | None = None) -> list[Hit]:
        """The k best passages of the articles that the filter admits, best first."""
        ...

    def flush(self) -> None:
        """Writes what was derived from the database to the disk."""
        ...

    @property
    def is_ready(self) -> bool:
        """Whether a search can begin at once: nothing has to be loaded or rebuilt first."""
        ...

    def close(self) -> None:
        """Closes it; it is not to be used afterwards."""
        ...


class HybridIndex:
    """BM25 of SQLite's FTS5 and vectors in an engine of their own, fused; the best ordered by a reranker, if any."""

    def __init__(
        self,
        database: Database,
        embedder: Embedder,
        open_vectors: Callable[[], VectorIndex],
        reranker: CrossEncoder | None = None,
    ) -> None:
        """``open_vectors`` opens the engine of the vectors; it is called when that is first needed."""
        self._database = database
        self._articles = Articles(database)
        self._passages = Passages(database)
        self._words = KeywordIndex(database)
        self._embedder = embedder
        self._reranker = reranker
        self._open_vectors = open_vectors
        self._lock = threading.Lock()
        self._beside = ThreadPoolExecutor(1, "nearest")
        """In which the nearest vectors are looked for while the words are: neither holds the other up."""
        self._vectors: VectorIndex | None = None
        self._mark = ""
        """The digest of the passages whose vectors the engine holds."""

    def prepare(self, articles: Sequence[tuple[Article, Sequence[Passage]]]) -> list[list[NewPassage]]:
        split: list[list[tuple[Passage, tuple[Sentence, ...]]]] = []
        wholes = []
        for article, passages in articles:
            headline = self._cut(article.title)
            text, code = article.text, article.language
            split.append([(each, tuple(sentences(text, each.start, each.end, code))) for each in passages])
            wholes += [_whole(headline, passage, parts) for passage, parts in split[-1]]
        vectors = iter(self._embedder.embed_wholes(wholes))
        return [[NewPassage(passage, parts, next(vectors)) for passage, parts in each] for each in split]

    def upsert(self, article: Article, passages: Sequence[NewPassage]) -> None:
        with self._database.transaction():
            self._articles.put(article, duplicate_of=None)
            self._passages.put(article, passages)

    def delete(self, article_id: str) -> None:
        self._passages.delete(article_id)

    def search(self, question: str, k: int, only: Filter | None = None) -> list[Hit]:
        vector = self._embedder.embed([question], are_questions=True)[0]
        most = max(k, RERANKED) if self._reranker else k
        try:
            found = self._found(question, vector, most, only)
        except EngineGoneError:
            with self._lock:
                self._vectors = None
            found = self._found(question, vector, most, only)
        if self._reranker:
            titles = self._articles.titles(hit.passage.article_id for hit in found[:RERANKED])
            found = reranked(question, found, titles, self._reranker)
        return found[:k]

    def _found(self, question: str, vector: FloatArray, k: int, only: Filter | None) -> list[Hit]:
        admitted = None if only is None else self._passages.admitted(only)
        nearest = self._beside.submit(self._current().nearest, vector, CANDIDATES, admitted)
        with self._database.snapshot():
            by_words = dict(self._words.matching(query_words(question), CANDIDATES, only))
            ids = list(dict.fromkeys([*by_words, *(number for number, _ in nearest.result())]))
            indexed = self._passages.indexed(ids, only)
            if only is None and len(indexed) < len(ids) and self._mark == self._database.mark:
                raise damaged(self._database.path, "a passage that was indexed is not there")
            cosines, bounds = _cosines(indexed, vector)
            cosines = evened(cosines, self._embedder.name)
            bm25 = [by_words.get(each.id, 0.0) for each in indexed]
            own, best = cosines[bounds[:-1]].tolist(), _best_of_sentences(cosines, bounds).tolist()
            ranked = fused(list(zip(bm25, own, best, strict=True)))[:k]
            read = self._passages.read([indexed[number] for number, _ in ranked])
        found = []
        for (number, score), (passage, parts) in zip(ranked, read, strict=True):
            of_sentences = _sentence_hits(parts, cosines[bounds[number] + 1 : bounds[number + 1]])
            found.append(Hit(passage, score, own[number], bm25[number], of_sentences))
        return found

    def flush(self) -> None:
        kept = self._current().kept
        if self._database.setting(_KEPT) != kept:
            self._database.set(_KEPT, kept)

    @property
    def is_ready(self) -> bool:
        return self._vectors is not None and self._mark == self._database.mark

    def close(self) -> None:
        self._beside.shutdown()
        if self._vectors is not None:
            self._vectors.close()

    def _current(self) -> VectorIndex:
        """The engine of the vectors, brought up to date with the passages in the database."""
        with self._lock:
            vectors = self._vectors or self._open_vectors()
            if self._vectors is None or self._mark != self._database.mark:
                is_ours, self._vectors = self._vectors is not None, None  # what is left half done is opened anew
                with self._database.snapshot():
                    self._bring_up_to_date(vectors, is_ours)
                vectors.flush(self._mark)
            self._vectors = vectors
            return vectors

    def _bring_up_to_date(self, vectors: VectorIndex, is_ours: bool) -> None:
        """Puts the vectors of new passages into the engine and drops those of passages that are gone.

        Where it may hold another library's vectors (not ``is_ours``), all are replaced.
        """
        mark, held = self._database.mark, vectors.ids()
        if not is_ours and vectors.kept not in (mark, self._database.setting(_KEPT)):
            vectors.drop(held)
            held = held[:0]
        # Ids only rise, so that what came is told without those of all others; what went, by how many there are.
        came = self._passages.ids_after(int(held[-1])) if len(held) else self._passages.indexed_ids()
        if len(held) + len(came) != self._database.number("passages"):
            indexed = self._passages.indexed_ids()
            vectors.drop(_only_in(held, indexed))
            came = _only_in(indexed, held)
        for first in range(0, len(came), _AT_ONCE):
            some = came[first : first + _AT_ONCE]
            vectors.put(some, self._passages.vectors(some))
        self._mark = mark

    def _cut(self, headline: str) -> str:
        words = headline.split()
        while words and self._embedder.count_tokens(" ".join(words)) > _HEADLINE_TOKENS:
            words.pop()
        return " ".join(words)


def _whole(headline: str, passage: Passage, parts: Sequence[Sentence]) -> Whole:
    """A passage as the embedder takes it: its article's headline before it, its sentences as parts."""
    text = with_headline(headline, passage.text)
    head = len(text) - len(passage.text)
    before = head - passage.start
    return Whole(text, head, tuple((part.start + before, part.end + before) for part in parts))


def _only_in(some: IdArray, others: IdArray) -> IdArray:
    """The ids in ``some`` that are not in ``others``; both are sorted, and so is the result."""
    import numpy as np

    return np.setdiff1d(some, others, assume_unique=True)


def query_words(question: str) -> list[str]:
    """The words of a question to look up, each once.

    >>> query_words("How old is José Montes, and how tall?")
    ['how', 'old', 'is', 'josé', 'montes', 'and', 'tall']
    >>> query_words("学校修好了吗")
    ['学校', '校修', '修好', '好了', '了吗']
    """
    found = re.findall(r"\w+", question.casefold())
    return list(dict.fromkeys(part for word in found for part in _parts(word)))


def _parts(word: str) -> list[str]:
    """The word itself; in a script without spaces between words, each pair of neighbouring letters."""
    if not _UNSPACED.search(word):
        return [word]
    runs = re.findall(f"{_UNSPACED.pattern}+|[^{UNSPACED}]+", word)
    return [part for run in runs for part in (_pairs(run) if _UNSPACED.match(run) else [run])]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


@functools.cache
def _halves() -> FloatArray:
    """A table of all float16 values as float32, indexed by their bits: looking up is twice as fast as numpy's cast."""
    import numpy as np

    return np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)


def _cosines(indexed: Sequence[IndexedPassage], question: FloatArray) -> tuple[FloatArray, IdArray]:
    """The question's cosines with each passage's vector and then with those of its sentences, all in one array.

    The second array has where each passage's cosines begin, and the end of all, shape (passages + 1,).
    """

    import numpy as np

    bits = np.frombuffer(b"".join(each.vectors for each in indexed), dtype=np.uint16)
    bounds = np.cumsum([0, *(len(each.vectors) for each in indexed)]) // (len(question) * bits.itemsize)
    return _halves().take(bits).reshape(-1, len(question)) @ question, bounds


def _best_of_sentences(cosines: FloatArray, bounds: IdArray) -> FloatArray:
    """The greatest cosine among the sentences of each passage; ``cosines`` and ``bounds`` as ``_cosines`` returns them.

    >>> import numpy as np
    >>> _best_of_sentences(np.array([0.9, 0.1, 0.2, 0.8, 0.3]), np.array([0, 3, 5])).tolist()
    [0.2, 0.3]
    """
    import numpy as np

    pieces = np.stack([bounds[:-1] + 1, bounds[1:]], axis=1).ravel()[:-1]
    return np.maximum.reduceat(cosines, pieces)[::2] if len(pieces) else cosines


def _sentence_hits(sentences: Sequence[Sentence], cosines: FloatArray) -> tuple[SentenceHit, ...]:
    return tuple(SentenceHit(*each) for each in zip(sentences, cosines.tolist(), strict=True))


def fused(signals: Sequence[tuple[float, float, float]]) -> list[tuple[int, float]]:
    """Index and fused score (0 to 1) of each passage, best first, given its BM25, cosine and best sentence's cosine.

    Each signal is scaled to 0..1 over all passages, then averaged by WEIGHTS.

    >>> fused([(0.0, 0.2, 0.5), (8.0, 0.4, 0.1)])
    [(1, 0.7), (0, 0.3)]
    """
    if not signals:
        return []
    import numpy as np

    each = np.array(signals)
    low, high = each.min(axis=0), each.max(axis=0)
    scores = (each - low) / np.where(high > low, high - low, 1.0) @ np.array(WEIGHTS)
    order = np.argsort(-scores, kind="stable")
    return list(zip(order.tolist(), scores[order].tolist(), strict=True))

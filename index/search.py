"""From a question to ranked passages: words, vectors and sentences in one fused ranking."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.embedding import Embedder, FloatArray
from index.records import Article, Filter, Hit, Passage, SentenceHit
from index.store.connection import damaged
from index.store.database import Database, NewPassage, StoredPassage
from index.store.keywords import UNSPACED
from index.text.sentences import sentences

if TYPE_CHECKING:
    from index.store.vectors import Vectors

CANDIDATES = 100
"""Passages taken from the words' and from the vectors' ranking each, before fusing."""

WEIGHTS = (0.4, 0.3, 0.3)
"""Shares of BM25, the passage's cosine and its best sentence's cosine in the fused score, each scaled to 0..1.

Convex fusion after Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023.
"""

_UNSPACED = re.compile(f"[{UNSPACED}]")
_HEADLINE_TOKENS = 40
"""A headline is context, so it is cut before it could push words of the passage out of the window."""


class SearchIndex(Protocol):
    """What finds passages; the default keeps them in SQLite and FAISS."""

    def prepare(self, article: Article, passages: Sequence[Passage]) -> list[NewPassage]:
        """Works out, for as long as it takes, what makes the passages of an article findable; changes nothing."""
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
        """Brings what was derived onto the disk."""
        ...

    @property
    def is_ready(self) -> bool:
        """Whether a search can begin at once: nothing has to be loaded or made anew before."""
        ...


class HybridIndex:
    """BM25 of SQLite's FTS5 and vectors in FAISS, fused."""

    def __init__(self, database: Database, embedder: Embedder, vectors_path: Path) -> None:
        self._database = database
        self._embedder = embedder
        self._path = vectors_path
        self._lock = threading.Lock()
        self._vectors: Vectors | None = None
        self._mark = ""

    def prepare(self, article: Article, passages: Sequence[Passage]) -> list[NewPassage]:
        headline = self._cut(article.title)
        split = [sentences(article.text, passage.start, passage.end, article.language) for passage in passages]
        texts = []
        for passage, parts in zip(passages, split, strict=True):
            texts += [in_context(headline, text) for text in (passage.text, *(part.text for part in parts))]
        vectors = self._embedder.embed(texts)
        new, first = [], 0
        for passage, parts in zip(passages, split, strict=True):
            last = first + 1 + len(parts)
            new.append(NewPassage(passage, tuple(parts), vectors[first:last]))
            first = last
        return new

    def upsert(self, article: Article, passages: Sequence[NewPassage]) -> None:
        with self._database.transaction():
            self._database.put_article(article, duplicate_of=None)
            self._database.put_passages(article, passages)

    def delete(self, article_id: str) -> None:
        self._database.delete_passages(article_id)

    def search(self, question: str, k: int, only: Filter | None = None) -> list[Hit]:
        vector = self._embedder.embed([question], asked=True)[0]
        by_words = dict(self._database.matching_words(query_words(question), CANDIDATES, only))
        admitted = None if only is None else self._database.admitted(only)
        by_vector = self._current().nearest(vector, CANDIDATES, admitted)
        ids = list(dict.fromkeys([*by_words, *by_vector]))
        stored = self._database.passages(ids, only)
        if only is None and len(stored) < len(ids) and self._mark == self._database.mark:
            raise damaged(self._database.path, "a passage that was indexed is not there")
        hits = fuse([_raw_hit(passage, by_words.get(passage.id, 0.0), vector) for passage in stored])
        return hits[:k]

    def flush(self) -> None:
        self._current()

    @property
    def is_ready(self) -> bool:
        return self._vectors is not None and self._mark == self._database.mark

    def _current(self) -> Vectors:
        """The vectors of the database as it is now, from memory, from their file or made anew."""
        from index.store.vectors import Vectors

        with self._lock:
            mark = self._database.mark
            if self._vectors is None or mark != self._mark:
                loaded = Vectors.load(self._path, mark)
                self._vectors, self._mark = (loaded, mark) if loaded else self._rebuilt()
            return self._vectors

    def _rebuilt(self) -> tuple[Vectors, str]:
        from index.store.vectors import Vectors

        dimensions = self._dimensions()
        with self._database.snapshot():
            mark, stored = self._database.mark, self._database.passage_vectors(dimensions)
        vectors = Vectors(*stored)
        with contextlib.suppress(OSError):  # made anew at the next start
            vectors.save(self._path, mark)
        return vectors, mark

    def _dimensions(self) -> int:
        return int(self._embedder.embed([""]).shape[1])

    def _cut(self, headline: str) -> str:
        words = headline.split()
        while words and self._embedder.count_tokens(" ".join(words)) > _HEADLINE_TOKENS:
            words.pop()
        return " ".join(words)


def in_context(headline: str, text: str) -> str:
    """What is embedded for a text: its headline tells what "he" and "the company" are about.

    >>> in_context("Storm hits Aldmoor", "Two bridges were closed.")
    'Storm hits Aldmoor: Two bridges were closed.'
    """
    return f"{headline}: {text}" if headline else text


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
    """The word itself; of a script that puts no spaces between words, each pair of letters that follow each other."""
    if not _UNSPACED.search(word):
        return [word]
    runs = re.findall(f"{_UNSPACED.pattern}+|[^{UNSPACED}]+", word)
    return [part for run in runs for part in (_pairs(run) if _UNSPACED.match(run) else [run])]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def _raw_hit(stored: StoredPassage, bm25: float, vector: FloatArray) -> Hit:
    cosines = stored.vectors @ vector
    return Hit(
        stored.passage,
        score=0.0,
        cosine=float(cosines[0]),
        bm25=bm25,
        sentences=tuple(
            SentenceHit(sentence, float(cosine)) for sentence, cosine in zip(stored.sentences, cosines[1:], strict=True)
        ),
    )


def fuse(hits: Sequence[Hit]) -> list[Hit]:
    """The hits, best first, with their fused scores: each signal scaled to 0..1 over them, averaged by WEIGHTS."""
    if not hits:
        return []
    import numpy as np

    signals = np.array([[hit.bm25, hit.cosine, max(s.cosine for s in hit.sentences)] for hit in hits])
    low, high = signals.min(axis=0), signals.max(axis=0)
    scaled = (signals - low) / np.where(high > low, high - low, 1.0)
    scores = scaled @ np.array(WEIGHTS)
    order = np.argsort(-scores, kind="stable")
    return [Hit(hits[i].passage, float(scores[i]), hits[i].cosine, hits[i].bm25, hits[i].sentences) for i in order]

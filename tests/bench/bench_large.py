"""How searching holds up in a large library: of made articles, whose words and vectors are drawn as those of news are.

``python tests/bench/bench_large.py 10000 100000 [1000000]`` makes a library of each size and asks it 200 questions.
Words are drawn by Zipf's law from 60,000, so that questions hold common ones; vectors have 384 dimensions and lie in
topics within themes, each stretched along some directions. A question is a passage's vector with noise. The embedder
looks vectors up, so that its time does not count. recall@10 is the share of the ten nearest of all that are among the
candidates that the engine gives. Beside the time of the wall stands that of the processor, which other work on the
machine does not lengthen.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from results import circumstances, markdown_table, write_section

from index.embedding.embedder import FloatArray, Whole
from index.library import Library
from index.records import Article, Passage, Sentence
from index.search import CANDIDATES
from index.store.passages.passages import NewPassage

SECTION = "Large libraries"
DIMENSIONS = 384
_WORDS, _TOPICS_EACH, _THEMES, _STRETCHES = 60_000, 40, 50, 64
_OF_ARTICLE, _OF_PASSAGE = 10, 60
"""Passages of an article, and words of a passage."""
_AT_ONCE = 2000
_QUESTIONS = 200


class LookedUp:
    """Gives each text the vector that was put under it."""

    name, sha256, window = "made", "0" * 64, 256

    def __init__(self) -> None:
        self.vectors: dict[str, FloatArray] = {}

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def embed(self, texts: Sequence[str], are_questions: bool = False) -> FloatArray:
        return np.stack([self.vectors[text] for text in texts])

    def embed_wholes(self, wholes: Sequence[Whole]) -> list[FloatArray]:
        raise NotImplementedError


class Made:
    """The texts and vectors of a size, the same for the same seed."""

    def __init__(self, count: int) -> None:
        self.rng = np.random.default_rng(count)
        self.words = np.array([f"w{np.base_repr(rank + 36, 36).lower()}" for rank in range(_WORDS)])
        shares = 1 / np.arange(1, _WORDS + 1)
        self.shares = shares / shares.sum()
        themes = self._normal(_THEMES)
        topics = max(count // _TOPICS_EACH, 1)
        self.topics = 0.7 * themes[self.rng.integers(_THEMES, size=topics)] + 0.6 * self._normal(topics)
        self.stretches = self._normal(_STRETCHES) / np.sqrt(_STRETCHES)

    def _normal(self, count: int, dimensions: int = DIMENSIONS) -> FloatArray:
        return self.rng.normal(size=(count, dimensions)).astype(np.float32)

    def vectors(self, count: int) -> FloatArray:
        of_topic = self.topics[self.rng.integers(len(self.topics), size=count)]
        return unit(of_topic + 0.8 * self._normal(count, _STRETCHES) @ self.stretches + 0.35 * self._normal(count))

    def near(self, vectors: FloatArray) -> FloatArray:
        return unit(vectors + 0.035 * self._normal(len(vectors)))

    def text(self, words: int) -> str:
        return self.texts(1, words)[0]

    def texts(self, count: int, words: int) -> list[str]:
        drawn = self.words[self.rng.choice(_WORDS, size=(count, words), p=self.shares)]
        return [" ".join(row) for row in drawn]


def unit(vectors: FloatArray) -> FloatArray:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def articles(made: Made, count: int) -> Iterator[tuple[Article, list[NewPassage]]]:
    """Articles with so many passages of two sentences in all, and what is put of them."""
    for first in range(0, count, _AT_ONCE):
        many = min(_AT_ONCE, count - first)
        own = made.vectors(many)
        sentences = made.near(np.repeat(own, 2, axis=0)).reshape(many, 2, DIMENSIONS)
        rows = np.concatenate([own[:, None], sentences], axis=1)
        every = made.texts(2 * many, _OF_PASSAGE // 2)
        for start in range(0, many, _OF_ARTICLE):
            halves = [f"{half}." for half in every[2 * start : 2 * (start + _OF_ARTICLE)]]
            text = "\n".join(halves)
            starts = np.cumsum([0, *(len(half) + 1 for half in halves)]).tolist()
            spans = [Sentence(at, at + len(half), half) for at, half in zip(starts, halves, strict=False)]
            article = Article(f"story{first + start}", "Story", None, None, None, text)
            yield (
                article,
                [
                    NewPassage(
                        Passage(article.id, one.start, two.end, text[one.start : two.end]),
                        (one, two),
                        rows[start + number],
                    )
                    for number, (one, two) in enumerate(zip(spans[::2], spans[1::2], strict=True))
                ],
            )


def measured(count: int, folder: Path) -> dict[str, str]:
    """A line of the table."""
    made, embedder = Made(count), LookedUp()
    embedder.vectors[""] = made.vectors(1)[0]
    library = Library(folder, embedder)
    list(library.add([]))
    written = fill(library, made, count)
    began = time.perf_counter()
    library.warm()
    engine = library._search._current()  # type: ignore[attr-defined]
    getattr(engine, "settle", lambda: None)()
    library._search.flush()
    ready = time.perf_counter() - began
    ids = library._passages.indexed_ids()
    asked = made.rng.choice(ids, size=_QUESTIONS, replace=False)
    questions = made.near(library._passages.vectors(np.sort(asked)))
    texts = [made.text(8) for _ in questions]
    embedder.vectors |= dict(zip(texts, questions, strict=True))
    walls, processors = search_times(library, texts)
    nearest = exact(library, ids, questions)
    found = [{number for number, _ in engine.nearest(question, CANDIDATES)} for question in questions]
    recall = np.mean([len(one & other) / 10 for one, other in zip(found, nearest, strict=True)])
    text, vector = made.text(_OF_PASSAGE), made.vectors(1)[0]
    embedder.vectors["the new one"] = vector
    began = time.perf_counter()
    sentence = Sentence(0, len(text), text)
    article = Article("new", "New", None, None, None, text)
    put(library, [(article, [NewPassage(Passage("new", 0, len(text), text), (sentence,), np.stack([vector, vector]))])])
    assert library.search("the new one")[0].passage.article_id == "new"
    one_more = time.perf_counter() - began
    library.close()
    began = time.perf_counter()
    library = Library(folder, embedder)
    library.search("the new one")
    reopened = time.perf_counter() - began
    library.close()
    sizes = {path.name: path.stat().st_size / 1e6 for path in folder.iterdir()}
    return {
        "passages": f"{count:,}",
        "search p50": f"{np.median(walls):.0f} ms",
        "p95": f"{np.quantile(walls, 0.95):.0f} ms",
        "p95 of the processor": f"{np.quantile(processors, 0.95):.0f} ms",
        "recall@10": f"{recall:.3f}",
        "one article until found": f"{one_more:.2f} s",
        "opened until found": f"{reopened:.2f} s",
        "vectors made anew": f"{ready:.0f} s",
        "database": f"{sizes['library.sqlite']:,.0f} MB",
        "vectors": f"{sizes['passages.faiss']:,.0f} MB",
        "peak memory": f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f} MB",
        "written in": f"{written:.0f} s",
    }


def fill(library: Library, made: Made, count: int) -> float:
    """Puts articles of ``count`` passages into the library; returns the seconds that it took."""
    began, waiting = time.perf_counter(), []
    for each in articles(made, count):
        waiting.append(each)
        if len(waiting) == _AT_ONCE // _OF_ARTICLE:
            put(library, waiting)
            waiting = []
    put(library, waiting)
    return time.perf_counter() - began


def search_times(library: Library, texts: Sequence[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of the clock and of the processor that each search takes."""
    walls, processors = [], []
    for text in texts:
        wall, processor = time.perf_counter(), time.process_time()
        library.search(text)
        walls.append(1000 * (time.perf_counter() - wall))
        processors.append(1000 * (time.process_time() - processor))
    return walls, processors


def put(library: Library, some: Sequence[tuple[Article, list[NewPassage]]]) -> None:
    with library._database.transaction():
        for article, passages in some:
            library._search.upsert(article, passages)


def exact(library: Library, ids: FloatArray, questions: FloatArray) -> list[set[int]]:
    """The ids of the ten nearest passages to each question, all compared."""
    best = np.full((len(questions), 0), 0.0), np.zeros((len(questions), 0), dtype=np.int64)
    for first in range(0, len(ids), 10_000):
        some = ids[first : first + 10_000]
        products = np.concatenate([best[0], questions @ library._passages.vectors(some).T], axis=1)
        numbers = np.concatenate([best[1], np.broadcast_to(some, (len(questions), len(some)))], axis=1)
        order = np.argsort(-products, axis=1)[:, :10]
        best = np.take_along_axis(products, order, axis=1), np.take_along_axis(numbers, order, axis=1)
    return [set(row.tolist()) for row in best[1]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="+", help="passages of each library")
    parser.add_argument("--shared", action="store_true", help="other work runs on the machine meanwhile: state so")
    options = parser.parse_args()
    beside = "ran on the machine meanwhile; the processor's time does not count it" if options.shared else "none"
    facts = circumstances({"questions": _QUESTIONS, "other work": beside})
    rows = []
    for count in sorted(options.sizes):  # the peak of memory only rises
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measured(count, Path(folder)))
        print(rows[-1], file=sys.stderr)
    table = markdown_table(list(rows[0]), [list(row.values()) for row in rows])
    print(table)
    write_section(SECTION, facts, table)


if __name__ == "__main__":
    main()

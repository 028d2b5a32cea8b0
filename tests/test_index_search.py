from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.records import Hit, Passage, Sentence, SentenceHit
from index.search import WEIGHTS, fuse, query_words
from index.store.vectors import Vectors


def random_vectors(count: int) -> np.ndarray:
    vectors = np.random.default_rng(7).normal(size=(count, 16)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_nearest_vectors_are_those_numpy_finds() -> None:
    vectors = random_vectors(200)
    ids = np.arange(200, dtype=np.int64) * 3 + 5
    found = Vectors(ids, vectors).nearest(vectors[17], 10)
    assert found == [int(ids[i]) for i in np.argsort(-(vectors @ vectors[17]))[:10]]


def test_asking_for_more_than_there_are_gives_those_there_are() -> None:
    assert Vectors(np.array([4, 9], dtype=np.int64), random_vectors(2)).nearest(random_vectors(1)[0], 50) == [4, 9]


def test_the_nearest_among_some_are_those_numpy_finds_among_them() -> None:
    vectors = random_vectors(500)
    among = np.arange(0, 500, 7, dtype=np.int64)
    found = Vectors(np.arange(500, dtype=np.int64), vectors).nearest(vectors[17], 10, among)
    assert found == [int(among[i]) for i in np.argsort(-(vectors[among] @ vectors[17]))[:10]]
    assert Vectors(np.arange(500, dtype=np.int64), vectors).nearest(vectors[17], 10, among[:3]) == [
        int(i) for i in sorted([0, 7, 14], key=lambda i: -(vectors[i] @ vectors[17]))
    ]
    assert Vectors(np.arange(500, dtype=np.int64), vectors).nearest(vectors[17], 10, among[:0]) == []


def test_saved_vectors_are_found_again(tmp_path: Path) -> None:
    vectors = random_vectors(20)
    Vectors(np.arange(20, dtype=np.int64), vectors).save(tmp_path / "v", mark="three")
    loaded = Vectors.load(tmp_path / "v", mark="three")
    assert loaded is not None
    assert loaded.nearest(vectors[11], 1) == [11]
    assert [path.name for path in tmp_path.iterdir()] == ["v"]


@pytest.mark.parametrize("damage", ["missing", "mark", "cut", "one byte", "no header"])
def test_a_damaged_or_stale_file_is_not_believed(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "v"
    Vectors(np.arange(20, dtype=np.int64), random_vectors(20)).save(path, mark="three")
    data = path.read_bytes()
    match damage:
        case "missing":
            path.unlink()
        case "cut":
            path.write_bytes(data[:-100])
        case "one byte":
            path.write_bytes(data[:-50] + bytes([data[-50] ^ 1]) + data[-49:])
        case "no header":
            path.write_bytes(b"not json\n" + data)
    assert Vectors.load(path, mark="four" if damage == "mark" else "three") is None


def hit(number: int, bm25: float, cosine: float, best: float) -> Hit:
    passage = Passage("a", number, number + 1, "x")
    return Hit(passage, 0.0, cosine, bm25, (SentenceHit(Sentence(number, number + 1, "x"), best),))


def test_each_signal_counts_by_its_weight_between_its_lowest_and_highest() -> None:
    words, passage, sentence = WEIGHTS
    found = fuse([hit(1, 0.0, 0.2, 0.5), hit(2, 8.0, 0.4, 0.1), hit(3, 4.0, 0.6, 0.3)])
    expected = {1: sentence * 1, 2: words * 1 + passage * 0.5, 3: words * 0.5 + passage * 1 + sentence * 0.5}
    assert {h.passage.start: h.score for h in found} == pytest.approx(expected)
    assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)


def test_signals_that_are_all_alike_decide_nothing() -> None:
    assert [h.score for h in fuse([hit(1, 2.0, 0.5, 0.5), hit(2, 2.0, 0.5, 0.5)])] == [0.0, 0.0]


def test_operators_of_the_query_language_are_words() -> None:
    assert query_words('NOT "x" OR (a) NEAR b* col:c') == ["not", "x", "or", "a", "near", "b", "col", "c"]

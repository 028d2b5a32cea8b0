"""What every engine of vectors does, whichever it is."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes import NumpyVectors, WordEmbedder
from killing import BRIDGE, TRAM, WOLVES, write
from milvus_server import free_port, serving

from index.embedding.embedder import FloatArray
from index.library import Library
from index.reading.files import find
from index.store.vectors.engines import engine_at
from index.store.vectors.faiss_vectors import FaissVectors
from index.store.vectors.protocol import IdArray, VectorIndex

Opened = Callable[[], VectorIndex]


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Milvus server."""
    pytest.importorskip("pymilvus")
    pytest.importorskip("milvus_lite")
    with serving(free_port(), tmp_path_factory.mktemp("milvus")) as address:
        yield address


@pytest.fixture(params=["numpy", "faiss", "faiss in parts", "milvus"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Opened:
    """Opens the engine, again with what it kept."""
    if request.param == "milvus":
        address, name = request.getfixturevalue("milvus"), uuid.uuid4().hex
        return lambda: engine_at(address)(tmp_path, name)
    if request.param == "numpy":
        once = NumpyVectors()
        return lambda: once
    return lambda: FaissVectors(tmp_path / "v", exact_up_to=1 << 60 if request.param == "faiss" else 1500)


@pytest.fixture
def engine(opened: Opened) -> VectorIndex:
    return opened()


def unit(count: int, seed: int = 7) -> FloatArray:
    """Vectors of unit length in 16 bits, as the database keeps them."""
    vectors = np.random.default_rng(seed).normal(size=(count, 16))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float16).astype(np.float32)


def numbers(*some: int) -> IdArray:
    return np.array(some, dtype=np.int64)


def ids_of(found: list[tuple[int, float]]) -> list[int]:
    return [number for number, _ in found]


def test_the_nearest_are_those_numpy_finds_nearest_first(engine: VectorIndex) -> None:
    vectors, ids = unit(200), np.arange(200, dtype=np.int64) * 3 + 5
    engine.put(ids, vectors)
    products = vectors @ vectors[17]
    order = np.argsort(-products)[:10]
    found = engine.nearest(vectors[17], 10)
    assert ids_of(found) == ids[order].tolist()
    assert [product for _, product in found] == pytest.approx(products[order].tolist(), abs=1e-5)


def test_asking_for_more_than_there_are_gives_those_there_are(engine: VectorIndex) -> None:
    assert engine.nearest(unit(1)[0], 50) == []
    engine.put(numbers(4, 9), unit(2))
    assert ids_of(engine.nearest(unit(1)[0], 50)) == [4, 9]


def test_the_nearest_among_some_are_those_numpy_finds_among_them(engine: VectorIndex) -> None:
    vectors = unit(500)
    engine.put(np.arange(500, dtype=np.int64), vectors)
    among = np.arange(0, 500, 7, dtype=np.int64)
    expected = among[np.argsort(-(vectors[among] @ vectors[17]))]
    assert ids_of(engine.nearest(vectors[17], 10, among)) == expected[:10].tolist()
    assert ids_of(engine.nearest(vectors[17], 10, among[:3])) == [i for i in expected.tolist() if i in among[:3]]
    assert engine.nearest(vectors[17], 10, among[:0]) == []


def test_what_is_dropped_is_found_no_more_and_what_is_put_later_is(engine: VectorIndex) -> None:
    vectors = unit(30)
    engine.put(np.arange(20, dtype=np.int64), vectors[:20])
    engine.drop(numbers(3, 11, 99))
    engine.put(np.arange(40, 50, dtype=np.int64), vectors[20:])
    left = sorted({*range(20), *range(40, 50)} - {3, 11})
    assert engine.ids().tolist() == left
    assert sorted(ids_of(engine.nearest(vectors[3], 100))) == left
    assert ids_of(engine.nearest(vectors[25], 1)) == [45]


def test_nothing_is_left_when_all_is_dropped_and_it_begins_anew(engine: VectorIndex) -> None:
    engine.put(numbers(1, 2), unit(2))
    engine.drop(engine.ids())
    assert engine.ids().tolist() == []
    assert engine.nearest(unit(1)[0], 5) == []
    engine.flush("none")
    other = np.eye(8, dtype=np.float32)  # as those of another embedder
    engine.put(numbers(8, 9), other[:2])
    assert ids_of(engine.nearest(other[1], 1)) == [9]


def test_what_was_kept_is_there_when_it_is_opened_again(opened: Opened) -> None:
    engine, vectors = opened(), unit(20)
    assert engine.kept == ""
    engine.put(np.arange(20, dtype=np.int64), vectors)
    engine.flush("library twenty")
    again = opened()
    assert again.kept == engine.kept == "library twenty"
    assert again.ids().tolist() == list(range(20))
    assert ids_of(again.nearest(vectors[11], 1)) == [11]


def test_many_that_come_and_go_are_found_as_numpy_finds_them(opened: Opened) -> None:
    engine, vectors = opened(), unit(3000)
    ids = np.arange(3000, dtype=np.int64)
    engine.put(ids[:2500], vectors[:2500])
    engine.flush("many")
    engine.drop(ids[:500])
    engine.put(ids[2500:], vectors[2500:])
    expected = [set((500 + np.argsort(-(vectors[500:] @ asked))[:10]).tolist()) for asked in unit(50, seed=8)]
    for _ in range(2):  # while it may be making itself ready for so many, and when it has
        found = [set(ids_of(engine.nearest(asked, 20))) for asked in unit(50, seed=8)]
        assert np.mean([len(one & other) for one, other in zip(found, expected, strict=True)]) >= 9.8
        assert engine.ids().tolist() == ids[500:].tolist()
        if isinstance(engine, FaissVectors):
            engine.settle()
    engine.flush("more")
    engine.close()
    assert opened().ids().tolist() == ids[500:].tolist()


def test_a_library_finds_the_same_with_it(tmp_path: Path, engine: VectorIndex) -> None:
    write(tmp_path / "news", bridge=BRIDGE, wolves=WOLVES)
    library = Library(tmp_path / "library", WordEmbedder(), lambda *_: engine)
    plain = Library(tmp_path / "plain", WordEmbedder(), lambda *_: NumpyVectors())
    for each in (library, plain):
        list(each.add(find([tmp_path / "news"])))
    write(tmp_path / "news", tram=TRAM, bridge="Bridge open\n\nThe bridge carries trams again.\n")
    for each in (library, plain):
        list(each.add(find([tmp_path / "news"])))
        each.remove(["wolves"])
    for words in ("bridge crowns", "four wolves", "tram square"):
        found, expected = library.search(words), plain.search(words)
        assert [hit.passage for hit in found] == [hit.passage for hit in expected]
        assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected])

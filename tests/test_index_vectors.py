"""The engine of vectors in this process and its file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fakes import WordEmbedder
from killing import BRIDGE, WOLVES, write

from index.embedding.embedder import FloatArray
from index.library import Library
from index.reading.files import find
from index.store.vectors.faiss_vectors import FaissVectors
from index.store.vectors.protocol import IdArray


def kept(path: Path, count: int = 20) -> FaissVectors:
    engine = FaissVectors(path)
    engine.put(np.arange(count, dtype=np.int64), np.eye(count, 32, dtype=np.float32))
    engine.flush("library three")
    return engine


@pytest.mark.parametrize("damage", ["missing", "cut", "one byte", "no header", "empty", "header alone"])
def test_a_damaged_file_is_not_believed(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "v"
    kept(path)
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
        case "empty":
            path.write_bytes(b"")
        case "header alone":
            path.write_bytes(data.partition(b"\n")[0] + b"\n")
    assert FaissVectors(path).kept == ""
    assert FaissVectors(path).ids().tolist() == []


def test_only_the_file_is_left(tmp_path: Path) -> None:
    kept(tmp_path / "v")
    assert [path.name for path in tmp_path.iterdir()] == ["v"]


def test_a_large_file_is_written_again_only_after_one_in_a_hundred_changed(tmp_path: Path) -> None:
    engine = FaissVectors(tmp_path / "v")
    vectors = np.random.default_rng(1).normal(size=(1020, 8)).astype(np.float32)
    engine.put(np.arange(1000, dtype=np.int64), vectors[:1000])
    engine.flush("library first")
    engine.put(np.arange(1000, 1005, dtype=np.int64), vectors[1000:1005])
    engine.flush("library second")
    assert (engine.kept, FaissVectors(tmp_path / "v").kept) == ("library first", "library first")
    engine.drop(np.arange(10, dtype=np.int64))
    engine.flush("library third")
    assert (engine.kept, FaissVectors(tmp_path / "v").kept) == ("library third", "library third")


def test_what_was_parted_is_written_at_once(tmp_path: Path) -> None:
    engine = FaissVectors(tmp_path / "v", exact_up_to=1000)
    vectors = np.random.default_rng(1).normal(size=(2000, 32)).astype(np.float32)
    engine.put(np.arange(2000, dtype=np.int64), vectors)
    engine.flush("many")
    engine.settle()
    written = (tmp_path / "v").stat()
    assert written.st_size < vectors.nbytes  # a byte a number
    engine.put(np.array([2000], dtype=np.int64), vectors[:1])
    engine.flush("one more")
    assert (tmp_path / "v").stat().st_mtime_ns == written.st_mtime_ns
    again = FaissVectors(tmp_path / "v")
    assert (again.kept, len(again.ids())) == ("many", 2000)


def test_an_article_more_or_less_touches_its_own_vectors_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = {f"story{number}": f"Story {number}\n\nNumber {number} tells of nothing else.\n" for number in range(300)}
    write(tmp_path / "news", **many)
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / "news"])))
    touched: list[tuple[str, int]] = []

    def noted(self: FaissVectors, ids: IdArray, vectors: FloatArray | None = None) -> None:
        touched.append(("drop" if vectors is None else "put", len(ids)))
        drop(self, ids) if vectors is None else put(self, ids, vectors)

    put, drop = FaissVectors.put, FaissVectors.drop
    monkeypatch.setattr(FaissVectors, "put", noted)
    monkeypatch.setattr(FaissVectors, "drop", noted)
    write(tmp_path / "more", bridge=BRIDGE, wolves=WOLVES)
    for each in (library, Library(tmp_path / "library", WordEmbedder())):  # the one that has it, and a new process
        list(each.add(find([tmp_path / "more" / "bridge.txt"])))
        assert each.search("bridge crowns")[0].passage.article_id == "bridge"
        each.remove(["bridge"])
        assert each.search("bridge crowns")[0].passage.article_id != "bridge"
        changes = [(what, count) for what, count in touched if count]
        assert changes == [("put", 1), ("drop", 1)]
        touched.clear()

"""Nearest vectors by FAISS: the one door to it, and its file beside the database.

The file is derived: where it is missing or damaged it is made anew from the database, and where it lags behind it is
brought up to date. It starts with a line that marks what it was made of (the library's random id, the digest of what is
indexed) and the hash of what follows, FAISS's own serialization.
"""

from __future__ import annotations

import contextlib
import hashlib
import mmap
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import faiss as typed_faiss
import numpy as np

from index.embedding.embedder import FloatArray
from index.store.vectors.protocol import IdArray

faiss: Any = typed_faiss  # its own types lack half of what it has
_Index: TypeAlias = Any

EXACT_UP_TO = 200_000
"""Up to so many vectors a question is compared with all of them, in hundredths of a second; more are put into clusters,
and only the clusters nearest to the question are searched. Round, not fitted."""

_LEFT_BEHIND = 100
"""One in so many vectors may have come or gone before the file is written again: a large one takes seconds. Round, not
fitted."""

_PARTS = 1024
"""Clusters that many vectors are put into (an inverted file, IVF). Round, not fitted."""
_PARTS_SEARCHED = 64
"""Clusters searched for a question; measured by ``make bench-large``: see tests/bench/RESULTS.md."""
_LEARNT_FROM = 64
"""Vectors for each cluster from which the centres are learned. Round, not fitted."""

_AT_ONCE = 1 << 20
"""Bytes that FAISS hands over together when it writes."""
_LONGEST_HEAD = 1000
"""Bytes of the file's first line."""


class FaissVectors:
    """Vectors in this process, searched exactly by inner product while they are not too many (see VectorIndex).

    Past ``exact_up_to`` vectors they are put into clusters in the background, and kept in a byte a number: then the
    nearest are found nearly always, by products that are a little off. What is put or dropped meanwhile counts at once.
    """

    def __init__(self, path: Path, exact_up_to: int = EXACT_UP_TO) -> None:
        """Reads the vectors in the file; none where it is missing, damaged or of another version of FAISS."""
        self._path = path
        self._exact_up_to = exact_up_to
        self._lock = threading.RLock()
        self._parting: threading.Thread | None = None
        self._faiss: _Index = None
        self._kept = ""
        self._unkept = 0
        """How many vectors came or went since the file was written."""
        self._mark = ""
        """What ``flush`` was told that the vectors are; empty where some came or went since."""
        with contextlib.suppress(OSError, ValueError, RuntimeError):  # the last is FAISS's own
            self._kept, self._faiss = _read(path)

    @property
    def kept(self) -> str:
        return self._kept

    def ids(self) -> IdArray:
        with self._lock:
            return np.sort(_ids(self._faiss))

    def put(self, ids: IdArray, vectors: FloatArray) -> None:
        if not len(ids):
            return
        with self._lock:
            if self._faiss is None:
                self._faiss = faiss.IndexIDMap(_exact(vectors.shape[1]))
            self._faiss.add_with_ids(np.ascontiguousarray(vectors), ids)
            self._unkept += len(ids)
            self._mark = ""

    def drop(self, ids: IdArray) -> None:
        with self._lock:
            if self._faiss is not None and len(ids):
                self._unkept += self._faiss.remove_ids(faiss.IDSelectorBatch(ids))
                self._mark = ""
                if self._faiss.ntotal == 0:
                    self._faiss = None  # the next may have other dimensions

    def nearest(self, vector: FloatArray, k: int, among: IdArray | None = None) -> list[tuple[int, float]]:
        with self._lock:
            if self._faiss is None or k < 1:
                return []
            with _one_thread():
                products, ids = self._faiss.search(vector.reshape(1, -1), k, params=self._parameters(among))
        # FAISS fills the places beyond its size with -1.
        return [(int(i), float(product)) for i, product in zip(ids[0], products[0], strict=True) if i != -1]

    def _parameters(self, among: IdArray | None) -> Any:
        chosen = {} if among is None else {"sel": faiss.IDSelectorBatch(among)}
        if not isinstance(self._faiss, faiss.IndexIVF):
            return faiss.SearchParameters(**chosen) if chosen else None
        # The fewer are admitted, the farther they lie apart.
        parts = _PARTS_SEARCHED if among is None else _PARTS_SEARCHED * self._faiss.ntotal // max(len(among), 1)
        return faiss.SearchParametersIVF(nprobe=min(parts, self._faiss.nlist), **chosen)

    def flush(self, mark: str) -> None:
        with self._lock:
            self._mark = mark
            held = 0 if self._faiss is None else self._faiss.ntotal
            if mark == self._kept or (self._kept and self._unkept * _LEFT_BEHIND <= held):
                return
            self._keep()
            if held > self._exact_up_to and isinstance(self._faiss, faiss.IndexIDMap) and self._parting is None:
                self._parting = threading.Thread(target=self._part, name="parting vectors")
                self._parting.start()

    def _keep(self) -> None:
        """Writes the file with the present mark."""
        with contextlib.suppress(OSError):  # a disk that is full or only to be read: it is made anew another time
            _write(self._path, self._mark, self._faiss)
            self._kept, self._unkept = self._mark, 0

    def settle(self) -> None:
        """Waits until the clusters are made, if that is going on in the background."""
        if (parting := self._parting) is not None:
            parting.join()

    def close(self) -> None:
        self.settle()
        with self._lock:
            self._faiss = None

    def _part(self) -> None:
        """Puts the vectors as they are now into clusters, then applies what was put and dropped meanwhile."""
        faiss.omp_set_num_threads(1)  # of this thread alone: whoever asks meanwhile keeps the other cores
        with self._lock:
            ids, vectors = _ids(self._faiss).copy(), _vectors(self._faiss)
        parted = _trained(vectors)
        parted.add_with_ids(vectors, ids)
        with self._lock:
            now = _ids(self._faiss)
            parted.remove_ids(faiss.IDSelectorBatch(np.setdiff1d(ids, now)))
            came = np.isin(now, ids, invert=True)
            parted.add_with_ids(_vectors(self._faiss)[came], now[came])
            self._faiss, self._unkept, self._parting = parted, len(now), None
            if self._mark:  # else whoever searches next would wait for it
                self._keep()


def _ids(index: _Index | None) -> IdArray:
    """The ids of what an index holds, in its own order."""
    if index is None:
        return np.empty(0, np.int64)
    if isinstance(index, faiss.IndexIDMap):
        return np.asarray(faiss.vector_to_array(index.id_map))
    lists = index.invlists
    sizes = [(part, lists.list_size(part)) for part in range(index.nlist)]
    return np.concatenate([faiss.rev_swig_ptr(lists.get_ids(part), size) for part, size in sizes if size])


def _exact(dimensions: int) -> _Index:
    """A FAISS index that compares a question with every vector, in 16 bits as the database keeps them.

    That takes half the memory and half the time of 32 bits.
    """
    return faiss.IndexScalarQuantizer(dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """A context in which FAISS computes in this thread alone: more threads would only wait for each other."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)  # the models that compute in this thread ask for as many


def _vectors(index: _Index) -> FloatArray:
    """All vectors of an exact index, shape (vectors, dimensions)."""
    return np.asarray(index.index.reconstruct_n(0, index.ntotal))


def _trained(vectors: FloatArray) -> _Index:
    """An empty index whose clusters were learned from these vectors."""
    parts = min(_PARTS, len(vectors) // _LEARNT_FROM)
    parted = faiss.index_factory(vectors.shape[1], f"IVF{parts},SQ8", faiss.METRIC_INNER_PRODUCT)
    parted.cp.max_points_per_centroid = _LEARNT_FROM
    parted.cp.niter = 10
    parted.train(vectors)
    return parted


def _read(path: Path) -> tuple[str, _Index]:
    """The mark of a file and what it holds. Raises ValueError, OSError, RuntimeError: it is not as it was written."""
    with path.open("rb") as stream:
        head = stream.readline(_LONGEST_HEAD)
        mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    body = np.frombuffer(mapped, dtype=np.uint8, offset=len(head))
    mark, _, digest = head.decode("ascii").rstrip("\n").rpartition(" ")
    # The hash comes first: FAISS is not to read bytes that it did not write.
    if hashlib.sha256(memoryview(mapped)[len(head) :]).hexdigest() != digest:
        raise ValueError
    return mark, faiss.deserialize_index(body)


def _write(path: Path, mark: str, index: _Index) -> None:
    """Writes to a temporary name, flushes to the disk and renames: never a half-written file."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    hashed = hashlib.sha256()
    try:
        temporary.touch(mode=0o600)
        with temporary.open("r+b") as stream:
            stream.write(_head(mark, hashed))

            def written(part: bytes) -> int:
                hashed.update(part)
                return stream.write(part)

            faiss.write_index(index, faiss.PyCallbackIOWriter(written, _AT_ONCE))
            stream.seek(0)
            stream.write(_head(mark, hashed))
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _head(mark: str, hashed: hashlib._Hash) -> bytes:
    return f"{mark} {hashed.hexdigest()}\n".encode()

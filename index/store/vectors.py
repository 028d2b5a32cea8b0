"""Nearest vectors: the one door to FAISS, and its file beside the database.

The file is derived: whenever it is missing, damaged or not of the very passages in the database, it is made anew from
the database. It starts with a line that marks what it was made of (the library's random id, the digest of what is
indexed) and the hash of what follows, FAISS's own serialization.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embedding import FloatArray

IdArray = NDArray[np.int64]


class Vectors:
    """Vectors of unit length under ids of one's own, searched exactly by inner product (cosine)."""

    def __init__(self, ids: IdArray, vectors: FloatArray) -> None:
        """ids of shape (n,), vectors of shape (n, dimensions)."""
        self._faiss: faiss.Index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        self._faiss.add_with_ids(np.ascontiguousarray(vectors), ids)

    def __len__(self) -> int:
        return int(self._faiss.ntotal)

    def nearest(self, vector: FloatArray, k: int, among: IdArray | None = None) -> list[int]:
        """Ids of the k nearest, nearest first, of all or of those in ``among``; fewer when there are fewer."""
        chosen = None if among is None else faiss.SearchParameters(sel=faiss.IDSelectorBatch(among))  # type: ignore[call-arg]
        _, ids = self._faiss.search(vector.reshape(1, -1), k, params=chosen)
        # FAISS fills the places beyond its size with -1.
        return [int(number) for number in ids[0] if number != -1]

    def save(self, path: Path, mark: str) -> None:
        """Writes to a temporary name, flushes to the disk and renames: never a half-written file."""
        body = faiss.serialize_index(self._faiss).tobytes()
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            temporary.touch(mode=0o600)
            with temporary.open("wb") as stream:
                stream.write(_head(mark, body) + body)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path, mark: str) -> Vectors | None:
        """The saved vectors, or None when the file is missing, damaged or of something else than the mark says."""
        try:
            head, end, body = path.read_bytes().partition(b"\n")
            # The hash comes first: FAISS is not to read bytes that it did not write.
            if head + end != _head(mark, body):
                return None
            loaded = cls.__new__(cls)
            loaded._faiss = faiss.deserialize_index(np.frombuffer(body, dtype=np.uint8))
        except (OSError, RuntimeError):  # FAISS's own errors: another version of it wrote the file
            return None
        return loaded


def _head(mark: str, body: bytes) -> bytes:
    return f"{mark} {hashlib.sha256(body).hexdigest()}\n".encode()

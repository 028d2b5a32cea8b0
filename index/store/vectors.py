"""The seam behind which the nearest vectors are found: FAISS in this process, or another engine."""

from __future__ import annotations

from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.embedding import FloatArray

IdArray: TypeAlias = NDArray[np.int64]


class VectorIndex(Protocol):
    """Vectors of unit length under the ids of their passages.

    The database is the only truth, an engine is derived from it and never writes it. A passage's vector never changes
    under its id, so two states of a library differ only by the ids that came and went: an engine is brought up to date
    by putting the former and dropping the latter.
    """

    @property
    def kept(self) -> str:
        """The mark of what it held when that was last made to outlast this process; empty where nothing was."""
        ...

    def ids(self) -> IdArray:
        """The ids of all that it holds, rising."""
        ...

    def put(self, ids: IdArray, vectors: FloatArray) -> None:
        """Takes in vectors, shape (len(ids), dimensions), under ids that it does not hold."""
        ...

    def drop(self, ids: IdArray) -> None:
        """Forgets what it holds under these ids; those that it does not hold make no difference."""
        ...

    def nearest(self, vector: FloatArray, k: int, among: IdArray | None = None) -> list[tuple[int, float]]:
        """Ids and inner products of the k nearest of all, or of those in ``among``, nearest first; at most so many."""
        ...

    def flush(self, mark: str) -> None:
        """Notes that it holds the state of this mark; it may leave the disk behind while little has changed."""
        ...

    def close(self) -> None:
        """Ends what it does; nothing is asked of it any more."""
        ...

"""What an engine of vectors must do: FAISS in this process, or another one."""

from __future__ import annotations

from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.embedding.embedder import FloatArray

IdArray: TypeAlias = NDArray[np.int64]


class VectorIndex(Protocol):
    """Vectors of unit length under the ids of their passages.

    The database is the only truth, an engine is derived from it and never writes it. A passage's vector never changes
    under its id, so two states of a library differ only by the ids that came and went: an engine is brought up to date
    by putting the former and dropping the latter.
    """

    @property
    def kept(self) -> str:
        """The mark of the state that was last written to outlast this process; empty where none was."""
        ...

    def ids(self) -> IdArray:
        """The ids of all vectors that it holds, sorted."""
        ...

    def put(self, ids: IdArray, vectors: FloatArray) -> None:
        """Adds vectors, shape (len(ids), dimensions), under ids that it does not hold yet."""
        ...

    def drop(self, ids: IdArray) -> None:
        """Removes the vectors with these ids; ids that it does not hold are ignored."""
        ...

    def nearest(self, vector: FloatArray, k: int, among: IdArray | None = None) -> list[tuple[int, float]]:
        """Ids and inner products of the k vectors nearest to ``vector``, nearest first; only of ``among``, if given."""
        ...

    def flush(self, mark: str) -> None:
        """Notes that its vectors are the state of this mark; while little has changed it need not write to the disk."""
        ...

    def close(self) -> None:
        """Closes it; it is not to be used afterwards."""
        ...

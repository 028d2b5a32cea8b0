"""Nearest vectors by a Milvus server: the one door to pymilvus.

Each library has a collection of its own there, named after its random id. What it was last brought up to stands in it
too, in a row under an id that no passage has.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from index.embedding.embedder import FloatArray
from index.errors import EngineGoneError, InputError
from index.store.vectors.protocol import IdArray

try:
    from pymilvus import DataType, MilvusClient
    from pymilvus.exceptions import MilvusException
except ModuleNotFoundError as error:
    raise InputError("A Milvus index needs pymilvus; install it with: pip install byline[milvus]") from error

# Of what fails it would tell a page of calls; EngineGoneError tells it in a sentence.
logging.getLogger("pymilvus").setLevel(logging.CRITICAL)

_SECONDS = 30
"""Seconds that the server is waited for. Round, not fitted."""
_AT_ONCE = 5000
"""Vectors or ids sent together: Milvus takes 64 MB. Round, not fitted."""
_MARK = -1
"""The id of the row with the mark; no passage has one below 1."""
_LONGEST_MARK = 200
"""Characters."""


class MilvusVectors:
    """The vectors of one library on a server, which several programs may read (see VectorIndex)."""

    def __init__(self, address: str, library: str) -> None:
        """``address`` as in ``http://127.0.0.1:19530``; ``library`` is the library's random id, in letters and digits.

        Raises EngineGoneError: the server cannot be reached, as every other method does.
        """
        self._address = address
        self._name = f"byline_{library}"
        with self._reached():
            self._client = MilvusClient(uri=address, timeout=_SECONDS)
            self._dimensions = 0
            """Of the vectors; 0 where there is no collection yet."""
            if self._client.has_collection(self._name, timeout=_SECONDS):
                self._client.load_collection(self._name, timeout=_SECONDS)
                told = self._client.describe_collection(self._name, timeout=_SECONDS)
                self._dimensions = next(int(f["params"]["dim"]) for f in told["fields"] if f["name"] == "vector")

    @property
    def kept(self) -> str:
        if not self._dimensions:
            return ""
        with self._reached():
            rows = self._client.get(self._name, ids=[_MARK], output_fields=["mark"], timeout=_SECONDS)
        return str(rows[0]["mark"]) if rows else ""

    def ids(self) -> IdArray:
        if not self._dimensions:
            return np.empty(0, dtype=np.int64)
        found: list[int] = []
        with self._reached():
            pages = self._client.query_iterator(
                self._name, filter=f"id > {_MARK}", output_fields=["id"], batch_size=_AT_ONCE, timeout=_SECONDS
            )
            while page := pages.next():
                found += [row["id"] for row in page]
            pages.close()
        return np.array(sorted(found), dtype=np.int64)

    def put(self, ids: IdArray, vectors: FloatArray) -> None:
        if not len(ids):
            return
        if self._dimensions != vectors.shape[1]:
            self._begin(vectors.shape[1])
        rows = [{"id": int(i), "vector": vector, "mark": ""} for i, vector in zip(ids, vectors, strict=True)]
        with self._reached():
            for first in range(0, len(rows), _AT_ONCE):
                self._client.upsert(self._name, rows[first : first + _AT_ONCE], timeout=_SECONDS)

    def drop(self, ids: IdArray) -> None:
        if not self._dimensions:
            return
        with self._reached():
            for first in range(0, len(ids), _AT_ONCE):
                some = ids[first : first + _AT_ONCE].tolist()
                self._client.delete(self._name, ids=some, timeout=_SECONDS)

    def nearest(self, vector: FloatArray, k: int, among: IdArray | None = None) -> list[tuple[int, float]]:
        if not self._dimensions or k < 1 or (among is not None and not len(among)):
            return []
        restricted = {} if among is None else {"filter": f"id in {among.tolist()}"}
        with self._reached():
            (found,) = self._client.search(
                self._name, data=[vector], limit=k + 1, output_fields=["id"], timeout=_SECONDS, **restricted
            )
        products = [(int(hit["id"]), float(hit["distance"])) for hit in found if hit["id"] != _MARK]
        return products[:k]

    def flush(self, mark: str) -> None:
        if not self._dimensions:
            return
        with self._reached():
            row = {"id": _MARK, "vector": np.zeros(self._dimensions, dtype=np.float32), "mark": mark}
            self._client.upsert(self._name, [row], timeout=_SECONDS)

    def close(self) -> None:
        self._client.close()

    def _begin(self, dimensions: int) -> None:
        """Makes the collection, in place of one of other dimensions; what is put is visible to readers at once."""
        schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimensions)
        schema.add_field("mark", DataType.VARCHAR, max_length=_LONGEST_MARK)
        indexed: Any = MilvusClient.prepare_index_params()
        indexed.add_index("vector", index_type="AUTOINDEX", metric_type="IP")
        with self._reached():
            self._client.drop_collection(self._name, timeout=_SECONDS)
            self._client.create_collection(
                self._name, schema=schema, index_params=indexed, consistency_level="Strong", timeout=_SECONDS
            )
            self._dimensions = dimensions

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except MilvusException as error:
            raise EngineGoneError(
                f"The Milvus index at {self._address} cannot be used ({_first_line(error)}); start it, or leave out "
                "--index: the library has all that it holds."
            ) from error


def _first_line(error: MilvusException) -> str:
    return str(error.message).strip().split("\n")[0].rstrip(".")[:200]

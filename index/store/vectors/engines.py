"""Which engine keeps a library's vectors: FAISS beside its database, or a server; each is imported when opened."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from index.errors import InputError

if TYPE_CHECKING:
    from index.store.vectors.protocol import VectorIndex

OpenVectors: TypeAlias = "Callable[[Path, str], VectorIndex]"
"""Opens the engine for a library, given its folder and its random id."""


def beside(folder: Path, library: str) -> VectorIndex:
    """FAISS, in a file of the library's own folder."""
    from index.store.vectors.faiss_vectors import FaissVectors

    return FaissVectors(folder / "passages.faiss")


def engine_at(address: str | None, allow_remote: bool = False) -> OpenVectors:
    """The engine at an address as in ``milvus://127.0.0.1:19530``; the one beside each library without an address.

    Raises InputError: it is malformed, or leads to another machine and that is not allowed.
    """
    if address is None:
        return beside
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or not port or parts.scheme != "milvus" or parts.path.strip("/") or parts.username:
        raise InputError(f"{address} is no address of an index; give one such as milvus://127.0.0.1:19530")
    if not (allow_remote or _is_this_machine(host)):
        raise InputError(
            f"{host} is another machine, and the vectors of every passage and question would be sent to it; allow that "
            "with --allow-remote, or give a server on 127.0.0.1."
        )

    def opened(folder: Path, library: str) -> VectorIndex:
        from index.store.vectors.milvus_vectors import MilvusVectors

        return MilvusVectors(f"http://{parts.netloc}", library)

    return opened


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False

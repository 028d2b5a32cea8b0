"""Seals: short hashes stored beside values, by which damage and foreign changes are noticed when these are read.

A library's ``digest`` is the sum of ``share`` over its passages: two libraries with the same digest hold the same
passages with the same vectors, whatever was added and removed in which order.
"""

from __future__ import annotations

import hashlib

_BYTES = 16
"""Bytes of a hash that are kept: enough for no two hashes of a library to be the same by chance."""
MODULUS = 1 << (8 * _BYTES)


def seal(*values: object) -> bytes:
    """The hash of these values with their types and lengths, so that different lists of values never share one.

    >>> seal("ab", "c") == seal("a", "bc")
    False
    """
    parts: list[bytes] = []
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        parts += f"{type(value).__name__} {len(data)} ".encode(), data
    return hashlib.sha256(b"".join(parts)).digest()[:_BYTES]


def share(passage_id: int, passage_seal: bytes) -> int:
    """What a passage adds to the digest of its library: a number made of its id and its seal."""
    return int.from_bytes(seal(passage_id, passage_seal))

"""Lines of a page as numbers, by which they are counted over many pages."""

from __future__ import annotations

import hashlib


def line_hash(line: str) -> int:
    """A number of 63 bits for a line, which fits SQLite and JSON; lines that differ only in spaces share it.

    >>> line_hash("Follow  us ") == line_hash("Follow us")
    True
    """
    words = " ".join(line.split()).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest()) >> 1


def line_hashes(text: str) -> list[int]:
    """The hashes of the lines that hold words, in their order, each once."""
    return list(dict.fromkeys(line_hash(line) for line in text.split("\n") if line.strip()))

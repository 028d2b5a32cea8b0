"""Drops passages that repeat others, so that reprints, or an article that repeats itself, cannot fill the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from index.records import Hit
from index.text.reprints import runs

RUN = 3
"""Words in a run, by which passages are compared: passages are short, so short runs are enough. Chosen by eye."""
REPEATS_FROM = 0.5
"""Share of the shorter passage's runs that must be in common for one to repeat the other. Chosen by eye."""


def distinct(hits: Sequence[Hit], most: int) -> list[Hit]:
    """The best hits, at most ``most``, without those whose text repeats that of a better one."""
    kept: list[tuple[Hit, set[int]]] = []
    for hit in hits:
        said = runs(hit.passage.text, RUN)
        if not any(_repeats(said, hit, before, known) for known, before in kept):
            kept.append((hit, said))
        if len(kept) == most:
            break
    return [hit for hit, _ in kept]


def _repeats(said: set[int], hit: Hit, before: set[int], known: Hit) -> bool:
    if not said or not before:  # a word or two
        return hit.passage.text.casefold() == known.passage.text.casefold()
    return len(said & before) >= REPEATS_FROM * min(len(said), len(before))

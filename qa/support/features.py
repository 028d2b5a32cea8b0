"""What the judge looks at: a claim beside its evidence, as a few numbers that each grow with support."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedding import evened
from qa.support.facts import Difference
from qa.support.overlap import Overlap, clauses
from qa.text.words import fold

_NEIGHBOURS = 4
"""Sentences that follow each other and may tell together what a claim says in one."""


class Embeds(Protocol):
    """What the judge needs of an embedder: texts as rows of unit length."""

    @property
    def name(self) -> str: ...
    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


@dataclass(frozen=True)
class Likeness:
    """How near a claim is to its evidence in meaning, as cosines from -1 to 1."""

    sentences: NDArray[np.float32]
    """The claim beside each sentence, shape (sentences,)."""
    neighbours: float
    """The claim beside the nearest sentence, or two that follow each other and are read as one."""
    clause: float
    """The clause of the claim that is farthest from every sentence, beside the nearest one."""

    @staticmethod
    def of(overlap: Overlap, embedder: Embeds) -> Likeness:
        """Embeds the claim, the evidence and, where it has several, the claim's clauses."""
        parts = clauses(overlap.claim, overlap.language)
        given = (overlap.claim, *parts) if len(parts) > 1 else (overlap.claim,)
        vectors = embedder.embed([*given, *overlap.evidence])
        claims, found = vectors[: len(given)], vectors[len(given) :]
        cosines = found @ claims[0]
        pairs = found[:-1] + found[1:]
        together = (pairs @ claims[0]) / np.maximum(np.linalg.norm(pairs, axis=1), 1e-6)
        nearest = (found @ claims[1:].T if len(given) > 1 else cosines[:, None]).max(axis=0)
        nearby = float(max(cosines.max(), together.max(initial=-1)))
        nearby, clause = evened(np.array([nearby, nearest.min()]), embedder.name).tolist()
        return Likeness(evened(cosines, embedder.name), nearby, clause)


def features(overlap: Overlap, differences: Sequence[Difference], likeness: Likeness) -> dict[str, float]:
    """What the judge weighs of one claim, by name; each value grows with the support for the claim."""
    missing = 1 - overlap.matrix.max(axis=0)
    kinds = Counter(d.kind for d in differences)
    return {
        "covered": float(1 - missing.mean()),
        "covered_by_one": float(overlap.shares.max()),
        "covered_nearby": overlap.covered_by_neighbours(_NEIGHBOURS),
        "missing_words": -float(missing.sum()),
        "missing_numbers": -float(
            sum(lacks for lacks, w in zip(missing, overlap.words, strict=True) if w.text[0].isdigit())
        ),
        "letters": _letters_found(overlap),
        "cosine": likeness.neighbours,
        "cosine_of_clause": likeness.clause,
        "different": -float(bool(differences)),
        "differences": -float(min(len(differences), 3)),
        "different_number": -float(min(kinds["number"] + kinds["date"], 2)),
        "different_name": -float(min(kinds["name"], 2)),
    }


def _letters_found(overlap: Overlap) -> float:
    """The share of the claim's runs of four characters that stand in the evidence: forms and compounds of a word."""
    wanted = _fours(overlap.claim)
    found = frozenset().union(*map(_fours, overlap.evidence))
    return len(wanted & found) / max(len(wanted), 1)


@lru_cache(maxsize=4096)
def _fours(text: str) -> frozenset[str]:
    folded = fold(text)
    return frozenset(folded[i : i + 4] for i in range(len(folded) - 3))

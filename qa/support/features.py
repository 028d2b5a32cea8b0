"""The features by which a claim is judged beside its evidence: a few numbers that grow with support."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedding.embedder import evened
from qa.support.facts.differences import Difference
from qa.support.facts.overlap import Overlap, clauses
from qa.text.words import fold

_NEIGHBOURS = 4
"""Sentences in a row that may together tell what a claim says in one. Chosen by eye."""


class Embeds(Protocol):
    """The part of an embedder that the judge needs: it makes texts to rows of unit length."""

    @property
    def name(self) -> str: ...
    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row for each text, shape (texts, dimensions), of length 1."""
        ...


@dataclass(frozen=True)
class Likeness:
    """How similar a claim is to its evidence in meaning, as cosines from -1 to 1."""

    sentences: NDArray[np.float32]
    """Of the claim with each sentence, shape (sentences,)."""
    neighbours: float
    """Of the claim with the nearest sentence, or with two neighbouring sentences read as one."""
    clause: float
    """The lowest over the claim's clauses, of each with its nearest sentence."""

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
    """The features of a claim by name; each grows with the support for the claim."""
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
    """The share of the claim's runs of four characters that stand in the evidence: it sees other forms of a word."""
    wanted = _fours(overlap.claim)
    found = frozenset().union(*map(_fours, overlap.evidence))
    return len(wanted & found) / max(len(wanted), 1)


@lru_cache(maxsize=4096)
def _fours(text: str) -> frozenset[str]:
    folded = fold(text)
    return frozenset(folded[i : i + 4] for i in range(len(folded) - 3))

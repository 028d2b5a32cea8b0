"""What the judge looks at: a claim beside its evidence, as a few numbers that each grow with support."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qa.facts import Difference
from qa.overlap import Overlap
from qa.words import fold


def features(overlap: Overlap, differences: Sequence[Difference], cosines: NDArray[np.float32]) -> dict[str, float]:
    """The judge's features of one claim; ``cosines`` are the claim's similarities with the evidence sentences."""
    missing = 1 - overlap.matrix.max(axis=0)
    kinds = Counter(d.kind for d in differences)
    return {
        "covered": float(1 - missing.mean()),
        "covered_by_one": float(overlap.shares.max()),
        "covered_by_two": overlap.cover(2)[1],
        "missing_words": -float(missing.sum()),
        "letters": _letters_found(overlap),
        "cosine_of_three": float(np.sort(cosines)[::-1][:3].mean()),
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

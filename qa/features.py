"""What the judge looks at: a claim beside its evidence, as a few numbers that each grow with support."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.facts import Difference
from qa.overlap import Overlap


def features(overlap: Overlap, differences: Sequence[Difference], cosines: NDArray[np.float32]) -> dict[str, float]:
    """The judge's features of one claim; ``cosines`` are the claim's similarities with the evidence sentences."""
    missing = 1 - overlap.matrix.max(axis=0)
    kinds = Counter(d.kind for d in differences)
    top = np.sort(cosines)[::-1]
    return {
        "covered": 1 - float(missing.mean()),
        "covered_by_two": overlap.cover(2)[1],
        "missing_words": -float(missing.sum()),
        "longest_gap": -float(_longest_run(missing)),
        "cosine": float(top[0]),
        "cosine_of_three": float(top[:3].mean()),
        "differences": -float(min(len(differences), 3)),
        "different_number": -float(min(kinds["number"] + kinds["date"], 2)),
        "different_name": -float(min(kinds["name"], 2)),
        "shortness": -math.log(len(overlap.words)),
    }


def _longest_run(flags: NDArray[np.float64]) -> int:
    longest = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        longest = max(longest, run)
    return longest

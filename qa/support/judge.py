"""Judges whether sentences of evidence support a claim; every answer goes through it.

Exact facts (`qa.support.facts`) are compared by rules; everything else is weighed by a logistic regression whose
coefficients lie beside this file in ``support_model.json``, fitted by ``tests/bench/fit_support.py``.
No language model is asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import InputError
from qa.confidence.regression import Regression
from qa.records import Support
from qa.support.facts.differences import Difference, differences
from qa.support.facts.overlap import Overlap
from qa.support.features import Embeds, Likeness, features

MODEL = Path(__file__).with_name("support_model.json")
_COSINE = 0.5
"""Weight of a sentence's cosine with the claim beside the share of the claim's words that it has. Chosen by eye."""
_FEWEST_ADDED, _ADDED = 2, 0.15
"""Words of the claim, and share of them, that a further sentence must have besides the nearest. Chosen by eye."""


@dataclass(frozen=True)
class Verdict:
    """The verdict on a claim, and what it rests on."""

    support: Support
    score: float
    """Calibrated probability that the claim is supported, 0 to 1."""
    best: tuple[int, ...]
    """Indices of the evidence sentences that support it best, the best first; empty without evidence."""
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class _Model(Regression):
    """A regression over features, and the probabilities from which a claim is supported or partly so."""

    supported: float
    partly: float

    def support(self, score: float) -> Support:
        return "supported" if score >= self.supported else "partly" if score >= self.partly else "unsupported"


@lru_cache(maxsize=1)
def _model() -> _Model:
    return _Model(**json.loads(MODEL.read_text(encoding="utf-8")))


def judge(claim: str, evidence: Sequence[str], embedder: Embeds) -> Verdict:
    """Judges one claim against sentences of evidence.

    A claim is not supported where the evidence lacks one of its exact facts (see ``qa.support.facts``), and unsupported
    where the evidence has another in its place.
    Without words or without evidence it is unsupported.
    """
    sentences = tuple(evidence)
    overlap = Overlap(claim, sentences)
    if not overlap.words or not any(sentence.strip() for sentence in sentences):
        return Verdict("unsupported", 0.0, (), ())
    likeness = Likeness.of(overlap, embedder)
    found = differences(overlap)
    model = _model()
    score = model.probability(features(overlap, found, likeness))
    if found:
        score *= model.supported
    support = "unsupported" if any(difference.found for difference in found) else model.support(score)
    return Verdict(support, score, _best(overlap, likeness.sentences), found)


def _best(overlap: Overlap, cosines: NDArray[np.float32]) -> tuple[int, ...]:
    """The sentence nearest in words and meaning, and up to two more that have further words of the claim."""
    first = int((overlap.shares + _COSINE * cosines).argmax())
    more = [i for i in overlap.cover(3)[0] if i != first and _adds(overlap, first, i)]
    return (first, *more[:2])


def _adds(overlap: Overlap, first: int, other: int) -> bool:
    new = np.maximum(overlap.matrix[other] - overlap.matrix[first], 0)
    return bool(new.sum() >= max(_FEWEST_ADDED, _ADDED * len(overlap.words)))


def judge_claims(lines: Iterable[str], embedder: Embeds) -> Iterator[dict[str, Any]]:
    """Judges claims given as JSON Lines of ``id``, ``claim`` and ``evidence`` (a list of sentences).

    Yields ``id``, ``support`` and ``score`` for each line in order; empty lines are passed over.
    Raises InputError: a line is no such object; the sentence names the line's number.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"Line {number} of the claims is not JSON ({error}); give one object a line.") from error
        if not isinstance(given, dict) or not isinstance(given.get("claim"), str) or "id" not in given:
            raise InputError(f'Line {number} of the claims has no "id" or no "claim"; give both, and "evidence".')
        sentences = given.get("evidence")
        if not isinstance(sentences, list) or not all(isinstance(sentence, str) for sentence in sentences):
            raise InputError(f'Line {number} of the claims has no list of sentences as "evidence"; give one.')
        verdict = judge(given["claim"], sentences, embedder)
        yield {"id": given["id"], "support": verdict.support, "score": round(verdict.score, 4)}

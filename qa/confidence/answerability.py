"""Whether the evidence holds an answer, weighed before the language model is asked.

Small models answer from their own memory rather than say that the articles do not, and their "yes" or "no" to that
question tells next to nothing. What tells is whether the question's rare words stand together in the evidence, and
whether the best place stands out from the others, so most refusals need no language model at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.records import Hit
from qa.confidence.regression import fitted
from qa.evidence.selecting import Nearness

THRESHOLD = 0.3
"""Questions less probably answerable are refused. Higher refuses more near misses and more good questions:
``tests/bench/fit_answerability.py`` prints the whole curve."""

_PASSAGES = 2
"""Hits that an answer is looked for in."""

_APART, _MOST_APART = 3, 10
"""Hits, and sentences, from which to which the best one should stand out."""

MODEL = Path(__file__).with_name("answerability_model.json")


@dataclass(frozen=True)
class Signs:
    """What a search says about whether its question can be answered; shares lie between 0 and 1."""

    together: float
    """How near the nearest sentence of the evidence is (see qa.evidence.selecting)."""
    passage: float
    """Share of the question, weighed by how rare its words are, that one passage holds."""
    keywords: float
    """How far the best BM25 score stands out from the mean of the hits after the first three, over the whole weight."""
    nearest: float
    """The same of the nearest sentences' cosines: questions that nothing answers have many sentences equally near."""


def signs(hits: Sequence[Hit], nearness: Nearness) -> Signs:
    """The signs in the hits for a question, best first."""
    evidence, rest = hits[:_PASSAGES], hits[_APART:]
    cosines = sorted((found.cosine for hit in hits for found in hit.sentences), reverse=True)
    return Signs(
        together=max(nearness.of(found) for hit in evidence for found in hit.sentences),
        passage=max(nearness.share(hit.passage.text) for hit in evidence),
        keywords=(hits[0].bm25 - _mean([hit.bm25 for hit in rest])) / nearness.whole,
        nearest=cosines[0] - _mean(cosines[_APART:_MOST_APART]),
    )


def _mean(values: Sequence[float]) -> float:
    """The mean; 0 of none, as in a library of three passages."""
    return sum(values) / len(values) if values else 0.0


def answerable(found: Signs) -> float:
    """The probability that the evidence holds an answer, where half of all questions have one."""
    return fitted(MODEL).probability(asdict(found))

"""Whether the evidence holds an answer, weighed before the language model is asked.

Small models answer from their own memory rather than say that the articles do not, and their "yes" or "no" to that
question tells next to nothing. What tells is whether the question's rare words stand together in the evidence, so
most refusals need no language model at all.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import Path

from index.records import Hit
from qa.overlap import stems
from qa.words import content

THRESHOLD = 0.25
"""Questions less probably answerable are refused. Higher refuses more near misses and more good questions:
``tests/bench/fit_answerability.py`` prints the whole curve."""

_PASSAGES = 2
"""Hits that the signs are read from."""

MODEL = Path(__file__).with_name("answerability_model.json")


@dataclass(frozen=True)
class Signs:
    """What a search says about whether its question can be answered; shares lie between 0 and 1."""

    nearest: float
    """Cosine of the question with the nearest sentence of the evidence."""
    sentence: float
    """Share of the question, weighed by how rare its words are, that one sentence of the evidence holds."""
    passage: float
    """The same for one passage."""
    missing: float
    """Share of the rarest word of the question that the evidence holds nowhere."""
    keywords: float
    """The best BM25 score, over the question's whole weight."""


def signs(question: str, hits: Sequence[Hit], rarity: Callable[[str], float]) -> Signs:
    """The signs in the hits that become evidence; ``rarity`` weighs a word (see Library.rarity)."""
    evidence = hits[:_PASSAGES]
    weight = {word.stem: rarity(word.text) for word in content(question)}
    whole = sum(weight.values()) or 1.0

    def share(text: str) -> float:
        return sum(weight[stem] for stem in weight.keys() & stems(text)) / whole

    held = frozenset().union(*(stems(hit.passage.text) for hit in evidence))
    return Signs(
        nearest=max(found.cosine for hit in evidence for found in hit.sentences),
        sentence=max(share(found.sentence.text) for hit in evidence for found in hit.sentences),
        passage=max(share(hit.passage.text) for hit in evidence),
        missing=max((weight[stem] for stem in weight.keys() - held), default=0.0) / whole,
        keywords=max(hit.bm25 for hit in evidence) / whole,
    )


@lru_cache(maxsize=1)
def _model() -> tuple[float, tuple[float, ...]]:
    """Intercept and weights, one for each of the signs."""
    fitted = json.loads(MODEL.read_text(encoding="utf-8"))
    return fitted["intercept"], tuple(fitted["weights"][name] for name in Signs.__dataclass_fields__)


def answerable(found: Signs) -> float:
    """The probability that the evidence holds an answer, where half of all questions have one."""
    intercept, weights = _model()
    logit = intercept + sum(weight * sign for weight, sign in zip(weights, astuple(found), strict=True))
    return 1 / (1 + math.exp(-logit))

"""How probable it is that the articles hold an answer, and that this answer is right, weighed once it is written.

Before, only the evidence can be looked at (``qa.confidence.answerability``); now also how surely the model wrote,
whether the evidence supports what it wrote and whether one sentence stands out that holds it. Coefficients lie beside
this file in ``held_model.json`` and ``confidence_model.json``, fitted by ``tests/bench/fit_confidence.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from qa.confidence.regression import fitted

HELD_MODEL = Path(__file__).with_name("held_model.json")
MODEL = Path(__file__).with_name("confidence_model.json")

THRESHOLD = 0.6
"""Where the articles less probably hold an answer, it becomes a refusal, after those of ``answerability``. Higher
refuses more near misses and more good answers: ``tests/bench/fit_confidence.py`` prints the whole curve."""

QUOTED_BELOW = 0.7
"""An answer that is less probably right gives way to the articles' own words: the sentence or the two that most
probably hold what was asked (see qa.evidence.proof), which are right more often than it."""

_LEAST = 1e-6


@dataclass(frozen=True)
class Traits:
    """What an answer and its evidence say about whether it is right."""

    evidence: float
    """Log odds that the evidence holds an answer (see qa.confidence.answerability)."""
    support: float
    """Log odds that the least supported sentence of the answer is supported (see qa.support.judge)."""
    doubt: float
    """Natural logarithm of the probability of the least probable token written."""
    fluency: float
    """The mean of that over all tokens written."""
    proof: float
    """Natural logarithm of how probable it is of the most probable sentence that it holds the answer."""
    added: float
    """Words of the answer that the question does not have: none where it only says the question again; at most 8."""
    expected: float = 0.0
    """1 where the answer has a number, date or name as the question asks for one (qa.question.answer_type), or else 0;
    answers kept before this was weighed have none."""


def traits(
    answerable: float,
    supports: Sequence[float],
    probabilities: Sequence[float],
    proof: float,
    added: int,
    expected: bool,
) -> Traits:
    """The traits of an answer from the probabilities of its evidence, its sentences' support, its tokens and proof."""
    logs = [math.log(max(probability, _LEAST)) for probability in probabilities] or [0.0]
    return Traits(
        evidence=_log_odds(answerable),
        support=_log_odds(min(supports, default=0.0)),
        doubt=min(logs),
        fluency=sum(logs) / len(logs),
        proof=math.log(max(proof, _LEAST)),
        added=min(added, 8) / 8,
        expected=float(expected),
    )


def held(found: Traits) -> float:
    """The probability that the articles hold an answer to the question that was answered so."""
    return fitted(HELD_MODEL).probability(asdict(found))


def confidence(found: Traits) -> float:
    """The probability that an answer with these traits is right."""
    return fitted(MODEL).probability(asdict(found))


def _log_odds(probability: float) -> float:
    kept = min(max(probability, 0.01), 0.99)
    return math.log(kept / (1 - kept))

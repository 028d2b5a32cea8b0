"""How probable it is that an answer is right, weighed once it is written.

Before, only the evidence can be looked at (``qa.answerability``); now also how surely the model wrote and whether the
evidence supports what it wrote. Coefficients lie beside this file in ``confidence_model.json``, fitted by
``tests/bench/fit_confidence.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from qa.regression import fitted

MODEL = Path(__file__).with_name("confidence_model.json")

THRESHOLD = 0.12
"""Answers less probably right become refusals, after those of ``qa.answerability``. Higher refuses more near misses and
more good answers: ``tests/bench/fit_confidence.py`` prints the whole curve."""

QUOTED_BELOW = 0.6
"""An answer that is less probably right gives way to the sentence it was written from, in the article's own words.

Of 64 such answers of a 0.5B model 50 in a hundred were right, of the sentences in their place 69; of 53 to questions
that nothing was fitted on, 49 and 70. The sentence nearest to the question did as well there, but in news, whose first
sentences say much of what a question says, it often is another than the one that answers.
"""

_LEAST = 1e-6


@dataclass(frozen=True)
class Traits:
    """What an answer and its evidence say about whether it is right."""

    evidence: float
    """Log odds that the evidence holds an answer (see qa.answerability)."""
    support: float
    """Log odds that the least supported sentence of the answer is supported (see qa.support)."""
    doubt: float
    """Natural logarithm of the probability of the least probable token written."""
    fluency: float
    """The mean of that over all tokens written."""
    added: float
    """Words of the answer that the question does not have: none where it only says the question again; at most 8."""


def traits(answerable: float, supports: Sequence[float], probabilities: Sequence[float], added: int) -> Traits:
    """The traits of an answer from the probabilities of its evidence, its sentences' support and its tokens."""
    logs = [math.log(max(probability, _LEAST)) for probability in probabilities] or [0.0]
    return Traits(
        evidence=_log_odds(answerable),
        support=_log_odds(min(supports, default=0.0)),
        doubt=min(logs),
        fluency=sum(logs) / len(logs),
        added=min(added, 8) / 8,
    )


def confidence(found: Traits) -> float:
    """The probability that an answer with these traits is right."""
    return fitted(MODEL).probability(asdict(found))


def _log_odds(probability: float) -> float:
    kept = min(max(probability, 0.01), 0.99)
    return math.log(kept / (1 - kept))

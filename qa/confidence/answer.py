"""How probable it is that the articles answer a question, weighed once an answer is written.

Before, only what was found can be looked at (``qa.evidence.finding``); now also how surely the model wrote and whether
the evidence supports what it wrote. Coefficients lie beside this file, fitted by ``tests/bench/fit_confidence.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from qa.confidence.regression import fitted

MODEL = Path(__file__).with_name("answer_model.json")
_LEAST = 1e-6


@dataclass(frozen=True)
class Traits:
    """What an answer and its evidence say about whether the articles answer the question."""

    found: float
    """Log odds that the sections read answer it (see qa.evidence.finding)."""
    text: float
    """The reader's log odds that one of them does."""
    words: float
    """The share of the question, weighed by how rare its words are, that one passage holds."""
    support: float
    """Log odds that the least supported sentence of the answer is supported (see qa.support.judge)."""
    doubt: float
    """Natural logarithm of the probability of the least probable token written."""
    fluency: float
    """The mean of that over all tokens written."""
    added: float
    """Words of the answer that the question does not have, at most 8, as a share of these."""

    @classmethod
    def of(
        cls,
        found: float,
        text: float,
        words: float,
        supports: Sequence[float],
        probabilities: Sequence[float],
        added: int,
    ) -> Traits:
        """From the probabilities that it was found, of its sentences' support and of its tokens."""
        logs = [math.log(max(probability, _LEAST)) for probability in probabilities] or [0.0]
        return cls(
            found=_log_odds(found),
            text=text,
            words=words,
            support=_log_odds(min(supports, default=0.0)),
            doubt=min(logs),
            fluency=sum(logs) / len(logs),
            added=min(added, 8) / 8,
        )


def answerable(traits: Traits) -> float:
    """The probability that the articles answer the question that was answered so."""
    return fitted(MODEL).probability(asdict(traits))


def _log_odds(probability: float) -> float:
    kept = min(max(probability, 0.01), 0.99)
    return math.log(kept / (1 - kept))

"""The probability that the articles answer a question, computed once an answer is written.

Before, only what was found can be looked at (``qa.evidence.finding``); now also what the model had in mind before it
wrote, how surely it wrote and whether the evidence supports what it wrote. Coefficients lie beside this file, fitted by
``tests/bench/fit_confidence.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from qa.confidence.regression import fitted, log_odds

MODEL = Path(__file__).with_name("answer_model.json")
"""The coefficients for a model without a probe of its state (``in_mind`` is None)."""
MODEL_IN_MIND = Path(__file__).with_name("answer_model_in_mind.json")
_NEAREST = 0.01
"""A probability nearer to 0 or 1 is taken as this near, before its odds are weighed. Round, not fitted."""
_LEAST = 1e-6
"""A probability below is taken as this: of 0 there is no logarithm."""
_UNTOLD_DOUBT = -1.11
"""Where a model does not say how sure it was: the median of 316 answers of the 0.5B and the 1.5B model, as
``tests/bench/fit_confidence.py --collect`` keeps them; of the one -1.25, of the other -1.00."""


@dataclass(frozen=True)
class Traits:
    """The traits of an answer and its evidence from which its confidence is computed."""

    found: float
    """Log odds that the sections read answer it (see qa.evidence.finding)."""
    support: float
    """Log odds that the least supported sentence of the answer is supported (see qa.citing)."""
    doubt: float
    """Natural logarithm of the probability of the least probable token written."""
    in_mind: float | None = None
    """Log odds that what was read answers it, by what the model had in mind before it wrote; None where that is not
    told (see qa.confidence.in_mind)."""

    @classmethod
    def of(
        cls,
        found: float,
        supports: Sequence[float],
        probabilities: Sequence[float | None],
        in_mind: float | None = None,
    ) -> Traits:
        """The traits from three probabilities: that the sections answer, that each sentence of the answer is supported,
        and of each token written (None where the model does not tell); ``in_mind`` is taken as it is.

        >>> Traits.of(0.5, [0.5], [1.0, 1.0])
        Traits(found=0.0, support=0.0, doubt=0.0, in_mind=None)
        >>> Traits.of(0.5, [0.5], [None, None]).doubt
        -1.11
        """
        told = [probability for probability in probabilities if probability is not None]
        doubt = math.log(max(min(told, default=1.0), _LEAST)) if told or not probabilities else _UNTOLD_DOUBT
        return cls(log_odds(found, _NEAREST), log_odds(min(supports, default=0.0), _NEAREST), doubt, in_mind)


def answerable(traits: Traits) -> float:
    """The probability, in 0..1, that the articles answer the question, given what the answer to it is like."""
    return fitted(MODEL if traits.in_mind is None else MODEL_IN_MIND).probability(asdict(traits))

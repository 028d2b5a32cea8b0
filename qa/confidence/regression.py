"""Logistic regressions over named values, their coefficients read from files that scripts in tests/bench fitted."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Regression:
    """A fitted logistic regression."""

    intercept: float
    weights: Mapping[str, float]

    def probability(self, values: Mapping[str, float]) -> float:
        """The probability for values by name, in 0..1; ``values`` needs one for each weight, others are ignored.

        >>> Regression(1.0, {"height": 2.0}).probability({"height": -0.5, "width": 3.0})
        0.5
        """
        logit = self.intercept + sum(weight * values[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-logit))

    def write(self, path: Path) -> None:
        """Writes the coefficients, rounded, for ``fitted`` to read."""
        weights = {name: round(float(weight), 4) for name, weight in self.weights.items()}
        model = {"intercept": round(float(self.intercept), 4), "weights": weights}
        path.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


def log_odds(probability: float, least: float) -> float:
    """The logarithm of the odds of a probability, taken as ``least`` away from 0 and 1 where it is nearer.

    >>> log_odds(0.5, least=0.01)
    0.0
    """
    kept = min(max(probability, least), 1 - least)
    return math.log(kept / (1 - kept))


@cache
def fitted(path: Path) -> Regression:
    """The regression whose coefficients a file holds; read once."""
    return Regression(**json.loads(path.read_text(encoding="utf-8")))

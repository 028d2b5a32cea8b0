"""Logistic regressions over named values or over a vector, their coefficients read from files that scripts in
tests/bench fitted."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


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


@cache
def fitted(path: Path) -> Regression:
    """The regression whose coefficients a file holds; read once."""
    return Regression(**json.loads(path.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Probe:
    """A logistic regression over a vector: ``weights`` of shape (values,)."""

    weights: NDArray[np.float32]
    intercept: float

    @classmethod
    def of(cls, coefficients: NDArray[np.float32]) -> Probe:
        """From the weights with the intercept last, shape (values + 1,)."""
        return cls(coefficients[:-1].astype(np.float32), float(coefficients[-1]))

    def log_odds(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of each row of values, shape (n,), or of one row."""
        return np.asarray(values @ self.weights + self.intercept, dtype=np.float32)

"""Logistic regressions over a vector: what a language model has in mind, or where it looks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Probe:
    """A logistic regression over a vector: ``weights`` of shape (values,), or (classes, values) against one more."""

    weights: NDArray[np.float32]
    intercept: NDArray[np.float32]

    @classmethod
    def of(cls, coefficients: NDArray[np.float32]) -> Probe:
        """From the weights with the intercept last, shape (values + 1,) or (classes, values + 1)."""
        return cls(coefficients[..., :-1].astype(np.float32), coefficients[..., -1].astype(np.float32))

    def log_odds(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The log odds for ``values``, of shape (rows, values) or (values,): shape (rows,) or (), with the classes last
        where there are several.
        """
        return np.asarray(values @ self.weights.T + self.intercept, dtype=np.float32)


@cache
def probe_of_model(coefficients: Path, model: str) -> Probe | None:
    """The probe fitted for a language model, from a file that has one for each; None where it has none for this one.

    ``model`` is the name of the model's file. The coefficients bear the beginning of such names: copies with other
    weights have the same states.
    """
    kept = np.load(coefficients)
    return next((Probe.of(kept[name]) for name in kept.files if model.startswith(name)), None)

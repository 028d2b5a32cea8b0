"""The coefficients of probes as files keep them: of values as they are, the intercept last."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler


def coefficients(scale: StandardScaler, model: LogisticRegression) -> NDArray[np.float64]:
    """The coefficients, the intercept last, for values as they are, of a regression fitted on standardized ones."""
    weights = model.coef_[0] / scale.scale_
    return np.append(weights, model.intercept_[0] - scale.mean_ @ weights)


def keep(path: Path, name: str, probe: NDArray[np.float64]) -> None:
    """Keeps coefficients under a name, beside those that the file holds under others."""
    others = dict(np.load(path)) if path.exists() else {}
    np.savez_compressed(path, **{**others, name: probe.astype(np.float32)})


def of_classes(scale: StandardScaler, model: LogisticRegression) -> NDArray[np.float64]:
    """The same of a regression of several classes: of each but the first against the first, shape (classes - 1, …)."""
    against = model.coef_[1:] - model.coef_[0]
    weights = against / scale.scale_
    intercepts = model.intercept_[1:] - model.intercept_[0] - weights @ scale.mean_
    return np.column_stack([weights, intercepts])


def keep_probe(path: Path, model: str, regression: Pipeline) -> None:
    """Keeps the coefficients of a fitted scaler and logistic regression under a language model's name."""
    keep(path, model, coefficients(*regression))

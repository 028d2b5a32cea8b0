"""Measures of confidence: does it tell right answers from wrong ones, and are answers of 80 % right eight times of ten.

Rows are pairs (confidence, 1 where right else 0), one for each question.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]
BINS = 10
"""Intervals that confidences are parted into for the calibration error. Round, not fitted."""


@dataclass(frozen=True)
class RiskPoint:
    """If only answers of some confidence count: the share of questions answered, and the share of these wrong."""

    confidence: float
    coverage: float
    risk: float


@dataclass(frozen=True)
class CalibrationBin:
    """The questions of one stretch of confidence: their mean confidence, the share right and their number."""

    confidence: float
    accuracy: float
    n: int


def risk_coverage(rows: Rows, questions: int) -> list[RiskPoint]:
    """The risk-coverage curve: a point for each confidence in ``rows``, falling, of so many ``questions`` asked.

    El-Yaniv and Wiener, "On the Foundations of Noise-free Selective Classification", 2010.
    """
    levels, counts, wrong = _levels(rows)
    answered = np.cumsum(counts)
    risks = np.cumsum(wrong) / answered
    return [
        RiskPoint(float(level), float(n / questions), float(risk))
        for level, n, risk in zip(levels, answered, risks, strict=True)
    ]


def aurc(rows: Rows) -> float:
    """Area under the risk-coverage curve: the mean risk of the n most confident answers over all n; 0 is best.

    Geifman, Uziel and El-Yaniv, "Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers", 2019.
    Answers of equal confidence count as if shuffled.
    """
    _, counts, wrong = _levels(rows)
    expected = np.repeat(wrong / counts, counts)
    return float(np.mean(np.cumsum(expected) / np.arange(1, len(expected) + 1)))


def auroc(rows: Rows) -> float:
    """Probability that a right answer has more confidence than a wrong one, a tie counting half; NaN without both.

    The area under the ROC curve as the Mann-Whitney statistic (Hanley and McNeil, 1982).
    """
    _, counts, wrong = _levels(rows)
    right = counts - wrong
    if not (right.any() and wrong.any()):
        return float("nan")
    below = wrong.sum() - np.cumsum(wrong)
    return float((right * (below + wrong / 2)).sum() / (right.sum() * wrong.sum()))


def calibration(rows: Rows) -> list[CalibrationBin]:
    """The rows in ten bins of equal width by confidence, empty ones left out."""
    bins = np.minimum((rows[:, 0] * BINS).astype(int), BINS - 1)
    parts = [rows[bins == number] for number in range(BINS)]
    return [
        CalibrationBin(float(part[:, 0].mean()), float(part[:, 1].mean()), len(part)) for part in parts if len(part)
    ]


def expected_calibration_error(rows: Rows) -> float:
    """Mean distance between a bin's confidence and the share right in it, weighted by the bins' sizes.

    Guo et al., "On Calibration of Modern Neural Networks", 2017.
    """
    return sum(abs(part.confidence - part.accuracy) * part.n for part in calibration(rows)) / len(rows)


def _levels(rows: Rows) -> tuple[Rows, NDArray[np.int64], Rows]:
    """The distinct confidences, falling, how many rows have each, and how many of those are wrong."""
    levels, place, counts = np.unique(-rows[:, 0], return_inverse=True, return_counts=True)
    return -levels, counts, np.bincount(place, weights=1 - rows[:, 1]).astype(np.float64)

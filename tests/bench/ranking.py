"""Fits weights that rank the sentences of a question: those that prove its answer before all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

_STEPS = 300
"""Of L-BFGS at the most; it ends before."""


@dataclass(frozen=True)
class Ranked:
    """The sentences read for one question, in no particular order."""

    values: NDArray[np.float32]
    """Shape (sentences, values)."""
    right: NDArray[np.bool_]
    """Of each sentence whether it proves the answer, at least of one."""
    weight: float = 1.0
    """What the question counts."""


def fit_ranking(questions: Sequence[Ranked], strength: float, ranked: float) -> NDArray[np.float64]:
    """Coefficients for values as they are, the intercept last.

    What is made least is, for the share ``ranked``, the surprise that the likeliest sentence of a question is a right
    one (the conditional logit: McFadden, "Conditional logit analysis of qualitative choice behavior", 1974), else that
    of a logistic regression of all sentences. ``strength`` is of the regularization of standardized values.
    """
    every = np.concatenate([question.values for question in questions]).astype(np.float32)
    mean, scale = every.mean(0), every.std(0) + 1e-6
    values = torch.from_numpy((every - mean) / scale)
    right = torch.from_numpy(np.concatenate([question.right for question in questions]))
    sizes = [len(question.right) for question in questions]
    of = torch.from_numpy(np.repeat(np.arange(len(questions)), sizes))
    counts = torch.tensor([question.weight for question in questions])
    counts = counts / counts.mean()
    weights = torch.zeros(values.shape[1], requires_grad=True)
    intercept = torch.zeros(1, requires_grad=True)

    def together(scores: torch.Tensor) -> torch.Tensor:
        """The logarithm of the sum of each question's exponentials."""
        most = torch.full((len(questions),), -torch.inf).scatter_reduce(0, of, scores, "amax")
        return most + torch.log(torch.zeros(len(questions)).scatter_add(0, of, torch.exp(scores - most[of])))

    def surprise() -> torch.Tensor:
        optimizer.zero_grad()
        scores = values @ weights + intercept
        missed = together(scores) - together(scores.masked_fill(~right, -1e9))
        each = torch.nn.functional.binary_cross_entropy_with_logits(scores, right.float(), counts[of])
        loss: torch.Tensor = ranked * (missed * counts).mean() + (1 - ranked) * each + strength * (weights**2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer = torch.optim.LBFGS([weights, intercept], max_iter=_STEPS, line_search_fn="strong_wolfe")
    optimizer.step(surprise)  # type: ignore[arg-type]
    coefficients = weights.detach().numpy().astype(np.float64) / scale
    return np.append(coefficients, float(intercept.detach()) - mean @ coefficients)


def calibrated(questions: Sequence[Ranked], coefficients: NDArray[np.float64]) -> NDArray[np.float64]:
    """The coefficients, all as many times as large and the intercept such that they tell log odds of being right."""
    scores = np.concatenate([question.values @ coefficients[:-1] for question in questions])
    model = LogisticRegression(C=1e6).fit(scores[:, None], np.concatenate([question.right for question in questions]))
    slope = float(model.coef_[0, 0])
    return np.append(slope * coefficients[:-1], float(model.intercept_[0]))


def likeliest_proves(questions: Sequence[Ranked], coefficients: NDArray[np.float64], most: int = 1) -> float:
    """The share of the questions for which one of the ``most`` sentences ranked first is right."""
    scores = [question.values @ coefficients[:-1] for question in questions]
    firsts = [np.argsort(-each, kind="stable")[:most] for each in scores]
    return float(np.mean([question.right[first].any() for question, first in zip(questions, firsts, strict=True)]))

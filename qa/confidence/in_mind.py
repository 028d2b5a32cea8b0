"""Whether what a language model has read answers the question, by what it has in mind right before its answer.

A model answers whatever it is asked; but what its middle layers make of the end of the question differs where the text
does not hold the answer, and where it tells otherwise than the question takes for granted. Linear probes tell these
apart, fitted for the models that have them by ``tests/bench/fit_in_mind.py``. That such states tell what is not
answered: Slobodkin et al., "The Curious Case of Hallucinatory (Un)answerability", 2023.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.confidence.probe import probe_of_model

COEFFICIENTS = Path(__file__).with_name("in_mind.npz")
"""The fitted probes, by model: of answering and of denying, against neither."""


@dataclass(frozen=True)
class InMind:
    """What a language model makes of a text for a question, as log odds."""

    answering: float
    """That the text answers the question rather than tells nothing of it."""
    denying: float
    """That it denies what the question takes for granted, as "She did not resign" does of "Why did she resign?", rather
    than tells nothing of it.
    """

    @property
    def answers(self) -> float:
        """That the text answers the question."""
        return self.answering - _log_of_sum(0.0, self.denying)

    @property
    def denies(self) -> float:
        """That it denies what the question takes for granted."""
        return self.denying - _log_of_sum(0.0, self.answering)

    @property
    def tells(self) -> float:
        """That it does either."""
        return _log_of_sum(self.answering, self.denying)


def _log_of_sum(one: float, other: float) -> float:
    """The logarithm of the sum of two numbers that are given by theirs."""
    return float(np.logaddexp(one, other))


def in_mind(model: str, state: NDArray[np.float32]) -> InMind | None:
    """What a model makes of what it has read; None for a model without probes.

    ``model`` is the name of its file, ``state`` what it has in mind where its answer begins, shape (dimensions,).
    """
    probe = probe_of_model(COEFFICIENTS, model)
    if probe is None:
        return None
    return InMind(*probe.log_odds(state).tolist())

"""Whether what a language model has read answers the question, by what it has in mind right before its answer.

A model answers whatever it is asked; but what its middle layers make of the end of the question differs where the text
does not hold the answer. A linear probe tells that, fitted for the models that have one by
``tests/bench/fit_in_mind.py``. That such states tell it: Slobodkin et al., "The Curious Case of Hallucinatory
(Un)answerability", 2023.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.confidence.probe import probe_of_model

COEFFICIENTS = Path(__file__).with_name("in_mind.npz")
"""The fitted probes, by model."""


def answers_in_mind(model: str, state: NDArray[np.float32] | None) -> float | None:
    """The log odds that what was read answers the question; None for a model without a probe.

    ``model`` is the name of its file, ``state`` what it has in mind where its answer begins, shape (dimensions,).
    """
    probe = probe_of_model(COEFFICIENTS, model)
    return None if probe is None or state is None else float(probe.log_odds(state))

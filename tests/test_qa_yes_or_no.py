"""Yes or no: what a model has in mind before its first word, or leans to."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import pytest
from fakes import Typist
from numpy.typing import NDArray

from qa.confidence.probe import Probe
from qa.llm.protocol import Leans, Prompt
from qa.question.yes_or_no import COEFFICIENTS, YES_FROM, YES_OR_NO, says_yes

PROMPT = Prompt(YES_OR_NO, "", "The bridge is closed.\n\nQuestion: Is the bridge closed?")
FITTED = np.load(COEFFICIENTS)


class Minded(Typist):
    """Has something in mind, and leans to yes by a number."""

    def __init__(self, name: str, mind: NDArray[np.float32], leans: float) -> None:
        super().__init__("Yes.")
        self.name, self.mind, self.leans = name, mind, leans

    def leaning(self, prompt: Prompt, to: Sequence[str], against: Sequence[str], stop: threading.Event) -> float:
        return self.leans

    def state(self, prompt: Prompt, stop: threading.Event) -> NDArray[np.float32]:
        return self.mind


@pytest.mark.parametrize("name", FITTED.files)
@pytest.mark.parametrize("sign", [-1, 1])
def test_of_a_model_with_a_probe_what_it_has_in_mind_decides(name: str, sign: int) -> None:
    probe = Probe.of(FITTED[name])
    towards = probe.weights / (probe.weights @ probe.weights)
    mind = towards * (sign - probe.intercept)
    model = Minded(f"{name}.q4_1", mind, -sign * 9.0)
    assert isinstance(model, Leans)
    assert says_yes(model, PROMPT, threading.Event()) is (sign > 0)


@pytest.mark.parametrize("leans", [YES_FROM - 0.1, YES_FROM])
def test_of_another_model_its_leaning_decides(leans: float) -> None:
    model = Minded("another", np.zeros(4, dtype=np.float32), leans)
    assert says_yes(model, PROMPT, threading.Event()) is (leans >= YES_FROM)

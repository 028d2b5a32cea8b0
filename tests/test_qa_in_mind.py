"""What a model has in mind before it answers: read where the answer begins, weighed by the probe of its own name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.models.local import find_model
from qa.confidence.in_mind import COEFFICIENTS, answers_in_mind
from qa.confidence.probe import Probe
from qa.llm.halt import Halt
from qa.llm.llama import LlamaCpp
from qa.llm.protocol import Piece, Prompt
from qa.llm.states import StateStore
from qa.prompts import SYSTEM

FITTED = np.load(COEFFICIENTS)
PASSAGE = "Bridge closed\nThe bridge at Ostrey is closed until May. Its repair costs two million crowns.\n\n"
COST = Prompt(SYSTEM, PASSAGE, "Question: What does the repair cost?")
NOT_TOLD = Prompt(SYSTEM, PASSAGE, "Question: Who was the architect of the bridge?")


@pytest.mark.parametrize("name", FITTED.files)
@pytest.mark.parametrize("odds", [-1.5, 2.0])
def test_the_probe_of_the_model_weighs_its_state(name: str, odds: float) -> None:
    probe = Probe.of(FITTED[name])
    state = probe.weights / (probe.weights @ probe.weights) * (odds - probe.intercept)
    assert answers_in_mind(f"{name}.q4_1", state) == pytest.approx(odds, abs=1e-3)


def test_nothing_is_told_of_a_model_without_a_probe_or_a_state() -> None:
    assert answers_in_mind("another", np.zeros(4, dtype=np.float32)) is None
    assert answers_in_mind(FITTED.files[0], None) is None


@pytest.mark.models
def test_a_real_model_has_more_in_mind_of_what_is_told(tmp_path: Path) -> None:
    model = LlamaCpp(find_model("1.5b", "llm"), StateStore(tmp_path))
    looks = [model.look(asked, [0], Halt()) for asked in (COST, NOT_TOLD)]
    one, other = (answers_in_mind(model.name, look.state if look else None) for look in looks)
    assert one is not None
    assert other is not None
    assert one > other + 1.0
    model.close()


@pytest.mark.models
def test_an_answer_begins_as_it_is_told_to(tmp_path: Path) -> None:
    model = LlamaCpp(find_model("0.5b", "llm"), StateStore(tmp_path))
    begun = list(model.answer(replace(COST, begins="It costs"), 12, Halt()))
    text = "".join(step.text for step in begun if isinstance(step, Piece))
    assert text.startswith("It costs")
    assert "two million" in text
    model.close()

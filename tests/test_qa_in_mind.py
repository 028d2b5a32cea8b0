"""What a model has in mind before it answers: read where the answer begins, weighed by the probe of its own name."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.models.local import find_model
from qa.confidence.in_mind import COEFFICIENTS, InMind, in_mind
from qa.confidence.probe import Probe
from qa.llm.halt import Halt
from qa.llm.llama import LlamaCpp
from qa.llm.protocol import Piece, Prompt
from qa.llm.states import StateStore
from qa.prompts import SYSTEM

FITTED = np.load(COEFFICIENTS)
PASSAGE = "Bridge closed\nThe bridge at Ostrey is closed until May. Its repair costs two million crowns.\n\n"
COST = Prompt(SYSTEM, PASSAGE, "Question: What does the repair cost?")
NOT_SO = Prompt(SYSTEM, PASSAGE, "Question: Why is the bridge at Ostrey not to be repaired?")
NOT_TOLD = Prompt(SYSTEM, PASSAGE, "Question: Who was the architect of the bridge?")


@pytest.mark.parametrize("name", FITTED.files)
@pytest.mark.parametrize("odds", [(-1.5, 2.0), (2.0, -4.0)])
def test_the_probes_of_the_model_weigh_its_state(name: str, odds: tuple[float, float]) -> None:
    probe = Probe.of(FITTED[name])
    state = np.linalg.pinv(probe.weights) @ (np.array(odds, dtype=np.float32) - probe.intercept)
    told = in_mind(f"{name}.q4_1", state)
    assert told is not None
    assert (told.answering, told.denying) == pytest.approx(odds, abs=1e-3)


def test_what_answers_what_denies_and_what_does_neither_exclude_each_other() -> None:
    told = InMind(answering=math.log(2), denying=math.log(3))  # as 2 and 3 to 1
    answers, denies, tells = (1 / (1 + math.exp(-odds)) for odds in (told.answers, told.denies, told.tells))
    assert (answers, denies, tells) == pytest.approx((2 / 6, 3 / 6, 5 / 6))


def test_nothing_is_told_of_a_model_without_a_probe() -> None:
    assert in_mind("another", np.zeros(4, dtype=np.float32)) is None


@pytest.mark.models
def test_a_real_model_tells_what_answers_what_does_not_and_what_denies(tmp_path: Path) -> None:
    model = LlamaCpp(find_model("1.5b", "llm"), StateStore(tmp_path))
    looks = [model.look(asked, [0], Halt()) for asked in (COST, NOT_TOLD, NOT_SO)]
    cost, not_told, not_so = (in_mind(model.name, look.state) if look else None for look in looks)
    model.close()
    assert cost
    assert not_told
    assert not_so
    assert cost.answers > not_told.answers + 1.0
    assert not_so.denies > max(cost.denies, not_told.denies) + 1.0


@pytest.mark.models
def test_an_answer_begins_as_it_is_told_to(tmp_path: Path) -> None:
    model = LlamaCpp(find_model("0.5b", "llm"), StateStore(tmp_path))
    begun = list(model.answer(replace(COST, begins="It costs"), 12, Halt()))
    text = "".join(step.text for step in begun if isinstance(step, Piece))
    assert text.startswith("It costs")
    assert "two million" in text
    model.close()

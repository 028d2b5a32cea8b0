"""Whether a sentence answers the question: told by what a model has in mind of both, and shown in its mark."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from fakes import Typist, library_of
from numpy.typing import NDArray

from index.models.local import find_model
from qa.assistant import Assistant
from qa.confidence.probe import Probe
from qa.llm.halt import Halt
from qa.llm.llama import LlamaCpp
from qa.llm.protocol import Prompt
from qa.llm.states import StateStore
from qa.records import Answer
from qa.support.answering import ANSWERS, ANSWERS_FROM, COEFFICIENTS, answer_it

FITTED = np.load(COEFFICIENTS)
NAME = FITTED.files[0]
PROBE = Probe.of(FITTED[NAME])


class Minder(Typist):
    """Bears the name of a model that has a probe, and has in mind that what it reads answers, or that it does not."""

    name = NAME
    is_small = False

    def __init__(self, writes: str, odds: float) -> None:
        super().__init__(writes)
        self.odds = odds
        self.weighed: list[Prompt] = []

    def leaning(self, prompt: Prompt, to: object, against: object, stop: threading.Event) -> float:
        return 0.0

    def state(self, prompt: Prompt, stop: threading.Event) -> NDArray[np.float32]:
        self.weighed.append(prompt)
        return PROBE.weights / (PROBE.weights @ PROBE.weights) * (self.odds - PROBE.intercept)


@pytest.mark.parametrize("odds", [-2.0, 1.5])
def test_each_sentence_is_weighed_with_the_question(odds: float) -> None:
    model = Minder("", odds)
    told = list(answer_it(model, "Who came?", ["Ana Ruiz came.", "It rained."], Halt()))
    assert told == [odds > 0, odds > 0]
    assert [prompt.system for prompt in model.weighed] == [ANSWERS, ANSWERS]
    assert [prompt.question for prompt in model.weighed] == [
        "Question: Who came?\nAnswer: Ana Ruiz came.",
        "Question: Who came?\nAnswer: It rained.",
    ]


def test_a_model_without_a_probe_weighs_nothing() -> None:
    assert list(answer_it(Typist("Ana Ruiz came."), "Who came?", ["Ana Ruiz came."], Halt())) == []


def test_a_question_in_another_language_is_not_weighed() -> None:
    model = Minder("", 1.0)
    assert list(answer_it(model, "Wer ist zu dem Fest gekommen?", ["Ana Ruiz kam."], Halt())) == []


@pytest.mark.parametrize(("odds", "mark"), [(2.0, "supported"), (-2.0, "partly")])
def test_what_is_stated_but_does_not_answer_is_only_partly_supported(odds: float, mark: str, tmp_path: Path) -> None:
    written = "The repair of the bridge at Ostrey costs two million crowns."
    answer = answered(
        tmp_path, "The repair of the bridge at Ostrey now costs two million crowns.", Minder(written, odds)
    )
    assert [(s.text, s.support) for s in answer.sentences if s.text == written] == [(written, mark)]


@pytest.mark.parametrize(("odds", "text", "mark"), [(2.0, "{}", "supported"), (-2.0, "“{}”", "quoted")])
def test_what_is_copied_but_does_not_surely_answer_is_quoted(odds: float, text: str, mark: str, tmp_path: Path) -> None:
    written = "The repair of the bridge at Ostrey costs two million crowns."
    answer = answered(tmp_path, written, Minder(written, odds))
    assert [(s.text, s.support) for s in answer.sentences] == [(text.format(written), mark)]
    assert [answer.text[s.start : s.end] for s in answer.sentences] == [text.format(written)]


def answered(folder: Path, told: str, model: Minder) -> Answer:
    """What is answered from an article that tells this."""
    library = library_of(folder, {"bridge.txt": f"Bridge closed\n\n{told}\n"})
    assistant = Assistant(library, lambda: model, NAME, reads_ahead=False)
    answer = assistant.answer("What does the repair of the bridge at Ostrey cost?")
    assistant.close()
    return answer


def test_every_model_with_a_probe_has_a_threshold() -> None:
    assert set(ANSWERS_FROM) == set(FITTED.files)


@pytest.mark.models
def test_a_real_model_tells_what_answers_from_what_only_speaks_of_it(tmp_path: Path) -> None:
    model = LlamaCpp(find_model("1.5b", "llm"), StateStore(tmp_path))
    question = "How much does the repair of the bridge cost?"
    told = ["The repair of the bridge costs two million crowns.", "The bridge was built by Per Lind in 1931."]
    answers = list(answer_it(model, question, told, Halt()))
    model.close()
    assert answers == [True, False]

"""What the model leans to and has in mind decides between yes and no, and whether there is an answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from bridge import ARTICLES, QUESTION
from fakes import Typist, library_of
from numpy.typing import NDArray

from index.library import Library
from qa.assistant import Assistant
from qa.confidence.in_mind import COEFFICIENTS
from qa.confidence.probe import Probe
from qa.llm.look import Look
from qa.llm.protocol import Piece, Prompt, Reading
from qa.question.yes_or_no import YES_FROM
from qa.reader.second import COEFFICIENTS as WHERE

pytest_plugins = ["bridge"]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path, ARTICLES)


class Leaning(Typist):
    """Leans to no, by a number, whatever it is asked."""

    is_small = False

    def __init__(self, writes: str, leans: float) -> None:
        super().__init__(writes)
        self.leans = leans

    def leaning(self, prompt: Prompt, to: Sequence[str], against: Sequence[str], stop: threading.Event) -> float:
        assert "repairs of the bridge cost" in prompt.question
        return self.leans

    def state(self, prompt: Prompt, stop: threading.Event) -> NDArray[np.float32]:
        return np.zeros(2, dtype=np.float32)


@pytest.mark.parametrize(("leans", "begins"), [(YES_FROM - 1, "No,"), (YES_FROM + 1, "Yes,")])
def test_yes_or_no_is_decided_by_what_the_model_leans_to(
    assistant: Callable[[Typist], Assistant], leans: float, begins: str
) -> None:
    typist = Leaning("The repairs cost two million crowns.", leans)
    assistant(typist).answer("Do the repairs of the bridge cost two million crowns?")
    assert [prompt.begins for prompt in typist.read_prompts] == [begins]
    assistant(typist).answer("What did the repairs of the bridge cost?")
    assert typist.read_prompts[-1].begins == "", "what is no such question is not decided"


class Listing(Leaning):
    """Goes on with what it writes where its answer is begun for it, line by line."""

    def answer(self, prompt: Prompt, most_tokens: int, stop: threading.Event) -> Iterator[Reading | Piece]:
        yield self.read(prompt, stop)
        yield from [Piece(prompt.begins, None), Piece(self.writes, 0.99)]


def test_what_several_things_answer_is_written_as_a_list_each_member_of_which_is_cited(tmp_path: Path) -> None:
    text = "Council\n\nThe parties with seats in the new council are known. "
    text += "The Greens have 10 seats in it, the Liberals 6 and the Workers 2.\n"
    library = library_of(tmp_path, {"council.txt": text})
    typist = Listing(" Greens: 10 seats\n- Liberals: 6 seats\n- Workers: 3 seats", 0.0)
    asked = Assistant(library, lambda: typist, typist.name, reads_ahead=False)
    answer = asked.answer("Which parties have seats in the new council?")
    asked.close()
    assert typist.read_prompts[0].begins == "-"
    assert answer.text == "- Greens: 10 seats\n- Liberals: 6 seats", "what the article tells otherwise is left out"
    cited = [answer.citation(number).quote for s in answer.sentences for number in s.citations]
    assert cited == ["The Greens have 10 seats in it, the Liberals 6 and the Workers 2."] * 2


class Minded(Typist):
    """Bears the name of a model that has a probe, and has in mind what that holds to be such log odds."""

    name = np.load(COEFFICIENTS).files[0]

    def __init__(self, writes: str, in_mind: tuple[float, float]) -> None:
        super().__init__(writes)
        probe = Probe.of(np.load(COEFFICIENTS)[self.name])
        self.has_in_mind = np.linalg.pinv(probe.weights) @ (np.array(in_mind, dtype=np.float32) - probe.intercept)

    def look(self, prompt: Prompt, pieces: Sequence[int], stop: threading.Event) -> Look:
        heads = (len(np.load(WHERE)[self.name]) - 1) // 2
        nowhere = np.ones((1, heads), dtype=np.float32)
        return Look(np.ones((1, heads, 2, len(pieces)), dtype=np.float32), nowhere, nowhere, self.has_in_mind)


@pytest.mark.parametrize(("in_mind", "outcome"), [((6.0, -6.0), "answered"), ((-12.0, -12.0), "not found")])
def test_an_answer_is_given_only_where_the_model_has_one_in_mind(
    assistant: Callable[[Typist], Assistant], in_mind: tuple[float, float], outcome: str
) -> None:
    answer = assistant(Minded("The repairs cost two million crowns.", in_mind)).answer(QUESTION)
    assert answer.outcome == outcome
    assert answer.llm_calls == (outcome == "answered"), "what is surely none is not written"


def test_what_a_question_takes_for_granted_and_the_articles_deny_is_quoted_and_nothing_written(
    assistant: Callable[[Typist], Assistant],
) -> None:
    answer = assistant(Minded("The repairs cost two million crowns.", (-6.0, 6.0))).answer(QUESTION)
    assert answer.outcome == "maybe"
    assert answer.llm_calls == 0
    assert {sentence.support for sentence in answer.sentences} == {"quoted"}
    cited = [answer.citation(number) for sentence in answer.sentences for number in sentence.citations]
    assert [f"“{citation.quote}”" for citation in cited] == [sentence.text for sentence in answer.sentences]


def test_a_yes_that_its_own_sentence_denies_becomes_a_no(assistant: Callable[[Typist], Assistant]) -> None:
    typist = Typist("Yes, the repairs do not cost two million crowns.")
    answer = assistant(typist).answer("Do the repairs of the bridge cost two million crowns?")
    assert not answer.text.startswith("Yes")


def test_an_answer_without_the_kind_of_value_asked_for_only_may_answer(
    assistant: Callable[[Typist], Assistant],
) -> None:
    answer = assistant(Typist("The bridge over the Wend is closed.")).answer("How old is the bridge over the Wend?")
    assert answer.outcome != "answered"

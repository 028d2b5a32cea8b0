"""The likeliest sections read again by the model that writes: where it looks decides which sentence comes first."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import Stranger, library_of

from index.library import Library
from index.models.local import find_model
from qa.confidence.in_mind import COEFFICIENTS as IN_MIND
from qa.confidence.in_mind import InMind
from qa.confidence.probe import Probe
from qa.evidence.finding import Finding, finding
from qa.evidence.rereading import Again, reread, weighed_again
from qa.evidence.selecting import Nearness, Place
from qa.llm.halt import Halt
from qa.llm.llama import LlamaCpp
from qa.llm.look import Look
from qa.llm.protocol import Piece, Prompt, Reading
from qa.llm.states import StateStore
from qa.prompts import SYSTEM
from qa.reader.nearness import NearnessReader
from qa.reader.second import COEFFICIENTS, prompt_of, read_again, where_shown

FITTED = np.load(COEFFICIENTS).files
_SIZE = {name: kept.shape[1] - 1 for name, kept in np.load(IN_MIND).items()}
STORY = (
    "Ferry runs aground\n\nThe ferry to Hest ran aground on Monday morning. The pump that turns its rudder had broken. "
    "The harbour master of Hest keeps bees. Buses go round by the mill."
)
OTHER = "Bridge reopened\n\nAfter the ferry to Hest ran aground buses filled the bridge. A bolt was to blame."
QUESTION = "Why did the ferry to Hest run aground?"


class Onlooker(Stranger):
    """A model of a fitted one's name that looks at one sentence alone, in the way that its probe weighs most."""

    def __init__(self, name: str, at: str, knows: bool = True) -> None:
        super().__init__("It had broken.")
        self.name = name
        self._at, self._knows = at, knows
        self.looked: list[str] = []

    def affords(self, prompt: Prompt, patience: float = 1.0) -> bool:
        return self._knows or patience > 1

    @property
    def has_room(self) -> bool:
        return False

    def keep(self, system: str, passage: str, stop: threading.Event) -> bool:
        return False

    def look(self, prompt: Prompt, pieces: Sequence[int], stop: threading.Event) -> Look:
        self.looked.append(prompt.passage)
        weights = Probe.of(np.load(COEFFICIENTS)[self.name]).weights
        texts = [prompt.passage[start:end] for start, end in zip(pieces, [*pieces[1:], None], strict=True)]
        at = np.array([text.startswith(self._at) for text in texts])
        to = np.where(at[None], (weights > 0)[:, None], (weights < 0)[:, None]).astype(np.float32) + 1e-3
        return Look(to.reshape(1, -1, 2, len(pieces)), np.ones((1, 1)), np.ones((1, 1)), np.zeros(_SIZE[self.name]))


_UNSURE = -4.0
"""Added to the log odds of each sentence that is found, so that none is sure."""


def found(library: Library, question: str = QUESTION) -> Finding:
    """What is found by nearness, none of it surely."""
    hits = library.search(question, 10)
    near = Nearness(question, library.rarity)
    every = finding(question, hits, hits, near, NearnessReader(library.embedder), library)
    return replace(every, candidates=tuple(replace(each, score=each.score + _UNSURE) for each in every.candidates))


@pytest.mark.parametrize("name", FITTED)
@pytest.mark.parametrize("sentence", ["The pump", "The harbour master"])
def test_the_sentence_comes_first_that_the_model_looks_at(name: str, sentence: str, tmp_path: Path) -> None:
    first = found(library_of(tmp_path, {"a.txt": STORY}))
    assert not first.candidates[0].place.sentence.text.startswith(sentence)
    again = reread(Onlooker(name, sentence), first, QUESTION, Halt())
    assert again.candidates[0].place.sentence.text.startswith(sentence)
    assert {each.place for each in again.candidates} == {each.place for each in first.candidates}


@pytest.mark.parametrize("name", FITTED)
def test_the_section_with_the_sentence_that_comes_first_is_the_best(name: str, tmp_path: Path) -> None:
    first = found(library_of(tmp_path, {"a.txt": STORY, "b.txt": OTHER}))
    wanted = "A bolt" if "pump" in first.best.text else "The pump"
    again = reread(Onlooker(name, wanted), first, QUESTION, Halt())
    assert wanted in again.best.text
    assert wanted not in first.best.text
    assert set(again.sections) == set(first.sections)


@pytest.mark.parametrize(("knows", "read_again"), [(True, 2), (False, 1)])
def test_of_sections_that_are_new_to_the_model_only_the_likeliest_is_read_again(
    knows: bool, read_again: int, tmp_path: Path
) -> None:
    first = found(library_of(tmp_path, {"a.txt": STORY, "b.txt": OTHER}))
    model = Onlooker(FITTED[0], "Nothing", knows)
    reread(model, first, QUESTION, Halt())
    assert len(model.looked) == read_again
    assert model.looked[0] == first.best.shown()


def test_once_the_likeliest_sentence_is_sure_no_further_section_is_read_again(tmp_path: Path) -> None:
    first = found(library_of(tmp_path, {"a.txt": STORY, "b.txt": OTHER}))
    model = Onlooker(FITTED[0], first.candidates[0].place.sentence.text)
    again = reread(model, first, QUESTION, Halt())
    assert again.candidates[0].score > first.candidates[0].score
    assert len(model.looked) == 1


def test_what_no_section_read_again_answers_another_may(tmp_path: Path) -> None:
    first = found(library_of(tmp_path, {"a.txt": STORY, "b.txt": OTHER}))
    one, other = (
        {Place(section.article_id, sentence): Again(-5.0, InMind(-5.0, -7.0)) for sentence in section.sentences}
        for section in first.sections
    )
    assert weighed_again(first, one).held == first.held
    denying = {place: replace(of, section=InMind(-7.0, 5.0)) for place, of in one.items()}
    assert weighed_again(first, denying).is_denied
    assert weighed_again(first, denying).held < first.held, "what denies it is told, whatever else may answer"
    assert weighed_again(first, one | other).held < first.held


@pytest.mark.parametrize("model", [Stranger("Yes."), Onlooker("of-no-probe", "The pump")])
def test_nothing_changes_with_a_model_that_tells_nothing(model: Stranger, tmp_path: Path) -> None:
    first = found(library_of(tmp_path, {"a.txt": STORY}))
    assert reread(model, first, QUESTION, Halt()) is first


def test_a_question_in_another_language_is_not_read_again(tmp_path: Path) -> None:
    first = found(library_of(tmp_path, {"a.txt": STORY}))
    asked = "Warum lief die Fähre nach Hest am Montag auf Grund?"
    assert reread(Onlooker(FITTED[0], "The pump"), first, asked, Halt()) is first


def test_sentences_are_found_in_what_is_shown_one_after_the_other() -> None:
    assert where_shown("A\nIt rose. It fell. It rose.", ["It rose.", "It fell.", "It rose."]) == [2, 11, 20]


BRIDGE = ["The bridge at Ostrey is closed until May.", "Its repair costs two million crowns.", "Rosa Lind keeps bees."]
SHOWN = "Bridge closed\n" + " ".join(BRIDGE) + "\n\n"


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "proves"), [("How long is the bridge shut?", 0), ("What will it cost to mend it?", 1)]
)
def test_a_real_model_looks_at_the_sentence_that_answers(question: str, proves: int, tmp_path: Path) -> None:
    model = LlamaCpp(find_model("1.5b", "llm"), StateStore(tmp_path))
    read = read_again(model, prompt_of(question, SHOWN), BRIDGE, Halt())
    not_told = read_again(model, prompt_of("Who was the architect of the bridge?", SHOWN), BRIDGE, Halt())
    assert read is not None
    assert not_told is not None
    assert max(range(3), key=lambda i: read.sentences[i] or 0.0) == proves
    assert read.section.answers > not_told.section.answers + 1
    model.close()


@pytest.mark.models
def test_looking_changes_nothing_of_what_a_real_model_writes(tmp_path: Path) -> None:
    model = LlamaCpp(find_model("0.5b", "llm"), StateStore(tmp_path))
    prompt = Prompt(SYSTEM, SHOWN, "Question: What does the repair cost?")

    def written() -> list[Reading | Piece]:
        return [step for step in model.answer(prompt, 20, Halt()) if isinstance(step, Piece)]

    before = written()
    places = [SHOWN.index(sentence) for sentence in BRIDGE]
    one = model.look(prompt, places, Halt())
    other = model.look(replace(prompt, question="Question: How long is it shut?"), places, Halt())
    assert one is not None
    assert other is not None
    assert one.to_pieces.shape[-1] == 3
    given = one.to_pieces.sum(-1).mean(2) + one.to_question + one.to_first
    assert (given < 1.01).all()
    assert not np.allclose(one.to_pieces, other.to_pieces)
    assert written() == before
    assert model.look(replace(prompt, question="word " * 300), places, Halt()) is None
    model.close()

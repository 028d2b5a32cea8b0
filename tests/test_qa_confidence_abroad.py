"""How sure an answer is in another language than English, in which the reader and the probes were trained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import Typist, library_of
from test_qa_minded import Minded

from index.library import Library
from qa.assistant import Assistant
from qa.confidence.regression import Regression
from qa.evidence import finding as of_finding
from qa.evidence.finding import finding, speaks_of_abroad
from qa.evidence.selecting import Nearness
from qa.reader.nearness import NearnessReader

pytest_plugins = ["bridge"]

ARTICLES = {
    "bruecke.txt": "Brücke gesperrt\n\nDie Brücke über die Wend ist seit Montag gesperrt. "
    "Die Reparatur der Brücke über die Wend kostet zwei Millionen Kronen.",
    "bridge.txt": "Bridge closed\n\nThe bridge over the Wend is closed. "
    "The repairs of the bridge cost two million crowns.",
}
GERMAN, ENGLISH = "Was kostet die Reparatur der Brücke über die Wend?", "What do the repairs of the bridge cost?"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path, ARTICLES)


def test_what_the_model_has_in_mind_in_german_is_not_weighed(assistant: Callable[[Typist], Assistant]) -> None:
    answer = assistant(Minded("Die Reparatur kostet zwei Millionen Kronen.", -12.0)).answer(GERMAN)
    assert answer.outcome == "answered"


def test_what_was_found_in_german_is_weighed_by_what_was_fitted_there(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Regression(-9.0, {}).write(tmp_path / "unsure.json")
    monkeypatch.setattr(of_finding, "MODEL_ABROAD", tmp_path / "unsure.json")

    def held(question: str) -> float:
        hits = library.search(question, 5)
        nearness = Nearness(question, library.rarity)
        return finding(question, hits, hits, nearness, NearnessReader(library.embedder), library).held

    assert held(GERMAN) < 0.001
    assert held(ENGLISH) > 0.5


def test_an_english_question_of_a_german_article_is_weighed_as_in_english() -> None:
    assert speaks_of_abroad(GERMAN, ARTICLES["bruecke.txt"])
    assert not speaks_of_abroad(ENGLISH, ARTICLES["bruecke.txt"])
    assert not speaks_of_abroad(GERMAN, ARTICLES["bridge.txt"])

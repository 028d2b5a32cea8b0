"""Answers kept as text and read again."""

from __future__ import annotations

import json

import pytest

from index.records import Hit, Passage, Sentence, SentenceHit
from qa.kept.history import answer_from_text, answer_to_text
from qa.records import (
    Answer,
    AnswerSentence,
    Citation,
    Conflict,
    ConflictValue,
    Evidence,
    Timings,
    Tokens,
)

PASSAGE = Passage("harbour", 0, 9, "Reopened.")
FULL = Answer(
    question="And “when”?",
    standalone="When did the harbour reopen?",
    stage="done",
    outcome="answered",
    text="On Monday. Or Tuesday.",
    confidence=0.1 + 0.2,
    sentences=(
        AnswerSentence("On Monday.", 0, 10, "supported", (1, 2)),
        AnswerSentence("Or Tuesday.", 11, 22, "unsupported", ()),
    ),
    citations=(Citation(1, "harbour", "Harbour", None, "2020-01-02", 0, 9, "Reopened.", "ab"),),
    conflict=Conflict("the day", (ConflictValue("Monday", (1,)), ConflictValue("Tuesday", (1,)))),
    also_searched=(Hit(PASSAGE, 0.5, 0.25, 1.5, (SentenceHit(Sentence(0, 9, "Reopened."), 0.75),)),),
    model="typist",
    llm_calls=1,
    tokens=Tokens(prompt=30, completion=5),
    timings=Timings(retrieve=1.5),
)


def test_everything_but_the_evidence_comes_back() -> None:
    evidence = (Evidence(1, PASSAGE, (Sentence(0, 9, "Reopened."),)),)
    growing = Answer("Q?", "Q?", stage="writing", evidence=evidence)
    assert answer_from_text(answer_to_text(FULL)) == FULL
    assert answer_from_text(answer_to_text(growing)) == Answer("Q?", "Q?", stage="writing")


def test_an_answer_of_another_version_is_still_read() -> None:
    data = json.loads(answer_to_text(FULL))
    del data["llm_calls"], data["tokens"]["completion"]
    data["mood"], data["citations"][0]["colour"] = "sunny", "red"
    read = answer_from_text(json.dumps(data))
    assert (read.llm_calls, read.tokens) == (0, Tokens(prompt=30))
    assert read.citations == FULL.citations


@pytest.mark.parametrize("text", ["", "[]", "3", '{"text": "no question"}'])
def test_what_is_no_answer_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        answer_from_text(text)

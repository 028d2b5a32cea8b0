"""What an answer leaves out and is told beside it: more where several things are asked for, less where it is sure."""

from __future__ import annotations

import pytest

from index.records import Sentence
from qa.evidence.selecting import Candidate, Place
from qa.evidence.untold import untold
from qa.records import Answer

SENTENCES = (
    "The bridge over the Wend cost 4 million crowns.",
    "The council of Aldmoor had reckoned with 3 million crowns.",
    "Berta Holm of the Greens called the 3 million a dream.",
)


def told_beside(question: str, confidence: float, *scores: float) -> list[str]:
    """The sentences told beside an answer that repeats the first of them."""
    answer = Answer(question, text=SENTENCES[0], outcome="answered", standalone=question, confidence=confidence)
    places = [Place("a", Sentence(0, len(text), text)) for text in SENTENCES]
    found = [Candidate(place, score) for place, score in zip(places, scores, strict=False)]
    return [place.sentence.text for place in untold(answer, found)]


@pytest.mark.parametrize(
    ("question", "confidence", "wanted"),
    [
        ("How much did the bridge over the Wend cost?", 0.97, []),
        ("How much did the bridge over the Wend cost?", 0.4, [SENTENCES[1]]),
        ("Why was the bridge over the Wend so expensive?", 0.97, []),
        ("What do the Greens and the council say about the cost?", 0.97, [*SENTENCES[1:]]),
    ],
)
def test_how_much_is_told_beside_an_answer(question: str, confidence: float, wanted: list[str]) -> None:
    assert told_beside(question, confidence, 2.0, 1.0, 0.5) == wanted


def test_what_is_unlikely_or_tells_nothing_new_is_not_told() -> None:
    assert told_beside("Why was the bridge over the Wend so expensive?", 0.4, 2.0, -0.6) == []
    assert told_beside("Why had Aldmoor’s council reckoned with 3 million crowns?", 0.4, 2.0, 1.0) == []

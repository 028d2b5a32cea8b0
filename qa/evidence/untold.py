"""What an answer to a question that wants several things leaves out of the sentences it should be made of."""

from __future__ import annotations

from collections.abc import Sequence

from index.language.detection import rules_for
from qa.evidence.finding import CLOSE_OF_SEVERAL
from qa.evidence.selecting import Candidate, Place
from qa.text.words import content, stems

MOST = 3
"""Sentences told beside an answer. Chosen by eye."""
LIKELY = -0.5
"""Log odds of belonging to the answer from which a sentence that it leaves out is told beside it: of 19 told so of
``tests/bench/desk`` 14 belonged to it, from 0 on 11 of 14."""


def untold(answer: str, question: str, likeliest: Sequence[Candidate]) -> list[Place]:
    """The likely sentences that name or number something of which neither the answer nor the question has a word.

    ``likeliest`` are sentences that may belong to the answer, the most probable first.
    """
    spoken = rules_for(question)
    least = max(LIKELY, likeliest[0].score - CLOSE_OF_SEVERAL) if likeliest else LIKELY
    heard = stems(answer, spoken) | stems(question, spoken)
    found: list[Place] = []
    for place in (each.place for each in likeliest if each.score >= least):
        text = place.sentence.text
        telling = {word.stem for word in content(text, spoken) if word.capital or word.text[0].isdigit()}
        if telling - heard and text not in answer:
            found.append(place)
            heard |= stems(text, spoken)
    return found[:MOST]

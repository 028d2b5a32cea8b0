"""Finds likely sentences that an answer leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from index.language.detection import rules_for
from qa.evidence.finding import CLOSE_OF_SEVERAL
from qa.evidence.selecting import Candidate, Place
from qa.question.several import asks_for_several
from qa.records import Answer
from qa.text.words import content, stems

MOST_OF_SEVERAL, MOST = 3, 1
"""Sentences told beside an answer to a question that wants several things told, and to another. Chosen by eye."""
LIKELY = -0.5
"""Log odds of belonging to the answer from which a sentence that it leaves out is told beside it: of 19 told so of
``tests/bench/desk`` 14 belonged to it, from 0 on 11 of 14."""
SURE_FROM = 0.95
"""How probable an answer has to be for nothing to be told beside it where not several things are wanted. From 0.85 on,
41 of 49 answers to a public set held the right words, so 43, and where something was always told 44, with 6, 13 and 27
quotations; of two sets of news as many were right."""


def untold(answer: Answer, likeliest: Sequence[Candidate]) -> list[Place]:
    """The likely sentences with a name or number of which neither the answer nor the question has a word.

    There are none for a sure answer, unless several things are asked for. ``likeliest`` are the sentences that may
    belong to the answer, the most probable first.
    """
    question = answer.standalone
    several = asks_for_several(question)
    if not several and answer.confidence >= SURE_FROM:
        return []
    spoken = rules_for(question)
    least = max(LIKELY, likeliest[0].score - CLOSE_OF_SEVERAL) if likeliest else LIKELY
    heard = stems(answer.text, spoken) | stems(question, spoken)
    found: list[Place] = []
    for place in (each.place for each in likeliest if each.score >= least):
        text = place.sentence.text
        telling = {word.stem for word in content(text, spoken) if word.capital or word.text[0].isdigit()}
        if telling - heard and text not in answer.text:
            found.append(place)
            heard |= stems(text, spoken)
    return found[: MOST_OF_SEVERAL if several else MOST]

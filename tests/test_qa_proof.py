"""Which sentences are cited so that one of them holds the answer."""

from __future__ import annotations

import math

import pytest

from index.records import Sentence
from qa.evidence.proof import Proof, enough, proofs
from qa.evidence.selecting import Candidate, Place


def place(text: str, article: str = "ferry") -> Place:
    return Place(article, Sentence(0, len(text), text))


STARTED, FARES, CREW = (
    place("The ferry started in 1931."),
    place("Fares rose to six crowns."),
    place("A crew of nine served on the ferry."),
)
QUESTION = "How many served on the ferry?"


def test_what_the_answer_adds_to_the_question_tells_where_it_was_read() -> None:
    candidates = [Candidate(STARTED, 0.6), Candidate(CREW, 0.5), Candidate(FARES, 0.1)]
    found = proofs("Nine served on the ferry.", QUESTION, candidates)
    assert found[0].place == CREW
    assert math.isclose(sum(proof.probability for proof in found), 1.0)


def test_where_the_answer_adds_nothing_the_candidates_keep_their_order() -> None:
    candidates = [Candidate(STARTED, 0.6), Candidate(CREW, 0.5), Candidate(FARES, 0.1)]
    assert [proof.place for proof in proofs("Quite so.", QUESTION, candidates)] == [STARTED, CREW, FARES]


@pytest.mark.parametrize(
    ("mass", "most", "expected"),
    [(0.5, 4, [CREW]), (0.7, 4, [CREW, STARTED]), (0.99, 4, [CREW, STARTED, FARES]), (0.99, 2, [CREW, STARTED])],
)
def test_so_many_are_cited_as_it_takes(mass: float, most: int, expected: list[Place]) -> None:
    found = [Proof(CREW, 0.6), Proof(STARTED, 0.3), Proof(FARES, 0.1)]
    assert enough(found, mass=mass, most=most) == expected


def test_what_is_cited_already_counts_and_stays_first() -> None:
    found = [Proof(CREW, 0.6), Proof(STARTED, 0.3), Proof(FARES, 0.1)]
    assert enough(found, [STARTED], mass=0.8) == [STARTED, CREW]
    assert enough(found, [CREW, STARTED], mass=0.8) == [CREW, STARTED]


def test_of_equal_sentences_in_two_articles_each_is_a_place_of_its_own() -> None:
    twin = place(CREW.sentence.text, "twin")
    found = proofs("Nine served.", QUESTION, [Candidate(CREW, 0.5), Candidate(twin, 0.5)])
    assert [proof.place.article_id for proof in found] == ["ferry", "twin"]
    assert found[0].probability == found[1].probability == 0.5

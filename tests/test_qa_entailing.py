"""A judge that the user named: it tells beside the reader whether a text states a claim."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from fakes import WordEmbedder

from index.embedding.embedder import FloatArray
from index.errors import InputError
from qa.reader.entailing import EntailingReader, entailed
from qa.reader.nearness import NearnessReader
from qa.reader.protocol import Text

FERRY = Text("Ferry late", ("The ferry was late.", "It had 22 people on board.", "Nobody was hurt."))


class WordsJudge:
    """Scores entailment by the share of the claim's words that the premise has: 4 for all of them, -4 for none."""

    def __init__(self, labels: tuple[str, ...] = ("contradiction", "entailment", "neutral")) -> None:
        self.name, self.labels = "words", labels
        self.premises: list[str] = []

    def scores(self, pairs: Sequence[tuple[str, str]]) -> FloatArray:
        rows = np.zeros((len(pairs), len(self.labels)), dtype=np.float32)
        for row, (premise, claim) in zip(rows, pairs, strict=True):
            self.premises.append(premise)
            words = claim.rstrip(".").split()
            row[1] = 8 * sum(word in premise for word in words) / len(words) - 4
        return rows


class Believer(NearnessReader):
    """Takes every claim for stated, with the same log odds."""

    def __init__(self, odds: float) -> None:
        super().__init__(WordEmbedder())
        self.odds = odds

    def stated(self, question: str, claim: str, text: Text) -> float | None:
        return self.odds


def test_a_claim_alone_is_the_judges_by_whole_text_and_neighbouring_sentences() -> None:
    judge = WordsJudge()
    reader = EntailingReader(Believer(-5.0), judge)
    assert reader.stated("", "The ferry had 22 people.", FERRY) == pytest.approx(4 - math.log(2))
    assert judge.premises == [
        "Ferry late: The ferry was late. It had 22 people on board. Nobody was hurt.",
        "Ferry late: The ferry was late. It had 22 people on board.",
        "Ferry late: It had 22 people on board. Nobody was hurt.",
    ]


def test_of_a_long_text_the_neighbouring_sentences_with_most_of_the_claims_words_are_judged() -> None:
    judge = WordsJudge()
    others = [f"Number {number} is another story." for number in range(5)]
    entailed("The ferry had 22 people.", Text("", (*others, "The ferry was late.", "It had 22 people.")), judge)
    assert len(judge.premises) == 1 + 3
    assert judge.premises[1:3] == [
        "The ferry was late. It had 22 people.",
        "Number 4 is another story. The ferry was late.",
    ]


def test_a_claim_that_answers_a_question_is_doubted_by_whichever_doubts_it_more() -> None:
    claim, stated = "The ferry had 22 people.", 4 - math.log(2)
    for odds, least in ((-5.0, -5.0), (9.0, stated)):
        reader = EntailingReader(Believer(odds), WordsJudge())
        assert reader.stated("How many were aboard?", claim, FERRY) == pytest.approx(least)
    without = EntailingReader(NearnessReader(WordEmbedder()), WordsJudge())
    assert without.stated("How many were aboard?", claim, FERRY) == pytest.approx(stated)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("22 people.", FERRY),
        ("Die Fähre hatte 22 Menschen an Bord.", FERRY),
        ("The ferry had 22 people.", Text("Fähre", ("Die Fähre war zu spät.", "Sie hatte 22 Menschen an Bord."))),
    ],
)
def test_what_is_no_statement_or_not_english_is_left_to_the_reader(claim: str, text: Text) -> None:
    judge = WordsJudge()
    assert EntailingReader(Believer(-1.5), judge).stated("", claim, text) == -1.5
    assert judge.premises == []


def test_all_else_is_the_readers() -> None:
    nearness = NearnessReader(WordEmbedder())
    reader = EntailingReader(nearness, WordsJudge())
    assert reader.read("Who was late?", [FERRY]) == nearness.read("Who was late?", [FERRY])
    assert (reader.name, reader.has_room, reader.knows(FERRY), reader.keep(FERRY)) == ("nearness", False, False, False)


def test_a_model_without_a_score_for_entailment_is_no_judge() -> None:
    with pytest.raises(InputError) as raised:
        entailed("The ferry had 22 people.", FERRY, WordsJudge(("yes", "no")))
    assert str(raised.value) == "The judge words tells yes, no, not entailment; name another with --judge"

"""What evidence only reports: as untrue, as another's words, as the claim of one side."""

from __future__ import annotations

import pytest

from index.records import Article, Sentence
from index.text.sentences import sentences
from qa.support.facts.differences import differences
from qa.support.facts.overlap import Overlap
from qa.support.speaking import other_speaker
from qa.text.words import ENGLISH


@pytest.mark.parametrize(
    ("claim", "evidence", "told"),
    [
        (
            "The crew was exhausted.",
            "He rejected a claim by the Dockers' League that the crew was exhausted.",
            "rejected",
        ),
        ("The dam is unsafe.", "The ministry dismissed suggestions that the dam is unsafe.", "dismissed"),
        ("The bank knew of the fraud.", "The bank disputed the allegation that it knew of the fraud.", "disputed"),
        ("The mayor took money.", "The mayor called reports that he took money untrue.", "called"),
        ("The vaccine causes fever.", "Doctors played down fears that the vaccine causes fever.", "played down"),
        ("Der Damm ist unsicher.", "Die Ministerin wies den Vorwurf zurück, dass der Damm unsicher ist.", "wies"),
        ("Der Damm ist unsicher.", "Die Ministerin bestritt, dass der Damm unsicher ist.", "bestritt"),
        ("La presa es insegura.", "La ministra rechazó la afirmación de que la presa es insegura.", "rechazó"),
        ("Le barrage est dangereux.", "La ministre a rejeté l'idée que le barrage est dangereux.", "rejeté"),
    ],
)
def test_what_somebody_says_is_untrue_is_not_borne_out(claim: str, evidence: str, told: str) -> None:
    assert any(each.found and each.found.startswith(told) for each in differences(Overlap(claim, (evidence,))))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The mayor said the bridge was safe.", ["The engineer said the bridge was safe."]),
        ("The company said the strike would end.", ["The strike would end, the union said."]),
        ("The company said the bridge was safe.", ["The company fell.", "The engineer said the bridge was safe."]),
        ("According to the police, forty people marched.", ["According to the organisers, forty people marched."]),
        ("Police say the driver was drunk.", ["The driver’s sister says the driver was drunk."]),
        ("The company says the crew was exhausted.", ["He rejected a claim by the union that the crew was exhausted."]),
        ("The crew was exhausted.", ["The union says the crew was exhausted."]),
        ("The factory poisoned the river.", ["Residents claim that the factory poisoned the river."]),
        ("The tax cut helped the poor.", ["The minister argued that the tax cut helped the poor."]),
    ],
)
def test_what_another_says_or_one_side_claims_is_borne_out_in_part_at_most(claim: str, evidence: list[str]) -> None:
    found = differences(Overlap(claim, tuple(evidence)))
    assert found
    assert all(each.found is None for each in found)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The engineer said the bridge was safe.", ["The bridge was safe, the engineer said."]),
        ("The engineer said the bridge was safe.", ["“The bridge was safe,” the engineer said."]),
        ("Police said forty people were hurt.", ["A police spokesman said forty people were hurt."]),
        ("The minister said the tax would rise.", ["Finance minister Ola Berg said the tax would rise."]),
        (
            "The mayor rejected a claim that the dam was unsafe.",
            ["The mayor rejected a claim that the dam was unsafe."],
        ),
        ("The union claims that the crew was tired.", ["He rejected a claim by the union that the crew was tired."]),
        (
            "The union says the crew was tired.",
            ["The union says the crew was tired.", "The company says it was rested."],
        ),
        ("Forty people were hurt.", ["Police said forty people were hurt."]),
        ("The group denied rumours that it was for sale.", ["Merkato denied rumours that it was for sale."]),
        ("Nikolai Bragin came up first.", ["Nikolai Bragin came up first; Arkady Zuyev insisted on being last."]),
        ("The dam is unsafe.", ["The ministry dismissed suggestions that the dam is unsafe.", "The dam is unsafe."]),
        ("Ada Berg believes that the gangs moved.", ["Ada Berg believes that the gangs moved."]),
    ],
)
def test_what_is_told_as_it_was_said_stands(claim: str, evidence: list[str]) -> None:
    assert differences(Overlap(claim, tuple(evidence))) == ()


@pytest.mark.parametrize(
    ("claim", "evidence", "found"),
    [
        ("The deputy mayor resigned.", "The mayor resigned.", None),
        ("The mayor resigned on Friday.", "The deputy mayor resigned on Friday.", "deputy mayor"),
        ("The coach was dismissed.", "The assistant coach was dismissed.", "assistant coach"),
        (
            "The director of the museum fell.",
            "The brother of the director of the museum fell.",
            "brother of the director",
        ),
        ("The mayor and the deputy mayor resigned.", "The deputy mayor resigned after the mayor had left.", None),
        ("Rents rose to 8 percent.", "Rents rose by 8 percent.", "by 8 percent"),
        ("Rents rose by about 8 percent.", "Rents rose by 8 percent.", None),
        ("The plant makes 200 cars a week.", "The plant makes 200 cars a day.", "200 cars a day"),
        ("The plant makes 200 cars per day.", "The plant makes 200 cars a day.", None),
        ("The new bridge is shorter than the old one.", "The new bridge is longer than the old one.", "longer"),
        ("She was the last to leave.", "She was the first to leave.", "first"),
    ],
)
def test_whose_office_and_of_what_a_figure_is(claim: str, evidence: str, found: str | None) -> None:
    told = [each.found for each in differences(Overlap(claim, (evidence,))) if each.found]
    assert told == ([found] if found else [])


TEXT = (
    "Mayor Ana Ruiz came late. Kit Holm of the ferries was there. “It stays closed,” Holm said. “The pier is old.”\n"
    "Ruiz left. She said that the council had no money."
)
ARTICLE = Article("pier", "Pier closed", None, None, None, TEXT)


def _sentence(words: str) -> Sentence:
    return next(each for each in sentences(TEXT) if words in each.text)


@pytest.mark.parametrize(
    ("claim", "words", "who"),
    [
        ("Ana Ruiz said the pier is old.", "The pier is old", "Kit Holm"),
        ("Kit Holm said the pier is old.", "The pier is old", None),
        ("Holm said the pier is old.", "The pier is old", None),
        ("Kit Holm said that the council had no money.", "no money", "Ana Ruiz"),
        ("Ruiz said that the council had no money.", "no money", None),
        ("Ana Ruiz said that the ferries stay.", "The pier is old", None),
        ("The pier is old.", "The pier is old", None),
    ],
)
def test_he_said_is_of_whom_the_article_means(claim: str, words: str, who: str | None) -> None:
    assert other_speaker(claim, ARTICLE, _sentence(words), ENGLISH) == who

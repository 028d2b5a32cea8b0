"""A claim that only somebody makes is told as theirs, and nothing else is."""

from __future__ import annotations

import pytest

from index.language.registry import language
from index.records import Article, Sentence
from index.text.sentences import sentences
from qa.speakers.according_to import voiced

TEXT = (
    "The dam held through the night. Engineer Ana Ruiz said the wall was sound. “It will stand for fifty years,” Ruiz "
    "said. The river board says the dam must be rebuilt. The town, according to farmers, was never warned. Nobody "
    "paid for it, according to U.S. officials."
)


def standing(*with_words: str, text: str = TEXT) -> list[tuple[Article, Sentence]]:
    article = Article("a", "Dam", None, None, None, text)
    return [(article, next(s for s in sentences(text) if words in s.text)) for words in with_words]


@pytest.mark.parametrize(
    ("claim", "proof", "told"),
    [
        ("The wall was sound.", ["wall"], "The wall was sound, according to Ana Ruiz."),
        ("It will stand for fifty years.", ["fifty"], "It will stand for fifty years, according to Ana Ruiz."),
        ("It is sound and will stand.", ["wall", "fifty"], "It is sound and will stand, according to Ana Ruiz."),
        ("It must be rebuilt.", ["rebuilt"], "It must be rebuilt, according to the river board."),
        ("The dam held.", ["held"], "The dam held."),
        ("It is sound and must be rebuilt.", ["wall", "rebuilt"], "It is sound and must be rebuilt."),
        ("It held and is sound.", ["held", "wall"], "It held and is sound."),
        ("Ruiz found the wall sound.", ["wall"], "Ruiz found the wall sound."),
        ("The wall was sound, the engineer said.", ["wall"], "The wall was sound, the engineer said."),
        ("“It will stand for fifty years.”", ["fifty"], "“It will stand for fifty years.”"),
        ("The wall was sound", ["wall"], "The wall was sound"),
        ("Nobody paid for it.", ["paid"], "Nobody paid for it."),
    ],
)
def test_what_one_speaker_says_is_told_as_theirs(claim: str, proof: list[str], told: str) -> None:
    assert voiced(claim, standing(*proof)) == told


def test_of_a_language_whose_speakers_are_not_known_nothing_is_told() -> None:
    assert voiced("La pared era sólida.", standing("wall"), language("es")) == "La pared era sólida."


def test_without_proof_nobody_says_it() -> None:
    assert voiced("The wall was sound.", []) == "The wall was sound."

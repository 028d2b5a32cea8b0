"""Where a quotation comes from."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from index.errors import InputError
from index.records import Article, Passage
from qa.quotes import LONGEST, QuoteDifference, QuoteResult, find_quote
from qa.text.words import words


class Shelf:
    """A library in memory: passages are paragraphs, a passage's score the rarity of the asked words in it."""

    def __init__(self, **articles: str) -> None:
        self._articles = {key: Article(key, key, None, None, None, text) for key, text in articles.items()}
        self._passages = []
        for key, text in articles.items():
            start = 0
            for paragraph in text.split("\n"):
                self._passages.append(Passage(key, start, start + len(paragraph), paragraph))
                start += len(paragraph) + 1
        self._holding = [{w.stem for w in words(p.text)} for p in self._passages]

    def _stem(self, word: str) -> str:
        return next((w.stem for w in words(word)), word)

    def rarity(self, word: str) -> float:
        return math.log1p(len(self._passages) / (sum(self._stem(word) in held for held in self._holding) + 0.5))

    def words(self, terms: Sequence[str], limit: int) -> list[Passage]:
        scores = [sum(self.rarity(t) for t in terms if self._stem(t) in held) for held in self._holding]
        order = sorted(range(len(scores)), key=lambda i: -scores[i])
        return [self._passages[i] for i in order if scores[i] > 0][:limit]

    def article(self, article_id: str) -> Article:
        return self._articles[article_id]


RIVER = (
    "The Aldmoor rose by 41 centimetres overnight, the water board said.\n"
    "“Nobody in the lower town slept,” said Inés Peña, who runs the bakery on Mill Lane. “We carried flour upstairs.”\n"
    "Mr. Hale, the mayor, asked for 41,400 sandbags — twice last year’s number."
)
SHELF = Shelf(
    river=RIVER,
    reprint="A first line.\n" + RIVER.split("\n")[0],
    other="The council met on Monday. It spoke about the budget, about parks, and about the water board.",
)


def place(quotation: str) -> list[tuple[str, str]]:
    return [(m.article_id, m.quote) for m in find_quote(quotation, SHELF).matches]


@pytest.mark.parametrize(
    "quotation",
    [
        "Nobody in the lower town slept",
        "“Nobody in the lower town slept”",
        '"nobody  in the\nLOWER TOWN slept,"',
        "Nobody in the … slept",
        "Nobody [...] slept",
    ],
)
def test_marks_spaces_case_and_what_was_left_out_are_no_differences(quotation: str) -> None:
    found = find_quote(quotation, SHELF)
    assert found.verdict == "exact"
    assert place(quotation) == [("river", "Nobody in the lower town slept")]


def test_a_match_is_an_exact_span_of_the_article() -> None:
    (match,) = find_quote("asked for 41,400 sandbags - twice last year's number", SHELF).matches
    assert match.quote == RIVER[match.start : match.end] == "asked for 41,400 sandbags — twice last year’s number"
    assert (match.score, match.differences) == (1.0, ())


def test_every_article_that_has_the_words_is_named() -> None:
    assert {article for article, _ in place("rose by 41 centimetres overnight")} == {"river", "reprint"}


def test_the_same_words_twice_in_one_article_are_two_matches() -> None:
    shelf = Shelf(twice="The bell rang.\nThen the bell rang.")
    assert [m.start for m in find_quote("the bell rang", shelf).matches] == [0, len("The bell rang.\nThen ")]


def test_a_quotation_may_run_over_several_passages() -> None:
    (match,) = find_quote("We carried flour upstairs.” Mr. Hale, the mayor, asked", SHELF).matches
    assert match.quote == "We carried flour upstairs.”\nMr. Hale, the mayor, asked"


@pytest.mark.parametrize(
    ("quotation", "given", "found"),
    [
        ("Mr. Hale, the mayor, asked for 91,400 sandbags", "91,400", "41,400"),
        ("Nobody in the upper town slept", "upper", "lower"),
        ("Nobody in the lower town really slept", "really", ""),
        ("Nobody in the town slept", "", "lower"),
        ("Everybody in the lower town slept", "Everybody", "Nobody"),
        ("said Ines Peña, who owns the bakery on Mill Lane", "owns", "runs"),
    ],
)
def test_an_altered_quotation_shows_the_differing_words_side_by_side(quotation: str, given: str, found: str) -> None:
    result = find_quote(quotation, SHELF)
    assert result.verdict == "altered"
    assert result.matches[0].differences == (QuoteDifference(given, found),)
    assert result.matches[0].quote == RIVER[result.matches[0].start : result.matches[0].end]


def test_the_score_of_an_altered_quotation_is_its_share_of_words_in_common() -> None:
    (match,) = find_quote("Nobody in the upper town slept", SHELF).matches
    assert match.score == 5 / 6


@pytest.mark.parametrize(
    "quotation",
    [
        "The harvest was the best in thirty years",
        "zeppelin",
        "Река поднялась за ночь",
        "洪水が町を襲った",
        "bakery zeppelin",
    ],
)
def test_what_no_article_has_is_absent(quotation: str) -> None:
    assert find_quote(quotation, SHELF) == QuoteResult("absent", ())


def test_one_word_is_found_wherever_it_stands() -> None:
    assert place("SANDBAGS") == [("river", "sandbags")]


def test_a_word_in_another_script_is_found() -> None:
    assert place_in(Shelf(ru="Ночью река поднялась.\nУтром спала."), "«РЕКА поднялась»") == ["река поднялась"]


def place_in(shelf: Shelf, quotation: str) -> list[str]:
    return [m.quote for m in find_quote(quotation, shelf).matches]


def test_a_quotation_of_fifty_thousand_characters_is_laid_over_its_article() -> None:
    lines = [f"Line {i} tells of barge number {i * 7} and its cargo of {i * 13} barrels." for i in range(1000)]
    text = "\n".join(lines)
    shelf = Shelf(log=text, river=RIVER)
    quotation = text[:50_000]
    assert find_quote(quotation, shelf).verdict == "exact"
    altered = find_quote(quotation.replace("cargo of 1300 barrels", "cargo of 1301 barrels"), shelf)
    assert altered.verdict == "altered"
    assert altered.matches[0].differences == (QuoteDifference("1301", "1300"),)


@pytest.mark.parametrize("quotation", ["", "  \n", "“…”", "?!"])
def test_a_quotation_without_words_is_refused(quotation: str) -> None:
    with pytest.raises(InputError) as error:
        find_quote(quotation, SHELF)
    assert str(error.value) == "The quotation has no words; paste the words to look up."


def test_a_quotation_that_is_too_long_is_refused() -> None:
    with pytest.raises(InputError) as error:
        find_quote("word " * 25_000, SHELF)
    assert str(error.value) == f"The quotation has 125,000 characters; give at most {LONGEST:,} of them."

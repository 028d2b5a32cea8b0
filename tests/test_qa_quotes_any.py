"""Whatever is quoted from an article is found, however it is written; whatever is changed in it is told."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_qa_quotes import Shelf

from qa.lookup.quotes import find_quote
from qa.text.quotations.compared import Quoted

_WORDS = [
    "bridge",
    "river",
    "mayor",
    "council",
    "Sørensen",
    "Größe",
    "naïve",
    "größer",
    "école",
    "señor",
    "мост",
    "река",
    "обещал",
    "straße",
    "O’Neill",
    "don’t",
    "well-known",
    "U.S.",
    "harbour",
    "the",
    "of",
    "not",
    "never",
    "may",
    "C++",
    "H2O",
]
_NUMBERS = [
    "5",
    "-5",
    "+5",
    "5%",
    "$5",
    "€5",
    "£3.50",
    "1,200",
    "1.200",
    "4,2",
    "10:30",
    "1990-1995",
    "3-2",
    "~7",
    "<7",
    "41,400",
    "0.5",
]
_INVISIBLE = "\u00ad\u200b\u2060\ufeff\u200e"
_SPACES = (" ", "  ", "\n", "\r\n", "\u00a0", "\u202f", "\t", "\n\n  ", " \u200b")
_QUOTES = '“”"„«»'

words = st.one_of(st.sampled_from(_WORDS), st.sampled_from(_NUMBERS))
texts = st.lists(st.lists(words, min_size=5, max_size=14), min_size=1, max_size=5)


def article(sentences: list[list[str]]) -> str:
    return "\n".join(" ".join(sentence).join("“”") + "." for sentence in sentences)


def disguised(text: str, data: st.DataObject) -> str:
    """The text with what no reader sees or minds."""
    letters = []
    for at, letter in enumerate(text):
        if letter in " \n":
            letters.append(data.draw(st.sampled_from(_SPACES)))
        elif letter in _QUOTES:
            letters.append(data.draw(st.sampled_from(_QUOTES)))
        elif letter in "’'":
            letters.append(data.draw(st.sampled_from("’'ʼ")))
        else:
            inside = letter.isalpha() and text[at + 1 : at + 2].isalpha()
            letters.append(letter + (data.draw(st.sampled_from(("", "", *_INVISIBLE))) if inside else ""))
    written = "".join(letters)
    form = data.draw(st.sampled_from(("NFC", "NFD", None)))
    return unicodedata.normalize(form, written) if form else written


def some_words(text: str, fewest: int, data: st.DataObject) -> tuple[Quoted, int, int]:
    """The words of a text, and which of them are quoted."""
    parted = Quoted.of(text)
    assume(len(parted.keys) >= fewest)
    first = data.draw(st.integers(0, len(parted.keys) - fewest))
    return parted, first, data.draw(st.integers(first + fewest, len(parted.keys)))


@settings(max_examples=60, deadline=None)
@given(texts, st.data())
def test_any_quotation_is_found_however_it_is_written(sentences: list[list[str]], data: st.DataObject) -> None:
    text = article(sentences)
    parted, first, last = some_words(text, 3, data)
    span = text[parted.spans[first][0] : parted.spans[last - 1][1]]
    result = find_quote(disguised(span, data), Shelf(only=text))
    assert result.verdict == "exact"
    assert span in [match.quote for match in result.matches]


@settings(max_examples=60, deadline=None)
@given(texts, words, st.data())
def test_any_changed_word_number_or_sign_is_told(sentences: list[list[str]], put: str, data: st.DataObject) -> None:
    text = article(sentences)
    parted, first, last = some_words(text, 4, data)
    changed = data.draw(st.integers(first, last - 1))
    begin, end = parted.spans[first][0], parted.spans[last - 1][1]
    at, to = parted.spans[changed]
    quotation = text[begin:at] + put + text[to:end]
    keys = Quoted.of(quotation).keys
    assume(all(parted.keys[i : i + len(keys)] != keys for i in range(len(parted.keys))))
    result = find_quote(quotation, Shelf(only=text))
    assert result.verdict != "exact"
    for match in result.matches:
        assert match.differences
        assert text[match.start : match.end] == match.quote


HARBOUR = (
    "The mayor said the town would not sell the old harbour to a firm from Velden before 2030.\n\n"
    "“We want the harbour back,” said Tilde Munk, who runs the museum. “It was built by our parents.”\n\n"
    "The sea-wall cost £3.5m – twice as much as planned, and the ﬁrst oﬃcer of the Du\u00adpont left.\n"
)


@pytest.mark.parametrize(
    ("quotation", "verdict"),
    [
        ("the town would … sell the old harbour", "altered"),
        ("[T]he mayor said the town would not sell the old harbour", "exact"),
        ("We [do not] want the harbour back", "altered"),
        ("We want [not] the harbour back", "altered"),
        ("We want the harbour back [sic]", "exact"),
        ("WE WANT THE HARBOUR BACK", "exact"),
        ("We want the harbour back. It was built by our parents", "altered"),
        ("we want the harbour back, it was built by our parents", "altered"),
        ("The sea wall cost £3.5m - twice as much [sic] as planned", "exact"),
        ("The sea–wall cost £3.5m", "exact"),
        ("The sea-wall cost £3.5bn", "altered"),
        ("The sea-wall cost €3.5m", "altered"),
        ("the town would sell the old harbour to a firm", "altered"),
        ("the town wouldn't sell the old harbour to a firm", "altered"),
        ("the town would not sell\nthe old har-\nbour", "exact"),
        ("the first officer of the Dupont left", "exact"),
    ],
)
def test_a_quotation_as_editors_and_keyboards_change_it(quotation: str, verdict: str) -> None:
    found = find_quote(quotation, Shelf(harbour=HARBOUR))
    assert found.verdict == verdict
    assert all(match.differences for match in found.matches) is (verdict == "altered")


def test_a_quotation_that_joins_what_the_article_interrupts_shows_what_stands_between() -> None:
    (match,) = find_quote("We want the harbour back. It was built by our parents", Shelf(harbour=HARBOUR)).matches
    assert [(each.given, "said Tilde Munk, who runs the museum" in each.found) for each in match.differences] == [
        (".", True)
    ]

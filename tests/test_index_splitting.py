from __future__ import annotations

import pytest

from index.records import Article
from index.text.furniture import furniture
from index.text.passage_length import LONGEST_SENTENCE, PASSAGE_TOKENS
from index.text.splitting import split

SENTENCE = "The council met on a Tuesday and spoke about the bridge over the river. "
WORDS = 14


def words(text: str) -> int:
    return len(text.split())


def article(text: str) -> Article:
    return Article("a", "A headline", None, None, None, text)


@pytest.mark.parametrize(
    "text",
    [
        "One short line.",
        SENTENCE * 40,
        (SENTENCE * 3 + "\n\n") * 12,
        "\n\n\n  Lead.  \n" + SENTENCE * 9 + "\n\tTail without a stop",
        "word " * 1_000,
        "Wort" * 2_000,
        "Same line.\n" * 300,
        "“Quoted.” \u0085 Next.\u2028Separate line. " + SENTENCE * 20,
    ],
)
def test_passages_are_exact_spans_in_order_that_leave_no_word_out(text: str) -> None:
    passages = split(article(text), words)
    reached = 0
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert text[reached : passage.start].strip() == ""
        reached = passage.end
    assert text[reached:].strip() == ""


def test_a_heading_stays_with_what_it_heads() -> None:
    before = "\n".join([SENTENCE] * (PASSAGE_TOKENS // WORDS))  # a heading after it would still fit
    passages = split(article(f"{before}\n13:15\n\n{SENTENCE}\n"), words)
    assert [passage.text for passage in passages] == [before.strip(), f"13:15\n\n{SENTENCE}".strip()]


def test_a_long_paragraph_is_filled_sentence_by_sentence() -> None:
    passages = split(article(SENTENCE * 20), words)
    whole = PASSAGE_TOKENS // WORDS
    assert [words(passage.text) for passage in passages] == [whole * WORDS, whole * WORDS, (20 - 2 * whole) * WORDS]
    assert all(passage.text.endswith("river.") for passage in passages)


def test_short_paragraphs_share_a_passage_up_to_its_length() -> None:
    passages = split(article((SENTENCE.strip() + "\n\n") * 10), words)
    assert [words(passage.text) for passage in passages] == [8 * WORDS, 2 * WORDS]
    assert 8 * WORDS <= PASSAGE_TOKENS < 9 * WORDS


def test_no_passage_is_longer_than_the_longest_sentence_allowed() -> None:
    passages = split(article("and so on, " * 500), words)
    assert max(words(passage.text) for passage in passages) <= LONGEST_SENTENCE


def test_site_furniture_is_in_no_passage() -> None:
    text = "Bridge closed\n\nThe bridge is closed.\n\nAdvertisement\n\nIt opens in May.\n\nLatest News\n"
    assert furniture(text)
    passages = split(article(text), words)
    assert [passage.text for passage in passages] == ["Bridge closed\n\nThe bridge is closed.", "It opens in May."]

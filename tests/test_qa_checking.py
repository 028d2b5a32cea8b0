from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from fakes import WordEmbedder

from index.library import Library
from index.reading.files import find
from qa.lookup.quotes import find_quote
from qa.reader.protocol import Reader
from qa.support.checking import check
from qa.support.judge import judge

STORY = "Pier torn away\n\nThe storm tore away 40 metres of the pier. Ana Ruiz kept watch for 30 years.\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "pier.txt").write_text(STORY)
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / "pier.txt"])))
    return library


def test_each_sentence_gets_its_verdict_and_what_differs(library: Library) -> None:
    text = "Ana Ruiz kept watch for 30 years. The storm tore away 90 metres of the pier."
    right, wrong = check(text, library)
    assert (right.support, right.citations[0].quote) == ("supported", "Ana Ruiz kept watch for 30 years.")
    assert text[wrong.start : wrong.end] == wrong.text
    assert wrong.support != "supported"
    assert [(d.given, d.found) for d in wrong.differences] == [("90 metres", "40 metres")]
    assert wrong.citations[0].quote == "The storm tore away 40 metres of the pier."


def test_citations_count_from_one_and_stand_in_their_article(library: Library) -> None:
    (checked,) = check("Ana Ruiz kept watch for 30 years.", library)
    assert [citation.number for citation in checked.citations] == list(range(1, len(checked.citations) + 1))
    for citation in checked.citations:
        assert library.article("pier").text[citation.start : citation.end] == citation.quote


def test_without_articles_nothing_is_supported(tmp_path: Path) -> None:
    (checked,) = check("Ana Ruiz kept watch.", Library(tmp_path, WordEmbedder()))
    assert (checked.support, checked.citations) == ("unsupported", ())


def test_a_quotation_is_found_in_a_library(library: Library) -> None:
    assert find_quote("the storm tore away 40 metres", library).verdict == "exact"
    altered = find_quote("The storm tore away 90 metres of the pier", library)
    assert altered.verdict == "altered"
    assert [(d.given, d.found) for d in altered.matches[0].differences] == [("90", "40")]
    assert find_quote("quite another sentence about nothing here", library).verdict == "absent"


class Doubting:
    """A reader to whom nothing states anything."""

    def stated(self, question: str, claim: str, text: str) -> float:
        return -9.0


def test_a_sentence_of_the_articles_is_supported_whatever_the_reader_makes_of_it(library: Library) -> None:
    text = "Ana Ruiz kept watch for 30 years. The pier lost 40 metres in the storm."
    same, other = check(text, library, cast(Reader, Doubting()))
    assert (same.support, other.support) == ("supported", "partly")


def test_the_reader_may_only_doubt_in_any_language(tmp_path: Path) -> None:
    (tmp_path / "pier.txt").write_text("Pier zerstört\n\nDer Sturm riss am Montag 40 Meter der Seebrücke weg.\n")
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / "pier.txt"])))
    text = "Am Montag riss der Sturm 40 Meter der Seebrücke weg. Am Montag riss der Sturm 90 Meter der Seebrücke weg."
    told, altered = check(text, library, cast(Reader, Doubting()))
    assert (told.support, altered.support) == ("partly", "unsupported")


@pytest.mark.parametrize(
    ("claim", "sentence", "is_supported"),
    [
        ("The guards slept that night.", "The inquiry found no evidence that the guards slept that night.", False),
        ("The mayor took bribes from the firm.", "No proof was given, and nothing showed a bribe of a firm.", False),
        (
            "The mayor took money from the firm.",
            "The court saw no sign that the mayor took money from the firm.",
            False,
        ),
        ("The minister said the dam was safe.", "The minister did not say that the dam was safe.", False),
        ("Der Wirt nahm Geld vom Amt.", "Es gibt keine Hinweise darauf, dass der Wirt Geld vom Amt nahm.", False),
        ("The bridge was closed on Monday.", "The driver did not know that the bridge was closed on Monday.", True),
        ("The mayor lied to the council.", "There is no doubt that the mayor lied to the council.", True),
        ("The inquiry found no evidence of it.", "The inquiry found no evidence of it.", True),
    ],
)
def test_what_nothing_shows_is_not_supported(claim: str, sentence: str, is_supported: bool) -> None:
    assert (judge(claim, [sentence], WordEmbedder()).support == "supported") is is_supported

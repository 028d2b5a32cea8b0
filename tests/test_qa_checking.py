from __future__ import annotations

from pathlib import Path

import pytest
from fakes import WordEmbedder

from index.library import Library
from index.reading.files import find
from qa.quotes import find_quote
from qa.support.checking import check

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

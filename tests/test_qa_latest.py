"""Questions for how things stand now are answered from what was told last."""

from __future__ import annotations

from pathlib import Path

from fakes import library_of

from index.library import Library
from qa.evidence.finding import finding
from qa.evidence.repeats import distinct
from qa.evidence.selecting import Nearness
from qa.reader.nearness import NearnessReader

ARTICLES = {
    "early.txt": "Ferry aground\nThe Courier, 12 March 2024\n\nThe coast guard puts the number of injured at 31.\n",
    "late.txt": "Inquiry into the ferry\nThe Courier, 4 April 2024\n\nThe report puts the injured at 38.\n",
}


def likeliest(library: Library, question: str) -> str:
    """The sentence of the articles that most probably answers."""
    every = library.search(question, 100)
    reader = NearnessReader(library.embedder)
    nearness = Nearness(question, library.rarity)
    found = finding(question, distinct(every, 16), every, nearness, reader, library)
    return found.candidates[0].place.sentence.text


def test_what_was_told_last_is_the_likeliest_where_the_latest_is_asked_for(tmp_path: Path) -> None:
    last = "The report puts the injured at 38."
    library = library_of(tmp_path, ARTICLES)
    assert likeliest(library, "What is the latest number of injured?") == last
    assert likeliest(library, "What is the number of injured?") != last

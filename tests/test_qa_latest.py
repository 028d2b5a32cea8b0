"""Questions for how things stand now are answered from what was told last."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import library_of

import qa.evidence.latest
from index.library import Library
from qa.evidence.finding import finding
from qa.evidence.selecting import Nearness
from qa.reader.nearness import NearnessReader

TOLD = "The coast guard puts the number of injured at {}."
ARTICLES = {
    "early.txt": f"Ferry aground\nThe Courier, 12 March 2024\n\n{TOLD.format(31)}\n",
    "late.txt": f"Ferry aground\nThe Courier, 4 April 2024\n\n{TOLD.format(38)}\n",
}


def likelier(library: Library, question: str) -> float:
    """By how many log odds the sentence told last is likelier to answer than the one told first."""
    every = library.search(question, 100)
    reader, nearness = NearnessReader(library.embedder), Nearness(question, library.rarity)
    found = finding(question, every, every, nearness, reader, library)
    scores = {candidate.place.sentence.text: candidate.score for candidate in found.candidates}
    return scores[TOLD.format(38)] - scores[TOLD.format(31)]


def test_what_was_told_last_is_likelier_meant_where_the_latest_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = library_of(tmp_path, ARTICLES)
    questions = "What is the latest number of injured?", "What is the number of injured?"
    weighed = [likelier(library, question) for question in questions]
    monkeypatch.setattr(qa.evidence.latest, "_LATEST", 0.0)
    before = [likelier(library, question) for question in questions]
    assert weighed == pytest.approx([before[0] + 2.0, before[1]])

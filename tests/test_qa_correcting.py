"""An answer with a figure that a later article corrects is followed by the correction."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import Typist, WordEmbedder
from killing import write

from index.library import Library
from index.reading.files import find
from qa.assistant import Assistant
from qa.corrections import corrections_to
from qa.evidence.correcting import correcting

REPORT = """Bridge over the Wend to close for a year
By Lena Foss | The Aldmoor Courier | 12 March 2024

The bridge over the Wend will close for 12 months. Repairs of the bridge cost 4.2 million crowns.
"""
CORRECTION = """Corrections
The Aldmoor Courier | 15 March 2024

A report on 12 March ("Bridge over the Wend to close for a year") gave the wrong cost. They cost {right}, not {wrong}.
"""


@pytest.mark.parametrize(
    ("wrong", "is_told"), [("4.2 million", True), ("5.3 million", False), ("as much as we reported", False)]
)
def test_a_figure_that_was_corrected_is_followed_by_its_correction(tmp_path: Path, wrong: str, is_told: bool) -> None:
    correction = CORRECTION.format(right="2.4 million crowns", wrong=wrong)
    write(tmp_path / "news", report=REPORT, correction=correction)
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / "news"])))
    typist = Typist("Repairs of the bridge cost 4.2 million crowns.")
    assistant = Assistant(library, lambda: typist, typist.name, reads_ahead=False)
    answer = assistant.answer("What do the repairs of the bridge over the Wend cost?")
    assistant.close()
    quoted = [answer.citation(s.citations[0]).quote for s in answer.sentences if s.support == "quoted"]
    assert answer.outcome == "answered"
    assert (f"They cost 2.4 million crowns, not {wrong}." in quoted) == is_told


def test_what_a_column_corrects_in_another_article_is_not_told(tmp_path: Path) -> None:
    column = CORRECTION.format(right="2.4 million crowns", wrong="4.3 million")
    column += (
        '\nA report on 11 March ("Hall of Selby to be sold soon") named a price of 4.2 million. It was 1 million.\n'
    )
    hall = "Hall of Selby to be sold soon\nThe Aldmoor Courier | 11 March 2024\n\nThe hall is to be sold in May.\n"
    write(tmp_path / "news", report=REPORT, hall=hall, correction=column)
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / "news"])))
    about = {each.id: [c.text for _, c in corrections_to(each, library)] for each in library.articles()}
    assert {name: len(texts) for name, texts in about.items()} == {"report": 1, "hall": 1, "correction": 0}
    typist = Typist("Repairs of the bridge cost 4.2 million crowns.")
    assistant = Assistant(library, lambda: typist, typist.name, reads_ahead=False)
    answer = assistant.answer("What do the repairs of the bridge over the Wend cost?")
    assistant.close()
    assert answer.outcome == "answered"
    assert correcting(answer, library) == []

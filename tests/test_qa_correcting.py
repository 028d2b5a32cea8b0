"""An answer with a figure that a later article corrects gives way to the correction, or is followed by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import Typist, WordEmbedder
from killing import write

from index.library import Library
from index.reading.files import find
from qa.assistant import Assistant
from qa.corrections.links import corrections_to
from qa.evidence.correcting import Correcting, correcting
from qa.records import Answer

REPORT = """Bridge over the Wend to close for a year
By Lena Foss | The Aldmoor Courier | 12 March 2024

The bridge over the Wend will close for 12 months. Repairs of the bridge cost 4.2 million crowns.
"""
CORRECTION = """Corrections
The Aldmoor Courier | 15 March 2024

A report on 12 March ("Bridge over the Wend to close for a year") gave the wrong cost. They cost {right}, not {wrong}.
"""


QUESTION = "What do the repairs of the bridge over the Wend cost?"


def answered(folder: Path, written: str, question: str = QUESTION) -> tuple[Answer, Library]:
    """What is answered from the articles ``folder/news`` where the model writes this."""
    library = Library(folder / "library", WordEmbedder())
    list(library.add(find([folder / "news"])))
    typist = Typist(written)
    assistant = Assistant(library, lambda: typist, typist.name, reads_ahead=False)
    answer = assistant.answer(question)
    assistant.close()
    assert answer.outcome == "answered"
    return answer, library


def test_a_figure_that_an_earlier_version_had_gives_way_to_the_correction(tmp_path: Path) -> None:
    said = "An earlier version of our article “Bridge over the Wend to close for a year” said that the repairs of the "
    said += "bridge cost 4.2 million crowns. They cost 2.4 million crowns."
    write(tmp_path / "news", report=REPORT, correction="\n".join([*CORRECTION.splitlines()[:3], said]))
    answer, _ = answered(tmp_path, "Repairs of the bridge cost 4.2 million crowns.")
    assert "Repairs of the bridge cost 4.2 million crowns." not in [s.text for s in answer.sentences]
    assert "2.4 million" in answer.text


@pytest.mark.parametrize(
    "said",
    [
        "The repairs cost 2.4 million crowns, not 4.2 million.",
        "The repairs cost 2.4 million crowns instead of 4.2 million crowns.",
        "It said that the repairs cost 4.2 million crowns. They cost 2.4 million crowns.",
    ],
)
def test_a_figure_that_was_taken_back_gives_way_to_the_correction(tmp_path: Path, said: str) -> None:
    correction = CORRECTION.replace("gave the wrong cost. They cost {right}, not {wrong}.", f"was wrong. {said}")
    correction = correction.replace("was wrong. It said", "said") if said.startswith("It said") else correction
    write(tmp_path / "news", report=REPORT, correction=correction)
    answer, _ = answered(tmp_path, "Repairs of the bridge cost 4.2 million crowns.")
    assert "Repairs of the bridge cost 4.2 million crowns." not in [s.text for s in answer.sentences]
    assert "2.4 million" in answer.text
    assert {sentence.support for sentence in answer.sentences} == {"quoted"}
    assert all(answer.text[s.start : s.end] == s.text for s in answer.sentences)
    assert answer.citation(answer.sentences[0].citations[0]).article_id == "correction"


LIVE = """As it happened: the road caves in

8.25 a.m. – The driver of the van went to hospital, the police say.

11.15 a.m. – Correction: It was not the driver of the van who went to hospital but his passenger.
"""


def test_whom_a_later_entry_of_a_live_report_corrects_gives_way_to_it(tmp_path: Path) -> None:
    write(tmp_path / "news", live=LIVE)
    written = "The driver of the van went to hospital."
    answer, _ = answered(tmp_path, written, "Who of the van went to hospital?")
    assert written not in [sentence.text for sentence in answer.sentences]
    assert "but his passenger" in answer.text


def test_the_right_figure_stays(tmp_path: Path) -> None:
    right = "Repairs of the bridge over the Wend cost 2.4 million crowns, not 4.2 million."
    said = CORRECTION.replace("They cost {right}, not {wrong}.", right)
    write(tmp_path / "news", report=REPORT, correction=said)
    answer, _ = answered(tmp_path, right)
    assert answer.sentences[0].text == right
    assert answer.sentences[0].support == "supported"


def test_a_figure_that_a_correction_also_tells_is_followed_by_it(tmp_path: Path) -> None:
    correction = CORRECTION.format(right="4.2 million crowns, as we said, but for", wrong="the lamps alone")
    write(tmp_path / "news", report=REPORT, correction=correction)
    answer, _ = answered(tmp_path, "Repairs of the bridge cost 4.2 million crowns.")
    assert answer.sentences[0].text == "Repairs of the bridge cost 4.2 million crowns."
    assert "not the lamps alone" in answer.sentences[-1].text
    assert answer.sentences[-1].support == "quoted"


def test_a_correction_of_another_figure_is_not_told(tmp_path: Path) -> None:
    write(tmp_path / "news", report=REPORT, correction=CORRECTION.format(right="2.4 million", wrong="5.3 million"))
    answer, _ = answered(tmp_path, "Repairs of the bridge cost 4.2 million crowns.")
    assert answer.sentences[0].text == "Repairs of the bridge cost 4.2 million crowns."
    assert answer.sentences[0].support == "supported"
    assert not any("5.3 million" in sentence.text for sentence in answer.sentences)


def test_what_a_column_corrects_in_another_article_is_not_told(tmp_path: Path) -> None:
    column = CORRECTION.format(right="2.4 million crowns", wrong="4.3 million")
    column += (
        '\nA report on 11 March ("Hall of Selby to be sold soon") named a price of 4.2 million. It was 1 million.\n'
    )
    hall = "Hall of Selby to be sold soon\nThe Aldmoor Courier | 11 March 2024\n\nThe hall is to be sold in May.\n"
    write(tmp_path / "news", report=REPORT, hall=hall, correction=column)
    answer, library = answered(tmp_path, "Repairs of the bridge cost 4.2 million crowns.")
    about = {each.id: [c.text for _, c in corrections_to(each, library)] for each in library.articles()}
    assert {name: len(texts) for name, texts in about.items()} == {"report": 1, "hall": 1, "correction": 0}
    assert correcting(answer, library) == Correcting()


@pytest.mark.parametrize("asked", ["Summarise the bridge over the Wend.", "Timeline of the bridge over the Wend"])
def test_a_summary_tells_a_correction_in_the_place_of_what_it_takes_back(tmp_path: Path, asked: str) -> None:
    write(
        tmp_path / "news", report=REPORT, correction=CORRECTION.format(right="2.4 million crowns", wrong="4.2 million")
    )
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / "news"])))
    typist = Typist("")
    assistant = Assistant(library, lambda: typist, typist.name, reads_ahead=False)
    told = assistant.answer(asked).text
    assistant.close()
    assert "Repairs of the bridge cost 4.2 million crowns." not in told
    assert told.count("They cost 2.4 million crowns, not 4.2 million.") == 1
    assert "The bridge over the Wend will close for 12 months." in told

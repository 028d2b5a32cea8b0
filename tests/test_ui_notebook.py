"""A notebook taken along: as Markdown, HTML and a Word file, with a footnote for everything that is cited."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

from lxml import etree

from index.reading.files import Source, read
from index.records import Article
from index.store.readers.notebooks import Note
from qa.kept.history import answer_to_text
from qa.kept.notes import passage, sources
from qa.records import Answer, AnswerSentence, Citation, Conflict, ConflictValue
from ui.html.docx import notebook_docx
from ui.html.notebook import notebook_html, notebook_markdown

ARTICLE = Article("harbour", "Harbour *reopens*", "The Courier", "2024-03-12", None, "It opened.\nIt cost <2> crowns.")
FIRST, SECOND = (
    Citation(number, "harbour", ARTICLE.title, "The Courier", "2024-03-12", start, end, ARTICLE.text[start:end], "0")
    for number, (start, end) in enumerate(((0, 10), (11, 30)), 1)
)
ANSWER = Answer(
    "What did it cost?",
    "What did it cost?",
    stage="done",
    outcome="answered",
    text="It opened. It cost 2 crowns.",
    sentences=(
        AnswerSentence("It opened.", 0, 10, "supported", (1,)),
        AnswerSentence("It cost 2 crowns.", 11, 28, "partly", (2,)),
    ),
    citations=(FIRST, SECOND),
    conflict=Conflict("cost", (ConflictValue("2 crowns", (2,)),)),
)
NOTES = [
    Note(1, answer_to_text(ANSWER), "Ask the port.\n\nAgain <soon> & *now*.\x00"),
    Note(2, answer_to_text(passage(ARTICLE, 0, 10)), ""),
    Note(3, None, "Only words."),
]


def test_a_footnote_names_the_page_in_the_language_of_what_is_cited() -> None:
    text = "Die Brücke wurde am Montag gesperrt.\n\nSie kostet viel Geld."
    article = replace(ARTICLE, title="Die Brücke", text=text, pages=(0, 38))
    notes = [
        Note(number, answer_to_text(passage(article, *span)), "") for number, span in enumerate(((0, 36), (0, 59)))
    ]
    made = notebook_markdown("Notes", notes)
    assert "[^1]: Die Brücke, The Courier, 12. März 2024, Seite 1\n" in made
    assert "[^2]: Die Brücke, The Courier, 12. März 2024, Seiten 1–2\n" in made


def test_markdown_has_footnotes_numbered_through() -> None:
    assert notebook_markdown("The harbour", NOTES) == (
        "# The harbour\n\n"
        "## What did it cost?\n\n"
        "It opened.[^1] It cost 2 crowns. (partly supported)[^2]\n\n"
        "2 crowns[^2]\n\n"
        "Ask the port.\n\n"
        "Again \\<soon\\> \\& \\*now\\*.\x00\n\n"
        "> It opened.[^3]\n\n"
        "Only words.\n\n"
        "[^1]: “It opened.” — Harbour \\*reopens\\*, The Courier, 12 March 2024\n\n"
        "[^2]: “It cost \\<2\\> crowns.” — Harbour \\*reopens\\*, The Courier, 12 March 2024\n\n"
        "[^3]: Harbour \\*reopens\\*, The Courier, 12 March 2024\n"
    )


def test_footnotes_and_verdicts_are_in_the_language_of_the_question() -> None:
    kept = replace(ANSWER, question="Was hat der Umbau des Hafens gekostet?")
    written = notebook_markdown("Hafen", [Note(1, answer_to_text(kept), "")])
    assert "It cost 2 crowns. (teilweise belegt)[^2]" in written
    assert "The Courier, 12. März 2024" in written


def test_a_footnote_whose_words_have_quotation_marks_gets_no_second_ones() -> None:
    kept = replace(ANSWER, citations=(replace(FIRST, quote="“It opened,” she said."), SECOND))
    written = notebook_markdown("The harbour", [Note(1, answer_to_text(kept), "")])
    assert "[^1]: “It opened,” she said. — Harbour" in written


def test_html_leads_from_each_mark_to_its_footnote_and_loads_nothing() -> None:
    made = notebook_html("The harbour", NOTES)
    marks = re.findall(r'href="#footnote-(\d+)"', made)
    assert marks == ["1", "2", "2", "3"]
    assert re.findall(r'id="footnote-(\d+)"', made) == ["1", "2", "3"]
    assert "Again &lt;soon&gt; &amp; *now*." in made
    assert "default-src &#39;none&#39;" in made or "default-src 'none'" in made


def test_a_word_file_has_real_footnotes_and_is_read_again(tmp_path: Path) -> None:
    made = notebook_docx("The harbour", NOTES)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        parts = {name: etree.fromstring(file.read(name)) for name in file.namelist()}
    space = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    identity = f"{{{space['w']}}}id"
    marks = [mark.get(identity) for mark in parts["word/document.xml"].iterfind(".//w:footnoteReference", space)]
    notes = {
        note.get(identity): "".join(note.itertext()).strip()
        for note in parts["word/footnotes.xml"].iterfind("w:footnote", space)
    }
    assert marks == ["1", "2", "2", "3"]
    assert notes["2"] == "“It cost <2> crowns.” — Harbour *reopens*, The Courier, 12 March 2024"
    assert set(marks) <= set(notes)
    (tmp_path / "harbour.docx").write_bytes(made)
    text = read(Source("harbour", tmp_path / "harbour.docx")).text
    for words in (
        "The harbour",
        "What did it cost?",
        "It opened.",
        "Ask the port.",
        "Again <soon> & *now*.",
        "Only words.",
    ):
        assert words in text


def test_the_same_notes_make_the_same_file() -> None:
    assert notebook_docx("The harbour", NOTES) == notebook_docx("The harbour", NOTES)


def test_the_sources_of_notes_are_the_articles_they_cite() -> None:
    assert sources(NOTES) == ("harbour",)

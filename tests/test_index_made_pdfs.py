"""What is kept of PDFs that programs make: their words in reading order, each on its page."""

import re
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2
import pytest
from made_pdfs import STYLES, MadePdf, document, made_pdfs, printed_markup
from news_pages import words
from playwright.sync_api import Browser

from index.reading.files import Source, read
from index.records import Article

pytest_plugins = ["browsing"]

MADE = {made.name: made for made in made_pdfs()}


def in_order(made: MadePdf, article: Article) -> float:
    """The share of the words that stand in the article in the order of the document."""
    blocks = SequenceMatcher(None, made.words, words(article.text), autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(made.words)


def pages_right(made: MadePdf, article: Article, path: Path) -> float:
    """The share of the paragraphs whose first words are cited with the page that the file has them on."""
    with pypdfium2.PdfDocument(path) as opened:
        texts = [page.get_textpage().get_text_bounded() for page in opened]
    right = [
        article.page_at(article.text.index(mark)) == next(at for at, text in enumerate(texts, start=1) if mark in text)
        for mark in made.marks
    ]
    return sum(right) / len(right)


def check(made: MadePdf, folder: Path) -> None:
    path = folder / f"{made.name}.pdf"
    path.write_bytes(made.data)
    article = read(Source(made.name, path))
    assert in_order(made, article) >= 0.97
    assert pages_right(made, article, path) == 1.0
    flat = " ".join(article.text.split())
    for note in made.notes:
        assert note in flat
    for running in made.running:
        assert not re.search(re.escape(running).replace(r"\#", r"\d+"), flat)


def test_there_are_thirty() -> None:
    assert len(MADE) + len(STYLES) == 30


@pytest.mark.parametrize("name", MADE)
def test_words_of_a_made_pdf_are_in_reading_order_and_on_their_pages(tmp_path: Path, name: str) -> None:
    check(MADE[name], tmp_path)


@pytest.mark.browser
@pytest.mark.parametrize("name", STYLES)
def test_words_of_a_printed_page_are_in_reading_order_and_on_their_pages(
    tmp_path: Path,
    name: str,
    browser: Browser,
) -> None:
    blocks = document(["ferry", "school", "lab", "budget"], table=True, items=True)
    page = browser.new_page()
    page.set_content(printed_markup(blocks, STYLES[name]))
    data = page.pdf(format="A4", display_header_footer=name != "printed-page")
    page.close()
    check(MadePdf(name, data, tuple(blocks)), tmp_path)

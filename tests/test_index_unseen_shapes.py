"""What is kept of pages and PDFs in shapes that reading was not made with."""

from pathlib import Path

import pytest
from news_pages import NewsPage, news_pages
from test_index_made_pdfs import check
from test_index_news_pages import Read, searched
from unseen_pdfs import unseen_pdfs

PDFS = {made.name: made for made in unseen_pdfs()}
PAGES = list(news_pages("unseen_pages.txt"))


@pytest.fixture(scope="module")
def read_pages(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[NewsPage, str, str | None]]:
    folder = tmp_path_factory.mktemp("pages")
    return [(page, *searched(page, folder)) for page in PAGES]


def test_the_story_of_an_unseen_page_is_kept(read_pages: Read) -> None:
    kept = {page.name: page.story_kept(text) for page, text, _ in read_pages}
    assert sum(kept.values()) / len(kept) >= 0.97
    assert {name: share for name, share in kept.items() if share < 0.9} == {}


def test_few_words_of_the_site_are_kept_of_an_unseen_page(read_pages: Read) -> None:
    every = sum(len(page.site) for page, _, _ in read_pages)
    assert sum(page.site_kept(text) * len(page.site) for page, text, _ in read_pages) / every <= 0.08


def test_the_day_of_an_unseen_page_is_right_or_not_told(read_pages: Read) -> None:
    days = {page.name: (day, page.published) for page, _, day in read_pages}
    assert {name: told for name, told in days.items() if told[0] != told[1]} == {"print-window": (None, "2021-12-02")}


@pytest.mark.parametrize("name", PDFS)
def test_words_of_an_unseen_pdf_are_in_reading_order_and_on_their_pages(tmp_path: Path, name: str) -> None:
    check(PDFS[name], tmp_path)

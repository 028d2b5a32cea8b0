"""What is kept of pages in the shapes that news sites have: the story, not the site, and the day it is of."""

from pathlib import Path

import pytest
from news_pages import NewsPage, news_pages

from index.reading.files import Source, read
from index.text.splitting import split

PAGES = list(news_pages())


def searched(page: NewsPage, folder: Path) -> tuple[str, str | None]:
    """The words of a page that are searched, and the day that it is of."""
    path = folder / f"{page.name}.html"
    path.write_text(page.markup, encoding="utf-8")
    article = read(Source(page.name, path))
    return "\n".join(passage.text for passage in split(article, lambda text: len(text.split()))), article.published


@pytest.fixture(scope="module")
def read_pages(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[NewsPage, str, str | None]]:
    folder = tmp_path_factory.mktemp("pages")
    return [(page, *searched(page, folder)) for page in PAGES]


Read = list[tuple[NewsPage, str, str | None]]


def test_of_forty_pages_the_words_of_the_story_are_kept(read_pages: Read) -> None:
    assert len(read_pages) == 40
    kept = {page.name: page.story_kept(text) for page, text, _ in read_pages}
    assert sum(kept.values()) / len(kept) >= 0.97
    assert {name: share for name, share in kept.items() if share < 0.9} == {}


def test_of_forty_pages_hardly_a_word_of_the_site_is_kept(read_pages: Read) -> None:
    kept = {page.name: page.site_kept(text) for page, text, _ in read_pages}
    every = sum(len(page.site) for page, _, _ in read_pages)
    assert sum(kept[page.name] * len(page.site) for page, _, _ in read_pages) / every <= 0.03


def test_of_forty_pages_the_day_is_right(read_pages: Read) -> None:
    wrong = {page.name: day for page, _, day in read_pages if day != page.published}
    assert len(wrong) <= 0.05 * len(read_pages), wrong

"""Plain search: passages by their words, without a model."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Open
from fakes import WordEmbedder
from playwright.sync_api import expect

from index.library import Library
from index.reading.files import find
from ui.html.passages import marked, passages_html, places
from ui.page.plain_search import passages_with

pytest_plugins = ["browsing"]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "a.txt").write_text("Bridges closed\n\nTwo bridges were closed after the storm of Monday.\n")
    (tmp_path / "b.txt").write_text("Storm hits Aldmoor\n\nA storm hit the town. Monday was wet.\n")
    (tmp_path / "c.txt").write_text("Cup final\n\nAldmoor won <b>the cup</b>.\n")
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / f"{name}.txt" for name in "abc"])))
    return library


def test_passages_that_hold_more_of_the_words_come_first(library: Library) -> None:
    found, articles = passages_with("storm bridge", library)
    assert [passage.article_id for passage in found] == ["a", "b"]
    assert set(articles) == {"a", "b"}


def test_words_in_quotation_marks_must_stand_there_as_they_are(library: Library) -> None:
    found, _ = passages_with("“Storm  hit the”", library)
    assert [passage.article_id for passage in found] == ["b"]
    assert passages_with("“storm the hit”", library)[0] == []


def test_words_are_marked_in_any_form_and_hostile_text_stays_text(library: Library) -> None:
    found, articles = passages_with("winning cups aldmoor", library)
    html = passages_html(found, ["cups", "aldmoor"], articles.__getitem__)
    assert "<mark>Aldmoor</mark> won &lt;b&gt;the <mark>cup</mark>&lt;/b&gt;" in html
    assert '<span class="title" dir="auto"><mark>Cup</mark> final</span>' in html
    assert "No article holds these words." in passages_html([], ["x"], articles.__getitem__)


def test_accents_and_capitals_make_no_difference() -> None:
    assert marked("Peñíscola", ["peniscola"]) == "<mark>Peñíscola</mark>"
    assert list(places("The other day", ["the"])) == [(0, 3)]


@pytest.mark.browser
def test_words_typed_are_found_marked_and_opened_in_their_article(visit: Open) -> None:
    page = visit().page
    page.get_by_role("tab", name="Search").click()
    page.get_by_label("Search the articles").fill("repair crowns")
    passage = page.locator("#passages .quotation").first
    expect(passage.locator("mark")).to_have_text(["Repairs", "crowns"])
    passage.locator("a.source").click()
    expect(page.locator("#reader mark.current")).to_contain_text("Repairs cost two million crowns.")
    page.get_by_label("Search the articles").fill("zeppelin")
    expect(page.locator("#passages")).to_have_text("No article holds these words.")

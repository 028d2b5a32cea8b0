"""The page's own words in the reader's language; what articles, questions and answers say stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from ui.page.words import catalogues

pytest_plugins = ["browsing"]

SOURCES = "\n".join(
    path.read_text("utf-8")
    for folder in ("ui", "qa")
    for path in Path(folder).rglob("*")
    if path.suffix in (".py", ".js", ".html", ".jinja")
)


@pytest.mark.parametrize("code", ["de", "es", "fr"])
def test_a_catalogue_translates_the_same_words_as_the_others_each_once(code: str) -> None:
    words = catalogues()[code]
    assert set(words) == set(catalogues()["de"])
    assert all(said.strip() == said and said for said in words.values())
    assert not {said for word, said in words.items() if said in words and words[said] != said}, "translated twice"


@pytest.mark.parametrize("word", catalogues()["de"])
def test_a_catalogue_holds_only_what_the_page_says(word: str) -> None:
    assert word in " ".join(SOURCES.split()).replace('" "', "")


@pytest.mark.browser
def test_a_german_browser_shows_german_words_and_english_articles(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="de-AT", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("tab", name="Bibliothek")).to_be_visible()
    expect(page.locator("#question textarea")).to_have_attribute("placeholder", "Eine Frage stellen")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("tab", name="Bibliothek").click()
    expect(page.get_by_role("button", name="Überschrift")).to_be_visible()
    expect(page.locator("#library")).to_contain_text("Lighthouse keeper retires")
    context.close()


@pytest.mark.browser
def test_a_browser_in_a_language_without_a_catalogue_shows_english(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="tr-TR")
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("tab", name="Library")).to_be_visible()
    context.close()

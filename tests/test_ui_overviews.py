"""What is new, who says what, the notebooks, and what stands folded up above an article, in a browser."""

from __future__ import annotations

import re
import zipfile

import pytest
from accessibility import SCREENS, serious_faults
from browsing import SURE, Open, sticking_out
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing"]

KEEPER = "Who kept the lighthouse for thirty years?"
NIGHT = "“I never missed a night,” said Ana Ruiz."


def show(page: Page, view: str) -> None:
    page.get_by_role("tab", name=view).click()


def test_who_says_what_is_listed_told_and_opened(visit: Open) -> None:
    page = visit().page
    show(page, "Speakers")
    page.get_by_label("Find a speaker").fill("ruiz")
    link = page.locator("#voices a.voice")
    expect(link).to_have_text(["Ana Ruiz"])
    link.click()
    expect(page.locator("#voices h2")).to_have_text("Ana Ruiz")
    expect(page).to_have_url(re.compile(r"speaker=ana(\+|%20)ruiz#speakers$"))
    expect(page.locator("#voices blockquote")).to_have_text([NIGHT])
    page.click("#voices a.source")
    expect(page.locator("#reader mark.current")).to_have_text(NIGHT)
    page.click("#reader .close")
    page.click("#voices .back")
    expect(page.locator("#voices .one")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("speaker="))


def test_an_address_names_a_speaker(visit: Open) -> None:
    page = visit().page
    page.goto(page.url + "?speaker=ana+ruiz#speakers")
    expect(page.locator("#voices h2")).to_have_text("Ana Ruiz")
    page.goto(page.url.replace("ana+ruiz", "nobody"))
    expect(page.locator("#voices .error")).to_have_text("Nobody of this name speaks in the articles any more.")


def test_above_an_article_stands_who_says_what_in_it(visit: Open) -> None:
    page = visit("?article=lighthouse&start=0&end=0").page
    page.click("#reader .digest summary")
    page.click("#reader .digest a.stated")
    expect(page.locator("#reader mark.current")).to_have_text(NIGHT)
    expect(page.locator("#reader .digest")).to_have_attribute("open", "")
    page.click("#reader .digest a.voice")
    expect(page.locator("#voices h2")).to_have_text("Ana Ruiz")


def test_what_is_new_is_told_since_a_day(visit: Open) -> None:
    page = visit().page
    show(page, "Briefing")
    expect(page.locator("#brief .summary")).to_contain_text("3 articles, 3 of them undated, 3 stories")
    page.get_by_label("New since").fill("2100-01-01")
    expect(page.locator("#brief .empty")).to_have_text("No article is as new as 1 January 2100; choose an earlier day.")


def test_answers_and_passages_are_kept_written_beside_ordered_and_taken_along(
    visit: Open,
) -> None:
    tab = visit()
    page = tab.page
    tab.ask_and_wait(KEEPER)
    page.click(".turn .tool.keep")
    expect(page.locator(".turn .tool.keep")).to_have_text("Kept in your notes")
    page.click("a.citation >> nth=0")
    expect(page.locator("#reader mark.current")).to_be_visible()
    page.locator("#reader .story p", has_text="without a keeper").click(click_count=3)
    page.click("#reader .keep")
    expect(page.locator("#reader .keep")).to_have_text("Kept")
    page.click("#reader .close")
    show(page, "Notes")
    expect(page.locator(".kept > li")).to_have_count(2)
    expect(page.locator(".kept > li").nth(1).locator("blockquote")).to_have_text(
        "The lighthouse will run without a keeper."
    )
    page.get_by_label("Your words beside note 1").fill("Ask her.")
    page.get_by_role("button", name="Move note 1 down").click()
    expect(page.locator(".kept > li").nth(1).locator("textarea")).to_have_value("Ask her.")
    with page.expect_download() as started:
        page.get_by_role("button", name="Save Word").click()
    assert started.value.suggested_filename == "notes.docx"
    with zipfile.ZipFile(started.value.path()) as file:
        assert "Ask her." in file.read("word/document.xml").decode()
    page.reload()
    expect(page.locator(".kept > li")).to_have_count(2)
    page.get_by_role("button", name="Ask only its sources").click()
    expect(page.locator("#only")).to_be_visible()
    expect(page.locator("#question textarea")).to_be_focused()
    show(page, "Notes")
    page.get_by_role("button", name="Remove note 1").click()
    expect(page.locator(".kept > li")).to_have_count(1)
    page.get_by_role("button", name="New notebook").click()
    page.get_by_label("Name of the notebook").fill("The harbour")
    page.keyboard.press("Enter")
    expect(page.locator(".notes select")).to_have_value(re.compile(r"\d+"))
    expect(page.locator(".notes .empty")).to_be_visible()
    page.click(".notes .delete")
    expect(page.locator(".notes .delete")).to_have_text("Delete for good?")
    page.wait_for_timeout(SURE)
    page.click(".notes .delete")
    expect(page.locator(".kept > li")).to_have_count(1)


@SCREENS
def test_axe_finds_nothing_serious_in_them(visit: Open, scheme: str, width: int) -> None:
    tab = visit("?article=lighthouse&start=0&end=0", scheme=scheme, width=width)
    page = tab.page
    page.click("#reader .digest summary")
    faults = serious_faults(page)
    page.click("#reader .close")
    tab.ask_and_wait(KEEPER)
    page.click(".turn .tool.keep")
    for view, shown in (("Briefing", "#brief .summary"), ("Speakers", "#voices .voices"), ("Notes", ".kept > li")):
        show(page, view)
        expect(page.locator(shown).first).to_be_visible()
        faults += serious_faults(page)
        assert sticking_out(page) == []
    assert not faults, "\n".join(faults)

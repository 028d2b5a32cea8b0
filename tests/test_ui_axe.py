"""axe-core finds nothing serious in any view."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from accessibility import SCREENS, serious_faults
from browsing import Open, Visit, sticking_out
from playwright.sync_api import Page, expect
from shelving import choose, show

from index.library import Library

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing", "shelving"]


class Looking:
    """Looks at views of a page with axe, and remembers what it finds fault with."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._faults: list[str] = []

    def __call__(self, what: str) -> None:
        self._faults.extend(f"{what}: {fault}" for fault in serious_faults(self._page))

    def found_nothing(self) -> None:
        assert sticking_out(self._page) == []
        assert not self._faults, "\n".join(self._faults)


@SCREENS
def test_axe_finds_nothing_serious_while_asking(visit: Open, paused: threading.Event, scheme: str, width: int):
    tab: Visit = visit(scheme=scheme, width=width)
    page = tab.page
    look = Looking(page)
    look("welcome")
    page.click(".masthead .help")
    look("help")
    page.keyboard.press("Escape")
    show(page, "Search")
    page.get_by_label("Search the articles").fill("storm crowns")
    expect(page.locator("#passages .quotation").first).to_be_visible()
    look("search")
    show(page, "Ask")
    tab.ask("How many metres of the northern pier had the storm torn away?")
    expect(page.locator(".turn")).to_contain_text("Found, writing…")
    look("busy")
    page.click("#stop")
    expect(page.locator(".turn .stopped")).to_have_text("Stopped.")
    look("stopped")
    paused.clear()
    tab.ask("x" * 2001)
    expect(page.locator("#notice .error")).to_be_visible()
    look("notice")
    look.found_nothing()


@SCREENS
def test_axe_finds_nothing_serious_in_answers_and_the_reader(visit: Open, scheme: str, width: int):
    tab: Visit = visit(scheme=scheme, width=width)
    page = tab.page
    look = Looking(page)
    tab.ask_and_wait("How many metres of the northern pier had the storm torn away?")
    tab.ask_and_wait("Please refuse to tell of repairs in crowns")
    tab.ask_and_wait("Did repairs in crowns and the lighthouse keeper disagree?")
    expect(page.locator("table.conflict")).to_be_visible()
    look("refusal and conflict")
    page.click(".tool.bad >> nth=0")
    expect(page.locator("#feedback")).to_be_visible()
    look("feedback")
    page.click("#feedback .later")
    page.click("a.citation >> nth=0")
    expect(page.locator("#reader mark.current")).to_be_visible()
    look("answer and reader")
    page.click("#reader .find")
    page.get_by_label("Find in the article").fill("storm")
    look("finding")
    look.found_nothing()


@SCREENS
def test_axe_finds_nothing_serious_in_the_other_views(visit: Open, question_set: Path, scheme: str, width: int):
    tab: Visit = visit(scheme=scheme, width=width)
    page = tab.page
    look = Looking(page)
    tab.ask_and_wait("How many metres of the northern pier had the storm torn away?")
    show(page, "Library")
    page.check("#library tbody tr:first-child input")
    look("library")
    page.click("#library .deed.remove")
    look("removal")
    page.click("#library dialog .no")
    show(page, "Check")
    page.fill("#quotation textarea", "the storm had torn away fifty metres of the northern pier")
    page.click("#look-up")
    page.fill("#draft textarea", "Repairs cost five million crowns.")
    page.click("#check-text")
    expect(page.locator("#verdicts .outcome")).to_be_visible()
    look("check")
    show(page, "History")
    expect(page.locator(".past").first).to_be_visible()
    look("history")
    page.click(".past .rename >> nth=0")
    look("renaming")
    page.keyboard.press("Escape")
    page.click(".past .delete >> nth=0")
    look("deleting")
    choose(page, question_set, 3)
    page.click("#run")
    expect(page.locator("#results .case")).to_have_count(1)
    look("evaluation")
    look.found_nothing()


@SCREENS
def test_axe_finds_nothing_serious_where_questions_are_restricted(
    visit: Open, tides: tuple[str, Library], scheme: str, width: int
):
    tab: Visit = visit(at=tides[0], scheme=scheme, width=width)
    page = tab.page
    show(page, "Library")
    page.fill(".shelf .since input", "2018-03-01")
    page.click(".outlets summary")
    page.locator(".choices").get_by_label("Herald").check()
    assert serious_faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ask only these").click()
    expect(page.locator("#only")).to_be_visible()
    tab.ask_and_wait("How many metres stood the tide on the morning of that day?")
    assert serious_faults(page) == []
    assert sticking_out(page) == []

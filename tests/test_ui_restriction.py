"""What questions are restricted to: set, shown, kept over a reload, removed; what is empty says so."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from browsing import Open
from playwright.sync_api import expect
from shelving import library_of, show

from index.library import Library
from index.records import Filter
from ui.page.asking.restriction import restored

pytest_plugins = ["browsing", "shelving"]

ARTICLES = {
    "pier.md": "---\ndate: 2018-10-17\noutlet: Herald\n---\n\nThe pier was closed on Monday after the storm.\n",
    "tram.md": "---\ndate: 2019-03-02\noutlet: Courier\n---\n\nThe tram was late on every day of that week.\n",
}


def test_a_restriction_that_a_tab_has_kept_is_as_it_was(tmp_path: Path) -> None:
    library = library_of(tmp_path, ARTICLES)
    for only in (
        Filter(since="2018-10-01", until="2018-10-31", outlets=("Herald",)),
        Filter(articles=("pier", "tram")),
    ):
        assert restored(json.dumps(asdict(only)), library) == only


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "{}",
        "no json",
        "[1]",
        '"text"',
        '{"articles": 7}',
        '{"articles": ["gone"]}',
        '{"since": "2020-01-01"}',
        '{"outlets": ["Gazette"]}',
    ],
)
def test_one_that_is_none_or_admits_nothing_any_more_is_left(kept: str, tmp_path: Path) -> None:
    assert restored(kept, library_of(tmp_path, ARTICLES)) is None


@pytest.mark.browser
def test_dates_and_outlets_stay_over_a_reload_until_they_are_removed(visit: Open, tides: tuple[str, Library]) -> None:
    tab = visit(at=tides[0])
    page = tab.page
    show(page, "Library")
    page.fill(".shelf .since input", "2018-05-01")
    page.fill(".shelf .until input", "2018-05-31")
    page.click(".outlets summary")
    page.locator(".choices").get_by_label("Herald").check()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ask only these").click()
    chip = page.locator("#only")
    expect(chip).to_contain_text("Asking only: May 2018, Herald")
    page.reload()
    expect(chip).to_contain_text("Asking only: May 2018, Herald")
    show(page, "Ask")
    tab.ask_and_wait("How many metres stood the tide on the morning of that day?")
    expect(page.locator(".turn .searched .words")).to_have_text("May 2018, Herald")
    cited = page.locator("#chat a.source").evaluate_all("links => links.map(link => link.dataset.article)")
    assert {tides[1].article(each).published for each in cited} == {"2018-05-17"}
    chip.click()
    expect(chip).to_be_hidden()
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    expect(chip).to_be_hidden()


@pytest.mark.browser
def test_where_no_article_fits_the_table_says_so(visit: Open, tides: tuple[str, Library]) -> None:
    page = visit(at=tides[0]).page
    show(page, "Library")
    page.fill(".shelf .since input", "2019-01-01")
    expect(page.locator(".shelf .count")).to_have_text("No article fits these words, dates and outlets.")
    expect(page.get_by_role("button", name="Ask only these")).to_be_hidden()
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".shelf .count")).to_have_text("240 articles")


@pytest.mark.browser
def test_a_month_in_a_question_is_offered_as_what_to_ask(visit: Open, tides: tuple[str, Library]) -> None:
    tab = visit(at=tides[0])
    tab.ask_and_wait("How many metres stood the tide in October 2018?")
    turns = tab.page.locator(".turn")
    turns.locator(".narrow").click()
    expect(turns.nth(1).locator(".searched .words")).to_have_text("October 2018")
    cited = turns.nth(1).locator("a.source").evaluate_all("links => links.map(link => link.dataset.article)")
    assert {tides[1].article(each).published for each in cited} == {"2018-10-17"}
    expect(turns.nth(1).locator(".narrow")).to_have_count(0)
    turns.nth(1).locator(".everywhere").click()
    expect(turns.nth(2).locator(".searched")).to_have_count(0)

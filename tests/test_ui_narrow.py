"""Half a window, and a phone: what one needs next is in sight, and nothing lies over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Open, Parrot, in_window
from fakes import library_of
from page_server import free_port
from playwright.sync_api import Browser, expect

from ui.page.build import running

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing"]

OUTLETS = ("The Harrowmere Courier", "Wend Valley Gazette", "Coast & County News")


@pytest.fixture(scope="module")
def outlets(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page over an article of each outlet."""
    texts = {
        f"tide{number}.md": f"---\ntitle: Tide {number}\noutlet: {name}\ndate: 2024-03-1{number}\n---\n\n"
        f"The tide stood at {number} metres on the morning of that day.\n"
        for number, name in enumerate(OUTLETS)
    }
    library = library_of(tmp_path_factory.mktemp("outlets"), texts)
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        yield address


@pytest.mark.parametrize(("width", "height"), [(768, 1024), (1000, 800), (1440, 900)])
def test_the_list_of_outlets_is_in_sight_and_lies_over_no_button(
    visit: Open, outlets: str, width: int, height: int
) -> None:
    page = visit(at=outlets, width=width, height=height).page
    page.get_by_role("tab", name="Library").click()
    page.click(".outlets summary")
    page.locator(".choices").get_by_label(OUTLETS[0]).check()
    expect(page.locator(".shelf .count")).to_have_text("1 of 3 articles")
    for place in range(1, len(OUTLETS) + 1):
        assert in_window(page, f".choices label:nth-child({place}) input")
    assert in_window(page, ".shelf .deed.ask")


TABS = """() => {
    const { clientWidth, scrollWidth, scrollLeft } = document.querySelector(".masthead .tabs");
    return { isWhole: scrollWidth <= clientWidth, scrollLeft };
}"""


def test_all_tabs_are_in_sight_in_half_a_window_and_beside_an_article(visit: Open) -> None:
    tab = visit(width=768, height=1024)
    tab.ask_and_wait("When did the harbour reopen on Monday?")
    assert tab.page.evaluate(TABS)["isWhole"]
    tab.page.click("a.citation >> nth=0")
    expect(tab.page.locator("#reader .story")).to_be_visible()
    for width in (1280, 1440):
        tab.page.set_viewport_size({"width": width, "height": 900})
        assert tab.page.evaluate(TABS)["isWhole"], width


def test_the_tab_that_is_shown_stays_in_sight_in_a_window_of_another_width(visit: Open) -> None:
    page = visit(width=1280).page
    page.get_by_role("tab", name="Evaluate").click()
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(f"() => ({TABS})().scrollLeft > 60")
    assert in_window(page, ".masthead [aria-controls=evaluate]")
    page.set_viewport_size({"width": 1280, "height": 800})
    faded = "getComputedStyle(document.querySelector('.masthead .tabs')).getPropertyValue('--before')"
    page.wait_for_function(f"() => {faded} === '0px'", timeout=10_000)


def test_tabs_out_of_sight_are_reached_with_the_wheel(visit: Open) -> None:
    page = visit(width=500, height=800).page
    assert not page.evaluate(TABS)["isWhole"]
    page.hover(".masthead [aria-controls=search]")
    page.mouse.wheel(0, 120)
    page.wait_for_function(f"() => ({TABS})().scrollLeft > 60")


def test_what_an_evaluation_found_is_whole_beside_an_article(visit: Open, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "q", "question": "When did the harbour reopen on Monday?", "articles": ["harbour"]}\n')
    tab = visit(width=1280)
    tab.ask_and_wait("When did the harbour reopen on Monday?")
    page = tab.page
    page.get_by_role("tab", name="Evaluate").click()
    page.fill("#set-path :is(input, textarea)", str(questions))
    page.click("#run")
    expect(page.locator("#results .scroll")).to_be_visible()
    page.get_by_role("tab", name="Ask").click()
    page.click("a.citation >> nth=0")
    expect(page.locator("#reader .story")).to_be_visible()
    page.get_by_role("tab", name="Evaluate").click()
    widths = "({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]"
    needed, given = page.locator("#results .scroll").evaluate(widths)
    assert needed <= given


def test_on_a_phone_the_place_among_the_citations_is_told_in_brief(visit: Open) -> None:
    tab = visit(width=390, height=844)
    tab.ask_and_wait("When did the harbour reopen on Monday?")
    tab.page.click("a.citation >> nth=0")
    expect(tab.page.locator("#reader .place")).to_have_attribute("data-brief", "1/2")
    shown = tab.page.locator("#reader .place").evaluate("place => getComputedStyle(place, '::after').content")
    assert "data-brief" in shown or "1/2" in shown
    assert in_window(tab.page, "#reader .close")


def test_on_a_phone_what_a_check_found_comes_into_sight(visit: Open) -> None:
    page = visit(width=390, height=844).page
    page.get_by_role("tab", name="Check").click()
    page.fill("#quotation textarea", "The harbour reopened on Tuesday after twelve days.")
    page.click("#look-up")
    expect(page.locator("#found .finding")).to_be_visible()
    page.fill("#draft textarea", "The harbour reopened on Monday.\n\nRepairs cost two million crowns.")
    page.click("#check-text")
    expect(page.locator("#verdicts .finding")).to_have_count(2)
    page.wait_for_timeout(300)  # it is scrolled to a moment later
    assert in_window(page, "#verdicts .claim")


def test_on_a_phone_what_is_pressed_is_high_enough_for_a_finger(visit: Open) -> None:
    tab = visit(width=390, height=844)
    tab.ask_and_wait("When did the harbour reopen on Monday?")
    page = tab.page
    page.get_by_role("tab", name="History").click()
    page.get_by_role("button", name="Share").first.click()
    expect(page.get_by_role("link", name="this address").first).to_be_visible()
    page.get_by_role("tab", name="Speakers").click()
    expect(page.locator("a.voice").first).to_be_visible()
    for view in ("History", "Speakers"):
        page.get_by_role("tab", name=view).click()
        heights = page.locator(f"#{view.lower()}").evaluate(
            """view => [...view.querySelectorAll('a, button, select')].filter(each => each.checkVisibility())
                .map(each => [each.textContent, each.getBoundingClientRect().height]).filter(([, high]) => high < 44)"""
        )
        assert heights == [], view


def test_the_briefing_of_an_empty_library_tells_that_it_is_empty(visit: Open, empty: tuple[str, object]) -> None:
    page = visit(at=empty[0]).page
    page.get_by_role("tab", name="Briefing").click()
    expect(page.locator("#brief .told")).to_have_text("The library is empty; add articles under Library.")


def test_on_a_phone_what_became_of_a_pasted_text_is_in_sight(visit: Open, empty: tuple[str, object]) -> None:
    page = visit(at=empty[0], width=390, height=844).page
    page.get_by_role("tab", name="Library").click()
    page.click("#paste > button")
    page.fill("#pasted textarea", "Ferry runs again\n\nThe ferry to Skarn runs again since Monday.")
    page.click("#add-pasted")
    expect(page.locator("#added .summary")).to_have_text("1 added")
    page.wait_for_timeout(300)  # it is scrolled to a moment later
    assert in_window(page, "#added .summary")

"""The list of conversations page by page, whom a shared one is open to, and a program that does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Open, Parrot
from fakes import WordEmbedder
from page_server import free_port
from playwright.sync_api import Page, expect

from index.library import Library
from index.store.readers.conversations import StoredConversation
from ui.html.markup import sanitised
from ui.page.build import running
from ui.page.views.history import PAGE, conversations_html

pytest_plugins = ["browsing"]


def conversations(count: int, shared: int = 0) -> list[StoredConversation]:
    return [StoredConversation(number, f"No {number}", "2024-03-06 12:00:00", 1, shared) for number in range(count)]


def test_a_list_that_has_more_says_how_many() -> None:
    html = conversations_html(conversations(1234), "")
    assert html.count('class="past"') == PAGE
    assert "<span>50 of 1,234</span>" in html
    assert 'class="rest"' not in conversations_html(conversations(PAGE), "")
    assert 'class="rest"' not in conversations_html(conversations(PAGE + 1), "", most=2 * PAGE)


def test_a_shared_conversation_says_to_whom_and_at_which_address() -> None:
    html = conversations_html(conversations(1, shared=1), "")
    assert 'Whoever can open this page may read it at <a href="?conversation=0"' in html
    assert sanitised(html) == html
    assert "Whoever" not in conversations_html(conversations(1), "")


@pytest.fixture
def page(visit: Open, tmp_path: Path) -> Iterator[Page]:
    library = Library(tmp_path / "library", WordEmbedder())
    for number in range(2 * PAGE + 1):
        library.conversations.ask(None, f"Question {number}?")
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        opened = visit(at=address).page
        opened.get_by_role("tab", name="History", exact=True).click()
        yield opened


@pytest.mark.browser
def test_a_long_list_comes_page_by_page_and_stays_as_long_when_one_is_renamed(page: Page) -> None:
    rows, more = page.locator(".past"), page.get_by_role("button", name="Show more")
    expect(rows).to_have_count(PAGE)
    more.click()
    expect(rows).to_have_count(2 * PAGE)
    rows.last.get_by_role("button", name="Rename").click()
    page.get_by_label("New name").fill("The last of them")
    page.get_by_label("New name").press("Enter")
    expect(rows.last).to_contain_text("The last of them")
    expect(rows).to_have_count(2 * PAGE)
    more.click()
    expect(rows).to_have_count(2 * PAGE + 1)
    expect(more).to_be_hidden()


@pytest.mark.browser
def test_a_program_that_does_not_answer_is_told_of_until_it_does(page: Page) -> None:
    told = page.get_by_text("Byline did not answer. If it has ended, start it again and reload this page.")
    page.route("**/component_server/**", lambda route: route.abort())
    page.get_by_role("tab", name="Speakers", exact=True).click()
    expect(told).to_be_visible()
    page.unroute("**/component_server/**")
    page.get_by_role("tab", name="Briefing", exact=True).click()
    expect(told).to_have_count(0)

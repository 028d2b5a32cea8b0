"""The whole way, with nothing in place of anything: ``byline chat``, real models, a real browser."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_server import Server, byline
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.models, pytest.mark.browser]
pytest_plugins = ["browsing"]

_PATIENCE = 120_000
"""Milliseconds; the models load, and a busy machine is slow."""


_WATCHED = """
import sys

told = open({told!r}, "a", buffering=1)

def tell(event, given):
    if event == "socket.getaddrinfo":
        print(given[0], file=told)
    elif event in ("socket.connect", "socket.sendto") and isinstance(given[1], tuple):
        print(given[1][0], file=told)

sys.addaudithook(tell)
from ui import cli
cli.main()
"""
"""Byline, which tells to whom it opens a connection: https://docs.python.org/3/library/audit_events.html"""


@pytest.fixture(scope="module")
def connections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file in which stands to whom the program opened connections."""
    return tmp_path_factory.mktemp("chat") / "connections"


@pytest.fixture(scope="module")
def address(connections: Path) -> Iterator[str]:
    """``byline chat`` on an empty library, as its own process."""
    folder = connections.parent
    options = byline(folder / "library", "0.5b")[3:]
    with Server([sys.executable, "-c", _WATCHED.format(told=str(connections)), *options], folder / "log") as server:
        yield server.address


@pytest.fixture(scope="module")
def page(address: str, browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as profile:
        page = profile.new_page()
        page.set_default_timeout(_PATIENCE)
        expect.set_options(timeout=_PATIENCE)
        page.goto(address)
        yield page


def test_the_samples_a_question_its_proof_and_an_honest_refusal(page: Page, tmp_path: Path) -> None:
    page.click("#samples")
    expect(page.locator(".welcome h2")).to_have_text("Ask 12 articles")

    page.fill("#question textarea", "How high did the River Wend stand at Mill Bridge?")
    page.keyboard.press("Enter")
    expect(page.locator('.turn[data-stage="done"]')).to_have_count(1)
    turn = page.locator(".turn").last
    expect(turn.locator(".answer")).to_contain_text("6.4 metres")
    expect(turn.locator(".verdict").first).to_contain_text("supported")

    turn.locator("a.citation[data-number='1']").first.click()
    mark = page.locator("#reader mark.evidence.current").first
    expect(mark).to_be_in_viewport()
    expect(mark).to_contain_text("6.4 metres")
    expect(page.locator("#reader")).to_contain_text("The Harrowmere Courier")
    page.wait_for_timeout(500)
    page.screenshot(path=tmp_path / "page-answer.png")

    page.fill("#question textarea", "What is the capital of France?")
    page.keyboard.press("Enter")
    expect(page.locator('.turn[data-stage="done"]')).to_have_count(2)
    expect(page.locator(".turn").last).to_contain_text("I found no answer to this in the articles.")
    page.screenshot(path=tmp_path / "page-refusal.png")


def test_the_program_spoke_with_itself_alone(page: Page, connections: Path) -> None:
    """After the questions above: the models were loaded, articles added, answers given."""
    expect(page.locator('.turn[data-stage="done"]')).to_have_count(2)
    assert set(connections.read_text().split()) == {"127.0.0.1"}

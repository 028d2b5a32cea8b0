"""The whole way, with nothing in place of anything: ``byline chat``, real models, a real browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.models, pytest.mark.browser]
pytest_plugins = ["browsing"]

_PATIENCE = 120_000
"""Milliseconds; the models load, and a busy machine is slow."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``byline chat`` on an empty library, as its own process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    library = tmp_path_factory.mktemp("chat") / "library"
    command = [sys.executable, "-m", "ui.cli", "--library", str(library), "--model", "0.5b"]
    log = (library.parent / "log").open("w")
    server = subprocess.Popen([*command, "chat", "--no-browser", "--port", str(port)], stderr=log, env=os.environ)
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + _PATIENCE / 1000
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            break
        except (urllib.error.URLError, OSError):
            assert server.poll() is None, (library.parent / "log").read_text()
            assert time.monotonic() < deadline, "the page did not come up"
            time.sleep(0.2)
    yield address
    server.send_signal(signal.SIGINT)
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    log.close()


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
    expect(page.locator(".example").first).to_be_visible()

    page.fill("#question textarea", "What was the unemployment rate in Wend County in May?")
    page.keyboard.press("Enter")
    expect(page.locator('.turn[data-stage="done"]')).to_have_count(1)
    turn = page.locator(".turn").last
    expect(turn.locator(".answer")).to_contain_text("4.7 percent")
    expect(turn.locator(".verdict").first).to_contain_text("supported")

    turn.locator("a.citation[data-number='1']").first.click()
    mark = page.locator("#reader mark.evidence.current").first
    expect(mark).to_be_in_viewport()
    expect(mark).to_contain_text("4.7 percent")
    expect(page.locator("#reader")).to_contain_text("Wend Valley Gazette")
    page.wait_for_timeout(500)
    page.screenshot(path=tmp_path / "page-answer.png")

    page.fill("#question textarea", "What is the capital of France?")
    page.keyboard.press("Enter")
    expect(page.locator('.turn[data-stage="done"]')).to_have_count(2)
    expect(page.locator(".turn").last).to_contain_text("The articles do not say.")
    page.screenshot(path=tmp_path / "page-refusal.png")

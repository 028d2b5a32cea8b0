"""A correction and what it corrects, each opened from the other in the reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Open, sticking_out
from playwright.sync_api import expect

from index.library import Library
from index.reading.files import find

pytest_plugins = ["browsing"]
pytestmark = pytest.mark.browser

HEAD = "---\ntitle: {}\noutlet: Alba Post\ndate: {}\n---\n\n{}\n"
TEXTS = {
    "bridge": ("Bridge shut for a year", "2018-10-17", "The bridge over the Wend is shut for one whole year."),
    "fix": ("Corrections", "2018-10-19", "A report (“Bridge shut for a year”) was wrong. It is shut for a month."),
    "tram": ("Tram late", "2018-10-19", "The tram was late on every day of that week."),
}


@pytest.mark.parametrize("width", [390, 1280])
def test_a_correction_and_what_it_corrects_lead_to_each_other(
    empty: tuple[str, Library], visit: Open, tmp_path: Path, width: int
) -> None:
    address, library = empty
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.md").write_text(HEAD.format(*text))
    assert [each.status for each in library.add(find([tmp_path / f"{name}.md" for name in TEXTS]))] == ["added"] * 3
    tab = visit(at=address, width=width)
    page, reader = tab.page, tab.page.locator("#reader")
    tab.ask_and_wait("How long is the bridge over the Wend shut for?")
    page.locator("a.citation[data-article=bridge]").first.click()
    expect(reader.locator("h1")).to_have_text("Bridge shut for a year")
    expect(reader.locator(".correction")).to_have_text("Corrected by: Corrections · 19 October 2018")
    reader.get_by_role("link", name="Corrections").click()
    expect(reader.locator("h1")).to_have_text("Corrections")
    expect(reader.locator("h1")).to_be_focused()
    expect(reader.locator(".correction")).to_have_text("Corrects: Bridge shut for a year · 17 October 2018")
    assert sticking_out(page) == []
    reader.get_by_role("link", name="Bridge shut for a year").click()
    expect(reader.locator("h1")).to_have_text("Bridge shut for a year")
    page.keyboard.press("Escape")
    expect(reader).to_be_hidden()
    page.goto(f"{address}?article=tram&start=0&end=0")
    expect(reader.locator("h1")).to_have_text("Tram late")
    expect(reader.locator(".correction")).to_have_count(0)

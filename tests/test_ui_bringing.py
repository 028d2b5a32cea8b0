"""Bringing articles in on the page: pasted text, an address, facts set right, folders that changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Open, Parrot
from fakes import WordEmbedder
from page_server import free_port
from playwright.sync_api import Browser, Page, expect

from index.library import Library
from index.reading.files import find
from ui.page.build import running

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing"]

TIDE = "Tide of the century\n\nThe tide stood at nine metres on the morning of that day.\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "news").mkdir()
    for name in ("bridge", "harbour"):
        (tmp_path / "news" / f"{name}.txt").write_text(f"{name.title()} closed\n\nThe {name} is closed until May.\n")
    made = Library(tmp_path / "library", WordEmbedder())
    assert len(list(made.add(find([tmp_path / "news"])))) == 2
    return made


@pytest.fixture
def page(visit: Open, browser: Browser, library: Library) -> Iterator[Page]:
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        opened = visit(at=address).page
        opened.get_by_role("tab", name="Library", exact=True).click()
        expect(opened.locator("#library tbody tr")).to_have_count(2)
        yield opened


def test_pasted_text_is_an_article_with_the_facts_that_are_given(page: Page, library: Library) -> None:
    page.get_by_role("button", name="Paste a text, or the address of a page on the web").click()
    page.get_by_label("Text or address").fill(TIDE)
    page.locator("#pasted-outlet input").fill("Herald")
    page.locator("#pasted-date input").fill("yesterday")
    page.click("#add-pasted")
    expect(page.locator("#added .error")).to_have_text(
        '"yesterday" is no date that tells day, month and year; write it as 2018-10-17.'
    )
    page.locator("#pasted-date input").fill("17 October 2018")
    page.click("#add-pasted")
    expect(page.locator("#added .summary")).to_have_text("1 added")
    expect(page.locator("#library tbody tr")).to_have_count(3)
    expect(page.get_by_label("Text or address")).to_have_value("")
    article = library.article("pasted/tide-of-the-century")
    assert (article.outlet, article.published) == ("Herald", "2018-10-17")


def test_an_address_that_leads_to_this_machine_is_not_asked(page: Page) -> None:
    page.get_by_role("button", name="Paste a text, or the address of a page on the web").click()
    page.get_by_label("Text or address").fill("http://127.0.0.1:7860/")
    page.click("#add-pasted")
    expect(page.locator("#added .outcomes")).to_contain_text(
        "leads to 127.0.0.1, which is no machine on the public web; save the page"
    )


def test_facts_are_set_right_and_taken_back(page: Page, library: Library) -> None:
    edit = page.get_by_role("button", name="Edit…")
    expect(edit).to_be_hidden()
    page.check("#library tr[data-id=bridge] input")
    edit.click()
    dialog = page.locator("dialog.facts")
    expect(dialog.get_by_label("Headline")).to_have_value("Bridge closed")
    expect(dialog.locator("label:has([name=title]) .where")).to_have_text("first line")
    dialog.get_by_label("Address").fill("nowhere")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator(".error")).to_have_text('"nowhere" is no address on the web; begin it with https://')
    dialog.get_by_label("Address").fill("")
    dialog.get_by_label("Outlet").fill("Herald")
    dialog.locator("[name=published]").fill("2018-10-17")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#library tr[data-id=bridge] .outlet")).to_have_text("Herald")
    assert library.article("bridge").published == "2018-10-17"
    edit.click()
    dialog.get_by_role("button", name="As it was read").click()
    expect(page.locator("#library tr[data-id=bridge] .outlet")).to_have_text("")
    assert library.article("bridge").published is None


def test_what_changed_in_a_folder_is_brought_in_with_one_button(page: Page, library: Library, tmp_path: Path) -> None:
    expect(page.locator("#changed")).to_be_hidden()
    (tmp_path / "news" / "bridge.txt").unlink()
    (tmp_path / "news" / "harbour.txt").write_text("Harbour open\n\nThe harbour is open again.\n")
    (tmp_path / "news" / "tram.txt").write_text("Tram\n\nThe tram runs.\n")
    page.reload()
    changed = page.get_by_role("button", name=f"3 files changed in {tmp_path / 'news'}: bring the library up to date")
    changed.click()
    expect(page.locator("#added .summary")).to_have_text("1 added, 1 updated, 1 removed")
    expect(page.locator("#changed")).to_be_hidden()
    assert {listing.id for listing in library.listings()} == {"harbour", "tram"}

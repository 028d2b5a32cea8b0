"""Adding articles on the page: cancelled, waited for, dropped, left."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path

import pytest
from browsing import Open, Parrot, Visit, wait_until
from page_server import free_port
from playwright.sync_api import Browser, expect
from shelving import library_of, show, story

from index.library import Library
from index.reading.files import find_all
from ui.page.build import running
from ui.page.frame.view import Exclusive
from ui.page.shelf.library import adding

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing"]


def test_cancelled_adding_keeps_what_was_added_and_says_so(tmp_path: Path):
    library = library_of(tmp_path / "first", {"one.md": story(1)})
    folder = tmp_path / "more"
    folder.mkdir()
    for n in range(10, 30):
        (folder / f"tide{n}.md").write_text(story(n))
    stop = threading.Event()
    reports = adding(library, lambda: find_all([folder]), Exclusive(), stop)
    assert "0 of 20 files" in next(reports)
    assert "1 of 20 files, 1 passage" in next(reports)
    stop.set()
    *_, last = reports
    kept = re.search(r"Cancelled after (\d+) of 20 files: (\d+) added", last)  # with 1 those embedded beside it
    assert kept is not None
    assert kept[1] == kept[2] == str(len(library.listings()) - 1)
    assert 1 <= int(kept[1]) < 20


def test_who_adds_while_others_do_waits_and_is_told_so(tmp_path: Path):
    library = library_of(tmp_path / "first", {"one.md": story(1)})
    (tmp_path / "tide2.md").write_text(story(2))
    others, never, stop = Exclusive(), threading.Event(), threading.Event()
    with others.taken(never):
        called_off = adding(library, lambda: find_all([tmp_path / "tide2.md"]), others, stop)
        assert "Other articles are being added; these wait for them." in next(called_off)
        stop.set()
        assert list(called_off) == [""]
        waiting = adding(library, lambda: find_all([tmp_path / "tide2.md"]), others)
        assert "Other articles are being added; these wait for them." in next(waiting)
    *_, last = waiting
    assert "1 added" in last
    assert not others.is_taken
    assert len(library.listings()) == 2


def test_files_that_are_dropped_are_added(visit: Open, browser: Browser, tmp_path: Path):
    library = library_of(tmp_path / "first", {"one.md": story(1)})
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        page = visit(at=address).page
        show(page, "Library")
        expect(page.locator("#library tbody tr")).to_have_count(1)
        dropped = page.evaluate_handle(
            """texts => {
                const transfer = new DataTransfer();
                for (const [name, text] of Object.entries(texts)) transfer.items.add(new File([text], name));
                return transfer;
            }""",
            {f"tide{n}.md": story(n) for n in (2, 3)},
        )
        page.dispatch_event("#upload button", "drop", {"dataTransfer": dropped})
        expect(page.locator("#added .summary")).to_have_text("2 added")
        expect(page.locator("#library tbody tr")).to_have_count(3)


@pytest.fixture
def unhurried(tmp_path: Path) -> Library:
    """A library to which the 300 articles in the folder ``more`` are added for seconds."""
    library = library_of(tmp_path / "first", {"one.md": story(1)})
    (tmp_path / "more").mkdir()
    for n in range(100, 400):
        (tmp_path / "more" / f"tide{n}.md").write_text(story(n))
    embedder = library.embedder
    embed = embedder.embed
    embedder.embed = lambda texts: (time.sleep(0.02 * len(texts)), embed(texts))[1]  # type: ignore[method-assign,func-returns-value]
    return library


def test_cancel_ends_adding_on_the_page(visit: Open, unhurried: Library, tmp_path: Path):
    library = unhurried
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        page = visit(at=address).page
        show(page, "Library")
        page.fill("#folder input", str(tmp_path / "more"))
        page.click("#add")
        expect(page.locator("#added .summary")).to_contain_text(re.compile(r"[1-9]\d* passages?"))
        page.click("#cancel")
        expect(page.locator("#added .summary")).to_contain_text("Cancelled after")
        expect(page.locator("#cancel")).to_be_hidden()
    assert 1 < len(library.listings()) < 301


def test_who_leaves_the_page_while_it_adds_is_asked_first(browser: Browser, unhurried: Library, tmp_path: Path):
    asked: list[str] = []
    with (
        running(unhurried, Parrot(unhurried), "127.0.0.1", free_port()) as address,  # type: ignore[arg-type]
        browser.new_context() as context,
    ):
        page = Visit(context.new_page(), address).page
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        show(page, "Library")
        page.fill("#folder input", str(tmp_path / "more"))
        page.click("#add")
        expect(page.locator("#added progress")).to_be_visible()
        page.reload()
        assert asked == ["beforeunload"]


def test_all_samples_are_added_also_where_the_tab_is_closed_meanwhile(
    visit: Open, empty: tuple[str, Library], monkeypatch: pytest.MonkeyPatch
):
    address, library = empty
    embed = library.embedder.embed
    monkeypatch.setattr(library.embedder, "embed", lambda texts: (time.sleep(0.05 * len(texts)), embed(texts))[1])
    page = visit(at=address).page
    page.click("#samples")
    expect(page.locator("#notice .summary")).to_contain_text("1 of 12 files")
    page.close()
    other = visit(at=address).page  # it tells of them, and shows them once they are there
    expect(other.locator("#notice")).to_have_text("Articles are being added.")
    expect(other.locator("#samples")).to_be_hidden()
    wait_until(other, lambda: len(library.listings()) == 12)
    assert len(library.listings()) == 12
    expect(other.locator(".welcome h2")).to_have_text("Ask 12 articles")
    expect(other.locator("#notice")).to_be_empty()

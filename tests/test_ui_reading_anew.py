"""The articles are read anew on the page, for an embedder that knows their languages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import Open, Parrot
from fakes import WordEmbedder
from page_server import free_port
from playwright.sync_api import expect
from rendered import Elements

from index.errors import InputError
from index.libraries import Libraries
from index.library import Library
from index.reading.files import find
from index.store.sqlite.database import embedder_of
from ui.advising import EMBEDDER, MULTILINGUAL
from ui.page.build import running
from ui.page.frame.switch import Switch
from ui.page.frame.view import Exclusive
from ui.page.shelf.reading_anew import anew_button, reading_anew

pytest_plugins = ["browsing"]


@dataclass(frozen=True)
class Shelf:
    library: Library
    switch: Switch

    @property
    def embedder(self) -> str | None:
        """The embedder that the library's passages were made with."""
        return embedder_of(self.library.folder / "library.sqlite")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A library of two German articles beside an embedder that knows German, and one that does not."""
    monkeypatch.setenv("BYLINE_MODELS", str(tmp_path / "models"))
    (tmp_path / "models" / MULTILINGUAL).mkdir(parents=True)
    for name, place in (("hafen", "Der Hafen"), ("turm", "Der Turm")):
        text = f"{place} der Stadt ist seit Montag geschlossen."
        (tmp_path / f"{name}.txt").write_text(f"{text}\n\n{text}\n", encoding="utf-8")
    library = Library(tmp_path / "library", WordEmbedder(EMBEDDER))
    list(library.add(find([tmp_path / "hafen.txt", tmp_path / "turm.txt"])))

    def read_anew(embedder: str) -> Iterator[str]:
        other = Library(library.folder, WordEmbedder(embedder))
        try:
            yield from other.reembed()
        finally:
            other.close()

    return Shelf(library, Switch(Libraries(tmp_path), library.folder, library.folder, read_anew=read_anew))


def test_the_articles_are_read_anew_and_the_page_goes_on_with_the_same_library(shelf: Shelf) -> None:
    told = [Elements(each).text for each in reading_anew(shelf.library, shelf.switch, Exclusive(), threading.Event())]
    assert told[:3] == ["0 of 2 articles", "1 of 2 articles", "2 of 2 articles"]
    assert told[3:] == ["The articles were read anew; the page comes again in a moment."]
    shelf.switch.wait()
    assert shelf.switch.next == shelf.library.folder
    assert shelf.embedder == MULTILINGUAL


def test_where_that_is_called_off_the_library_is_as_it_was(shelf: Shelf) -> None:
    stop = threading.Event()
    steps = reading_anew(shelf.library, shelf.switch, Exclusive(), stop)
    next(steps)
    stop.set()
    assert list(steps)[-1] == ""
    assert shelf.embedder == EMBEDDER
    assert shelf.switch.next is None


def test_an_embedder_that_cannot_be_used_says_so(shelf: Shelf) -> None:
    def failing(_: str) -> Iterator[str]:
        raise InputError("The embedder is damaged.")
        yield

    shelf.switch.read_anew = failing
    *_, last = reading_anew(shelf.library, shelf.switch, Exclusive(), threading.Event())
    assert Elements(last).text == "The embedder is damaged."
    assert shelf.switch.next is None


def test_the_button_is_there_where_the_articles_are_hardly_known_and_the_embedder_is_here(
    shelf: Shelf, tmp_path: Path
) -> None:
    assert anew_button(shelf.library, shelf.switch).visible
    assert not anew_button(shelf.library, None).visible
    (tmp_path / "models" / MULTILINGUAL).rmdir()
    assert not anew_button(shelf.library, shelf.switch).visible


@pytest.mark.browser
def test_a_press_of_the_button_reads_them(shelf: Shelf, visit: Open) -> None:
    parrot = Parrot(shelf.library)
    with running(shelf.library, parrot, "127.0.0.1", free_port(), switch=shelf.switch) as address:  # type: ignore[arg-type]
        page = visit(at=address).page
        page.get_by_role("tab", name="Library").click()
        page.get_by_role("button", name="Read the articles anew for other languages").click()
        expect(page.locator("#added")).to_contain_text("The articles were read anew")
        shelf.switch.wait()
    assert shelf.embedder == MULTILINGUAL

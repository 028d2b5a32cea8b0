"""Several libraries on the page: made, renamed, and opened in the place of the one that was open."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import Open, Parrot
from fakes import WordEmbedder
from page_server import free_port
from playwright.sync_api import expect

from index.libraries import Libraries
from index.library import Library
from index.reading.files import find
from ui.commands.chat import chat
from ui.commands.chosen import Chosen
from ui.page import libraries as page_libraries
from ui.page.switch import Switch
from ui.page.views import Exclusive

pytest_plugins = ["browsing"]
pytestmark = pytest.mark.browser


class Caged(Parrot):
    """A parrot that is let go of in the end."""

    def close(self) -> None:
        pass


@pytest.fixture
def chatting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Libraries]]:
    """``byline chat`` on a library that lies elsewhere, in a thread, with parrots for its models."""
    switches: list[Switch] = []

    class Noted(Switch):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            switches.append(self)

    libraries, port = Libraries(tmp_path / "home"), free_port()
    (tmp_path / "bridge.txt").write_text("Bridge closed\n\nThe bridge over the Wend is closed.\n")
    votes = Library(libraries.make("votes"), WordEmbedder())
    list(votes.add(find([tmp_path / "bridge.txt"])))
    votes.close()
    monkeypatch.setattr(Chosen, "library", tmp_path / "elsewhere")
    monkeypatch.setattr("ui.commands.chosen.open_embedder", WordEmbedder)
    monkeypatch.setattr("ui.commands.chat.all_libraries", lambda: libraries)
    monkeypatch.setattr("ui.commands.chat.open_assistant", Caged)
    monkeypatch.setattr("ui.page.switch.Switch", Noted)
    ready = threading.Event()
    monkeypatch.setattr("ui.commands.chat.note", lambda told: ready.set())
    options = {"articles": None, "host": "127.0.0.1", "no_browser": True, "password_file": None, "mcp": False}
    thread = threading.Thread(target=chat, kwargs={"port": port, **options})
    thread.start()
    assert ready.wait(60)
    yield f"http://127.0.0.1:{port}/", libraries
    switches[-1].next = None
    switches[-1].end()
    thread.join(60)
    assert not thread.is_alive()


def test_another_library_is_opened_in_the_place_of_the_first(chatting: tuple[str, Libraries], visit: Open) -> None:
    address, libraries = chatting
    page = visit(at=address).page
    page.get_by_role("tab", name="Library").click()
    shown = page.locator("#libraries")
    elsewhere = str(libraries.folder("library").parents[1] / "elsewhere")
    expect(shown.locator("summary")).to_have_text(f"Library: {elsewhere}")
    shown.locator("summary").click()
    expect(shown.locator("li")).to_have_text(
        [f"{elsewhere}0 articles, open", "library0 articlesOpen", "votes1 articleOpenRename"]
    )
    shown.get_by_role("button", name="Open votes").click()
    expect(shown.locator("summary")).to_have_text("Library: votes")
    expect(page.locator("#articles")).to_contain_text("Bridge closed")
    page.get_by_role("tab", name="Ask").click()
    page.fill("#question textarea", "Is the bridge over the Wend closed?")
    page.press("#question textarea", "Enter")
    expect(page.locator(".turn .answer")).to_contain_text("bridge")
    page.get_by_role("tab", name="Library").click()
    shown.locator("summary").click()
    shown.get_by_role("button", name=f"Open {elsewhere}").click()
    expect(shown.locator("summary")).to_have_text(f"Library: {elsewhere}")


def test_libraries_are_made_and_renamed_unless_the_name_is_taken(chatting: tuple[str, Libraries], visit: Open) -> None:
    address, libraries = chatting
    page = visit(at=address).page
    page.get_by_role("tab", name="Library").click()
    shown = page.locator("#libraries")
    shown.locator("summary").click()
    elsewhere = str(libraries.folder("library").parents[1] / "elsewhere")
    shown.get_by_label("New library").fill("votes")
    shown.get_by_role("button", name="Make").click()
    expect(shown.locator(".error")).to_have_text('There is a library "votes" already; choose another name.')
    shown.get_by_label("New library").fill("Cups")
    shown.get_by_role("button", name="Make").click()
    expect(shown.locator(".error")).to_be_hidden()
    expect(shown.locator("li .name")).to_have_text([elsewhere, "library", "Cups", "votes"])
    shown.get_by_role("button", name="Rename Cups").click()
    shown.get_by_label("New name").fill("Finals")
    shown.get_by_label("New name").press("Enter")
    expect(shown.locator("li .name")).to_have_text([elsewhere, "library", "Finals", "votes"])
    assert libraries.names() == ["library", "Finals", "votes"]


def test_no_library_is_left_while_articles_are_added_to_it(tmp_path: Path) -> None:
    switch, adding = Switch(Libraries(tmp_path), tmp_path / "library", tmp_path / "library"), Exclusive()
    open_library = page_libraries._opening(switch, adding)
    with adding.taken(threading.Event()):
        told = open_library("library")
    assert told == {"error": "Articles are being added; open another library when that is done, or cancel it."}
    assert switch.next is None


def test_on_a_phone_the_button_follows_the_name_of_a_new_library(chatting: tuple[str, Libraries], visit: Open) -> None:
    page = visit(at=chatting[0], width=390, height=844).page
    page.get_by_role("tab", name="Library").click()
    page.locator("#libraries summary").click()
    name, button = (page.locator(f"#libraries form {each}").bounding_box() for each in ("input", "button"))
    assert name is not None
    assert button is not None
    assert name["x"] < button["x"]

"""Several libraries on the page: made, renamed, and opened in the place of the one that was open."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Open
from chatting import Chatting, chatting
from playwright.sync_api import Locator, Page, expect

from index.libraries import Libraries
from ui.page.frame.switch import Switch
from ui.page.frame.view import Exclusive
from ui.page.shelf import libraries as page_libraries

pytest_plugins = ["browsing"]
pytestmark = pytest.mark.browser


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chatting]:
    with chatting(tmp_path, monkeypatch) as talk:
        yield talk


def list_opened(page: Page) -> Locator:
    """The list of libraries above the articles, unfolded."""
    page.get_by_role("tab", name="Library").click()
    shown = page.locator("#libraries")
    shown.locator("summary").click()
    return shown


def test_another_library_is_opened_in_the_place_of_the_first(talk: Chatting, visit: Open) -> None:
    page = visit(at=talk.address).page
    page.get_by_role("tab", name="Library").click()
    shown = page.locator("#libraries")
    elsewhere = str(talk.elsewhere)
    expect(shown.locator("summary")).to_have_text(f"Library: {elsewhere}")
    shown.locator("summary").click()
    expect(shown.locator("li")).to_have_text(
        [f"{elsewhere}0 articles, open", "the default one0 articlesOpen", "votes1 articleOpenRenameDelete"]
    )
    shown.get_by_role("button", name="Open votes").click()
    expect(shown.locator("summary")).to_have_text("Library: votes")
    expect(page.locator("#articles")).to_contain_text("Bridge closed")
    page.get_by_role("tab", name="Ask").click()
    page.fill("#question textarea", "Is the bridge over the Wend closed?")
    page.press("#question textarea", "Enter")
    expect(page.locator(".turn .answer")).to_contain_text("bridge")
    list_opened(page)
    shown.get_by_role("button", name=f"Open {elsewhere}").click()
    expect(shown.locator("summary")).to_have_text(f"Library: {elsewhere}")


def test_libraries_are_made_and_renamed_unless_the_name_is_taken(talk: Chatting, visit: Open) -> None:
    page = visit(at=talk.address).page
    shown = list_opened(page)
    elsewhere = str(talk.elsewhere)
    shown.get_by_label("New library").fill("votes")
    shown.get_by_role("button", name="Make").click()
    expect(shown.locator(".error")).to_have_text('There is a library "votes" already; choose another name.')
    shown.get_by_label("New library").fill("Cups")
    shown.get_by_role("button", name="Make").click()
    expect(shown.locator(".error")).to_be_hidden()
    expect(shown.locator("li .name")).to_have_text([elsewhere, "the default one", "Cups", "votes"])
    shown.get_by_role("button", name="Rename Cups").click()
    shown.get_by_label("New name").fill("Finals")
    shown.get_by_label("New name").press("Enter")
    expect(shown.locator("li .name")).to_have_text([elsewhere, "the default one", "Finals", "votes"])
    assert talk.libraries.names() == ["library", "Finals", "votes"]


def test_a_library_is_deleted_once_its_name_has_been_typed(talk: Chatting, visit: Open) -> None:
    page = visit(at=talk.address).page
    shown = list_opened(page)
    elsewhere = str(talk.elsewhere)
    expect(shown.get_by_role("button", name=f"Delete {elsewhere}")).to_have_count(0)
    shown.get_by_role("button", name="Delete votes").click()
    typed = shown.get_by_label("To delete it with all that was asked of it, type its name: votes")
    expect(typed).to_be_focused()
    typed.press("Escape")
    expect(typed).to_have_count(0)
    shown.get_by_role("button", name="Delete votes").click()
    typed.fill("vote")
    typed.press("Enter")
    expect(shown.locator(".error")).to_have_text('"vote" is not its name; type "votes" to delete it.')
    assert "votes" in talk.libraries.names()
    typed.fill("votes")
    shown.get_by_role("button", name="Delete", exact=True).click()
    expect(shown.locator("li .name")).to_have_text([elsewhere, "the default one"])
    expect(shown.locator(".error")).to_be_hidden()
    assert not talk.libraries.folder("votes").exists()


def test_the_library_that_is_open_is_not_deleted(tmp_path: Path) -> None:
    libraries = Libraries(tmp_path)
    votes, first = libraries.make("votes"), libraries.make("first")
    remove_library = page_libraries._removing(Switch(libraries, votes, first))
    assert remove_library(["votes", "votes"]) == {"error": 'The library "votes" is open; open another one first.'}
    assert votes.is_dir()


def test_the_library_that_the_page_began_with_is_gone_from_the_list_once_deleted(tmp_path: Path) -> None:
    libraries = Libraries(tmp_path)
    votes, first = libraries.make("votes"), libraries.make("first")
    switch = Switch(libraries, votes, first)
    assert page_libraries._removing(switch)(["first", " first "]) == {}
    assert [each.name for each in switch.listed()] == ["library", "votes"]


def test_the_default_library_is_called_by_what_it_is(talk: Chatting, visit: Open) -> None:
    page = visit(at=talk.address).page
    shown = list_opened(page)
    shown.get_by_role("button", name="Open the default one").click()
    expect(shown.locator("summary")).to_have_text("Library: the default one")


def test_a_library_that_cannot_be_opened_leaves_the_one_that_was_open(talk: Chatting, visit: Open) -> None:
    page = visit(at=talk.address).page
    shown = list_opened(page)
    expect(shown.get_by_role("button", name="Open votes")).to_be_visible()
    (talk.libraries.folder("votes") / "library.sqlite").write_bytes(b"no database" * 1000)
    shown.get_by_role("button", name="Open votes").click()
    expect(page.locator("#model .error")).to_contain_text("votes")
    expect(shown.locator("summary")).to_have_text(f"Library: {talk.elsewhere}")


def test_no_library_is_left_while_articles_are_added_to_it(tmp_path: Path) -> None:
    switch, adding = Switch(Libraries(tmp_path), tmp_path / "library", tmp_path / "library"), Exclusive()
    open_library = page_libraries._opening(switch, adding)
    with adding.taken(threading.Event()):
        told = open_library("library")
    assert told == {"error": "Articles are being added; open another library when that is done, or cancel it."}
    assert switch.next is None


def test_on_a_phone_the_button_follows_the_name_of_a_new_library(talk: Chatting, visit: Open) -> None:
    page = visit(at=talk.address, width=390, height=844).page
    page.get_by_role("tab", name="Library").click()
    page.locator("#libraries summary").click()
    name, button = (page.locator(f"#libraries form {each}").bounding_box() for each in ("input", "button"))
    assert name is not None
    assert button is not None
    assert name["x"] < button["x"]

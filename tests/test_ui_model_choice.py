"""The choice of language model on the page."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Open
from chatting import FAR, KNOWN, LARGE, SMALL, TOO_SMALL, Chatting, chatting
from fakes import Typist, library_of
from playwright.sync_api import Page, expect

from index.libraries import Libraries
from index.reading.files import find
from qa.assistant import Assistant
from ui.page.build import build
from ui.page.frame.loading import Loading
from ui.page.frame.switch import ANSWERED_AFTER, Models, Switch
from ui.page.frame.view import Exclusive
from ui.page.shelf.models import _listing, _using

pytest_plugins = ["browsing"]


def models(used: str = SMALL.name, is_server: bool = False) -> Models:
    return Models(lambda: KNOWN, used, is_server)


def test_each_is_listed_with_what_it_needs_and_those_on_this_machine_can_be_used() -> None:
    listed = json.loads(_listing(models())(None))
    assert [(each["name"], each["used"], each["usable"]) for each in listed] == [
        (SMALL.name, True, True),
        (LARGE.name, False, True),
        (FAR.name, False, False),
    ]
    assert listed[2]["about"] == [
        "5,028 MB on disk",
        "5.3 GB of memory",
        "Apache-2.0",
        "not fetched",
        "too large for the memory",
        "for many languages, with 8 GB of memory and a GPU or patience",
    ]


@pytest.mark.parametrize(
    ("used", "is_server", "about"),
    [
        ("mine.gguf", False, "a file of your own"),
        (
            "http://127.0.0.1:1/v1#a",
            True,
            "a server, to which every question is sent with the passages chosen for it",
        ),
    ],
)
def test_a_model_of_ones_own_stands_first(used: str, is_server: bool, about: str) -> None:
    first = json.loads(_listing(models(used, is_server))(None))[0]
    assert first == {"name": used, "about": [about], "used": True, "usable": False}


def test_the_page_goes_on_with_the_model_that_was_chosen_and_the_same_library(tmp_path: Path) -> None:
    switch = Switch(Libraries(tmp_path), tmp_path / "here", tmp_path / "here", models())
    _using(switch, models(), Exclusive())(LARGE.name)
    switch.wait()
    assert (switch.next, switch.next_model) == (tmp_path / "here", LARGE.name)


def test_what_is_not_on_this_machine_is_not_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    switch = Switch(Libraries(tmp_path), tmp_path / "here", tmp_path / "here", models())
    monkeypatch.setattr("threading.Timer", lambda *_: pytest.fail("it must not be used"))
    _using(switch, models(), Exclusive())(FAR.name)
    _using(switch, models(), Exclusive())("no-such")
    assert ANSWERED_AFTER < 1
    assert switch.next_model is None


@pytest.mark.parametrize("of", [models(), None])
def test_the_list_is_on_the_page_where_there_is_a_choice(tmp_path: Path, of: Models | None) -> None:
    library = library_of(tmp_path, {"a.txt": "Rain fell\n\nRain fell on the harbour of Ostrey.\n"})
    assistant = Assistant(library, lambda: Typist(""), "typist", reads_ahead=False)
    page = build(
        library, assistant, Loading(assistant), Switch(Libraries(tmp_path), library.folder, library.folder, of)
    )
    ids = [component["props"].get("elem_id") for component in page.config["components"]]
    assert ("model" in ids) == (of is not None)
    assert "libraries" in ids
    assistant.close()


def test_no_model_is_left_while_articles_are_added(tmp_path: Path) -> None:
    switch, adding = Switch(Libraries(tmp_path), tmp_path / "here", tmp_path / "here", models()), Exclusive()
    with adding.taken(threading.Event()):
        told = _using(switch, models(), adding)(LARGE.name)
    assert told == {"error": "Articles are being added; choose another model when that is done, or cancel it."}
    assert switch.next_model is None


# ---- in a browser ----

QUESTION = "Is the bridge over the Wend closed?"


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chatting]:
    with chatting(tmp_path, monkeypatch) as talk:
        yield talk


def with_article(talk: Chatting, folder: Path) -> None:
    list(talk.parrots[-1].library.add(find([folder / "bridge.txt"])))


def use(page: Page, name: str) -> None:
    page.get_by_role("tab", name="Library").click()
    page.locator("#model summary").click()
    page.get_by_role("button", name=f"Use {name}").click()


@pytest.mark.browser
def test_another_model_goes_on_with_the_conversation_and_stays_after_a_reload(
    talk: Chatting, visit: Open, tmp_path: Path
) -> None:
    with_article(talk, tmp_path)
    tab = visit(at=talk.address)
    page, turns = tab.page, tab.page.locator(".turn")
    tab.ask_and_wait(QUESTION)
    expect(turns.locator(".took")).to_contain_text(SMALL.name)
    use(page, LARGE.name)
    expect(page.locator("#model summary")).to_have_text(f"Language model: {LARGE.name}")
    page.get_by_role("tab", name="Ask").click()
    expect(turns.locator(".asked")).to_have_text(QUESTION)
    tab.ask_and_wait("And where is it closed?")
    expect(turns.nth(0).locator(".took")).to_contain_text(SMALL.name)
    expect(turns.nth(1).locator(".took")).to_contain_text(LARGE.name)
    page.reload()
    expect(turns).to_have_count(2)
    page.get_by_role("tab", name="Library").click()
    expect(page.locator("#model summary")).to_have_text(f"Language model: {LARGE.name}")


@pytest.mark.browser
def test_an_answer_that_grows_while_another_model_is_chosen_can_be_asked_again(
    talk: Chatting, visit: Open, tmp_path: Path
) -> None:
    with_article(talk, tmp_path)
    tab = visit(at=talk.address)
    page, turns = tab.page, tab.page.locator(".turn")
    talk.parrots[-1].pause.set()
    tab.ask(QUESTION)
    expect(turns.locator(".quotation").first).to_be_visible()
    use(page, LARGE.name)
    expect(page.locator("#model summary")).to_have_text(f"Language model: {LARGE.name}")
    page.get_by_role("tab", name="Ask").click()
    expect(turns.locator(".stopped")).to_be_visible()
    turns.locator(".again").click()
    expect(turns.nth(1)).to_have_attribute("data-stage", "done")
    expect(turns.nth(1).locator(".took")).to_contain_text(LARGE.name)


@pytest.mark.browser
def test_a_tab_beside_it_goes_on_with_the_other_model_too(talk: Chatting, visit: Open, tmp_path: Path) -> None:
    with_article(talk, tmp_path)
    beside, tab = visit(at=talk.address), visit(at=talk.address)
    beside.ask_and_wait(QUESTION)
    beside.page.evaluate("window.isOfBefore = true")
    use(tab.page, LARGE.name)
    expect(tab.page.locator("#model summary")).to_have_text(f"Language model: {LARGE.name}")
    beside.page.evaluate("dispatchEvent(new Event('focus'))")  # somebody comes back to it
    beside.page.wait_for_function("!window.isOfBefore")
    turns = beside.page.locator(".turn")
    expect(turns.locator(".asked")).to_have_text(QUESTION)
    beside.ask_and_wait("And where is it closed?")
    expect(turns.nth(1).locator(".took")).to_contain_text(LARGE.name)


@pytest.mark.browser
def test_a_model_that_cannot_be_loaded_leaves_the_one_in_use(talk: Chatting, visit: Open) -> None:
    talk.too_large.add(LARGE.name)
    page = visit(at=talk.address).page
    use(page, LARGE.name)
    expect(page.locator("#model .error")).to_have_text(TOO_SMALL)
    expect(page.locator("#model summary")).to_have_text(f"Language model: {SMALL.name}")
    page.reload()
    expect(page.locator("#model summary")).to_have_text(f"Language model: {SMALL.name}")
    expect(page.locator("#model .error")).to_be_hidden()

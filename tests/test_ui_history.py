"""The history in a real browser: conversations found again, renamed, deleted, saved and kept."""

from __future__ import annotations

import gc
import re
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from browsing import SURE, Open, Parrot, Visit
from gradio.blocks import Block
from lighthouse import KEEPER, KEPT, history
from page_server import Server, free_port
from playwright.sync_api import BrowserContext, Page, expect

from index.errors import FailedError
from qa.kept.history import answer_to_text
from ui.page.build import running

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("forgotten")]
pytest_plugins = ["browsing", "lighthouse"]

TESTS = Path(__file__).parent


# ---- another day ----


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 640)], ids=["desk", "phone"])
def test_a_conversation_is_found_again_and_its_citations_still_open(
    visit: Open, parrot: Parrot, width: int, height: int
):
    first = visit(width=width, height=height).page
    tab = visit(width=width, height=height)
    tab.ask_and_wait(KEEPER)
    tab.ask_and_wait("And why?")
    parrot.library.conversations.ask(None, "Where is the ferry?")
    history(first)
    row = first.locator(".past")
    expect(row).to_have_count(2)
    first.get_by_label("Search the conversations").fill("LIGHTHOUSE ruiz")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("2 questions")
    row.get_by_role("link", name=KEEPER).click()
    expect(first.locator(".turn")).to_have_count(2)
    first.locator("a.citation >> nth=0").click()
    expect(first.locator("#reader mark.current")).to_have_text(KEPT)
    first.click("#reader .close")
    first.fill("#question textarea", "And where?")
    first.press("#question textarea", "Enter")
    expect(first.locator(".turn").nth(2)).to_have_attribute("data-stage", "done")


def test_of_a_long_conversation_the_earlier_questions_come_when_asked_for_and_nothing_jumps(
    visit: Open, parrot: Parrot
):
    kept, talk = parrot.library.conversations, None
    answer = parrot.answer(KEEPER)
    for n in range(30):
        talk, turn = kept.ask(talk, f"Question {n}?")
        kept.save(turn, "done", answer_to_text(replace(answer, question=f"Question {n}?")))
    tab = visit(query=f"?conversation={talk}")
    page = tab.page
    asked = page.locator(".turn .asked")
    expect(asked).to_have_text([f"Question {n}?" for n in range(10, 30)])
    tenth = page.locator(".turn", has=page.get_by_text("Question 10?", exact=True))
    page.locator(".tool.earlier").scroll_into_view_if_needed()
    before = tenth.bounding_box()
    page.click(".tool.earlier")
    expect(asked).to_have_count(30)
    expect(page.locator(".tool.earlier")).to_have_count(0)
    expect(tenth.locator("button").first).to_be_focused()
    after = tenth.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 2
    tab.ask(KEEPER)
    expect(page.locator(".growing .asked")).to_have_text(KEEPER)
    expect(page.locator(".growing .turn")).to_have_attribute("data-stage", "done")
    expect(asked).to_have_count(20)
    expect(page.locator(".growing .asked")).to_be_in_viewport()


def test_the_server_keeps_nothing_more_of_the_page_after_more_questions(visit: Open):
    tab = visit()

    def components() -> int:
        gc.collect()
        return sum(isinstance(kept, Block) for kept in gc.get_objects())

    for n in range(9):  # what tabs closed just before still end is over by then
        tab.ask_and_wait(f"Who kept the lighthouse for {n} years?")
    before = components()
    for n in range(9, 13):
        tab.ask_and_wait(f"Who kept the lighthouse for {n} years?")
    assert components() == before


def test_reloading_the_page_keeps_the_conversation_and_new_leaves_it(visit: Open):
    tab = visit()
    tab.ask_and_wait(KEEPER)
    expect(tab.page).to_have_url(re.compile(r"\?conversation=\d+$"))
    tab.page.reload()
    expect(tab.page.locator(".turn .asked")).to_have_text(KEEPER)
    expect(tab.page.locator(".turn .verdict").first).to_have_text("✓ supported")
    tab.page.get_by_role("button", name="New conversation").click()
    expect(tab.page.locator(".welcome")).to_be_visible()
    expect(tab.page.locator(".turn")).to_have_count(0)
    expect(tab.page).not_to_have_url(re.compile("conversation"))


def test_a_conversation_is_renamed_and_deleted_only_when_asked_twice(visit: Open, parrot: Parrot):
    tab = visit()
    page = tab.page
    tab.ask_and_wait(KEEPER)
    history(page)
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("New name").fill("The keeper")
    page.keyboard.press("Enter")
    expect(page.locator(".past a.conversation")).to_have_text("The keeper")
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".past .delete")).to_have_text("Delete for good?")
    assert len(parrot.library.conversations.find()) == 1
    page.wait_for_timeout(SURE)
    page.locator(".past .delete").click()
    expect(page.locator("#history")).to_contain_text("What you ask is kept here.")
    assert parrot.library.conversations.find() == []
    page.get_by_role("tab", name="Ask").click()
    expect(page.locator(".welcome")).to_be_visible()


def history_of_two(visit: Open, parrot: Parrot) -> Page:
    for question in ("Where is the ferry?", "Where is the pier?"):
        parrot.library.conversations.ask(None, question)
    page = visit().page
    history(page)
    return page


def test_a_double_click_or_a_key_held_down_deletes_no_conversation(visit: Open, parrot: Parrot):
    page = history_of_two(visit, parrot)
    delete = page.locator(".past .delete")
    delete.first.dblclick()
    expect(delete.first).to_have_text("Delete for good?")
    page.wait_for_timeout(SURE)
    delete.last.focus()
    for _ in range(5):
        page.keyboard.down("Enter")
        page.wait_for_timeout(200)
    page.keyboard.up("Enter")
    expect(delete).to_have_text(["Delete", "Delete for good?"])
    assert len(parrot.library.conversations.find()) == 2


def test_what_takes_the_place_of_a_deleted_conversation_keeps_its_own_name(visit: Open, parrot: Parrot):
    page = history_of_two(visit, parrot)
    page.get_by_role("button", name="Delete: Where is the pier?").click()
    page.wait_for_timeout(SURE)
    page.get_by_role("button", name="Delete for good?: Where is the pier?").click()
    expect(page.locator(".past")).to_have_count(1)
    page.wait_for_timeout(4000)  # so long it would have asked
    expect(page.locator(".past .delete")).to_have_accessible_name("Delete: Where is the ferry?")
    expect(page.locator(".past .delete")).to_have_text("Delete")


@pytest.mark.parametrize(("button", "ending"), [("Save HTML", "html"), ("Save Markdown", "md")])
def test_a_conversation_is_saved_as_a_file_that_loads_nothing(
    visit: Open, profile: BrowserContext, tmp_path: Path, button: str, ending: str
):
    tab = visit()
    page = tab.page
    tab.ask_and_wait("Where was the poison found?")
    history(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    assert download.value.suggested_filename == f"where-was-the-poison-found.{ending}"
    path = tmp_path / f"saved.{ending}"
    download.value.save_as(path)
    assert "was found {{7*7}}" in path.read_text("utf-8").replace("\\", "")
    if ending == "html":
        opened = profile.new_page()
        asked: list[str] = []
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto(path.as_uri())
        expect(opened.locator("blockquote").first).to_contain_text("<script>window.hacked=1</script>")
        assert asked == [path.as_uri()]
        assert opened.evaluate("window.hacked") is None
        opened.close()


def test_the_open_conversation_opened_once_more_keeps_its_growing_answer(visit: Open, paused: threading.Event):
    tab = visit()
    page = tab.page
    tab.ask(KEEPER)
    expect(page.locator(".turn")).to_contain_text("Found, writing…")
    history(page)
    page.locator("a.conversation").click()
    page.wait_for_timeout(500)
    expect(page.locator(".turn.busy")).to_be_visible()
    paused.clear()
    expect(page.locator(".turn")).to_have_attribute("data-stage", "done")
    expect(page.locator(".turn .answer")).to_contain_text(KEPT)
    expect(page.locator(".unseen[role=status]")).to_contain_text(KEPT)


FULL = "The disk is full; make room on it."


def test_what_cannot_be_kept_is_told_in_a_sentence(visit: Open, parrot: Parrot, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> NoReturn:
        raise FailedError(FULL)

    tab = visit()
    page = tab.page
    tab.ask_and_wait(KEEPER)
    for name in ("ask", "rate", "rename"):
        monkeypatch.setattr(parrot.library.conversations, name, fail)
    notice = page.locator("#notice .error")
    tab.ask("And why?")
    expect(notice).to_have_text(FULL)
    expect(page.locator("#question textarea")).to_have_value("And why?")
    expect(page.locator(".turn .answer")).to_contain_text(KEPT)
    page.click(".masthead .new")
    expect(notice).to_have_count(0)
    history(page)
    page.get_by_role("link", name=KEEPER).click()
    page.click(".tool.good")
    expect(notice).to_have_text(FULL)
    history(page)
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("New name").fill("The keeper")
    page.keyboard.press("Enter")
    expect(page.locator("#history-notice .error")).to_have_text(FULL)
    expect(page.locator("a.conversation")).to_have_text(KEEPER)
    monkeypatch.setattr(parrot.library.conversations, "find", fail)
    page.get_by_label("Search the conversations").fill("keeper")
    expect(page.locator("#conversations .error")).to_have_text(FULL)


def test_hostile_names_in_the_history_are_text(visit: Open, parrot: Parrot):
    kept = parrot.library.conversations
    kept.ask(None, "<img src=x onerror=window.hacked=1> {{7*7}} ${window.hacked=1}?")
    page = visit().page
    history(page)
    expect(page.locator(".past a.conversation")).to_contain_text("<img src=x onerror=window.hacked=1> {{7*7}}")
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None


def test_closing_the_program_does_not_wait_for_open_tabs(parrot: Parrot, profile: BrowserContext):
    def servers() -> set[threading.Thread]:
        return {thread for thread in threading.enumerate() if thread.name.endswith("(run)")}

    before = servers()
    with running(parrot.library, parrot, "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        page = profile.new_page()
        page.goto(address)
        expect(page.locator(".welcome")).to_be_visible()
        assert len(servers() - before) == 1
    assert servers() - before == set()
    page.close()


# ---- the program is killed ----

SLOW = """
import sys, time
sys.path.insert(0, {tests!r})
from fakes import Typist, WordEmbedder
from ui import cli
from ui.commands import chosen


class Slow(Typist):
    def write(self, most_tokens, stop):
        for piece in super().write(most_tokens, stop):
            yield piece
            time.sleep(0.5)


chosen.open_embedder = WordEmbedder
chosen.open_llm = lambda library: Slow("The harbour reopened on Monday after twelve days of storms and repairs.")
cli.main()
"""


def test_nothing_is_lost_when_the_program_is_killed_while_it_answers(
    profile: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # its turn on the machine is not that of other programs
    script, library = tmp_path / "byline.py", tmp_path / "library"
    script.write_text(SLOW.format(tests=str(TESTS)))
    (tmp_path / "a.txt").write_text("Harbour\n\nThe harbour reopened on Monday after twelve days of storms.\n")
    command = [sys.executable, str(script), f"--library={library}"]
    subprocess.run([*command, "add", tmp_path / "a.txt"], check=True)
    question = "When did the harbour reopen after the storms?"
    page = profile.new_page()
    with Server(command, tmp_path / "log") as server:
        tab = Visit(page, server.address)
        tab.ask(question)
        expect(page.locator(".turn.busy .answer")).to_contain_text("on Monday")
        page.wait_for_timeout(1200)  # a growing answer is put on the disk every second
        server.process.kill()
        server.process.wait()
    with Server(command, tmp_path / "log") as server:
        tab = Visit(page, server.address)
        history(page)
        page.click("a.conversation")
        expect(page.locator("#chat .turn .asked")).to_have_text(question)
        expect(page.locator("#chat .turn .answer")).to_contain_text("The harbour reopened")
        expect(page.locator("#chat .turn .stopped")).to_have_text("This answer was not finished.")
        page.click("#chat .turn a.source >> nth=0")
        expect(page.locator("#reader mark.current")).to_contain_text("reopened on Monday")
        tab.ask_and_wait(question)
        expect(page.locator("#chat .turn").last).to_contain_text("of storms")
    page.close()

"""The chat and its history in a real browser: what one does with an answer, and finding it again another day."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from browsing import REFUSAL, Open, Parrot, Visit, wait_until
from gradio.queueing import Event, Queue
from gradio.server_messages import EventMessage, ProcessCompletedMessage
from lighthouse import KEEPER, KEPT, history
from playwright.sync_api import Browser, Locator, expect

from index.library import Library
from index.reading.files import find
from index.store.readers.conversations import Feedback

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("forgotten")]
pytest_plugins = ["browsing", "lighthouse"]
REFUSED = "Please refuse to tell of repairs in crowns"


# ---- what one does with an answer ----


def test_a_follow_up_shows_as_what_it_was_searched_and_that_can_be_changed(visit: Open):
    tab = visit()
    tab.ask_and_wait(KEEPER)
    expect(tab.page.locator(".searched")).to_have_count(0)
    tab.ask_and_wait("And why?")
    expect(tab.page.locator(".searched")).to_have_text(f"Searched together with: {KEEPER} Change")
    tab.page.click(".tool.reword")
    expect(tab.page.locator("#question textarea")).to_have_value(f"And why? — {KEEPER}")
    expect(tab.page.locator("#question textarea")).to_be_focused()


def test_a_refused_question_is_answered_anyway_and_marked_unsupported(visit: Open):
    tab = visit()
    tab.ask_and_wait(REFUSED)
    tab.page.fill("#question textarea", "half written")
    tab.page.click(".tool.anyway")
    latest = tab.page.locator(".turn").nth(1)
    expect(latest).to_have_attribute("data-stage", "done")
    expect(latest.locator(".verdict").first).to_have_text("✗ unsupported")
    expect(tab.page.locator(".refusal")).to_have_text(REFUSAL)
    expect(tab.page.locator("#question textarea")).to_have_value("half written")


def test_a_suggested_question_goes_on_from_the_cited_article(visit: Open):
    tab = visit()
    tab.ask_and_wait(KEEPER)
    suggested = tab.page.locator(".followups .example")
    expect(suggested.first).to_have_text("What did Ana Ruiz say?")
    suggested.first.click()
    expect(tab.page.locator(".turn .asked").nth(1)).to_have_text("What did Ana Ruiz say?")
    expect(tab.page.locator(".turn").nth(1)).to_have_attribute("data-stage", "done")
    expect(tab.page.locator(".followups:visible .example", has_text="Ana Ruiz")).to_have_count(0)


def test_an_answer_found_wrong_is_kept_with_its_reason_and_the_right_one(visit: Open, parrot: Parrot):
    tab = visit()
    page = tab.page
    tab.ask_and_wait(KEEPER)
    page.click(".tool.good")
    expect(page.locator(".tool.good")).to_have_attribute("aria-pressed", "true")
    page.click(".tool.bad")
    expect(page.get_by_role("dialog", name="What is wrong with it?")).to_be_visible()
    expect(page.locator(".tool.good")).to_have_attribute("aria-pressed", "false")
    page.get_by_label("It is wrong").check()
    page.get_by_label("The right answer").fill("Her sister")
    page.locator("#feedback").get_by_role("button", name="Keep").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    tab.ask_and_wait("What did repairs cost in crowns?")
    expect(page.locator(".turn").first.locator(".tool.bad")).to_have_attribute("aria-pressed", "true")
    (rated,) = parrot.library.conversations.rated()
    assert (rated.question, rated.feedback) == (KEEPER, Feedback(False, "It is wrong", "Her sister"))


def test_escape_leaves_the_question_of_why_and_keeps_the_thumb(visit: Open, parrot: Parrot):
    tab = visit()
    tab.ask_and_wait(KEEPER)
    tab.page.click(".tool.bad")
    expect(tab.page.get_by_role("dialog")).to_be_visible()
    tab.page.keyboard.press("Escape")
    expect(tab.page.get_by_role("dialog")).to_be_hidden()
    expect(tab.page.locator(".tool.bad")).to_be_focused()
    rated = parrot.library.conversations.rated
    wait_until(tab.page, lambda: bool(rated()))
    assert [turn.feedback for turn in rated()] == [Feedback(False)]


def test_j_opens_the_first_citation_and_going_back_closes_the_reader(visit: Open):
    tab = visit(width=390, height=844)
    page = tab.page
    tab.ask_and_wait(KEEPER)
    page.locator(".asked").click()
    page.keyboard.press("j")
    expect(page.locator("#reader mark.current")).to_have_text(KEPT)
    assert re.search(r"[?&]article=lighthouse&start=\d+&end=\d+&text=[0-9a-f]{12}$", page.url)
    page.go_back()
    expect(page.locator("#reader")).to_be_hidden()
    assert "article" not in page.url
    expect(page.locator(".turn")).to_have_count(1)


def test_a_finished_answer_is_announced(visit: Open):
    tab = visit()
    tab.ask_and_wait(KEEPER)
    expect(tab.page.locator(".unseen[role=status]")).to_contain_text(KEPT)


def test_an_answer_that_is_there_at_once_is_announced_and_one_that_is_reopened_is_not(visit: Open):
    tab = visit()
    page = tab.page
    announced = page.locator(".unseen[role=status]")
    tab.ask_and_wait("Summarize who kept the lighthouse for thirty years")
    expect(announced).to_contain_text(KEPT)
    page.click(".masthead .new")
    expect(page.locator(".welcome")).to_be_visible()
    tab.ask_and_wait("Summarize what repairs cost in crowns")
    expect(announced).to_contain_text("two million crowns")
    history(page)
    page.get_by_role("link", name="Summarize who kept").click()
    expect(page.locator(".turn .answer")).to_contain_text(KEPT)
    expect(announced).not_to_contain_text(KEPT)


def test_an_answer_that_is_there_at_once_begins_at_its_question(visit: Open):
    tab = visit(height=520)
    page = tab.page
    for question in (KEEPER, "Where did the harbour reopen after the storm?"):
        tab.ask_and_wait(question)
    tab.ask_and_wait("Summarize what repairs cost in crowns")
    page.wait_for_timeout(1000)
    top = "document.querySelector({!r}).getBoundingClientRect().top"
    off = page.evaluate(f"{top.format('.growing .turn')} - {top.format('#chat')}")
    assert -2 <= off <= 48  # its heading is on top, as far as what is below it lets it
    page.mouse.move(640, 260)
    page.mouse.wheel(0, -200)
    expect(page.locator(".turn").nth(1).locator(".tools").last).to_be_in_viewport()


@pytest.mark.parametrize("how", ["mouse", "keyboard"])
def test_what_is_half_written_stays_when_a_button_asks(visit: Open, how: str):
    tab = visit()
    page = tab.page
    box = page.locator("#question textarea")

    def press(button: Locator, asked: int) -> None:
        box.fill("half written")
        expect(button).to_be_visible()  # what the style still hides takes no focus, and Enter would ask from the box
        if how == "keyboard":
            button.focus()
            expect(button).to_be_focused()
            button.press("Enter")
            expect(box).to_be_focused()
        else:
            button.click()
            expect(box).not_to_be_focused()
        expect(page.locator(".turn")).to_have_count(asked)
        expect(page.locator(".turn").last).to_have_attribute("data-stage", "done")
        expect(box).to_have_value("half written")

    tab.ask_and_wait(KEEPER)
    press(page.locator(".growing .followups .example").first, 2)
    press(page.locator(".growing .tool.again"), 3)
    page.click(".masthead .new")
    press(page.locator(".welcome .example").first, 1)


LATE_TO_CLOSE = """
const get = window.fetch;
window.fetch = async (...asked) => {
  const reply = await get(...asked);
  if (!asked[0].url?.includes("/queue/data")) return reply;
  const hasEnd = (chunk) => new TextDecoder().decode(chunk).includes("close_stream");
  const late = new TransformStream({
    async transform(chunk, controller) {
      if (hasEnd(chunk)) await new Promise((done) => setTimeout(done, 20));
      controller.enqueue(chunk);
    },
  });
  return new Response(reply.body.pipeThrough(late), reply);
};
"""


def test_what_is_asked_just_as_something_else_ends_is_answered(
    browser: Browser, address: str, monkeypatch: pytest.MonkeyPatch
):
    """A tab may hear late that its stream of replies was closed, and must not wait at it for the next."""
    ended = threading.Event()
    send = Queue.send_message

    def note(queue: Queue, event: Event, message: EventMessage) -> None:
        send(queue, event, message)
        if isinstance(message, ProcessCompletedMessage) and event.fn.name == "_rate":
            ended.set()

    monkeypatch.setattr(Queue, "send_message", note)
    with browser.new_context() as context:
        context.add_init_script(LATE_TO_CLOSE)
        tab = Visit(context.new_page(), address)
        tab.ask_and_wait(KEEPER)
        for n in range(4):  # the moment is missed every other time
            tab.page.fill("#question textarea", f"What did storm {n} tear away?")
            tab.page.wait_for_timeout(500)
            ended.clear()
            tab.page.locator(".turn").nth(n).locator(".tool.good").click()
            assert ended.wait(10)
            tab.page.evaluate("document.querySelector('#send').click()")
            expect(tab.page.locator(".turn").nth(n + 1)).to_have_attribute("data-stage", "done", timeout=10_000)


def test_a_question_stands_in_the_box_again_where_the_program_is_gone(visit: Open):
    tab = visit()
    tab.page.route("**/queue/join**", lambda route: route.abort())
    tab.ask(KEEPER)
    expect(tab.page.locator("#question textarea")).to_have_value(KEEPER)
    tab.page.unroute("**/queue/join**")


def test_a_citation_of_an_article_that_has_changed_since_says_so(
    visit: Open, empty: tuple[str, Library], tmp_path: Path
):
    address, library = empty
    story = tmp_path / "pier.txt"
    story.write_text("Pier closed\n\nThe northern pier is closed until summer.\n")
    list(library.add(find([story])))
    tab = visit(at=address)
    tab.ask_and_wait("Until when is the northern pier closed?")
    tab.page.locator("a.citation >> nth=0").click()
    expect(tab.page.locator("#reader mark.current")).to_be_visible()
    expect(tab.page.locator("#reader .note")).to_have_count(0)
    link = tab.page.get_attribute("#reader .permalink", "href") or ""
    tab.page.click("#reader .close")
    story.write_text("Pier open\n\nThe northern pier is open again.\n")
    list(library.add(find([story])))
    tab.page.reload()
    tab.page.locator("a.citation >> nth=0").click()
    expect(tab.page.locator("#reader .note")).to_contain_text("This article has changed since it was cited")
    expect(tab.page.locator(".quotation blockquote").first).to_have_text("The northern pier is closed until summer.")
    later = visit(query=link, at=address).page
    expect(later.locator("#reader .note")).to_contain_text("This article has changed since it was cited")
    without_checksum = visit(query=link[: link.index("&text=")], at=address).page
    expect(without_checksum.locator("#reader mark.current")).to_be_visible()
    expect(without_checksum.locator("#reader .note")).to_have_count(0)

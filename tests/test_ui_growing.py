"""Answers that grow on the page: asked in turn, stopped, and read meanwhile."""

from __future__ import annotations

import threading

import pytest
from browsing import NO_MODEL, Open, Parrot, wait_until
from playwright.sync_api import expect

from index.records import Filter
from qa.records import Citation

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing"]


# ---- waiting, stopping, failing ----


def test_a_question_in_another_tab_waits_and_is_told_its_place(visit: Open, paused: threading.Event):
    first, second = visit(), visit()
    first.ask("Who kept the lighthouse for thirty years?")
    expect(first.page.locator(".turn")).to_contain_text("Found, writing…")
    second.ask("What did repairs cost in crowns?")
    expect(second.page.locator(".turn")).to_contain_text("Waiting, 1 ahead of you")
    paused.clear()
    for tab in (first, second):
        expect(tab.page.locator(".turn")).to_have_attribute("data-stage", "done")
        expect(tab.page.locator(".turn")).to_have_count(1)
    expect(second.page.locator(".answer")).to_contain_text("two million crowns")


def test_a_second_question_in_the_same_tab_waits_and_then_knows_the_first(
    visit: Open, parrot: Parrot, paused: threading.Event
):
    tab = visit()
    tab.ask("Who kept the lighthouse for thirty years?")
    expect(tab.page.locator(".turn")).to_contain_text("Found, writing…")
    tab.ask("What did repairs cost in crowns?")
    expect(tab.page.locator(".turn").nth(1)).to_contain_text("Waiting, 1 ahead of you")
    paused.clear()
    expect(tab.page.locator(".turn").nth(1)).to_have_attribute("data-stage", "done")
    expect(tab.page.locator(".turn")).to_have_count(2)
    (earlier,) = parrot.histories[-1]
    assert earlier.question == "Who kept the lighthouse for thirty years?"
    assert "Ana Ruiz kept the lighthouse" in earlier.answer


@pytest.mark.parametrize("how", ["button", "escape"])
def test_stop_ends_an_answer_while_the_evidence_is_read(visit: Open, paused: threading.Event, how: str):
    tab = visit()
    tab.ask("Who kept the lighthouse for thirty years?")
    expect(tab.page.locator(".turn")).to_contain_text("Found, writing…")
    expect(tab.page.locator("#send")).to_be_hidden()
    if how == "button":
        tab.page.click("#stop")
    else:
        tab.page.keyboard.press("Escape")
    expect(tab.page.locator(".turn")).to_contain_text("Stopped.")
    expect(tab.page.locator("#send")).to_be_visible()
    expect(tab.page.locator("#stop")).to_be_hidden()


def test_stop_is_heard_at_once_while_the_search_waits(visit: Open, parrot: Parrot, monkeypatch: pytest.MonkeyPatch):
    searched, nearest = threading.Event(), parrot._nearest

    def late(question: str, only: Filter | None) -> list[Citation]:
        searched.wait(60)
        return nearest(question, only)

    monkeypatch.setattr(parrot, "_nearest", late)
    tab = visit()
    tab.ask("Who kept the lighthouse for thirty years?")
    expect(tab.page.locator(".turn .progress")).to_have_text("Searching the articles…")
    tab.page.click("#stop")
    expect(tab.page.locator(".turn .progress")).to_have_text("Stopping…")
    searched.set()
    expect(tab.page.locator(".turn")).to_contain_text("Stopped.")
    expect(tab.page.locator("#send")).to_be_visible()


def test_closing_a_tab_lets_the_next_question_go_on(
    visit: Open, paused: threading.Event, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ui.page.asking.ask.GRACE", 0.5)
    first, second = visit(), visit()
    first.ask("Who kept the lighthouse for thirty years?")
    expect(first.page.locator(".turn")).to_contain_text("Found, writing…")
    second.ask("What did repairs cost in crowns?")
    expect(second.page.locator(".turn")).to_contain_text("Waiting, 1 ahead of you")
    first.page.close()
    expect(second.page.locator(".turn")).to_contain_text("Found, writing…")


def test_the_welcome_stays_until_something_is_asked(visit: Open):
    page = visit().page
    page.wait_for_timeout(1500)
    expect(page.locator(".welcome")).to_be_visible()


def test_reloading_the_page_while_an_answer_grows_lets_it_go_on(visit: Open, paused: threading.Event):
    tab = visit()
    tab.ask("Who kept the lighthouse for thirty years?")
    expect(tab.page.locator(".turn")).to_contain_text("Found, writing…")
    tab.page.reload()
    expect(tab.page.locator(".turn")).to_contain_text("Found, writing…")
    paused.clear()
    expect(tab.page.locator(".turn")).to_have_attribute("data-stage", "done")
    expect(tab.page.locator(".turn .answer")).to_contain_text("Ana Ruiz kept the lighthouse")
    expect(tab.page.locator(".turn .followups .example").first).to_be_visible()


def test_reloading_the_page_before_a_question_has_arrived_puts_it_into_the_box_again(visit: Open):
    tab = visit()
    box = tab.page.locator("#question textarea")
    tab.page.route("**/queue/join*", lambda route: None)  # never sent on
    tab.ask("Who kept the lighthouse for thirty years?")
    expect(box).to_have_value("")
    tab.page.unroute("**/queue/join*")
    tab.page.reload()
    expect(box).to_have_value("Who kept the lighthouse for thirty years?")
    box.press("Enter")
    expect(tab.page.locator(".turn")).to_have_attribute("data-stage", "done")
    tab.page.reload()
    expect(tab.page.locator(".turn")).to_have_count(1)
    expect(box).to_have_value("")


def test_an_address_opens_its_view_also_where_the_start_is_slow(visit: Open):
    page = visit().page
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    for view, shown in (("history", ":is(.past, .empty)"), ("library", "tbody tr")):
        page.goto(page.url.split("#")[0] + f"#{view}")
        page.reload()
        expect(page.locator(f"#{view} {shown}").first).to_be_visible()
        expect(page.locator(f".masthead [aria-controls={view}]")).to_have_attribute("aria-selected", "true")
        expect(page.locator("#ask")).to_be_hidden()


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("", "The question is empty; type what you want to know."),
        ("x" * 2001, "The question has 2,001 characters; shorten it to at most 2,000."),
    ],
)
def test_a_question_that_cannot_be_asked_is_answered_by_a_sentence_and_kept(visit: Open, question: str, sentence: str):
    tab = visit()
    tab.ask(question)
    expect(tab.page.locator("#notice .error")).to_have_text(sentence)
    expect(tab.page.locator("#question textarea")).to_have_value(question)
    expect(tab.page.locator(".turn")).to_have_count(0)
    tab.ask_and_wait("Who kept the lighthouse for thirty years?")
    expect(tab.page.locator("#notice .error")).to_have_count(0)


def test_what_is_typed_while_a_question_is_on_its_way_is_the_next_one(visit: Open, paused: threading.Event):
    tab = visit()
    box = tab.page.locator("#question textarea")
    box.fill("Who kept the lighthouse for thirty years?")
    box.press("Enter")
    box.press("Enter")
    box.type("What did repairs")
    expect(tab.page.locator(".turn")).to_contain_text("Found, writing…")
    expect(box).to_have_value("What did repairs")
    box.type(" cost in crowns?")
    box.press("Enter")
    expect(tab.page.locator(".turn .asked")).to_have_text(
        ["Who kept the lighthouse for thirty years?", "What did repairs cost in crowns?"]
    )
    paused.clear()
    expect(tab.page.locator(".turn").last).to_have_attribute("data-stage", "done")
    expect(tab.page.locator(".turn")).to_have_count(2)
    expect(tab.page.locator("#notice .error")).to_have_count(0)


def test_what_is_being_typed_is_prepared(visit: Open, parrot: Parrot):
    tab = visit()
    tab.page.locator("#question textarea").fill("Who kept the lighthouse")
    wait_until(tab.page, lambda: "Who kept the lighthouse" in parrot.expected)
    assert parrot.expected[-1] == "Who kept the lighthouse"


def test_each_question_is_shown_once_at_every_moment(visit: Open, paused: threading.Event):
    tab = visit()
    page = tab.page
    page.evaluate(
        """() => {
            window.faults = [];
            let before = [];
            const look = () => {
                const shown = [...document.querySelectorAll("#chat .turn")].map((turn) => turn.dataset.turn);
                faults.push(...before.filter((turn) => !shown.includes(turn)).map((turn) => `lost ${turn}`));
                if (new Set(shown).size < shown.length) faults.push(`twice ${shown}`);
                before = shown;
                requestAnimationFrame(look);
            };
            look();
        }"""
    )
    paused.clear()
    for _ in range(2):
        tab.ask_and_wait("Who kept the lighthouse for thirty years?")
    paused.set()
    tab.ask("What did repairs cost in crowns?")
    expect(page.locator(".turn").last).to_contain_text("Found, writing…")
    for waiting in ("Who never missed a night?", "Please refuse to tell of repairs in crowns"):
        tab.ask(waiting)
        expect(page.locator(".turn").last).to_contain_text("ahead of you")
    paused.clear()
    expect(page.locator(".turn.busy")).to_have_count(0)
    tab.ask("Which model of lighthouse without a keeper?")
    expect(page.locator(".turn .error")).to_be_visible()
    tab.ask_and_wait("Who kept the lighthouse for thirty years?")
    expect(page.locator(".turn")).to_have_count(7)
    assert page.evaluate("faults") == []


def test_a_conversation_begun_while_an_answer_grows_stays_empty(visit: Open, paused: threading.Event):
    tab = visit()
    paused.clear()
    tab.ask_and_wait("Who kept the lighthouse for thirty years?")
    paused.set()
    tab.ask("What did repairs cost in crowns?")
    expect(tab.page.locator(".turn").last).to_contain_text("Found, writing…")
    tab.page.click(".masthead .new")
    expect(tab.page.locator(".welcome")).to_be_visible()
    paused.clear()
    tab.page.wait_for_timeout(500)
    expect(tab.page.locator(".welcome")).to_be_visible()
    expect(tab.page.locator(".turn")).to_have_count(0)


def test_without_a_model_the_evidence_stands_and_the_command_is_named(visit: Open):
    tab = visit()
    tab.ask("Which model of lighthouse without a keeper?")
    expect(tab.page.locator(".turn .error")).to_have_text(NO_MODEL)
    expect(tab.page.locator(".quotation blockquote")).to_have_text("The lighthouse will run without a keeper.")
    expect(tab.page.locator("#send")).to_be_visible()


def test_nothing_moves_by_itself_while_an_answer_grows(visit: Open, paused: threading.Event):
    tab = visit(height=500)
    page = tab.page
    for _ in range(2):
        paused.clear()
        tab.ask_and_wait("Who kept the lighthouse for thirty years?")
    paused.set()
    tab.ask("What did repairs cost in crowns?")
    latest = page.locator(".growing .turn .asked")
    expect(latest).to_have_text("What did repairs cost in crowns?")
    expect(page.locator(".growing .turn")).to_contain_text("Found, writing…")
    page.wait_for_function("document.querySelector('.growing .asked').getBoundingClientRect().top < 150")
    before = latest.bounding_box()
    paused.clear()
    expect(page.locator(".growing .turn")).to_have_attribute("data-stage", "done")
    assert latest.bounding_box() == before


@pytest.mark.parametrize(
    "question", ["What did repairs cost in crowns?", "Do they disagree what repairs cost in crowns?"]
)
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)], ids=["desk", "phone"])
def test_an_answer_hardly_shifts_what_is_being_read(
    visit: Open, paused: threading.Event, question: str, width: int, height: int
):
    page = visit(width=width, height=height).page
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    expect(page.locator(".quotation")).to_be_visible()
    page.wait_for_timeout(600)  # what moves half a second after a key is not counted
    page.evaluate(
        """() => {
            window.shifted = 0;
            const add = (list) => { for (const entry of list.getEntries()) shifted += entry.value; };
            new PerformanceObserver(add).observe({ type: "layout-shift" });
        }"""
    )
    paused.clear()
    expect(page.locator(".turn")).to_have_attribute("data-stage", "done")
    page.wait_for_timeout(200)
    shifted = page.evaluate("shifted")
    assert shifted < 0.1, shifted  # what https://web.dev/articles/cls calls good


# ---- the library ----


@pytest.mark.usefixtures("slow")
def test_what_is_selected_stays_selected_while_the_answer_grows(visit: Open):
    tab = visit()
    page = tab.page
    tab.ask("How many metres of the northern pier had the storm torn away?")
    page.wait_for_function("document.querySelector('.turn.busy .answer')?.textContent.length > 12")
    chosen = page.evaluate(
        """async () => {
            let words;
            do {  // where the text is replaced in the very moment, a reader too would select once more
                const text = document.querySelector(".turn.busy .answer").firstChild;
                words = text.nodeType === 3 ? text : text.firstChild;
                const noted = new Promise((told) => document.addEventListener("selectionchange", told, { once: true }));
                getSelection().setBaseAndExtent(words, 4, words, 9);
                await noted;
            } while (getSelection().isCollapsed);
            return [getSelection().toString(), document.querySelector(".turn .answer").textContent.length];
        }"""
    )
    expect(page.locator(".turn")).to_have_attribute("data-stage", "done")
    assert len(page.locator(".turn .answer").inner_text()) > chosen[1]
    assert len(chosen[0]) == 5
    assert page.evaluate("getSelection().toString()") == chosen[0]


@pytest.mark.usefixtures("slow")
def test_words_can_be_selected_with_the_mouse_while_the_answer_grows(visit: Open):
    tab = visit()
    page = tab.page
    tab.ask("Had the storm torn away forty metres of the northern pier or did the lighthouse run without a keeper?")
    page.wait_for_function("document.querySelector('.turn.busy .answer')?.textContent.length > 30")
    left, top, bottom = page.locator(".turn .answer").evaluate(
        """answer => {
            const first = document.createRange();
            const words = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT).nextNode();
            first.setStart(words, 4);
            first.setEnd(words, 5);
            const { left, top, bottom } = first.getBoundingClientRect();
            return [left + 1, top, bottom];
        }"""
    )
    middle = (top + bottom) / 2
    page.mouse.move(left, middle)
    page.mouse.down()
    for pixels in range(10, 130, 10):  # the text is replaced many times meanwhile
        page.mouse.move(left + pixels, middle)
        page.wait_for_timeout(20)
    assert page.locator(".turn.busy").count() == 1
    chosen = page.evaluate("getSelection().toString()")
    assert len(chosen) > 5
    page.mouse.up()
    expect(page.locator(".turn")).to_have_attribute("data-stage", "done")
    assert page.evaluate("getSelection().toString()") == chosen

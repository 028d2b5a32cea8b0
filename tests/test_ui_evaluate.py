"""Question sets, run on the page."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from browsing import Open, Parrot
from playwright.sync_api import expect
from shelving import choose, show

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing", "shelving"]


def test_a_question_set_is_run_and_a_failure_opened_in_the_chat(visit: Open, question_set: Path):
    page = visit().page
    show(page, "Evaluate")
    page.set_input_files("#question-set input[type=file]", question_set)
    expect(page.locator("#question-set")).to_contain_text("questions")
    page.click("#run")
    expect(page.locator("#run-progress .outcome")).to_have_text("2 of 3 questions answered right")
    expect(page.locator("#run-progress li")).to_contain_text("line 4")
    expect(page.locator("#results figure svg").first).to_be_visible()
    expect(page.locator("#results .case")).to_have_count(1)
    expect(page.locator("#results .case .why")).to_have_text('The answer does not say "Nobody".')
    with page.expect_download() as saved:
        page.click("#save-report")
    assert "2 of 3 questions answered right" in Path(saved.value.path()).read_text(encoding="utf-8")
    page.click("#results button.try")
    expect(page.locator("#chat .turn .asked")).to_have_text("Who kept the lighthouse for thirty years?")
    expect(page.locator("#chat .turn")).to_have_attribute("data-stage", "done")


def test_an_evaluation_is_stopped_and_goes_on_where_it_was(
    visit: Open, question_set: Path, parrot: Parrot, paused: threading.Event
):
    page = visit().page
    choose(page, question_set, 2)
    page.click("#run")
    expect(page.locator("#run-progress .summary")).to_contain_text("0 of 2 questions")
    page.click("#run-stop")
    expect(page.locator("#run-progress .summary")).to_contain_text("Stopped after 0 of 2 questions.")
    paused.clear()
    page.click("#run")
    expect(page.locator("#run-progress .outcome")).to_contain_text("of 2 questions answered right")


def test_a_second_evaluation_waits_for_the_first_and_says_so(
    visit: Open, question_set: Path, parrot: Parrot, paused: threading.Event
):
    first, second = visit().page, visit().page
    told = "Another evaluation is running; this one waits for it."
    for page in (first, second):
        choose(page, question_set, 1)
    first.click("#run")
    expect(first.locator("#run-progress .summary")).to_contain_text("0 of 1 question")
    second.click("#run")
    expect(second.locator("#run-progress .summary")).to_have_text(told)
    second.click("#run-stop")
    expect(second.locator("#run-progress .summary")).to_have_count(0)
    second.click("#run")
    expect(second.locator("#run-progress .summary")).to_have_text(told)
    paused.clear()
    for page in (first, second):
        expect(page.locator("#run-progress .outcome")).to_contain_text("of 1 question answered right")


def test_a_question_set_that_is_none_is_named(visit: Open):
    page = visit().page
    show(page, "Evaluate")
    page.click("#run")
    expect(page.locator("#run-progress .error")).to_have_text(
        "No question set was named; drop a file, or give its path."
    )

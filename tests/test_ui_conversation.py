"""A tab's conversation, without a browser."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import WordEmbedder
from talking import Echo

from index.errors import InputError
from index.library import Library
from index.records import Filter
from qa.records import Turn
from ui.page.asking.conversation import Conversation

pytest_plugins = ["talking"]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", WordEmbedder())


def test_an_answer_grows_step_by_step_and_the_last_step_shows_it_done(talk: Conversation):
    seen = [talk.html()[1] for _ in talk.ask("hello?")]
    assert "Searching the articles…" in seen[0]
    assert "HELLO?" in seen[1]
    assert 'aria-busy="true"' in seen[1]
    assert 'aria-busy="false"' in seen[-1]


def test_earlier_answers_are_settled_and_the_latest_may_still_change(talk: Conversation):
    for question in ("one?", "two?"):
        list(talk.ask(question))
    settled, growing = talk.html()
    assert "ONE?" in settled
    assert "TWO?" not in settled
    assert "TWO?" in growing
    assert "ONE?" not in growing


def test_of_many_questions_the_latest_are_shown_and_the_earlier_ones_when_asked_for(
    talk: Conversation, library: Library, echo: Echo
):
    def shown() -> list[str]:
        return re.findall(r'data-question="(.*?)"', "".join(talk.html()))

    asked = [f"number {n}?" for n in range(45)]
    for question in asked:
        list(talk.ask(question))
    assert shown() == asked[22:]
    assert "Show earlier questions (22)" in talk.html()[0]
    talk.show_earlier()
    assert shown() == asked[2:]
    talk.show_earlier()
    assert shown() == asked
    assert "earlier" not in talk.html()[0]
    list(talk.ask("one more?"))
    assert shown() == [*asked[26:], "one more?"]
    assert len(echo.histories[-1]) == 45
    again = Conversation(library, echo)  # type: ignore[arg-type]
    assert talk.id is not None
    again.open(talk.id)
    assert "Show earlier questions (26)" in again.html()[0]
    again.begin()
    assert again.html() == ("", "")


def test_a_question_is_told_the_answered_turns_before_it(talk: Conversation, echo: Echo):
    for question in ("one?", "please refuse?", "fail?", "two?"):
        list(talk.ask(question))
    assert echo.histories[-1] == [Turn("one?", "ONE?")]


def test_what_is_typed_is_expected_with_the_turns_before_it(talk: Conversation, echo: Echo):
    list(talk.ask("one?"))
    only = Filter(outlets=("The Courier",))
    talk.prepare("and why", only)
    assert echo.expected == [("and why", [Turn("one?", "ONE?")], only)]


class Page:
    """Takes the news of a conversation as the page does."""

    def __init__(self, talk: Conversation) -> None:
        self.talk, self.settled, self.recent, self.growing = talk, "", "", ""
        self.anew = 0
        """How often all that is settled was given anew."""

    def take(self, at_once: bool = False) -> None:
        settled, self.recent, self.growing = self.talk.news(at_once)
        if settled is not None:
            self.settled, self.anew = settled, self.anew + 1
        assert self.settled + self.recent + self.growing == "".join(self.talk.html())

    def follow(self, question: str) -> Iterator[None]:
        for step, _ in enumerate(self.talk.ask(question)):
            self.take(at_once=step == 0)
            yield


def test_the_page_has_every_turn_once_after_each_step(talk: Conversation):
    page = Page(talk)
    for n in range(33):
        before = page.anew
        answer = page.follow(f"number {n}?")
        next(answer)
        is_first_or_hides_some = n in (0, 30)
        assert page.anew == before + is_first_or_hides_some  # the evidence does not wait for what is settled
        list(answer)
        assert page.recent == ""


def test_the_page_has_every_turn_once_whoever_asks_meanwhile(talk: Conversation, library: Library):
    page = Page(talk)
    list(page.follow("one?"))
    two, three = page.follow("two?"), page.follow("three?")
    for _ in range(2):
        next(two), next(three)
    talk.stop()
    list(three), list(two)
    for question in ("fail?", "break?", "invalid?", "four?"):
        list(page.follow(question))
    five = page.follow("five?")
    next(five)
    assert talk.id is not None
    other = Conversation(library, Echo())  # type: ignore[arg-type]
    list(other.ask("elsewhere?"))
    assert other.id is not None
    talk.open(other.id)
    page.take()
    list(five)
    assert "ELSEWHERE?" in page.growing
    six = page.follow("six?")
    next(six)
    talk.begin()
    page.take()
    list(six)
    assert page.settled + page.recent + page.growing == ""


def test_a_second_question_waits_for_the_first(talk: Conversation, echo: Echo):
    first = talk.ask("one?")
    next(first)
    second = talk.ask("two?")
    next(second)
    assert "Waiting, 1 ahead of you" in talk.html()[1]
    assert len(echo.histories) == 1
    list(first)
    list(second)
    assert echo.histories[-1] == [Turn("one?", "ONE?")]


def test_stopping_keeps_what_was_written_and_ends_waiting_questions_too(talk: Conversation, echo: Echo):
    first = talk.ask("one?")
    next(first)
    next(first)
    second = talk.ask("two?")
    next(second)
    talk.stop()
    list(first)
    list(second)
    settled, growing = talk.html()
    assert "ONE?" in settled
    assert "Stopped." in settled
    assert "Stopped." in growing
    assert "TWO?" not in growing
    assert len(echo.histories) == 1


def test_a_closed_tab_keeps_nobody_waiting(talk: Conversation):
    first = talk.ask("one?")
    next(first)
    first.close()
    assert "TWO?" in [talk.html()[1] for _ in talk.ask("two?")][-1]


def test_an_error_stands_where_the_answer_would(talk: Conversation):
    list(talk.ask("fail?"))
    assert '<p class="error" role="alert">It failed.</p>' in talk.html()[1]


@pytest.mark.parametrize(
    ("question", "sentence"), [("", "The question is empty"), ("from nothing?", "The library is empty")]
)
def test_a_question_that_cannot_be_asked_is_no_part_of_the_conversation(
    talk: Conversation, library: Library, question: str, sentence: str
):
    with pytest.raises(InputError, match=sentence):
        list(talk.ask(question))
    assert talk.is_empty
    assert library.conversations.find() == []


def test_what_is_no_question_need_not_wait_to_be_told_so(talk: Conversation):
    first = talk.ask("one?")
    next(first)
    with pytest.raises(InputError, match="The question is empty"):
        next(talk.ask(" "))
    assert talk.html()[1].count('class="turn') == 1
    list(first)


def test_bad_input_found_only_later_keeps_the_question(talk: Conversation):
    list(talk.ask("invalid?"))
    assert "The library was made by another program." in talk.html()[1]


def test_a_defect_is_owned_up_to_and_keeps_its_traceback(talk: Conversation, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR):
        list(talk.ask("break?"))
    assert "Something in Byline broke while it answered" in talk.html()[1]
    assert "ZeroDivisionError" in caplog.text


def test_every_tab_gets_a_conversation_of_its_own(talk: Conversation):
    other = copy.deepcopy(talk)
    list(talk.ask("one?"))
    assert other.is_empty
    list(other.ask("two?"))
    assert "TWO?" not in "".join(talk.html())

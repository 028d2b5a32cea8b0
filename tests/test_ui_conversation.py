"""A tab's conversation, without a browser."""

from __future__ import annotations

import copy
import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from index.errors import FailedError, InputError
from index.records import Article, Filter
from qa.records import Answer, Turn
from ui.conversation import Conversation


class NoArticles:
    def article(self, article_id: str) -> Article:
        raise InputError(f"no {article_id}")


class Echo:
    """Answers a question with itself, in two steps; some words in it make it fail."""

    def __init__(self) -> None:
        self.histories: list[Sequence[Turn]] = []

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        stop: threading.Event | None = None,
        only: Filter | None = None,
    ) -> Iterator[Answer]:
        self.histories.append(history)
        if question == "":
            raise InputError("The question is empty.")
        answer = Answer(question, question, stage="searching")
        yield answer
        if "fail" in question:
            raise FailedError("It failed.")
        if "invalid" in question:
            raise InputError("The library was made by another program.")
        if "break" in question:
            raise ZeroDivisionError
        yield replace(answer, stage="writing", text=question.upper())
        yield replace(answer, stage="done", text=question.upper(), answered="refuse" not in question)


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def talk(echo: Echo) -> Conversation:
    return Conversation(NoArticles(), echo)  # type: ignore[arg-type]


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


def test_a_question_is_told_the_answered_turns_before_it(talk: Conversation, echo: Echo):
    for question in ("one?", "please refuse?", "fail?", "two?"):
        list(talk.ask(question))
    assert echo.histories[-1] == [Turn("one?", "ONE?")]


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


def test_a_question_that_cannot_be_asked_is_no_part_of_the_conversation(talk: Conversation):
    with pytest.raises(InputError, match="The question is empty"):
        list(talk.ask(""))
    assert talk.is_empty


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

"""A tab's conversation, without a browser."""

from __future__ import annotations

import copy
import logging
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from fakes import WordEmbedder

from index.errors import FailedError, InputError
from index.library import Library
from index.records import Filter
from index.store.conversations import Feedback
from qa.records import Answer, Turn
from ui.page.conversation import Conversation
from ui.page.growing import in_background, wait_for_the_end


class Echo:
    """Answers a question with itself, in two steps; some words in it make it fail."""

    def __init__(self) -> None:
        self.histories: list[Sequence[Turn]] = []
        self.expected: list[tuple[str, Sequence[Turn], Filter | None]] = []

    def expect(self, question: str, history: Sequence[Turn] = (), only: Filter | None = None) -> None:
        self.expected.append((question, history, only))

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        stop: threading.Event | None = None,
        only: Filter | None = None,
        anyway: bool = False,
    ) -> Iterator[Answer]:
        self.histories.append(history)
        if "nothing" in question:
            raise InputError("The library is empty.")
        answer = Answer(question, question, stage="searching")
        yield answer
        if "fail" in question:
            raise FailedError("It failed.")
        if "invalid" in question:
            raise InputError("The library was made by another program.")
        if "break" in question:
            raise ZeroDivisionError
        yield replace(answer, stage="writing", text=question.upper())
        yield replace(
            answer,
            stage="done",
            text=question.upper(),
            outcome="answered" if anyway or "refuse" not in question else "not found",
        )


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", WordEmbedder())


@pytest.fixture
def talk(library: Library, echo: Echo) -> Conversation:
    return Conversation(library, echo)  # type: ignore[arg-type]


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
    talk.expect("and why", only)
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


# ---- a page that is reloaded ----


def test_an_answer_goes_on_and_is_shown_where_the_conversation_is_opened_again(talk: Conversation):
    asking = talk.ask("one?")
    next(asking)
    again = copy.deepcopy(talk)
    assert talk.id is not None
    again.open(talk.id)
    talk.leave()
    assert 'aria-busy="true"' in again.html()[1]
    following = again.follow()
    next(following)
    list(asking)
    list(following)
    assert "ONE?" in again.html()[1]
    assert 'data-stage="done"' in again.html()[1]
    assert list(again.follow()) == []


def test_an_answer_that_no_tab_shows_any_more_is_ended(talk: Conversation):
    asking = talk.ask("one?")
    next(asking)
    next(asking)
    talk.leave()
    list(asking)
    assert "Stopped." in talk.html()[1]


def test_steps_are_taken_though_nobody_looks_and_their_error_is_handed_on():
    taken, looked = threading.Event(), threading.Event()

    def steps() -> Iterator[None]:
        yield
        assert looked.wait(10)
        yield
        taken.set()
        raise FailedError("It failed.")

    looking = in_background(steps())
    next(looking)
    looked.set()
    assert taken.wait(10)
    with pytest.raises(FailedError, match="It failed"):
        list(looking)


def test_what_grows_is_waited_for_before_the_library_is_closed():
    taken, may_end = threading.Event(), threading.Event()

    def steps() -> Iterator[None]:
        yield
        may_end.wait(10)
        taken.set()

    looking = in_background(steps())
    next(looking)
    wait_for_the_end(0.01)
    assert not taken.is_set()
    may_end.set()
    wait_for_the_end(10)
    assert taken.is_set()


ENDED = """
import threading, time
from ui.page.growing import in_background, wait_for_the_end

def steps():
    yield
    time.sleep(3600)

looking = in_background(steps())
threading.Thread(target=list, args=[looking]).start()
"""


def test_the_program_ends_though_something_still_grows():
    environment = {"PYTHONPATH": str(Path(__file__).parent.parent)}
    assert subprocess.run([sys.executable, "-c", ENDED], env=environment, check=False, timeout=120).returncode == 0


# ---- kept ----


def test_a_question_is_kept_when_it_is_asked_and_its_answer_when_it_is_over(talk: Conversation, library: Library):
    asking = talk.ask("hello?")
    next(asking)
    assert talk.id is not None
    (turn,) = library.conversations.turns(talk.id)
    assert (turn.question, turn.state) == ("hello?", "asked")
    list(asking)
    (turn,) = library.conversations.turns(talk.id)
    assert turn.state == "done"
    assert "HELLO?" in str(turn.answer)


def test_a_reopened_conversation_looks_as_it_did_and_goes_on(talk: Conversation, library: Library, echo: Echo):
    for question in ("one?", "please refuse?", "fail?"):
        list(talk.ask(question))
    stopped = talk.ask("stopped?")
    next(stopped)
    next(stopped)
    talk.stop()
    list(stopped)
    again = Conversation(library, echo)  # type: ignore[arg-type]
    assert talk.id is not None
    again.open(talk.id)
    assert again.html() == talk.html()
    list(again.ask("two?"))
    assert echo.histories[-1] == [Turn("one?", "ONE?")]
    assert [item.turns for item in library.conversations.find()] == [5]


def test_a_conversation_that_is_gone_cannot_be_opened_and_nothing_is_lost(talk: Conversation):
    list(talk.ask("one?"))
    with pytest.raises(InputError, match="There is no conversation 99"):
        talk.open(99)
    assert "ONE?" in talk.html()[1]


def test_opening_the_open_conversation_leaves_what_is_asked_in_it_alone(talk: Conversation):
    list(talk.ask("one?"))
    first = talk.ask("two?")
    next(first)
    second = talk.ask("three?")
    next(second)
    assert talk.id is not None
    talk.open(talk.id)
    list(first), list(second)
    shown = "".join(talk.html())
    for answer in ("ONE?", "TWO?", "THREE?"):
        assert answer in shown
    assert "Stopped." not in shown


def test_a_new_conversation_ends_what_is_asked_and_is_kept_apart(talk: Conversation, library: Library):
    asking = talk.ask("one?")
    next(asking)
    talk.begin()
    list(asking)
    assert talk.is_empty
    list(talk.ask("two?"))
    assert [(item.name, item.turns) for item in library.conversations.find()] == [("two?", 1), ("one?", 1)]
    assert "ONE?" not in "".join(talk.html())


def test_an_answer_that_is_stopped_by_a_new_conversation_finds_that_one(talk: Conversation):
    steps = talk.ask("Where is it?")
    next(steps)
    (exchange,) = talk._exchanges
    found = []
    exchange.stop.set = lambda: found.append(talk.is_empty)  # type: ignore[method-assign]
    talk.begin()
    assert found == [True]


def test_a_conversation_deleted_elsewhere_is_gone_on_with_under_a_new_name(talk: Conversation, library: Library):
    list(talk.ask("one?"))
    assert talk.id is not None
    library.conversations.delete(talk.id)
    list(talk.ask("two?"))
    assert [item.name for item in library.conversations.find()] == ["two?"]


def test_a_refused_question_can_be_answered_anyway(talk: Conversation):
    list(talk.ask("please refuse?"))
    assert "refusal" in talk.html()[1]
    list(talk.ask("please refuse?", anyway=True))
    assert "refusal" not in talk.html()[1]


def test_what_a_reader_thinks_of_an_answer_is_kept_and_shown(talk: Conversation, library: Library):
    list(talk.ask("one?"))
    assert talk.id is not None
    (turn,) = library.conversations.turns(talk.id)
    assert 'aria-pressed="true"' not in talk.html()[1]
    talk.rate(turn.id, Feedback(False, "It is wrong", "1"))
    assert 'class="tool bad" aria-pressed="true"' in talk.html()[1]
    assert library.conversations.rated()[0].feedback == Feedback(False, "It is wrong", "1")
    talk.rate(turn.id, None)
    assert 'aria-pressed="true"' not in talk.html()[1]


FULL = "The disk is full; make room on it."


def fail(*_: object) -> NoReturn:
    raise FailedError(FULL)


def test_a_question_that_cannot_be_kept_is_no_part_of_the_conversation(
    talk: Conversation, library: Library, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(library.conversations, "ask", fail)
    with pytest.raises(FailedError, match=FULL):
        list(talk.ask("one?"))
    assert talk.is_empty


def test_an_answer_that_cannot_be_kept_is_whole_all_the_same_and_says_so(
    talk: Conversation, library: Library, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(library.conversations, "save", fail)
    monkeypatch.setattr("ui.page.conversation._SAVE_EVERY", 0)
    seen = [talk.html()[1] for _ in talk.ask("one?")]
    assert [FULL in html for html in seen] == [False] * (len(seen) - 1) + [True]
    assert "ONE?" in seen[-1]
    assert 'data-stage="done"' in seen[-1]
    monkeypatch.undo()
    list(talk.ask("two?"))
    assert FULL not in talk.html()[1]


KILLED = """
import os, signal, sys
from pathlib import Path
import ui.page.conversation
from fakes import WordEmbedder
from index.library import Library
from test_ui_conversation import Echo
ui.page.conversation._SAVE_EVERY = 0
talk = ui.page.conversation.Conversation(Library(Path(sys.argv[1]), WordEmbedder()), Echo())
list(talk.ask("one?"))
growing = talk.ask("two?")
next(growing), next(growing)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_nothing_is_lost_when_the_program_is_killed_while_it_answers(tmp_path: Path, echo: Echo):
    here = Path(__file__).parent
    environment = {"PYTHONPATH": f"{here}:{here.parent}"}
    killed = subprocess.run([sys.executable, "-c", KILLED, tmp_path], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    talk = Conversation(Library(tmp_path, WordEmbedder()), echo)  # type: ignore[arg-type]
    talk.open(1)
    settled, growing = talk.html()
    assert "ONE?" in settled
    assert "TWO?" in growing
    assert "This answer was not finished." in growing

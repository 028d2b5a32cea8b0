"""Conversations that go on without their tab, and are kept."""

from __future__ import annotations

import copy
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from fakes import WordEmbedder
from talking import Echo

from index.errors import FailedError, InputError
from index.library import Library
from index.store.readers.conversations import Feedback
from qa.records import Turn
from ui.page.asking.conversation import Conversation
from ui.page.asking.growing import in_background, wait_for_the_end

pytest_plugins = ["talking"]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", WordEmbedder())


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
from ui.page.asking.growing import in_background, wait_for_the_end

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
    monkeypatch.setattr("ui.page.asking.conversation._SAVE_EVERY", 0)
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
import ui.page.asking.conversation
from fakes import WordEmbedder
from index.library import Library
from test_ui_conversation import Echo
ui.page.asking.conversation._SAVE_EVERY = 0
talk = ui.page.asking.conversation.Conversation(Library(Path(sys.argv[1]), WordEmbedder()), Echo())
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

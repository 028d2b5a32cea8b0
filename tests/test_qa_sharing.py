"""A conversation given to somebody else as a file is the same there; what is no conversation is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.errors import InputError
from index.store.readers.conversations import Conversations
from index.store.sqlite.database import Database
from qa.kept.history import answer_to_text
from qa.kept.sharing import conversation_from_text, conversation_to_text
from qa.records import Answer

ANSWER = Answer("Who won?", "Who won?", stage="done", outcome="answered", text="Ana did.")


def test_it_is_the_same_in_another_library(tmp_path: Path) -> None:
    mine, theirs = (Conversations(Database(tmp_path / name / "library.sqlite")) for name in ("mine", "theirs"))
    number, turn = mine.ask(None, "Who won?", "ana")
    mine.save(turn, "done", answer_to_text(ANSWER))
    mine.ask(number, "And in May?", "ana")
    name, turns = conversation_from_text(conversation_to_text("Who won?", mine.turns(number)))
    taken = theirs.take(name, turns, "jon")
    assert [(each.name, each.turns) for each in theirs.find(owner="jon")] == [("Who won?", 2)]
    first, second = theirs.turns(taken)
    assert (first.question, first.state, first.answer) == ("Who won?", "done", answer_to_text(ANSWER))
    assert (second.question, second.state, second.answer) == ("And in May?", "stopped", None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Expecting value"),
        ("[]", "list indices"),
        ('{"kind": "other", "name": "x", "turns": []}', "it is of another kind"),
        ('{"kind": "byline conversation", "name": "x", "turns": []}', "it has no question"),
        ('{"kind": "byline conversation", "name": "x", "turns": [{"question": 1}]}', "answer"),
    ],
)
def test_what_is_no_conversation_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=rf"^This file holds no conversation of Byline \(.*{reason}.*\); choose one"):
        conversation_from_text(text)


def test_an_answer_that_is_none_is_refused() -> None:
    turn = {"question": "Who?", "asked": "", "state": "done", "answer": {"text": 1}, "error": ""}
    with pytest.raises(InputError):
        conversation_from_text(json.dumps({"kind": "byline conversation", "name": "x", "turns": [turn]}))

"""Conversations kept in a library's database."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import InputError
from index.store.readers.conversations import Conversations, Feedback, StoredConversation
from index.store.sqlite.database import Database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


@pytest.fixture
def kept(path: Path) -> Conversations:
    return Conversations(Database(path))


def names(found: list[StoredConversation]) -> list[str]:
    return [conversation.name for conversation in found]


def test_a_question_is_on_the_disk_as_soon_as_it_is_asked(kept: Conversations, path: Path) -> None:
    conversation, turn = kept.ask(None, "Who kept the lighthouse?")
    (again,) = Conversations(Database(path)).turns(conversation)
    assert (again.id, again.question, again.state, again.answer) == (turn, "Who kept the lighthouse?", "asked", None)


def test_what_has_become_of_it_replaces_what_was_known_before(kept: Conversations) -> None:
    conversation, turn = kept.ask(None, "Who?")
    kept.save(turn, "asked", '{"text": "An"}')
    kept.save(turn, "failed", '{"text": "Ana"}', "The machine is out of memory.")
    (stored,) = kept.turns(conversation)
    assert (stored.state, stored.answer, stored.error) == ("failed", '{"text": "Ana"}', "The machine is out of memory.")


def test_further_questions_join_the_conversation_which_keeps_its_first_name(kept: Conversations) -> None:
    conversation, _ = kept.ask(None, "Who kept the lighthouse?")
    kept.ask(conversation, "How long?")
    (listed,) = kept.find()
    assert (listed.id, listed.name, listed.turns) == (conversation, "Who kept the lighthouse?", 2)
    assert [turn.question for turn in kept.turns(conversation)] == ["Who kept the lighthouse?", "How long?"]


def test_a_question_to_a_deleted_conversation_begins_another(kept: Conversations) -> None:
    conversation, turn = kept.ask(None, "Who?")
    kept.rate(turn, Feedback(False))
    kept.delete(conversation)
    assert kept.find() == []
    assert kept.turns(conversation) == []
    assert kept.rated() == []
    kept.save(turn, "done", "{}")
    other, _ = kept.ask(conversation, "How long?")
    assert other != conversation
    assert names(kept.find()) == ["How long?"]


def test_a_forgotten_only_turn_takes_its_conversation_along(kept: Conversations) -> None:
    conversation, first = kept.ask(None, "one?")
    _, second = kept.ask(conversation, "two?")
    kept.forget(second)
    assert [turn.question for turn in kept.turns(conversation)] == ["one?"]
    kept.forget(first)
    assert kept.find() == []


def test_the_latest_question_puts_its_conversation_first(kept: Conversations) -> None:
    first, _ = kept.ask(None, "one?")
    kept.ask(None, "two?")
    assert names(kept.find()) == ["two?", "one?"]
    kept._database.rows("UPDATE conversations SET changed = datetime('now', '-1 hour')")
    kept.ask(first, "three?")
    assert names(kept.find()) == ["one?", "two?"]


def test_every_word_is_looked_for_in_names_questions_and_answers_whatever_its_case(kept: Conversations) -> None:
    _, turn = kept.ask(None, "Wer wohnt in der STRASSE am Hafen?")
    kept.save(turn, "done", '{"text": "Ein Übersetzer."}')
    kept.ask(None, "Who kept the lighthouse?")
    assert names(kept.find("straße übersetzer")) == ["Wer wohnt in der STRASSE am Hafen?"]
    assert names(kept.find("light")) == ["Who kept the lighthouse?"]
    assert kept.find("straße lighthouse") == []
    assert kept.find("%") == []
    assert len(kept.find(" ")) == 2


def test_renaming(kept: Conversations) -> None:
    conversation, _ = kept.ask(None, "Who?")
    kept.rename(conversation, "  The keeper ")
    assert kept.name(conversation) == "The keeper"
    assert names(kept.find("keeper")) == ["The keeper"]
    with pytest.raises(InputError, match=r"^A conversation needs a name; type one.$"):
        kept.rename(conversation, " ")


def test_a_conversation_that_is_not_there_is_named(kept: Conversations) -> None:
    with pytest.raises(InputError, match=r"^There is no conversation 7; it may have been deleted.$"):
        kept.name(7)


def test_a_reader_can_change_what_they_think(kept: Conversations) -> None:
    conversation, turn = kept.ask(None, "Who?")
    kept.rate(turn, Feedback(True))
    kept.rate(turn, Feedback(False, " Wrong person. ", "Ana Ruiz"))
    (rated,) = kept.rated()
    assert (rated.id, rated.feedback) == (turn, Feedback(False, "Wrong person.", "Ana Ruiz"))
    kept.rate(turn, None)
    assert kept.rated() == []
    assert kept.turns(conversation)[0].feedback is None
    kept.rate(99, Feedback(True))
    assert kept.rated() == []

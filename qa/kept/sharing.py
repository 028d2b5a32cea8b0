"""Writes a conversation to a file that can be given to somebody else, and reads one from such a file."""

from __future__ import annotations

import json
from collections.abc import Sequence

from index.errors import InputError
from index.store.readers.conversations import State, StoredTurn, TakenTurn
from qa.kept.history import answer_from_text

_KIND = "byline conversation"
_MOST_TURNS = 1000
"""The most turns of a conversation that is read. Round, not fitted."""
_STATES: tuple[State, ...] = ("done", "stopped", "failed")
_NOT_ONE = "This file holds no conversation of Byline ({reason}); choose one that was saved as a file under History."


def conversation_to_text(name: str, turns: Sequence[StoredTurn]) -> str:
    """The conversation as JSON: its name, and of each turn the question, when it was asked and what became of it."""
    told = [
        {
            "question": turn.question,
            "asked": turn.asked,
            "state": turn.state,
            "answer": None if turn.answer is None else json.loads(turn.answer),
            "error": turn.error,
        }
        for turn in turns
    ]
    return json.dumps({"kind": _KIND, "name": name, "turns": told}, ensure_ascii=False, indent=1)


def conversation_from_text(text: str) -> tuple[str, list[TakenTurn]]:
    """The name and the turns of a conversation that ``conversation_to_text`` wrote.

    Raises InputError: the text is no such conversation.
    """
    try:
        told = json.loads(text)
        if told["kind"] != _KIND:
            raise ValueError("it is of another kind")
        turns = [_turn(each) for each in told["turns"][:_MOST_TURNS]]
        if not turns:
            raise ValueError("it has no question")
        return str(told["name"]).strip()[:200] or turns[0].question, turns
    except (ValueError, TypeError, KeyError, AttributeError, StopIteration, RecursionError) as error:
        raise InputError(_NOT_ONE.format(reason=str(error) or type(error).__name__)) from error


def _turn(told: dict[str, object]) -> TakenTurn:
    answer = None if told["answer"] is None else json.dumps(told["answer"], ensure_ascii=False)
    if answer is not None:
        answer_from_text(answer)
    question = told["question"]
    if not isinstance(question, str) or not question.strip():
        raise ValueError("a turn has no question")
    state: State = next((known for known in _STATES if known == told["state"]), "stopped")
    return TakenTurn(question, state, answer, str(told["error"]))

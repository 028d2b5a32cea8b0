"""The conversations kept in a library: questions, their answers, and the reader's feedback on these.

An answer is kept as a text, which ``qa.kept.history`` writes and reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from index.errors import InputError
from index.store.sqlite.connection import damaged
from index.store.sqlite.database import Database
from index.store.sqlite.seals import seal

State = Literal["asked", "done", "stopped", "failed"]
"""A turn still ``asked`` in a program that has begun anew was cut off when the program ended."""

_TURN = """SELECT t.id, t.conversation_id, t.question, t.asked, t.state, t.answer, t.error,
                  t.seal, f.good, f.reason, f.corrected
           FROM turns t LEFT JOIN feedback f ON f.turn_id = t.id"""
_OWN = "(? IS NULL OR owner IS ?)"
"""The condition that a conversation is the owner's, with the owner for both values; None owns all."""
_LONGEST_NAME = 60
"""Characters of a conversation's name, which is its first question. Round, not fitted."""
_ROWS = 1 << 63
"""SQLite numbers no row above."""
_CHANGED = "What was answered is not as it was kept: the library is damaged or was changed."


@dataclass(frozen=True)
class Feedback:
    """What a reader thought of an answer, and the answer there should have been, where one was given."""

    good: bool
    reason: str = ""
    corrected: str = ""


@dataclass(frozen=True)
class StoredTurn:
    """A question with its time (UTC, ``2018-10-17 09:30:00``), its state, and its answer where it has one."""

    id: int
    conversation_id: int
    question: str
    asked: str
    state: State
    answer: str | None
    error: str
    feedback: Feedback | None


@dataclass(frozen=True)
class StoredConversation:
    """A conversation as a list shows it; ``changed`` is when it was last asked something, as in a turn."""

    id: int
    name: str
    changed: str
    turns: int
    shared: int = 0
    """Whether, as 0 or 1, others may open it."""


@dataclass(frozen=True)
class TakenTurn:
    """A turn read from a file that somebody else gave."""

    question: str
    state: State
    answer: str | None
    error: str


class Conversations:
    """The conversations of one library, kept in its database; every change is on the disk when it returns.

    Each may have an owner, whose name is a secret of theirs; whoever is named as the owner sees and changes their own,
    and sees what others share. Without a name it is the library's own owner, who sees and changes all.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(self, conversation_id: int | None, question: str, owner: str | None = None) -> tuple[int, int]:
        """Keeps a question as the next turn; returns the ids of its conversation and of the turn.

        A conversation that is None, no longer there or another's is begun anew, named after the question.
        """
        rows, database = self._database.rows, self._database
        with database.transaction():
            known = rows(
                f"UPDATE conversations SET changed = datetime('now') WHERE id = ? AND {_OWN} RETURNING id",
                conversation_id,
                owner,
                owner,
            )
            if not known:
                name = name_of(question)
                known = rows("INSERT INTO conversations (name, owner) VALUES (?, ?) RETURNING id", name, owner)
                rows("UPDATE conversations SET seal = ? WHERE id = ?", seal(known[0][0], name), known[0][0])
            ((conversation,),) = known
            ((turn,),) = rows(
                "INSERT INTO turns (conversation_id, question, seal) VALUES (?, ?, ?) RETURNING id",
                conversation,
                question,
                seal(question, None, ""),
            )
        return int(conversation), int(turn)

    def take(self, name: str, turns: Sequence[TakenTurn], owner: str | None = None) -> int:
        """Stores a conversation from a file as one of the owner's; returns its id."""
        with self._database.transaction():
            conversation: int | None = None
            for taken in turns:
                conversation, turn = self.ask(conversation, taken.question, owner)
                self.save(turn, taken.state, taken.answer, taken.error)
            assert conversation is not None
            self.rename(conversation, name, owner)
        return conversation

    def save(self, turn_id: int, state: State, answer: str | None, error: str = "") -> None:
        """Stores the state, answer and error of a turn; one that was deleted meanwhile stays deleted."""
        rows = self._database.rows
        with self._database.transaction():
            for (question,) in rows("SELECT question FROM turns WHERE id = ?", turn_id):
                rows(
                    "UPDATE turns SET state = ?, answer = ?, error = ?, seal = ? WHERE id = ?",
                    state,
                    answer,
                    error,
                    seal(question, answer, error),
                    turn_id,
                )

    def forget(self, turn_id: int) -> None:
        """Deletes a turn, and its conversation too where that has no other turn."""
        with self._database.transaction():
            self._database.rows("DELETE FROM feedback WHERE turn_id = ?", turn_id)
            for (conversation_id,) in self._database.rows(
                "DELETE FROM turns WHERE id = ? RETURNING conversation_id", turn_id
            ):
                if not self.turns(conversation_id):
                    self.delete(conversation_id)

    def adopt(self, owner: str) -> None:
        """Makes ``owner`` the owner of the conversations without one, from before conversations had owners."""
        if self._database.rows("SELECT 1 FROM conversations WHERE owner IS NULL LIMIT 1"):
            self._database.rows("UPDATE conversations SET owner = ? WHERE owner IS NULL", owner)

    def share(self, conversation_id: int, shared: bool, owner: str | None = None) -> None:
        """Lets everybody who may use the page open the conversation; with ``shared`` False, only its owner again."""
        with self._database.transaction():
            self._check_own(conversation_id, owner)
            self._database.rows("UPDATE conversations SET shared = ? WHERE id = ?", shared, conversation_id)

    def find(self, words: str = "", owner: str | None = None) -> list[StoredConversation]:
        """The owner's conversations, that of the latest question first; those that hold every word, if any is given.

        Words are looked for in names, questions and answers, without regard to case, also inside other words.
        """
        condition, values = f"AND {_OWN}", [owner, owner]
        for word in words.casefold().split():
            condition += """ AND (instr(folded(c.name), ?) OR EXISTS (
                SELECT 1 FROM turns s WHERE s.conversation_id = c.id AND instr(
                    folded(s.question || ' ' || coalesce(json_extract(s.answer, '$.text'), '')), ?)))"""
            values += [word, word]
        rows = self._database.rows(
            f"""SELECT c.seal, c.id, c.name, c.changed, count(t.id), c.shared
                FROM conversations c LEFT JOIN turns t ON t.conversation_id = c.id
                WHERE 1 {condition} GROUP BY c.id ORDER BY c.changed DESC, c.id DESC""",
            *values,
        )
        if any(sealed != seal(number, name) for sealed, number, name, *_ in rows):
            raise damaged(self._database.path, "the name of a conversation is not as it was kept")
        return [StoredConversation(*row[1:]) for row in rows]

    def name(self, conversation_id: int, owner: str | None = None) -> str:
        """The name of a conversation that is the owner's, or shared.

        Raises InputError: there is none.
        """
        return self._name(conversation_id, f"{_OWN} OR shared", owner)

    def _check_own(self, conversation_id: int, owner: str | None) -> None:
        self._name(conversation_id, _OWN, owner)

    def _name(self, conversation_id: int, condition: str, owner: str | None) -> str:
        query = f"SELECT name FROM conversations WHERE id = ? AND ({condition})"
        known = 0 < conversation_id < _ROWS
        rows = self._database.rows(query, conversation_id, owner, owner) if known else []
        if not rows:  # another's is told as one that is not there: their numbers say nothing
            raise InputError(f"There is no conversation {conversation_id}; it may have been deleted.")
        return str(rows[0][0])

    def turn(self, turn_id: int, owner: str | None = None) -> StoredTurn | None:
        """A turn of a conversation that is the owner's, or shared; None where there is none."""
        rows = self._database.rows(
            f"""{_TURN} WHERE t.id = ? AND t.conversation_id IN (
                SELECT id FROM conversations WHERE {_OWN} OR shared)""",
            turn_id,
            owner,
            owner,
        )
        return _turn(*rows[0]) if rows else None

    def turns(self, conversation_id: int) -> list[StoredTurn]:
        """The turns of a conversation, oldest first; none of one that is not there."""
        rows = self._database.rows(f"{_TURN} WHERE t.conversation_id = ? ORDER BY t.id", conversation_id)
        return [_turn(*row) for row in rows]

    def rated(self) -> list[StoredTurn]:
        """All turns with feedback, oldest first."""
        return [_turn(*row) for row in self._database.rows(f"{_TURN} WHERE f.good IS NOT NULL ORDER BY t.id")]

    def rename(self, conversation_id: int, name: str, owner: str | None = None) -> None:
        """Gives the conversation a name.

        Raises InputError: the name is empty, or the owner has no such conversation.
        """
        if not name.strip():
            raise InputError("A conversation needs a name; type one.")
        with self._database.transaction():
            self._check_own(conversation_id, owner)
            self._database.rows(
                "UPDATE conversations SET name = ?, seal = ? WHERE id = ?",
                name.strip(),
                seal(conversation_id, name.strip()),
                conversation_id,
            )

    def delete(self, conversation_id: int, owner: str | None = None) -> None:
        """Deletes the conversation with its turns and their feedback; another owner's is left alone."""
        of_it = "(SELECT id FROM turns WHERE conversation_id = ?)"
        with self._database.transaction():
            try:
                self._check_own(conversation_id, owner)
            except InputError:
                return
            self._database.rows(f"DELETE FROM feedback WHERE turn_id IN {of_it}", conversation_id)
            self._database.rows("DELETE FROM turns WHERE conversation_id = ?", conversation_id)
            self._database.rows("DELETE FROM conversations WHERE id = ?", conversation_id)

    def rate(self, turn_id: int, feedback: Feedback | None, owner: str | None = None) -> None:
        """Stores the reader's feedback on an answer of theirs in place of any before; None deletes it."""
        with self._database.transaction():
            for (conversation_id,) in self._database.rows("SELECT conversation_id FROM turns WHERE id = ?", turn_id):
                self._check_own(conversation_id, owner)
            self._database.rows("DELETE FROM feedback WHERE turn_id = ?", turn_id)
            if feedback is not None:
                self._database.rows(
                    """INSERT INTO feedback (good, reason, corrected, turn_id)
                       SELECT ?, ?, ?, id FROM turns WHERE id = ?""",
                    feedback.good,
                    feedback.reason.strip(),
                    feedback.corrected.strip(),
                    turn_id,
                )


def name_of(question: str) -> str:
    """The name of a conversation that begins with this question: the question, shortened between words.

    >>> name_of("What did the ministers of both countries agree on when they met in Geneva in April?")
    'What did the ministers of both countries agree on when they…'
    >>> name_of("Who\\nwon?")
    'Who won?'
    """
    words = " ".join(question.split())
    if len(words) <= _LONGEST_NAME:
        return words
    return words[:_LONGEST_NAME].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _turn(
    turn_id: int,
    conversation_id: int,
    question: str,
    asked: str,
    state: State,
    answer: str | None,
    error: str,
    sealed: bytes,
    *said: Any,
) -> StoredTurn:
    good, reason, corrected = said
    if sealed != seal(question, answer, error):
        state, answer, error = "failed", None, _CHANGED
    feedback = None if good is None else Feedback(bool(good), reason, corrected)
    return StoredTurn(turn_id, conversation_id, question, asked, state, answer, error, feedback)

"""The notebooks kept in a library: answers and passages that a reader keeps, in order, each with a note beside it.

What is kept is a text, which ``qa.kept.notes`` writes and reads.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.errors import InputError
from index.store.sqlite.connection import damaged
from index.store.sqlite.database import Database
from index.store.sqlite.seals import seal

FIRST_NAME = "Notes"
"""The name of the notebook that is made when something is kept and there is none."""
_OWN = "(? IS NULL OR owner IS ?)"
"""The condition that a notebook is the owner's, with the owner for both values; None owns all."""
_ROWS = 1 << 63
"""SQLite numbers no row above."""


@dataclass(frozen=True)
class Notebook:
    """A notebook as a list shows it; ``changed`` is when it was last changed (UTC, ``2018-10-17 09:30:00``)."""

    id: int
    name: str
    changed: str
    notes: int


@dataclass(frozen=True)
class Note:
    """An answer or passage that is kept (None for words alone), and what the reader wrote beside it."""

    id: int
    kept: str | None
    words: str


class Notebooks:
    """The notebooks of one library, kept in its database; every change is on the disk when it returns.

    Each has an owner, as conversations have (see index/store/readers/conversations.py); without a name it is the
    library's own owner, who sees and changes all.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, owner: str | None = None) -> list[Notebook]:
        """The owner's notebooks, that which was changed last first."""
        rows = self._database.rows(
            f"""SELECT b.seal, b.id, b.name, b.changed, count(n.id)
                FROM notebooks b LEFT JOIN notes n ON n.notebook_id = b.id
                WHERE {_OWN} GROUP BY b.id ORDER BY b.changed DESC, b.id DESC""",
            owner,
            owner,
        )
        if any(sealed != seal(number, name) for sealed, number, name, *_ in rows):
            raise damaged(self._database.path, "the name of a notebook is not as it was kept")
        return [Notebook(*row[1:]) for row in rows]

    def begin(self, name: str, owner: str | None = None) -> int:
        """Makes a notebook; returns its id. Raises InputError: the name is empty."""
        with self._database.transaction():
            ((number,),) = self._database.rows(
                "INSERT INTO notebooks (name, owner) VALUES (?, ?) RETURNING id", _named(name), owner
            )
            self._database.rows("UPDATE notebooks SET seal = ? WHERE id = ?", seal(number, _named(name)), number)
        return int(number)

    def rename(self, notebook_id: int, name: str, owner: str | None = None) -> None:
        """Gives the notebook a name. Raises InputError: it is empty, or the owner has no such notebook."""
        with self._database.transaction():
            self._check_own(notebook_id, owner)
            sealed = seal(notebook_id, _named(name))
            self._database.rows(
                "UPDATE notebooks SET name = ?, seal = ? WHERE id = ?", _named(name), sealed, notebook_id
            )

    def delete(self, notebook_id: int, owner: str | None = None) -> None:
        """Deletes the notebook with its notes. Raises InputError: the owner has no such notebook."""
        with self._database.transaction():
            self._check_own(notebook_id, owner)
            self._database.rows("DELETE FROM notes WHERE notebook_id = ?", notebook_id)
            self._database.rows("DELETE FROM notebooks WHERE id = ?", notebook_id)

    def notes(self, notebook_id: int, owner: str | None = None) -> list[Note]:
        """The notes of a notebook in their order. Raises InputError: the owner has no such notebook."""
        self._check_own(notebook_id, owner)
        rows = self._database.rows(
            "SELECT seal, id, kept, words FROM notes WHERE notebook_id = ? ORDER BY place, id", notebook_id
        )
        if any(sealed != seal(kept, words) for sealed, _, kept, words in rows):
            raise damaged(self._database.path, "a note is not as it was kept")
        return [Note(*row[1:]) for row in rows]

    def keep(self, notebook_id: int | None, kept: str | None, words: str = "", owner: str | None = None) -> int:
        """Keeps something as the last note of a notebook; returns the id of the notebook.

        Where that is None, gone or another owner's, it is the owner's latest one, or a new one if they have none.
        """
        with self._database.transaction():
            mine = [notebook.id for notebook in self.all(owner)]
            if notebook_id not in mine:
                notebook_id = mine[0] if mine else self.begin(FIRST_NAME, owner)
            self._database.rows(
                """INSERT INTO notes (notebook_id, place, kept, words, seal)
                   SELECT ?, coalesce(max(place), 0) + 1, ?, ?, ? FROM notes WHERE notebook_id = ?""",
                notebook_id,
                kept,
                words,
                seal(kept, words),
                notebook_id,
            )
            self._changed(notebook_id)
        assert notebook_id is not None
        return notebook_id

    def write(self, note_id: int, words: str, owner: str | None = None) -> None:
        """Replaces the words that stand beside a note. Raises InputError: there is no such note."""
        with self._database.transaction():
            notebook_id, _ = self._place(note_id, owner)
            ((kept,),) = self._database.rows("SELECT kept FROM notes WHERE id = ?", note_id)
            self._database.rows("UPDATE notes SET words = ?, seal = ? WHERE id = ?", words, seal(kept, words), note_id)
            self._changed(notebook_id)

    def move(self, note_id: int, by: int, owner: str | None = None) -> None:
        """Moves a note ``by`` places down, or up where it is below 0, at most to the notebook's end or beginning.

        Raises InputError: there is no such note.
        """
        with self._database.transaction():
            notebook_id, _ = self._place(note_id, owner)
            order = [note.id for note in self.notes(notebook_id, owner)]
            place = order.index(note_id)
            order.remove(note_id)
            order.insert(min(max(place + by, 0), len(order)), note_id)
            for number, each in enumerate(order, 1):
                self._database.rows("UPDATE notes SET place = ? WHERE id = ?", number, each)
            self._changed(notebook_id)

    def remove(self, note_id: int, owner: str | None = None) -> None:
        """Deletes a note. Raises InputError: there is no such note."""
        with self._database.transaction():
            notebook_id, _ = self._place(note_id, owner)
            self._database.rows("DELETE FROM notes WHERE id = ?", note_id)
            self._changed(notebook_id)

    def _place(self, note_id: int, owner: str | None) -> tuple[int, int]:
        """Id of a note's notebook, and the note's place in it. Raises InputError: the owner has no such note."""
        query = f"""SELECT notebook_id, place FROM notes
                    WHERE id = ? AND notebook_id IN (SELECT id FROM notebooks WHERE {_OWN})"""
        rows = self._database.rows(query, note_id, owner, owner) if 0 < note_id < _ROWS else []
        if not rows:
            raise InputError(f"There is no note {note_id}; it may have been deleted.")
        return int(rows[0][0]), int(rows[0][1])

    def _check_own(self, notebook_id: int, owner: str | None) -> None:
        query = f"SELECT 1 FROM notebooks WHERE id = ? AND {_OWN}"
        if not (0 < notebook_id < _ROWS and self._database.rows(query, notebook_id, owner, owner)):
            raise InputError(f"There is no notebook {notebook_id}; it may have been deleted.")

    def _changed(self, notebook_id: int) -> None:
        self._database.rows("UPDATE notebooks SET changed = datetime('now') WHERE id = ?", notebook_id)


def _named(name: str) -> str:
    if not name.strip():
        raise InputError("A notebook needs a name; type one.")
    return " ".join(name.split())

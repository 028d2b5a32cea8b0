"""Notebooks: whose they are, their order, and that nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import FailedError, InputError
from index.store.readers.notebooks import FIRST_NAME, Notebooks
from index.store.sqlite.database import Database
from index.store.sqlite.schema import VERSION


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "library.sqlite")


@pytest.fixture
def notebooks(database: Database) -> Notebooks:
    return Notebooks(database)


def test_what_is_kept_first_begins_a_notebook_and_the_next_goes_into_it(notebooks: Notebooks) -> None:
    number = notebooks.keep(None, "one", owner="ana")
    assert notebooks.keep(None, "two", "beside", owner="ana") == number
    ((name, notes),) = [(each.name, each.notes) for each in notebooks.all("ana")]
    assert (name, notes) == (FIRST_NAME, 2)
    assert [(note.kept, note.words) for note in notebooks.notes(number, "ana")] == [("one", ""), ("two", "beside")]


def test_notes_are_moved_written_beside_and_removed(notebooks: Notebooks) -> None:
    number = notebooks.begin("  The\nflood ")
    for kept in ("one", "two", "three"):
        notebooks.keep(number, kept)
    one, two, _ = (note.id for note in notebooks.notes(number))
    notebooks.move(one, 1)
    notebooks.move(two, -5)
    notebooks.write(one, "mine")
    assert [(note.kept, note.words) for note in notebooks.notes(number)] == [
        ("two", ""),
        ("one", "mine"),
        ("three", ""),
    ]
    notebooks.remove(two)
    assert [note.kept for note in notebooks.notes(number)] == ["one", "three"]
    assert notebooks.all()[0].name == "The flood"


def test_each_sees_and_changes_their_own_only(notebooks: Notebooks) -> None:
    number = notebooks.keep(None, "one", owner="ana")
    (note,) = notebooks.notes(number, "ana")
    assert notebooks.all("jon") == []
    for deed in (
        lambda: notebooks.notes(number, "jon"),
        lambda: notebooks.rename(number, "mine", "jon"),
        lambda: notebooks.delete(number, "jon"),
        lambda: notebooks.write(note.id, "x", "jon"),
        lambda: notebooks.move(note.id, 1, "jon"),
        lambda: notebooks.remove(note.id, "jon"),
    ):
        with pytest.raises(InputError, match=r"^There is no note(book)? 1; it may have been deleted\.$"):
            deed()
    assert notebooks.keep(number, "two", owner="jon") != number
    assert [each.notes for each in notebooks.all()] == [1, 1]


def test_a_notebook_is_renamed_and_deleted_with_its_notes(notebooks: Notebooks, database: Database) -> None:
    number = notebooks.keep(None, "one")
    notebooks.rename(number, "The flood")
    assert [each.name for each in notebooks.all()] == ["The flood"]
    with pytest.raises(InputError, match=r"^A notebook needs a name; type one\.$"):
        notebooks.rename(number, " ")
    notebooks.delete(number)
    assert notebooks.all() == []
    assert database.rows("SELECT * FROM notes") == []


def test_what_was_changed_from_outside_is_noticed(notebooks: Notebooks, database: Database) -> None:
    number = notebooks.keep(None, "one")
    database.rows("UPDATE notes SET kept = 'two'")
    with pytest.raises(FailedError, match="a note is not as it was kept"):
        notebooks.notes(number)
    database.rows("UPDATE notebooks SET name = 'other'")
    with pytest.raises(FailedError, match="the name of a notebook is not as it was kept"):
        notebooks.all()


def test_a_library_of_an_older_program_gets_them(tmp_path: Path) -> None:
    old = Database(tmp_path / "library.sqlite")
    for statement in ("DROP TABLE notes", "DROP TABLE notebooks", f"PRAGMA user_version = {VERSION - 1}"):
        old.rows(statement)
    old.close()
    assert Notebooks(Database(tmp_path / "library.sqlite")).keep(None, "one") == 1

"""Several libraries: found by name, made, renamed, copied and removed, and none lost by a wrong name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fakes import library_of

from index.errors import InputError
from index.libraries import DEFAULT, Libraries


@pytest.fixture
def libraries(tmp_path: Path) -> Libraries:
    return Libraries(tmp_path / "home")


def names(libraries: Libraries) -> list[str]:
    return [each.name for each in libraries.listed()]


def test_the_default_is_there_before_it_is_begun(libraries: Libraries) -> None:
    (only,) = libraries.listed()
    assert (only.name, only.articles, only.folder.exists()) == (DEFAULT, 0, False)


def test_a_library_is_made_renamed_and_removed(libraries: Libraries) -> None:
    folder = libraries.make("Élections 2024")
    assert (folder / "library.sqlite").is_file()
    assert names(libraries) == [DEFAULT, "Élections 2024"]
    moved = libraries.rename("Élections 2024", "votes")
    assert not folder.exists()
    assert libraries.place("votes") == moved
    libraries.remove("votes")
    assert names(libraries) == [DEFAULT]
    assert not moved.exists()


def test_the_default_can_be_renamed_and_a_new_one_begun(libraries: Libraries) -> None:
    libraries.make(DEFAULT)
    libraries.rename(DEFAULT, "old")
    assert names(libraries) == [DEFAULT, "old"]
    assert not libraries.folder(DEFAULT).exists()


def test_a_folder_that_was_copied_there_is_a_library_by_its_name(libraries: Libraries, tmp_path: Path) -> None:
    library_of(tmp_path, {"bridge.txt": "Bridge closed\n\nThe bridge is closed.\n"}).close()
    shutil.copytree(tmp_path / "library", libraries.folder("copied"))
    assert [(each.name, each.articles) for each in libraries.listed()] == [(DEFAULT, 0), ("copied", 1)]
    assert libraries.name_of(libraries.folder("copied")) == "copied"
    assert libraries.name_of(tmp_path / "library") == str(tmp_path / "library")


def test_what_no_library_is_called_is_a_path(libraries: Libraries, tmp_path: Path) -> None:
    libraries.make("votes")
    assert libraries.place(str(tmp_path / "votes")) == tmp_path / "votes"
    assert libraries.place("vote") == Path("vote")


def test_one_that_is_damaged_is_listed_as_such(libraries: Libraries) -> None:
    (libraries.make("votes") / "library.sqlite").write_bytes(b"nothing")
    assert [each.articles for each in libraries.listed()] == [0, None]


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", ".hidden", "a ", "a.", "a\0b", "x" * 61, "-a"])
def test_what_can_be_no_name_is_refused(libraries: Libraries, name: str) -> None:
    with pytest.raises(InputError) as raised:
        libraries.make(name)
    assert str(raised.value) == (
        f'"{name}" cannot be the name of a library; use up to 60 letters, digits, spaces and - _ . within it.'
    )


def test_no_library_takes_the_place_of_another_nor_is_one_removed_that_is_none(libraries: Libraries) -> None:
    libraries.make("votes")
    libraries.make("cups")
    for taken in (lambda: libraries.make("votes"), lambda: libraries.rename("cups", "votes")):
        with pytest.raises(InputError, match=r'^There is a library "votes" already; choose another name\.$'):
            taken()
    for name in ("nothing", "..", "../home", DEFAULT):
        with pytest.raises(InputError, match=r"^There is no library .+; those there are: library, cups, votes\.$"):
            libraries.remove(name)
    assert names(libraries) == [DEFAULT, "cups", "votes"]

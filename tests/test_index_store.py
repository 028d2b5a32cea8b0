"""A library's file: whole by itself after every change, never believed where it is not what was written."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import WordEmbedder
from killing import BRIDGE, TRAM, WOLVES, added, begun, state, write

from index.errors import BylineError, FailedError, InputError
from index.library import Library
from index.reading.files import find
from index.store.readers.conversations import Conversations


def opened(folder: Path) -> Library:
    return Library(folder, WordEmbedder())


def changed(folder: Path, statement: str, *values: object) -> None:
    """Changes the library behind the program's back."""
    with sqlite3.connect(folder / "library.sqlite") as database:
        database.execute(statement, values)
    database.close()


def ids(library: Library) -> list[str]:
    return [listing.id for listing in library.listings()]


def test_the_one_file_copied_while_the_library_is_open_is_the_whole_library(tmp_path: Path) -> None:
    library = begun(tmp_path)
    assert sorted(path.name for path in library.folder.iterdir()) == ["library.sqlite", "passages.faiss"]
    (tmp_path / "copy").mkdir()
    shutil.copy(library.folder / "library.sqlite", tmp_path / "copy")
    assert state(opened(tmp_path / "copy")) == state(library)


def test_the_file_is_whole_after_a_process_that_never_closes_it(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from killing import begun\nbegun(Path(sys.argv[1])); os._exit(0)\n"
    )
    environment = {"PYTHONPATH": ":".join(sys.path)}
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], env=environment, check=True)
    (tmp_path / "copy").mkdir()
    shutil.copy(tmp_path / "library" / "library.sqlite", tmp_path / "copy")
    assert ids(opened(tmp_path / "copy")) == ["bridge", "reprint", "wolves"]


def test_a_backup_is_the_library_as_it_stands_while_others_write(tmp_path: Path) -> None:
    library = begun(tmp_path)
    write(tmp_path / "more", **{f"story{number}": f"Story {number}\n\nNumber {number}.\n" for number in range(30)})
    other = threading.Thread(target=lambda: added(opened(tmp_path / "library"), tmp_path / "more"))
    other.start()
    library.backup(tmp_path / "backup.sqlite")
    other.join()
    (tmp_path / "restored").mkdir()
    shutil.copy(tmp_path / "backup.sqlite", tmp_path / "restored" / "library.sqlite")
    restored = opened(tmp_path / "restored")
    assert list(restored.faults()) == []
    assert {"bridge", "reprint", "wolves"} <= set(ids(restored))


def test_a_backup_never_replaces_a_file(tmp_path: Path) -> None:
    library = begun(tmp_path)
    (tmp_path / "notes").write_text("mine")
    with pytest.raises(InputError) as raised:
        library.backup(tmp_path / "notes")
    assert str(raised.value) == (f"{tmp_path / 'notes'} is there already; name a new file for the copy of the library.")
    assert (tmp_path / "notes").read_text() == "mine"


def test_a_library_and_what_is_made_of_it_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    library = begun(tmp_path)
    library.backup(tmp_path / "copy")
    assert stat.S_IMODE(library.folder.stat().st_mode) == 0o700
    for path in [*library.folder.iterdir(), tmp_path / "copy"]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_two_programs_that_begin_one_library_at_once_share_it(tmp_path: Path) -> None:
    folders = [tmp_path / f"library{number}" for number in range(20)]
    failed: list[BylineError] = []

    def begin(folder: Path) -> None:
        try:
            opened(folder).close()
        except BylineError as error:
            failed.append(error)

    threads = [threading.Thread(target=begin, args=(folder,)) for folder in folders for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert all([path.name for path in folder.iterdir()] == ["library.sqlite"] for folder in folders)


def test_a_duplicate_added_while_its_original_is_removed_is_found(tmp_path: Path) -> None:
    library, other = begun(tmp_path), opened(tmp_path / "library")
    original_of = library._adding._articles.original_of

    def original_gone(article):  # type: ignore[no-untyped-def]
        found = original_of(article)
        if found is not None and not library._database._connection.in_transaction:
            other.remove([found])
        return found

    library._adding._articles.original_of = original_gone  # type: ignore[method-assign]
    write(tmp_path / "late", late=WOLVES)
    added(library, tmp_path / "late")
    assert "wolves" not in [listing.id for listing in library.listings()]
    assert library.search("four wolves")[0].passage.article_id == "late"
    assert list(library.faults()) == []


def test_vectors_of_an_older_copy_of_the_library_are_not_believed(tmp_path: Path) -> None:
    library = begun(tmp_path)
    shutil.copy(library.folder / "library.sqlite", tmp_path / "older.sqlite")
    write(tmp_path / "one", tram=TRAM, market="Market\n\nThe market opens at dawn on Mondays.\n")
    added(library, tmp_path / "one")
    library.close()
    shutil.copy(tmp_path / "older.sqlite", library.folder / "library.sqlite")
    vectors = (library.folder / "passages.faiss").read_bytes()
    write(tmp_path / "two", ferry="Ferry\n\nThe ferry sank in the storm.\n", school="School\n\nThe school burned.\n")
    added(opened(library.folder), tmp_path / "two")
    (library.folder / "passages.faiss").write_bytes(vectors)
    again = opened(library.folder)
    assert again.search("ferry storm")[0].passage.article_id == "ferry"
    found = again._search._current().nearest(WordEmbedder().embed(["ferry storm"])[0], 9)  # type: ignore[attr-defined]
    assert {number for number, _ in found} == set(again._passages.ids())


def test_vectors_of_another_library_are_not_believed(tmp_path: Path) -> None:
    for name, text in (("one", BRIDGE), ("two", WOLVES)):
        write(tmp_path / name, story=text)
        added(opened(tmp_path / f"library-{name}"), tmp_path / name)
    shutil.copy(tmp_path / "library-one" / "passages.faiss", tmp_path / "library-two" / "passages.faiss")
    marks = {opened(tmp_path / f"library-{name}")._database.mark for name in ("one", "two")}
    assert len(marks) == 2
    assert opened(tmp_path / "library-two").search("wolves")[0].cosine > 0.3


@pytest.mark.parametrize("head", [b"[" * 100_000, b"{" * 100_000 + b"\n", b"\n\n", b"", b"\xff\xfe\n" * 9])
def test_a_crafted_head_of_the_vectors_is_not_read(tmp_path: Path, head: bytes) -> None:
    library = begun(tmp_path)
    (library.folder / "passages.faiss").write_bytes(head)
    assert opened(library.folder).search("wolves")[0].passage.article_id == "wolves"


def test_a_library_that_lost_its_articles_says_so_instead_of_being_empty(tmp_path: Path) -> None:
    library = begun(tmp_path)
    library.close()
    for table in ("words", "passages", "sketches", "articles"):
        changed(library.folder, f"DELETE FROM {table}")
    expected = f"The library at {library.folder / 'library.sqlite'} is damaged (it had 3 articles and has 0)"
    with pytest.raises(FailedError, match="^" + expected.replace("(", r"\(").replace(")", r"\)")):
        opened(library.folder).listings()
    with pytest.raises(FailedError, match=r"it had 2 passages and has 0"):
        opened(library.folder).search("wolves")


def test_an_emptied_file_is_told(tmp_path: Path) -> None:
    library = begun(tmp_path)
    library.close()
    (library.folder / "library.sqlite").write_bytes(b"")
    with pytest.raises(FailedError) as raised:
        opened(library.folder)
    assert str(raised.value) == (
        f"The library at {library.folder / 'library.sqlite'} is damaged (it is empty, as no library ever is); put a "
        "copy of it in its place, or add its articles to a new one with: byline --library NEW_FOLDER add PATH"
    )


def test_a_copy_without_the_log_of_an_older_program_is_told(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "library.sqlite") as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE articles (id TEXT)")
        (tmp_path / "copy").mkdir()
        shutil.copy(tmp_path / "library.sqlite", tmp_path / "copy")
    with pytest.raises(FailedError, match=r"it holds nothing: it was copied without library\.sqlite-wal"):
        opened(tmp_path / "copy")


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    changed(tmp_path, "CREATE TABLE songs (name TEXT)")
    before = (tmp_path / "library.sqlite").read_bytes()
    with pytest.raises(InputError) as raised:
        opened(tmp_path)
    assert str(raised.value) == (
        f"{tmp_path / 'library.sqlite'} is not a library of Byline (it holds songs); "
        "choose another folder with --library."
    )
    assert (tmp_path / "library.sqlite").read_bytes() == before


def test_a_library_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    library = begun(tmp_path)
    library.close()
    changed(library.folder, "PRAGMA user_version = 7")
    with pytest.raises(InputError, match=r"was made by a newer Byline \(shape 7, this one knows 5\)"):
        opened(library.folder)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE articles SET text = replace(text, 'Four', 'Nine') WHERE id = 'wolves'",
        "UPDATE articles SET text = CAST(x'466f757220ff' AS TEXT) WHERE id = 'wolves'",
        "UPDATE articles SET text = x'00' WHERE id = 'wolves'",
        "UPDATE articles SET title = 'Bears return' WHERE id = 'wolves'",
        "UPDATE articles SET sha256 = '' WHERE id = 'wolves'",
    ],
)
def test_an_article_changed_behind_the_programs_back_is_not_quoted(tmp_path: Path, statement: str) -> None:
    library = begun(tmp_path)
    changed(library.folder, statement)
    expected = (
        f'The article "wolves" is not as it was added: the library at {library.folder / "library.sqlite"} is damaged '
        "or was changed by another program; add the article's file again, or remove it with: byline remove wolves"
    )
    reads: list[Callable[[], object]] = [
        lambda: library.article("wolves"),
        lambda: library.search("four wolves"),
        lambda: library.words(["wolves"], 9),
        library.articles,
    ]
    for read in reads:
        with pytest.raises(FailedError) as raised:
            read()
        assert str(raised.value) == expected
    assert expected in list(library.faults())


def test_an_article_changed_behind_the_programs_back_is_whole_again_once_added_or_gone_once_removed(
    tmp_path: Path,
) -> None:
    library = begun(tmp_path)
    changed(library.folder, "UPDATE articles SET text = 'Nine wolves.' WHERE id = 'wolves'")
    assert [outcome.status for outcome in library.add(find([tmp_path / "news" / "wolves.txt"]))] == ["updated"]
    assert library.search("four wolves")[0].passage.article_id == "wolves"
    changed(library.folder, "UPDATE articles SET text = 'Nine wolves.' WHERE id = 'wolves'")
    library.remove(["wolves"])
    assert list(library.faults()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE passages SET sentences = '[[0, 5' ",
        "UPDATE passages SET sentences = '[]'",
        "UPDATE passages SET vectors = x'00'",
        "UPDATE passages SET vectors = zeroblob(length(vectors))",
        "UPDATE passages SET start = 'one'",
        'UPDATE passages SET "end" = 3',
        "UPDATE passages SET seal = NULL",
        "UPDATE settings SET value = 'many' WHERE name = 'passages'",
        "DELETE FROM words_data WHERE id > 10",
        "DROP TABLE words",
        "DROP TABLE settings",
    ],
)
def test_damage_is_told_in_a_sentence(tmp_path: Path, statement: str) -> None:
    library = begun(tmp_path)
    library.close()
    changed(library.folder, statement)
    with pytest.raises(BylineError):
        opened(library.folder).search("four wolves at the bridge")
    assert len(list(opened(library.folder).faults())) > 0


@pytest.mark.parametrize("closed", ["library", "library/library.sqlite"])
def test_a_library_that_cannot_be_read_is_not_said_to_be_unwritable(closed: str) -> None:
    script = (
        "import os, sys; from pathlib import Path; from fakes import WordEmbedder\n"
        "from index.errors import BylineError; from index.library import Library\n"
        "library = Library(Path(sys.argv[1], 'library'), WordEmbedder()); library.close()\n"
        "Path(sys.argv[1], sys.argv[2]).chmod(0)\n"
        "if os.getuid() == 0: os.setuid(65534)\n"  # root may read everything
        "try: Library(library.folder, WordEmbedder())\n"
        "except BylineError as error: print(error)\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        command = [sys.executable, "-c", script, folder, closed]
        environment = {"PYTHONPATH": ":".join(sys.path)}
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        Path(folder, closed).chmod(0o700)
    assert ended.stderr == ""
    assert ended.stdout == (
        f"The library folder {folder}/library cannot be read (permission denied); choose another with --library.\n"
    )


def test_a_library_on_a_disk_that_only_can_be_read_is_searched_and_read_all_the_same() -> None:
    script = (
        "import os, sys; from pathlib import Path; from fakes import WordEmbedder; from killing import begun, state\n"
        "from index.errors import BylineError; from index.library import Library\n"
        "library = begun(Path(sys.argv[1])); print(state(library)); library.close()\n"
        "for path in library.folder.iterdir(): path.chmod(0o444)\n"
        "library.folder.chmod(0o555)\n"
        "if os.getuid() == 0: os.setuid(65534)\n"  # root may write everything
        "library = Library(library.folder, WordEmbedder()); print(state(library))\n"
        "try: library.remove(['wolves'])\n"
        "except BylineError as error: print(error)\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        command = [sys.executable, "-c", script, folder]
        environment = {"PYTHONPATH": ":".join(sys.path)}
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        library = Path(folder, "library")
        library.chmod(0o700)
    assert ended.stderr == ""
    before, after, refused = ended.stdout.splitlines()
    assert after == before
    assert refused == (
        f"The library at {library / 'library.sqlite'} cannot be used (attempt to write a readonly database); "
        "make it writable, then try again."
    )


@pytest.mark.parametrize("number", [10**22, -(10**22), 2**63])
def test_a_conversation_by_a_number_that_no_library_holds_is_not_there(tmp_path: Path, number: int) -> None:
    with pytest.raises(InputError, match=f"There is no conversation {number}; it may have been deleted"):
        begun(tmp_path).conversations.name(number)


def test_half_a_character_is_no_id(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        begun(tmp_path).article("wolves\udcff")
    assert str(raised.value) == "'wolves\\udcff' holds half a character; give text that is whole (UTF-8)."


def test_an_answer_changed_behind_the_programs_back_is_not_shown(tmp_path: Path) -> None:
    library = begun(tmp_path)
    conversation, turn = library.conversations.ask(None, "Who won?")
    library.conversations.save(turn, "done", '{"text": "Ana"}')
    assert library.conversations.turns(conversation)[0].answer == '{"text": "Ana"}'
    changed(library.folder, 'UPDATE turns SET answer = \'{"text": "Eva\'')
    (stored,) = library.conversations.turns(conversation)
    assert (stored.state, stored.answer) == ("failed", None)
    assert stored.error == "What was answered is not as it was kept: the library is damaged or was changed."


def test_what_an_older_program_left_is_mended_when_it_is_opened_and_added_to(tmp_path: Path) -> None:
    library = begun(tmp_path)
    library.close()
    old = sqlite3.connect(library.folder / "library.sqlite", isolation_level=None)
    old.execute("PRAGMA journal_mode = WAL")
    for statement in (
        "UPDATE articles SET duplicate_of = 'gone' WHERE id = 'reprint'",
        "UPDATE articles SET duplicate_of = 'wolves' WHERE id = 'wolves'",
        "DELETE FROM settings WHERE name NOT IN ('embedder', 'embedder_sha256', 'splitting', 'generation')",
        "DROP TABLE sketches",
        "CREATE TABLE sketches (hash INTEGER NOT NULL, article_id TEXT NOT NULL, PRIMARY KEY (hash, article_id))",
        "INSERT INTO sketches VALUES (1, 'gone')",
        "ALTER TABLE articles DROP COLUMN seal",
        "DROP INDEX articles_by_language",
        "ALTER TABLE articles DROP COLUMN facts",
        "ALTER TABLE passages DROP COLUMN seal",
        "ALTER TABLE turns DROP COLUMN seal",
        "DROP TABLE feedback",
        "DROP TABLE turns",
        "DROP TABLE conversations",
        "PRAGMA user_version = 0",
    ):
        old.execute(statement)
    old.close()
    mended = opened(library.folder)
    assert ids(mended) == ["bridge", "reprint", "wolves"]
    assert mended._database.rows("PRAGMA journal_mode") == [("delete",)]
    assert list(mended.faults()) == ['The article "reprint" cannot be found by a question: it has no passages.']
    write(tmp_path / "more", tram=TRAM)
    added(mended, tmp_path / "more")
    assert list(mended.faults()) == []
    assert {listing.id: listing.duplicate_of for listing in mended.listings()}["reprint"] == "bridge"
    assert Conversations(mended._database).find() == []

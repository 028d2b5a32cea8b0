"""Keeping up with folders: what changed, what a sync does with it, and watching while files come and go."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from fakes import WordEmbedder
from killing import write

from index.bringing import add_text
from index.errors import InputError
from index.facts import checked_facts
from index.folders import apply_changes, changed_folders, changes
from index.library import Library
from index.reading import files
from index.reading.files import find
from index.reading.format import Format
from index.watching import watch


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", WordEmbedder())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("bridge", "harbour", "tower"):
        write(tmp_path / "news", **{name: f"{name.title()} closed\n\nThe {name} is closed until May.\n"})
    return tmp_path / "news"


def fates(library: Library, folder: Path) -> dict[str, str]:
    return {outcome.id: outcome.status for outcome in apply_changes(library, changes(library, folder))}


def ids(library: Library) -> set[str]:
    return {listing.id for listing in library.listings()}


def test_files_that_did_not_change_are_not_opened_again(library: Library, folder: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    assert set(fates(library, folder).values()) == {"added"}
    monkeypatch.setattr("index.reading.files._opened", None)
    assert set(fates(library, folder).values()) == {"unchanged"}


def test_a_file_is_read_only_once_a_later_change_of_it_would_bear_another_moment(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[int] = []

    def noted(path: Path, known: Format) -> BinaryIO:
        waited.append(time.time_ns() - path.stat().st_mtime_ns)
        return opened(path, known)

    opened = files._opened
    monkeypatch.setattr(files, "_opened", noted)
    for name in ("bridge", "harbour", "tower"):
        os.utime(folder / f"{name}.txt")
    assert set(fates(library, folder).values()) == {"added"}
    assert len(waited) == 3
    assert min(waited) >= 20_000_000


def test_two_files_of_one_size_and_moment_that_change_places_are_seen(library: Library, folder: Path) -> None:
    texts = {name: f"{name.title()} is shut\n\nThe {name} is shut until May.\n" for name in ("canal", "mills")}
    write(folder, **texts)
    for name in texts:
        os.utime(folder / f"{name}.txt", ns=(10**18, 10**18))
    fates(library, folder)
    (folder / "canal.txt").rename(folder / "kept")
    (folder / "mills.txt").rename(folder / "canal.txt")
    (folder / "kept").rename(folder / "mills.txt")
    assert changes(library, folder).count == 2
    fates(library, folder)
    assert (library.article("canal").text, library.article("mills").text) == (texts["mills"], texts["canal"])
    assert library.search("the canal is shut", 1)[0].passage.article_id == "mills"
    assert list(library.faults()) == []
    assert changes(library, folder).count == 0


def test_what_changed_in_the_folders_that_were_added_is_counted(library: Library, folder: Path, tmp_path: Path) -> None:
    list(library.add(find([folder])))
    assert list(changed_folders(library)) == []
    (folder / "bridge.txt").write_text("Bridge open\n\nTrams run again.\n")
    (folder / "tower.txt").unlink()
    (folder / "photo.png").touch()
    write(folder, tram="Tram\n\nThe tram runs.\n")
    (found,) = changed_folders(library)
    assert (found.folder, found.count) == (folder, 3)
    sync_all = fates(library, folder)
    assert {name: fate for name, fate in sync_all.items() if fate not in ("unchanged", "skipped")} == {
        "bridge": "updated",
        "tram": "added",
        "tower": "removed",
    }
    assert list(changed_folders(library)) == []
    shutil.rmtree(folder)
    assert list(changed_folders(library)) == []


def test_a_renamed_file_takes_its_edits_along(library: Library, folder: Path) -> None:
    fates(library, folder)
    library.edit("harbour", checked_facts({"outlet": "Herald", "title": "Port shut"}))
    (folder / "old").mkdir()
    (folder / "harbour.txt").rename(folder / "old" / "port.txt")
    assert fates(library, folder) | {"bridge": "", "tower": ""} == {
        "bridge": "",
        "tower": "",
        "old/port": "moved",
    }
    assert "harbour" not in ids(library)
    article = library.article("old/port")
    assert (article.outlet, article.title) == ("Herald", "Port shut")
    assert library.search("the harbour is closed", 1)[0].passage.article_id == "old/port"
    assert list(library.faults()) == []


def test_a_file_that_is_gone_and_comes_back_has_its_edits_again(library: Library, folder: Path) -> None:
    fates(library, folder)
    library.edit("tower", checked_facts({"published": "2018-10-17"}))
    (folder / "tower.txt").rename(folder.parent / "tower.txt")
    assert fates(library, folder)["tower"] == "removed"
    (folder.parent / "tower.txt").rename(folder / "tower.txt")
    assert fates(library, folder)["tower"] == "added"
    assert library.article("tower").published == "2018-10-17"


def test_articles_of_a_folder_that_cannot_be_opened_now_stay(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "old", mill="Mill sold\n\nThe mill was sold to a baker.\n")
    assert fates(library, folder)["old/mill"] == "added"
    scan = os.scandir

    def scanned(path: str) -> object:
        if Path(path).name == "old":
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", scanned)
    outcomes = {outcome.id: outcome for outcome in apply_changes(library, changes(library, folder))}
    assert (outcomes["old"].status, outcomes["old"].reason) == (
        "skipped",
        f"{folder / 'old'} cannot be opened (permission denied): check its permissions.",
    )
    assert "removed" not in {outcome.status for outcome in outcomes.values()}
    assert "old/mill" in ids(library)
    assert list(changed_folders(library)) == []
    monkeypatch.undo()
    assert fates(library, folder)["old/mill"] == "unchanged"


@pytest.mark.parametrize("is_known", [False, True])
def test_where_a_folder_vanishes_while_it_is_read_nothing_is_lost_and_each_file_is_named(
    library: Library, folder: Path, is_known: bool
) -> None:
    write(folder, **{f"story{number:02}": f"Story {number}\n\nNumber {number} is told.\n" for number in range(40)})
    if is_known:
        fates(library, folder)
        for file in folder.iterdir():
            file.write_text(f"{file.read_text()}And more.\n")
    before = ids(library)
    found = {}
    for outcome in apply_changes(library, changes(library, folder)):
        found[outcome.id] = outcome
        if folder.exists():
            shutil.copytree(folder, folder.with_name("kept"))
            shutil.rmtree(folder)
    skipped = {name for name, outcome in found.items() if outcome.status == "skipped"}
    reason = f"{folder / 'tower.txt'} cannot be read (no such file or directory): check the file and its permissions."
    assert found["tower"].reason == reason
    assert ids(library) == before | (set(found) - skipped)
    assert 0 < len(skipped) < len(found) == 43
    folder.with_name("kept").rename(folder)
    assert {name for name, status in fates(library, folder).items() if status != "unchanged"} == skipped
    assert ids(library) == set(found)


def test_what_is_of_no_folder_or_of_another_stays_when_one_is_matched(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    write(tmp_path / "others", mill="Mill\n\nThe mill burnt down.\n")
    list(library.add(find([tmp_path / "others"])))
    list(add_text(library, b"Ferry\n\nThe ferry is late.\n"))
    fates(library, folder)
    assert ids(library) == {"mill", "pasted/ferry", "bridge", "harbour", "tower"}
    shutil.rmtree(folder)
    with pytest.raises(InputError, match=f"There is no file or folder {folder}: check its name"):
        changes(library, folder)
    assert "bridge" in ids(library)


class Watched:
    """A folder that is watched in another thread."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.stop, self.told = threading.Event(), list[str]()
        self._thread = threading.Thread(target=self._watch, args=(library, folder))
        self._thread.start()

    def _watch(self, library: Library, folder: Path) -> None:
        for each in watch(library, folder, self.stop, look=0.3):
            self.told.append(each if isinstance(each, str) else f"{each.status} {each.id}")

    def end(self) -> None:
        self.stop.set()
        self._thread.join(timeout=20)
        assert not self._thread.is_alive()


@pytest.fixture
def watched(library: Library, folder: Path) -> Iterator[Watched]:
    under_watch = Watched(library, folder)
    yield under_watch
    under_watch.end()


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_watching_takes_in_what_comes_is_renamed_and_goes(library: Library, folder: Path, watched: Watched) -> None:
    until(lambda: len(watched.told) == 3)
    write(folder, tram="Tram\n\nThe tram runs.\n")
    until(lambda: "added tram" in watched.told)
    (folder / "tram.txt").rename(folder / "rail.txt")
    until(lambda: "moved rail" in watched.told)
    (folder / "rail.txt").unlink()
    until(lambda: "removed rail" in watched.told)
    assert "removed tram" not in watched.told
    assert ids(library) == {"bridge", "harbour", "tower"}


def test_articles_of_a_watched_folder_that_vanishes_stay_and_it_is_watched_again_when_it_returns(
    library: Library, folder: Path, watched: Watched
) -> None:
    until(lambda: len(watched.told) == 3)
    folder.rename(folder.with_name("away"))
    sentence = f"There is no file or folder {folder}: check its name. Its articles stay; it is looked for again."
    until(lambda: sentence in watched.told)
    assert ids(library) == {"bridge", "harbour", "tower"}
    folder.with_name("away").rename(folder)
    (folder / "tower.txt").unlink()
    until(lambda: "removed tower" in watched.told)
    write(folder, tram="Tram\n\nThe tram runs.\n")
    until(lambda: "added tram" in watched.told)
    assert watched.told.count(sentence) == 1


def test_articles_of_a_watched_folder_that_is_empty_for_a_while_stay(
    library: Library, folder: Path, watched: Watched
) -> None:
    until(lambda: len(watched.told) == 3)
    folder.rename(folder.with_name("away"))
    folder.mkdir()
    until(lambda: watched.told[-1].startswith(f"The folder {folder} holds no article: Byline reads "))
    assert watched.told[-1].endswith(".zip files. Its articles stay; it is looked for again.")
    assert ids(library) == {"bridge", "harbour", "tower"}

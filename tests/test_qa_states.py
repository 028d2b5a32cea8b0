from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from fakes import library_of

from qa.llm.states import StateStore
from qa.reader.making import MOST_KEPT_BYTES
from ui.page.read_ahead import reading_ahead

KEY, OTHER = "ab" + "0" * 62, "cd" + "1" * 62


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_state_is_there_for_the_next_start(tmp_path: Path) -> None:
    StateStore(tmp_path / "states").put(KEY, b"keys and values")
    store = StateStore(tmp_path / "states")
    assert KEY in store
    assert store.get(KEY) == b"keys and values"
    assert OTHER not in store
    assert store.get(OTHER) is None


@pytest.mark.parametrize("damaged", [b"", b"short", b"\0" * 200])
def test_a_damaged_file_is_as_if_never_kept_and_goes(tmp_path: Path, damaged: bytes) -> None:
    StateStore(tmp_path).put(KEY, b"keys and values")
    files(tmp_path)[0].write_bytes(damaged)
    store = StateStore(tmp_path)
    assert store.get(KEY) is None
    assert KEY not in store
    assert files(tmp_path) == []


def test_what_was_not_used_for_longest_gives_way(tmp_path: Path) -> None:
    keys = [f"{number:02x}" + "0" * 62 for number in range(20)]
    store = StateStore(tmp_path, most_bytes=20 * 1000)
    for age, key in enumerate(keys[:18]):
        store.put(key, b"x" * 1000)
        os.utime(tmp_path / key[:2] / key, (age, age))
    used = StateStore(tmp_path, most_bytes=20 * 1000)
    assert used.is_full
    assert used.get(keys[0]) is not None
    for key in keys[18:]:
        used.put(key, b"x" * 1000)
    left = [path.name for path in files(tmp_path)]
    assert keys[0] in left
    assert keys[19] in left
    assert keys[1] not in left
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 20 * 1000


def test_where_nothing_can_be_written_the_last_states_are_still_known(tmp_path: Path) -> None:
    (tmp_path / "states").write_text("a file where the folder should be")
    store = StateStore(tmp_path / "states")
    store.put(KEY, b"keys and values")
    assert store.get(KEY) == b"keys and values"


def test_nothing_half_written_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    store = StateStore(tmp_path)
    store.put(KEY, b"keys and values")
    assert files(tmp_path) == []
    assert stat.S_ISDIR((tmp_path / "ab").stat().st_mode)
    assert store.get(KEY) == b"keys and values"


def test_what_is_used_from_memory_is_used_on_the_disk_too(tmp_path: Path) -> None:
    store = StateStore(tmp_path)
    store.put(KEY, b"keys and values")
    (file,) = files(tmp_path)
    os.utime(file, (1, 1))
    assert store.get(KEY) == b"keys and values"
    assert file.stat().st_mtime > 1


def test_a_state_that_found_no_room_on_the_disk_takes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    store = StateStore(tmp_path, most_bytes=1000)
    assert not store.is_full
    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", fail)
        for key in (KEY, OTHER):
            store.put(key, b"x" * 500)
    assert files(tmp_path) == []
    assert not store.is_full


def test_how_far_was_read_ahead_is_told(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"bridge.txt": "Bridge closed\n\nIt is closed.\n"})
    told = reading_ahead(library)
    assert told(None) == "Nothing has been read ahead yet; it is while nobody asks, the newest article first."
    StateStore(library.folder / "readings").put(KEY, b"x" * 1_999_968)
    assert told(None) == (
        "Read ahead: 1 passage, the newest article first; what was made of them takes 2 MB, at most "
        f"{MOST_KEPT_BYTES / 1e6:,.0f} MB. A question about one is answered sooner."
    )

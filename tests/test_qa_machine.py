from __future__ import annotations

from pathlib import Path

import pytest
from test_qa_models import NEVER

from index.errors import FailedError, InputError
from index.models.local import find_model
from qa.llm.engine import requantize
from qa.llm.llama import TRIED, LlamaCpp
from qa.llm.protocol import Prompt
from qa.llm.speed import Speed, Speeds, load_quickest, preferred
from qa.llm.states import StateStore
from qa.prompts import SYSTEM
from ui.commands.chosen import Chosen, chosen_llm


def model(folder: Path, name: str, size: int) -> Path:
    path = folder / name
    path.write_bytes(b"x" * size)
    return path


class Known(Speeds):
    """Speeds as if they had been measured."""

    def __init__(self, reads: dict[str, float]) -> None:
        self._reads = reads

    def get(self, model: Path) -> Speed | None:
        return Speed(model.name, 2, self._reads[model.name], 10.0) if model.name in self._reads else None


@pytest.mark.parametrize(
    ("reads", "chosen"),
    [
        ({"small": 300.0, "large": 100.0}, "large"),
        ({"small": 300.0, "large": 40.0}, "small"),
        ({"small": 30.0, "large": 10.0}, "small"),
        ({"large": 10.0}, "large"),
        ({}, None),
    ],
)
def test_the_largest_model_quick_enough_is_chosen_or_else_the_quickest(
    tmp_path: Path, reads: dict[str, float], chosen: str | None
) -> None:
    models = [model(tmp_path, "small", 10), model(tmp_path, "large", 20)]
    best = preferred(models, Known(reads))
    assert (best.name if best else None) == chosen


def test_what_is_read_until_the_first_word_is_due_goes_by_the_speed(tmp_path: Path) -> None:
    path = model(tmp_path, "small", 10)
    assert Known({"small": 60.0}).how(path) == (path, 2, 84, 0)
    assert Known({}).how(path) == (path, None, None, 0)


def test_what_was_measured_is_how_the_model_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = model(tmp_path, "small.gguf", 10)
    monkeypatch.setattr("qa.llm.speed._variants", lambda model: iter([model]))
    monkeypatch.setattr("qa.llm.speed._measured", lambda file, threads: Speed(file.name, 2, 100.0, 10.0, tried=3))
    (measured,) = Speeds(tmp_path / "speeds.json").measure(path)
    assert Speeds(tmp_path / "speeds.json").how(path) == (path, 2, measured.budget, 3)


def test_what_was_not_measured_or_is_damaged_is_not_known(tmp_path: Path) -> None:
    speeds = Speeds(tmp_path / "speeds.json")
    path = model(tmp_path, "small", 10)
    assert speeds.get(path) is None
    (tmp_path / "speeds.json").write_text("{ half a fi")
    assert speeds.get(path) is None


@pytest.mark.models
def test_a_small_model_is_tried_with_other_weights_and_the_quickest_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "small.gguf"
    path.symlink_to(find_model("0.5b", "llm"))
    speeds = Speeds(tmp_path / "speeds.json")
    tried = list(speeds.measure(path))
    assert {speed.file for speed in tried} == {"small.gguf", "small.q4_0.gguf"}
    assert all(speed.reads > 0 and speed.writes > 0 for speed in tried)
    kept = Speeds(tmp_path / "speeds.json").get(path)
    assert kept in tried
    assert kept.cold_s <= max(speed.cold_s for speed in tried)
    assert {file.name for file in tmp_path.iterdir()} == {kept.file, "small.gguf", "speeds.json"}


@pytest.mark.models
@pytest.mark.parametrize(("name", "kind"), [("0.5b", "Q4_0"), ("1.5b", "Q4_1")])
def test_a_copy_answers_as_its_model_does(tmp_path: Path, name: str, kind: str) -> None:
    requantize(find_model(name, "llm"), tmp_path / "copy.gguf", kind)
    assert [file.name for file in tmp_path.iterdir()] == ["copy.gguf"]
    quick = LlamaCpp(tmp_path / "copy.gguf", StateStore(tmp_path / "states"), tried=TRIED)
    quick.read(Prompt(SYSTEM, "The bridge at Ostrey is closed.\n\n", "Question: Which bridge is closed?"), NEVER)
    assert "Ostrey" in "".join(piece.text for piece in quick.write(24, NEVER))
    quick.close()


@pytest.mark.models
def test_without_room_for_a_copy_the_model_itself_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, target: Path, kind: str) -> None:
        raise InputError("No room.")

    monkeypatch.setattr("qa.llm.engine.requantize", full)
    path = tmp_path / "small.gguf"
    path.symlink_to(find_model("0.5b", "llm"))
    assert [speed.file for speed in Speeds(tmp_path / "speeds.json").measure(path)] == ["small.gguf"]


@pytest.mark.models
def test_a_damaged_copy_goes_and_the_model_itself_is_loaded(tmp_path: Path) -> None:
    path, copy = tmp_path / "small.gguf", tmp_path / "small.q4_0.gguf"
    path.symlink_to(find_model("0.5b", "llm"))
    copy.write_bytes(b"GGUF and no more")

    class Measured(Speeds):
        def get(self, model: Path) -> Speed | None:
            return Speed(copy.name, 2, 100.0, 10.0)

    quick = load_quickest(path, Measured(tmp_path / "speeds.json"), StateStore(tmp_path / "states"))
    assert quick.name == "small"
    assert not copy.exists()
    quick.close()


def test_speeds_that_cannot_be_kept_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.llm.speed._variants", lambda model: iter([model]))
    monkeypatch.setattr("qa.llm.speed._measured", lambda file, threads: Speed(file.name, threads, 100.0, 10.0))
    path = model(tmp_path, "small.gguf", 10)
    with pytest.raises(FailedError) as raised:
        list(Speeds(tmp_path / "gone" / "speeds.json").measure(path))
    assert str(raised.value) == (
        f"The speeds of small.gguf could not be written to {tmp_path / 'gone' / 'speeds.json'} "
        "(no such file or directory); make room there, then measure again with: byline doctor"
    )


def test_a_copy_that_cannot_be_loaded_is_not_measured_and_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, copy = model(tmp_path, "small.gguf", 10), model(tmp_path, "small.q4_0.gguf", 5)

    def measured(file: Path, threads: int) -> Speed:
        if file == copy:
            raise InputError("Damaged.")
        return Speed(file.name, threads, 100.0, 10.0)

    monkeypatch.setattr("qa.llm.speed._measured", measured)
    assert {speed.file for speed in Speeds(tmp_path / "speeds.json").measure(path)} == {"small.gguf"}
    assert not copy.exists()


def test_the_model_named_comes_before_the_one_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = model(tmp_path, "small", 10), model(tmp_path, "large", 20)
    monkeypatch.setattr("ui.commands.chosen.fetched_llms", lambda: [small, large])
    monkeypatch.setattr("ui.commands.chosen.open_speeds", lambda: Known({"small": 300.0, "large": 100.0}))
    monkeypatch.setattr(Chosen, "model", None)
    assert chosen_llm() == str(large)
    monkeypatch.setattr(Chosen, "model", "small")
    assert chosen_llm() == "small"

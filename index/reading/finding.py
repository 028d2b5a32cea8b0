"""Finds the files of articles among files and folders, and says why others are left out."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.errors import InputError, cause_of
from index.reading.letters.names import UniqueNames, printable
from index.reading.registry import by_suffix, suffixes
from index.reading.registry import suffixes_in_words as kinds_in_words

_SAVED_BESIDE = re.compile(r"(?P<page>.+?)(?:_files|-Dateien|_fichiers|_archivos|_file|_bestanden|_ficheiros|\.files)$")
"""What browsers call the folder with the pictures and scripts of a page they save, in their languages."""
_PAGES = (".html", ".htm", ".xhtml")
_QUESTIONS = re.compile(r"questions?\b.*\.(?:jsonl?|csv)", re.IGNORECASE)
_MOST_NAMED = 20
"""So many files of a kind that cannot be read are named one by one; more are only counted. Round, not fitted."""


@dataclass(frozen=True)
class Source:
    """A file to read, and the id of its article."""

    id: str
    path: Path
    left_out: str = ""
    """Why a file in a folder is not read, as a sentence; empty where it is read."""
    folder: str = ""
    """The folder that was given, absolute and printable; empty where the file itself was given."""
    fields: tuple[tuple[str, str], ...] = ()
    """Facts and the fields that hold them, as a person named these for files of records: ``(("title", "Kopf"),)``."""

    @property
    def origin(self) -> str:
        """The absolute, printable path of a file in a given folder; empty for a file given by itself."""
        return printable(self.path.absolute()) if self.folder else ""

    def stamp(self) -> tuple[int, int] | None:
        """Returns size in bytes and time of the last change, in nanoseconds, of a file in a given folder.

        None where there is no such file any more, or it was given by itself or left out. A change is also another name
        or place, which leaves the time of the content as it is: so two files that changed places are seen.
        """
        if not self.folder or self.left_out:
            return None
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_size, max(found.st_mtime_ns, found.st_ctime_ns)


def find(paths: Sequence[Path]) -> list[Source]:
    """Returns the files of articles among these files and folders: those of ``find_all`` that are not left out."""
    return [source for source in find_all(paths) if not source.left_out]


def find_all(paths: Sequence[Path]) -> list[Source]:
    """Returns the files among these files and folders, sorted within each folder, those left out last.

    An article's id is its path inside the folder that was given, without its extension; a single file's is its name
    without the extension. Where two files would share an id the later one keeps its extension, and a third gets a
    number. Folders are searched to any depth; hidden files and folders are passed over.

    Raises InputError: a path does not exist or cannot be opened, a folder holds no article, a file is of another kind.
    """
    sources: list[Source] = []
    names, known = UniqueNames(), set[str]()
    real_folder = cache(os.path.realpath)
    for path in paths:
        for name, file, reason in _files(path):
            folder = "" if file == path else printable(path.absolute())
            # Two paths to one file are the same where links are followed; most files are none, which saves time.
            real = os.path.realpath(file) if file.is_symlink() else f"{real_folder(file.parent)}/{file.name}"
            if real not in known:
                known.add(real)
                name = printable(name)
                free = names.free(name) if reason else names.free(name.rpartition(".")[0], name)
                sources.append(Source(free, file, reason, folder))
    return sources


def _files(path: Path) -> Iterator[tuple[str, Path, str]]:
    """Yields the files below a path that a person gave: name relative to it, path, and why it is left out, if so."""
    shown = printable(path)
    if not _exists(path):
        raise InputError(f"There is no file or folder {shown}: check its name.")
    if not path.is_dir():
        if path.suffix.lower() not in by_suffix():
            raise InputError(f"{shown} is not a kind of file Byline reads: give it {kinds_in_words()}.")
        if not path.is_file():
            raise InputError(f"{shown} is no ordinary file: give a file with an article in it.")
        yield path.name, path, ""
        return
    if not os.access(path, os.R_OK | os.X_OK):
        raise InputError(f"The folder {shown} cannot be opened (permission denied): check its permissions.")
    found, left_out = _sorted_out(path)
    if not found:
        raise InputError(f"The folder {shown} holds no article: Byline reads {kinds_in_words()}.")
    for file in found:
        yield file.relative_to(path).as_posix(), file, ""
    yield from left_out


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long or with a NUL, or a folder on the way that may not be entered
        return False


def _sorted_out(folder: Path) -> tuple[list[Path], list[tuple[str, Path, str]]]:
    """Returns the files of a folder, articles first: name, path, and why it is left out (empty for articles)."""
    found = list(_walk(folder))
    readable = [file for file, reason in found if not reason]
    others = sorted((file, reason) for file, reason in found if reason)
    counts = Counter(file.suffix.lower() for file, _ in others)
    left_out = [
        (file.relative_to(folder).as_posix(), file, f"{printable(file)} {reason}")
        for file, reason in others
        if counts[file.suffix.lower()] <= _MOST_NAMED
    ]
    for suffix, count in counts.items():
        if count > _MOST_NAMED:
            kind = f"{suffix} files" if suffix else "files without an extension"
            reason = f"{count:,} {kind} in {printable(folder)} are left out: Byline does not read them."
            left_out.append((f"*{suffix}", folder / f"*{suffix}", reason))
    return sorted(readable, key=lambda file: _order(file.relative_to(folder))), left_out


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yields the files of a folder at any depth, and why one is left out; no hidden ones, each folder once.

    Folders that are linked come last, so that what lies in the folder itself has its own place there; a link to
    what it lies in is not followed. A folder within it that cannot be opened is left out as a file is.
    """
    seen: set[str] = set()
    closed: list[OSError] = []
    around = os.path.realpath(folder)
    linked = [folder]
    while linked:
        for parent, folders, files in os.walk(linked.pop(0), onerror=closed.append):
            real = os.path.realpath(parent)
            if real in seen:
                folders.clear()
                continue
            seen.add(real)
            names = set(files)
            for name in sorted(folders):
                below = Path(parent, name)
                page = _page_saved_beside(name, names)
                if page:
                    yield below, f"is left out: it belongs to the saved page {printable(page)}."
                if page or name.startswith("."):
                    folders.remove(name)
                elif below.is_symlink() and not _is_around(os.path.realpath(below), real, around):
                    linked.append(below)
            for name in files:
                if not name.startswith("."):
                    file = Path(parent, name)
                    yield file, _reason(file)
    for error in closed:
        yield Path(os.fsdecode(error.filename)), f"cannot be opened ({cause_of(error)}): check its permissions."


def _is_around(folder: str, *others: str) -> bool:
    """Returns whether a folder is one of others or holds one, at any depth."""
    return any(os.path.commonpath((folder, other)) == folder for other in others)


def _page_saved_beside(folder: str, files: set[str]) -> str | None:
    """Returns the saved page whose pictures a browser put into this folder; None where it is no such folder."""
    found = _SAVED_BESIDE.fullmatch(folder)
    return next((page for suffix in _PAGES if found and (page := found["page"] + suffix) in files), None)


def _reason(file: Path) -> str:
    """Returns why a file of a folder is left out, as the end of a sentence; empty where it is read."""
    suffix = file.suffix.lower()
    if suffix not in by_suffix():
        return f"is left out: Byline does not read {suffix} files." if suffix else "is left out: it has no extension."
    if _QUESTIONS.fullmatch(file.name):
        return "is left out: it is a set of questions by its name, and goes to: byline eval"
    try:
        ordinary = stat.S_ISREG(file.stat().st_mode)
    except PermissionError:
        return ""  # which is told when it is read
    except OSError:
        return "is left out: it links to nothing."
    return "" if ordinary else "is left out: it is no ordinary file."


def _order(name: Path) -> tuple[tuple[str, ...], int, str]:
    return name.with_suffix("").parts, suffixes().index(name.suffix.lower()), name.name

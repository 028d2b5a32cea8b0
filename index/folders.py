"""Folders that were added to a library: what changed in them since they were read, and making the library match."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.adding import AddResult
from index.errors import BylineError
from index.library import Library
from index.reading.files import Source, find_all
from index.reading.letters.names import printable


@dataclass(frozen=True)
class Changes:
    """The files of a folder, grouped by what has to be done to bring the library up to date."""

    folder: Path
    unchanged: tuple[Source, ...]
    """Files whose size and moment of the last change are what they were when the files were read."""
    to_read: tuple[Source, ...]
    """New files, changed files, and files that could not be read last time."""
    gone: tuple[str, ...]
    """Paths of files that were read and are there no more."""

    @property
    def count(self) -> int:
        """The number of files to read or to remove; files that are never read, such as pictures, do not count."""
        return sum(not source.left_out for source in self.to_read) + len(self.gone)


def changes(library: Library, folder: Path) -> Changes:
    """What changed in a folder since it was read, without opening a file.

    Raises InputError: there is no such folder, or it holds no article.
    """
    known = library.origins.files(printable(folder.absolute()))
    sources = find_all([folder])
    is_known = [(stamp := source.stamp()) is not None and known.get(source.origin) == stamp for source in sources]
    present = {source.origin for source in sources}
    closed = tuple(f"{printable(source.path.absolute())}/" for source in sources if source.left_out)
    return Changes(
        folder,
        tuple(source for source, known in zip(sources, is_known, strict=True) if known),
        tuple(source for source, known in zip(sources, is_known, strict=True) if not known),
        tuple(path for path in known if path not in present and not path.startswith(closed)),
    )


def changed_folders(library: Library) -> Iterator[Changes]:
    """Yields the changes of each added folder that has any; a folder that is missing at the moment is passed over."""
    for folder in map(Path, library.origins.folders()):
        try:
            found = changes(library, folder)
        except BylineError:
            continue
        if found.count:
            yield found


def apply_changes(library: Library, found: Changes, stop: threading.Event | None = None) -> Iterator[AddResult]:
    """Applies the changes found in a folder to the library, and yields what became of each article.

    Unchanged files are not read again. An article whose file was renamed keeps its edits. Articles of files that cannot
    be read at the moment stay, as do those of other folders or of none. Setting ``stop`` ends it as it ends
    ``Library.add``.
    Raises InputError: as ``Library.add`` does.
    """
    here = f"{printable(found.folder.absolute())}/"
    held = {name: origin for name, origin in library.origins.all().items() if (origin or "").startswith(here)}
    of_file: dict[str, list[str]] = {}
    for name, origin in held.items():
        of_file.setdefault(origin or "", []).append(name)
    to_read = list(found.to_read)
    fates: dict[str, str] = {}
    moved: set[str] = set()
    for source in found.unchanged:
        for name in of_file.get(source.origin, ()):
            fates[name] = "unchanged"
            yield AddResult(name, "unchanged")
        if source.origin not in of_file:
            to_read.append(source)
    leaving = {name for path in found.gone for name in of_file.get(path, ())}
    for outcome in library.add(to_read, stop):
        if outcome.original in leaving and outcome.original not in fates:
            library.rename(outcome.original, outcome.id)
            moved.add(outcome.original)
            outcome = replace(outcome, status="moved", reason=f"was {outcome.original}")
        fates[outcome.id] = outcome.status
        yield outcome
    if stop is None or not stop.is_set():
        for name in _remove(library, found, held, fates):
            if name not in moved:
                yield AddResult(name, "removed")


def _remove(library: Library, found: Changes, held: dict[str, str | None], fates: dict[str, str]) -> list[str]:
    """Removes the articles whose files are gone, and returns their ids.

    It comes last, so that an article whose file was renamed takes over the old one's passages.
    """
    unread = tuple(f"{name}/" for name, fate in fates.items() if fate == "skipped")
    gone = [name for name in held if name not in fates and not name.startswith(unread)]
    library.remove(gone, keep_edits=True)
    library.origins.forget_files(found.gone)
    return gone

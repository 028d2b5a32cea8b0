"""Keeping up with a folder as its files change."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import watchfiles

from index.adding import AddResult
from index.errors import BylineError
from index.folders import apply_changes, changes
from index.library import Library

LOOK_SECONDS = 5.0
"""Seconds after which a folder is looked for again: it may be gone, or another may stand in its place. Chosen by
eye."""
_TOGETHER_MS = 1000
"""Changes that come within so many thousandths of a second are taken in together. Round, not fitted."""


def watch(
    library: Library, folder: Path, stop: threading.Event, look: float = LOOK_SECONDS
) -> Iterator[AddResult | str]:
    """Makes the library match a folder, now and after each change, until ``stop``; yields what became of each file.

    Whatever prevents that is yielded once, as a sentence; while the folder is gone or empty, its articles stay. A file
    that is skipped is yielded once for each reason. ``look``: seconds between two looks for the folder.
    """
    told, is_quiet = "", False
    skipped: set[AddResult] = set()
    while not stop.is_set():
        is_there = False
        try:
            found = changes(library, folder)
            is_there = True
            for outcome in apply_changes(library, found, stop):
                if outcome.status != "unchanged" and outcome not in skipped:
                    is_quiet = False
                    yield outcome
                if outcome.status == "skipped":
                    skipped.add(outcome)
            told = ""
            if not stop.is_set():
                is_quiet = _waited(folder, stop, look, once=not is_quiet)
        except BylineError as error:
            sentence = str(error) if is_there else f"{error} Its articles stay; it is looked for again."
            if sentence != told:
                yield sentence
            told = sentence
            stop.wait(look)


def _waited(folder: Path, stop: threading.Event, look: float, once: bool) -> bool:
    """Waits for a change in the folder, or until it is gone; returns whether nothing changed.

    With ``once`` it also returns after the first wait without a change, so that changes before it began are found.
    """
    begun = _identity(folder)
    try:
        for changed in watchfiles.watch(
            folder,
            stop_event=stop,
            debounce=_TOGETHER_MS,
            rust_timeout=int(look * 1000),
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            if changed or _identity(folder) != begun:
                return False
            if once:
                return True
    except (OSError, RuntimeError):  # it went, or the system watches no more folders
        stop.wait(look)
    return False


def _identity(folder: Path) -> tuple[int, int] | None:
    """Device and inode of a folder, which tell it from another with the same path; None while there is no folder."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino

"""One heavy computation at a time on this machine.

Two llama.cpp contexts on two cores, or bulk embedding beside one, slow each other down a hundredfold.
So whatever computes for long takes its turn: threads of one process and other Byline processes alike.
"""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import tempfile
from functools import cache
from pathlib import Path

from filelock import FileLock

GAP_SECONDS = 0.02
"""Seconds between two turns of one holder, in which another can take one: it looks every hundredth of a second.
Chosen by eye."""


def machine_turn() -> FileLock:
    """A context manager that is entered by one holder at a time of this user's on the whole machine.

    Taking it again inside itself, through another call, would wait for ever: hold it around one computation only.
    """
    return FileLock(own_folder() / "byline.lock", poll_interval=0.01)


@cache
def own_folder() -> Path:
    """A folder for files that live as long as the user's session, which nobody else can write to.

    A shared temporary folder may hold another user's file under any name, so a folder there is only taken where it is
    the user's own; at worst it is a new one, and this program takes no turns with others.
    """
    user = os.getuid()
    for name in (os.environ.get("XDG_RUNTIME_DIR"), f"/run/user/{user}"):
        if name and _is_own(Path(name)):
            return Path(name)
    shared = Path(tempfile.gettempdir()) / f"byline-{user}"
    try:
        shared.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return _new_folder()
    return shared if _is_own(shared) else _new_folder()


def _new_folder() -> Path:
    """A new folder that is deleted when this program ends."""
    folder = tempfile.mkdtemp(prefix="byline-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _is_own(folder: Path) -> bool:
    """Whether ``folder`` is a folder, not a link to one, that belongs to the user and that nobody else can write to."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    shared = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not shared and os.access(folder, os.W_OK)

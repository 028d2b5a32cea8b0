"""One heavy computation at a time on this machine.

Two llama.cpp contexts on two cores, or bulk embedding beside one, slow each other down a hundredfold.
So whatever computes for long takes its turn: threads of one process and other Byline processes alike.
"""

from __future__ import annotations

import getpass
import tempfile
from pathlib import Path

from filelock import FileLock

GAP_SECONDS = 0.02
"""What is left between two turns of one holder: whoever waits looks every hundredth of a second."""

_PATH = Path(tempfile.gettempdir()) / f"byline-{getpass.getuser()}.lock"


def machine_turn() -> FileLock:
    """A context manager that is entered by one holder at a time on the whole machine.

    Taking it again inside itself, through another call, would wait for ever: hold it around one computation only.
    """
    return FileLock(_PATH, poll_interval=0.01)

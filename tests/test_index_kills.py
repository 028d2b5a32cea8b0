"""Nothing is lost or left half done by a process that is killed, whichever SQL statement comes next."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import killing
import pytest


@pytest.mark.parametrize("change", killing.CHANGES)
def test_a_kill_before_any_statement_leaves_the_library_as_before_or_after_a_change(
    tmp_path: Path, change: str
) -> None:
    command = [sys.executable, killing.__file__, str(tmp_path / "killed"), change]
    # One thread: a child process that was forked has none of FAISS's others.
    environment = {**os.environ, "PYTHONPATH": ":".join(sys.path), "OMP_NUM_THREADS": "1"}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    *wrong, last = ended.stdout.splitlines()
    assert (wrong, ended.stderr) == ([], "")
    statements, kills = map(int, re.findall(r"\d+", last))
    assert statements > 40
    assert kills > 5

"""Damage is told in a sentence, or makes no difference: never a traceback, never another answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import mutating


def test_whatever_is_damaged_is_told_or_makes_no_difference(tmp_path: Path) -> None:
    command = [sys.executable, mutating.__file__, str(tmp_path / "damaged"), "60", "7"]
    environment = {**os.environ, "PYTHONPATH": ":".join(sys.path), "OMP_NUM_THREADS": "1"}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    *wrong, last = ended.stdout.splitlines()
    assert (wrong, ended.stderr) == ([], "")
    assert int(last.split()[2]) > 20

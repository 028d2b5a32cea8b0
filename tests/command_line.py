"""The command line as tests start it: a real process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import WordEmbedder

from ui.commands.chosen import DEFAULT_MODEL, choose

STORY = "Bridge closed\n\nThe bridge over the Wend is closed. The repairs cost two million crowns.\n"


def byline(
    *arguments: str | Path, library: Path, expect: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end; its exit status has to be the one expected."""
    command = [sys.executable, "-m", "ui.cli", "--library", str(library), *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **environment}, timeout=300, check=False
    )
    assert done.returncode == expect, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def story(tmp_path: Path) -> Path:
    (tmp_path / "bridge.txt").write_text(STORY)
    return tmp_path / "bridge.txt"


@pytest.fixture
def in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of the library that commands called in this process work on, with counted words for vectors."""
    monkeypatch.setattr("ui.commands.chosen.open_embedder", WordEmbedder)
    choose(tmp_path / "library", DEFAULT_MODEL)
    return tmp_path / "library"

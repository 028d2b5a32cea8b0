"""The README cannot drift: its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_opens_with_the_two_commands() -> None:
    first = README.split("```")[1].split("\n")
    assert first == ["", "make chat", "make test", ""]
    for target in ("chat", "test"):
        subprocess.run(["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True)


def test_every_command_it_lists_is_in_the_help_and_the_other_way_round() -> None:
    listed = set(re.findall(r"^byline (\w+)", README, re.MULTILINE))
    shown = subprocess.run(
        [sys.executable, "-m", "ui.cli", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert set(re.findall(r"^  (\w+) ", shown.split("Commands:")[1], re.MULTILINE)) == listed


def test_every_link_leads_to_a_file() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []

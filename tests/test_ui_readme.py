"""The README cannot drift: its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from results import read_sections, read_tables

ROOT = Path(__file__).parent.parent
FIGURE = re.compile(r"(?<![\w.-])\d[\d,.]*\d?(?: ?%| s| ms| GB| MB)?(?![\w.]\d|\w)")
"""A number with its unit, not one within a name like AVX-512 or 0.5B."""

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


def test_its_figures_are_those_that_the_benchmarks_wrote_down() -> None:
    expected = README.split("## What to expect")[1].split("\n## ")[0]
    sections = read_sections()
    peers, bench = sections.get("Peers, 0.5b", ""), sections.get("Byline beside LangChain", "")
    assert peers, "No run is written down; run: make bench-peers"
    assert bench, "No run is written down; run: make bench"
    rows = {row["program"]: row for row in read_tables(peers)[0]}
    (told,) = read_tables(expected)
    assert told == [{name: rows[row["program"]][name].split(" (")[0] for name in row} for row in told]
    # Whatever else is told in figures stands in the tables, too, or says what was measured.
    known = {cell for row in read_tables(bench)[0] for cell in row.values()}
    known |= {figure for section in (peers, bench) for figure in FIGURE.findall(without_tables(section))}
    assert [figure for figure in FIGURE.findall(without_tables(expected)) if figure not in known] == []


def without_tables(markdown: str) -> str:
    return "\n".join(line for line in markdown.splitlines() if not line.startswith("|"))

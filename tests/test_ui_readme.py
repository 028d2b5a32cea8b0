"""The README cannot drift: its commands exist, its links lead somewhere."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from browsing import Parrot
from fakes import WordEmbedder
from page_server import free_port
from results import read_sections, read_tables

from index.library import Library
from index.reading.files import find
from ui.page.build import running

ROOT = Path(__file__).parent.parent
FIGURE = re.compile(r"(?<![\w.-])\d[\d,.]*\d?(?: ?%| s| ms| GB| MB)?(?![\w.]\d|\w)")
"""A number with its unit, not one within a name like AVX-512 or 0.5B."""

README = (ROOT / "README.md").read_text(encoding="utf-8")
SERVED = "http://127.0.0.1:7860/"
"""Where its examples expect the page."""


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


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_link_leads_to_a_file_or_a_heading(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    headings = {"#" + re.sub(r"\W+", "-", title.lower()) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert links
    assert [link for link in links if not (link in headings or (ROOT / link).exists())] == []


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page over the sample articles, also served as MCP tools."""
    library = Library(tmp_path_factory.mktemp("library"), WordEmbedder())
    assert all(outcome.status == "added" for outcome in library.add(find([ROOT / "ui" / "samples"])))
    with running(library, Parrot(library), "127.0.0.1", free_port(), mcp=True) as address:  # type: ignore[arg-type]
        yield address


def examples(language: str, address: str) -> list[str]:
    """The programs of its section on programs, for a page at this address."""
    section = README.split("## Programs")[1].split("\n## ")[0]
    return [text.replace(SERVED, address) for text in re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)]


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def test_its_example_with_gradio_client_prints_citations(served: str) -> None:
    through_client, _ = examples("python", served)
    quoted = run(sys.executable, "-c", through_client).splitlines()
    assert any("people left their homes" in line and line.endswith(" flood-update") for line in quoted)


def test_its_example_of_a_tool_prints_the_answer(served: str) -> None:
    _, as_tool = examples("python", served)
    assert "people left their homes" in run(sys.executable, "-c", as_tool)


def test_its_example_by_http_gets_the_answer(served: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    (by_http,) = examples("sh", served)
    (answer,) = json.loads(run("sh", "-c", by_http).split("event: complete\ndata: ")[1])
    assert "people left their homes" in answer["text"]


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


def test_the_container_is_made_from_what_is_there() -> None:
    folder = ROOT / "ui" / "container"
    compose = yaml.safe_load((folder / "compose.yaml").read_text(encoding="utf-8"))
    build = compose["services"]["byline"]["build"]
    context = (folder / build["context"]).resolve()
    assert context == ROOT
    dockerfile = (context / build["dockerfile"]).read_text(encoding="utf-8")
    copied = [line.split()[1:-1] for line in dockerfile.splitlines() if line.startswith("COPY ")]
    needed = {path for paths in copied for path in paths}
    assert [path for path in needed if not (ROOT / path).exists()] == []
    let_in = (folder / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line[1:] for line in let_in if line.startswith("!")} == needed
    known = subprocess.run(
        [sys.executable, "-m", "ui.cli", "chat", "--help"], capture_output=True, text=True, check=True
    ).stdout
    started = dockerfile.rsplit("byline chat ", 1)[1]
    assert [option for option in re.findall(r"--[a-z-]+", started) if option not in known] == []

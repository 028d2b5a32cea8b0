"""RESULTS.md: a section for each benchmark, written by the program that measured it.

A section says when, at which commit, on which machine and with which command it was measured; the next run of the same
program puts its own in that place.
"""

from __future__ import annotations

import contextlib
import os
import platform
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TextIO

RESULTS = Path(__file__).parent / "RESULTS.md"
ROOT = Path(__file__).parents[2]
_TITLE = "# Results\n\nWritten by the benchmarks themselves; do not edit.\n"

_FLAGS = {"avx2": "AVX2", "avx512f": "AVX-512", "avx512_vnni": "VNNI", "amx_int8": "AMX"}
"""What the processor offers of what llama.cpp makes use of, by its name in /proc/cpuinfo."""


def write_section(name: str, facts: str, body: str, path: Path = RESULTS) -> None:
    """Puts the section of this name in place of the one before, or at the end.

    ``facts`` are the ``circumstances`` as they were before the measuring; ``body`` is Markdown without a heading of the
    first or second level.
    """
    sections = read_sections(path)
    sections[name] = f"{facts}\n\n{body.strip()}"
    whole = _TITLE + "".join(f"\n## {heading}\n\n{text}\n" for heading, text in sections.items())
    path.write_text(whole, encoding="utf-8")


def read_sections(path: Path = RESULTS) -> dict[str, str]:
    """The sections by their headings; none where nothing was measured yet."""
    if not path.exists():
        return {}
    parts = f"\n{path.read_text(encoding='utf-8')}".split("\n## ")[1:]
    return {heading: body.strip() for heading, _, body in (part.partition("\n") for part in parts)}


@contextlib.contextmanager
def printed_section(name: str, settings: Mapping[str, object], path: Path = RESULTS) -> Iterator[None]:
    """Whatever is printed inside is also the section; nothing is written where it ends with an error."""
    facts = circumstances(settings)
    printed = StringIO()
    with contextlib.redirect_stdout(_Both(sys.stdout, printed)):
        yield
    write_section(name, facts, f"```\n{printed.getvalue().strip()}\n```", path)


def markdown_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as Markdown.

    >>> print(markdown_table(["program", "in all"], [["Byline", "3.2 s"]]))
    | program | in all |
    | --- | --- |
    | Byline | 3.2 s |
    """
    return "\n".join("| " + " | ".join(row) + " |" for row in (columns, ["---"] * len(columns), *rows))


def read_tables(markdown: str) -> list[list[dict[str, str]]]:
    """The tables in a piece of Markdown: of each its rows, by the names of the columns.

    >>> read_tables("Times:\\n\\n| program | in all |\\n|---|---|\\n| Byline | 3.2 s |\\n")
    [[{'program': 'Byline', 'in all': '3.2 s'}]]
    """
    blocks: list[list[list[str]]] = [[]]
    for line in markdown.splitlines():
        if line.startswith("|"):
            blocks[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        elif blocks[-1]:
            blocks.append([])
    return [[dict(zip(block[0], row, strict=True)) for row in block[2:]] for block in blocks if block]


def circumstances(settings: Mapping[str, object]) -> str:
    """The date, the commit, the machine, the command and the settings, as one Markdown list."""
    facts = {
        "date": date.today().isoformat(),
        "commit": _commit(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory_gb():.0f} GB, {platform.system()}",
        "Python": platform.python_version(),
        "load average at the start": f"{os.getloadavg()[0]:.1f}",
        "command": f"`{_command()}`",
    }
    return "\n".join(f"- {name}: {value}" for name, value in {**facts, **settings}.items())


class _Both(StringIO):
    """Writes to two places."""

    def __init__(self, one: TextIO, other: TextIO) -> None:
        super().__init__()
        self._places = one, other

    def write(self, text: str) -> int:
        for place in self._places:
            place.write(text)
        return len(text)


def _command() -> str:
    """The command that repeats the run, from the root of the checkout."""
    script, *arguments = sys.argv
    shown = [_from_root(argument) if Path(argument).is_absolute() else argument for argument in arguments]
    return shlex.join(["python", _from_root(script), *shown])


def _from_root(path: str) -> str:
    """The path from the root of the checkout; of what lies neither in it nor beside it, the name alone."""
    whole = Path(path).absolute()
    shown = Path(os.path.relpath(whole, ROOT)) if whole.is_relative_to(ROOT.parent) else Path(whole.name)
    return shown.as_posix()


def _commit() -> str:
    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False, cwd=RESULTS.parent)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", ":/", f":!{RESULTS.name}")
    return (git("rev-parse", "--short", "HEAD") or "unknown") + (" with changes" if changed else "")


def _processor() -> str:
    """The processor's name and what it offers."""
    told = {}
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        told.setdefault(name.strip(), value.strip())
    flags = told.get("flags", "").split()
    offered = "/".join(shown for flag, shown in _FLAGS.items() if flag in flags)
    return f"{told.get('model name', platform.machine())} ({offered})" if offered else platform.machine()


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9

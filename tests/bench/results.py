"""RESULTS.md: a section for each benchmark, written by the program that measured it."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import date
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
_TITLE = "# Results\n\nWritten by the benchmarks themselves; do not edit.\n"


def write_section(name: str, body: str, path: Path = RESULTS) -> None:
    """Puts the section of this name in place of the one before, or at the end.

    ``body`` is Markdown without a heading of the first or second level.
    """
    sections = _sections(path.read_text(encoding="utf-8")) if path.exists() else {}
    sections[name] = body.strip()
    whole = _TITLE + "".join(f"\n## {heading}\n\n{text}\n" for heading, text in sections.items())
    path.write_text(whole, encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    parts = text.split("\n## ")[1:]
    return {heading: body.strip() for heading, _, body in (part.partition("\n") for part in parts)}


def circumstances() -> str:
    """The date, the commit and the machine, as one Markdown list."""
    return "\n".join(f"- {name}: {value}" for name, value in _facts().items())


def _facts() -> dict[str, str]:
    return {
        "date": date.today().isoformat(),
        "commit": _commit(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory_gb():.0f} GB, {platform.system()}",
        "Python": platform.python_version(),
        "load average at the start": f"{os.getloadavg()[0]:.1f}",
    }


def _commit() -> str:
    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False, cwd=RESULTS.parent)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", ":!RESULTS.md")
    return (git("rev-parse", "--short", "HEAD") or "unknown") + (" with changes" if changed else "")


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9

"""How long keeping up with a folder of many files takes: one where nothing changed, and one where a file did.

    python tests/bench/bench_folder.py [--files 10000]

Makes a folder of so many short articles and runs ``byline sync`` on it, with counted words in the place of the
embedder: for the first time, twice where nothing changed, and where one file did. Beside the time of the wall, the
start of the program within it, stands that of the processor, which other work on the machine does not lengthen. Last,
``byline list`` shows a page of the library.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_large_files import COUNTED, child_environment, sentences

_A_FOLDER = 500
"""Files in each of the folders within the folder."""


def write_files(folder: Path, count: int) -> None:
    chance = random.Random(4)
    for number in range(count):
        inner = folder / f"month{number // _A_FOLDER}"
        inner.mkdir(parents=True, exist_ok=True)
        (inner / f"report{number}.txt").write_text(
            f"Report {number}\n\n{sentences(4, chance)}\n\n{sentences(3, chance)}\n", encoding="utf-8"
        )


def tell_time(what: str, library: Path, *words: str) -> None:
    """Runs a command, and tells its seconds of the wall and of the processor and the last line that it printed."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", COUNTED, "--library", str(library), *words],
        env=child_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    last = (done.stdout.strip().splitlines() or [""])[-1]
    sys.stdout.write(f"{what}: {wall:.2f} s, {processor:.2f} s of the processor ({last})\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    count = parser.parse_args().files
    with tempfile.TemporaryDirectory() as place:
        folder, library = Path(place) / "files", Path(place) / "library"
        write_files(folder, count)
        tell_time(f"{count:,} files for the first time", library, "sync", str(folder))
        for _ in range(2):
            tell_time("nothing changed", library, "sync", str(folder))
        (folder / "month0" / "report0.txt").write_text("Report 0\n\nThe lighthouse was moved by oxen.\n", "utf-8")
        tell_time("one file changed", library, "sync", str(folder))
        tell_time("found", library, "search", "lighthouse oxen")
        tell_time("a page of the list", library, "list", "--limit", "50")


if __name__ == "__main__":
    main()

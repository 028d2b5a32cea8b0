"""How fast articles are added, beside LangChain's HuggingFaceEmbeddings and FAISS, the same texts in the same run.

    python tests/bench/bench_adding.py FOLDER... [--python PYTHON] [--times 3] [--shared]

Byline reads, cleans and splits the files, embeds each passage and each of its sentences, and writes all of it to a
library on the disk; LangChain is given Byline's passages as they are embedded, the headline before each, and embeds
them alone, into memory. Both have loaded the model before, and take turns. Beside the time of the wall stands that of
the processor, which other work on the machine hardly lengthens.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench_peers import PEERS_PYTHON
from results import circumstances, markdown_table, write_section

from index.embedding.embedder import Whole
from index.library import Library
from index.models.local import find_model
from index.reading.files import find_all
from ui.commands.chosen import EMBEDDER, open_embedder

SECTION = "Adding"
_PEER = Path(__file__).parent / "peers" / "adding_langchain.py"
_WANTED = 2.5
"""Times as many passages a second."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--python", type=Path, default=PEERS_PYTHON, help="the peers' own")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--shared", action="store_true", help="other work runs on the machine meanwhile: state so")
    options = parser.parse_args()
    facts = circumstances({"times": options.times, "other work": "ran meanwhile" if options.shared else "none"})
    embedder = open_embedder()
    embedder.embed_wholes([Whole("warm", 0, ())] * 40)
    texts = passages(options.folders)
    rows: dict[str, list[dict[str, float]]] = {"Byline": [], "LangChain": []}
    peer = langchain(options.python, texts, options.times)
    for _ in range(options.times):
        with tempfile.TemporaryDirectory() as folder:
            library = Library(Path(folder), embedder)
            wall, processor = time.perf_counter(), time.process_time()
            list(library.add(find_all(options.folders)))
            spent = {"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}
            library.close()
        rows["Byline"].append(spent)
        rows["LangChain"].append(next(peer))
    report(rows, len(texts), facts)


def passages(folders: list[Path]) -> list[str]:
    """Byline's passages of the files, the headline before each."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder), open_embedder())
        list(library.add(find_all(folders)))
        found = [
            f"{library.article(listing.id).title}\n{passage.text}"
            for listing in library.listings()
            if listing.duplicate_of is None
            for passage in library.passages_of(listing.id)
        ]
        library.close()
    return found


def langchain(python: Path, texts: list[str], times: int) -> Iterator[dict[str, float]]:
    """The seconds of each time, which begins when it is asked for."""
    process = subprocess.Popen([python, _PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    print(
        json.dumps({"embedder": str(find_model(EMBEDDER, "embedder")), "texts": texts}), file=process.stdin, flush=True
    )
    for _ in range(times):
        print("again", file=process.stdin, flush=True)
        yield json.loads(process.stdout.readline())
    process.stdin.close()
    process.wait()


def report(rows: dict[str, list[dict[str, float]]], count: int, facts: str) -> None:
    """Prints the table and writes its section."""
    table = []
    for name, each in rows.items():
        wall, processor = (statistics.median(spent[kind] for spent in each) for kind in ("wall", "processor"))
        table.append([name, f"{count}", f"{wall:.1f} s", f"{count / wall:.0f}", f"{processor:.1f} s"])
    ratios = [
        statistics.median(other[kind] / own[kind] for own, other in zip(rows["Byline"], rows["LangChain"], strict=True))
        for kind in ("wall", "processor")
    ]
    shown = markdown_table(["program", "passages", "median time", "passages a second", "of the processor"], table)
    shown += (
        f"\n\nByline adds {ratios[0]:.1f} times as many passages a second, {ratios[1]:.1f} times by the processor's "
        f"time (wanted: {_WANTED})."
    )
    print(shown)
    write_section(SECTION, facts, shown)


if __name__ == "__main__":
    main()

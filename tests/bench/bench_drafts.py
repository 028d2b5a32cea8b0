"""Checks the sentences of ``drafts/draft.jsonl``, true ones and ones with planted errors, and prints what is told.

python tests/bench/bench_drafts.py [--words-alone]
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from pathlib import Path

from rich.progress import track

from index.library import Library
from index.models.local import find_model
from index.reading.files import find
from qa.llm.states import StateStore
from qa.reader.making import MADE_FROM, open_reader
from qa.support.checking import check
from ui.commands.chosen import open_embedder

DRAFTS = Path(__file__).with_name("drafts")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words-alone", action="store_true", help="without the reader")
    options = parser.parse_args()
    lines = [json.loads(line) for line in (DRAFTS / "draft.jsonl").read_text(encoding="utf-8").splitlines()]
    told: dict[str, list[bool]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder), open_embedder())
        for _ in library.add(find([DRAFTS / "articles"])):
            pass
        reader = (
            None
            if options.words_alone
            else open_reader(find_model(MADE_FROM, "llm"), StateStore(Path(folder) / "readings"))
        )
        for line in track(lines, description="Checking"):
            supported = all(found.support == "supported" for found in check(line["text"], library, reader))
            true = line["right"] == "supported"
            told["true, kept" if true else "planted, told"].append(supported == true)
            told[f"  {'true' if true else 'planted'}: {line['kind']}"].append(supported == true)
    for name, right in sorted(told.items(), key=lambda item: (item[0].strip()[0] == "p", item[0])):
        print(f"{name:40} {sum(right) / len(right):.2f} of {len(right)}")


if __name__ == "__main__":
    main()

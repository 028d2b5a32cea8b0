"""How well passages are found in several languages, and across them.

    python tests/bench/bench_languages.py FOLDER... [--embedder NAME] [--also FOLDER]

Each FOLDER is a question set: ``articles/`` and ``questions.jsonl`` with the spans that answer as ``evidence``. A set
is asked of a new library of its articles: R@1 and R@5 are the shares of its questions for which the paragraph with the
answer is the first, or among the first five, of those that the found passages stand in. ``--also`` names a set of the
same articles in another language, whose questions are asked of each FOLDER as well.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

from bench import paragraph

from index.library import Library
from index.reading.files import find_all
from ui.commands.chosen import EMBEDDER, Chosen, open_embedder

_HITS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--embedder", default=EMBEDDER)
    parser.add_argument("--also", type=Path, help="a set in another language, whose questions are asked as well")
    given = parser.parse_args()
    Chosen.embedder = given.embedder
    print(f"embedder {given.embedder}")
    for folder in given.folders:
        with TemporaryDirectory() as place:
            library = Library(Path(place) / "library", open_embedder())
            passages = sum(outcome.passages for outcome in library.add(find_all([folder / "articles"])))
            print(f"{folder.name}: {len(library.listings())} articles, {passages} passages")
            for asked in dict.fromkeys([folder, *([given.also] if given.also else [])]):
                shares = _measured(library, folder, asked)
                print(f"    asked by {asked.name:16}   R@1 {shares[0]:.3f}   R@5 {shares[1]:.3f}", flush=True)
            library.close()


def _measured(library: Library, folder: Path, asked: Path) -> tuple[float, float]:
    """R@1 and R@5 of the questions of one set whose answers are known in the library's."""
    spans = {question["id"]: question.get("evidence") for question in _questions(folder)}
    firsts = []
    for question in _questions(asked):
        if evidence := spans.get(question["id"]):
            hits = library.search(question["question"], _HITS)
            found = dict.fromkeys(paragraph(library, hit.passage.article_id, hit.passage.end) for hit in hits)
            wanted = {paragraph(library, span["article"], span["end"]) for span in evidence}
            firsts.append([place in wanted for place in list(found)[:5]])
    return fmean(first[0] for first in firsts), fmean(any(first) for first in firsts)


def _questions(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines()]


if __name__ == "__main__":
    main()

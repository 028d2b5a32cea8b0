"""Measures the mark "supported" on sentences of language models that were read beside their passages (``answers/``).

    python tests/bench/bench_marks.py [--model 1.5b]

Each sentence is judged as the answer to its question on its own passage, as a finished answer is; what is right is
stated by the passage and answers. The questions are our own, on which the reader is fitted, the sentences are not. Ten
minutes on two cores for the 1.5B model.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from own_questions import passages
from results import printed_section
from rich.progress import track

from index.library import Library
from index.models.local import find_model
from index.records import Article, Filter
from qa.citing import Citer
from qa.evidence.finding import finding
from qa.evidence.selecting import Nearness
from qa.llm.llama import LlamaCpp
from qa.llm.states import StateStore
from qa.reader.making import MADE_FROM, open_reader
from qa.records import Answer, Support
from ui.commands.chosen import open_embedder

ANSWERS = Path(__file__).with_name("answers")
_HITS = 16


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="1.5b", choices=sorted(path.stem for path in ANSWERS.glob("*.jsonl")))
    options = parser.parse_args()
    lines = (ANSWERS / f"{options.model}.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    with printed_section(f"Marks, {options.model}", {"sentences": len(read)}):
        marked = Counter((mark, one["true"] and one["answers"]) for one, mark in marks(read, options.model))
        right = sum(count for (_, is_right), count in marked.items() if is_right)
        print(f"{len(read)} sentences, {right} of them right")
        for mark in ("supported", "partly", "unsupported"):
            some = marked[mark, True] + marked[mark, False]
            if some:
                print(f"  {mark:12} {some:4}, of which {marked[mark, True] / some:.3f} right", end="")
                print(f"; {marked[mark, True] / right:.3f} of the right")


def marks(read: list[dict[str, Any]], name: str) -> Iterator[tuple[dict[str, Any], Support]]:
    """Each sentence with its mark."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        library = Library(folder / "library", open_embedder())
        asked = {one["passage"] for one in read}
        for _ in library.add_read(article(passage) for passage in passages() if passage["id"] in asked):
            pass
        reader = open_reader(find_model(MADE_FROM, "llm"), StateStore(folder / "readings"))
        model = LlamaCpp(find_model(name, "llm"), StateStore(folder / "states"))
        for one in track(read, description="Marking"):
            question, only = one["question"], Filter(articles=(one["passage"],))
            hits = library.search(question, _HITS, only)
            nearness = Nearness(question, library.rarity)
            found = finding(question, hits, hits, nearness, reader, library)
            citer = Citer(question, found.evidence, found.candidates, library, reader, found.sections)
            answer = citer.finished(Answer(question, question, text=one["sentence"]), unsupported_too=True)
            yield one, answer.sentences[0].support
        model.close()


def article(passage: dict[str, Any]) -> Article:
    """A passage as an article of its own."""
    text = " ".join(passage["sentences"])
    return Article(passage["id"], passage["headline"], passage["outlet"], passage["date"], None, text)


if __name__ == "__main__":
    main()

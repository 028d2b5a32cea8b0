"""Checks the claims of ``abroad/``, true and false ones in German, Spanish and French, and prints what is told.

    python tests/bench/bench_abroad.py [--set abroad] [--codes de,es,fr] [--embedder NAME] [--half b] [--words-alone]
        [--missed] [--remembered FILE]

Half "a" may be looked at and fitted on, half "b" is reported. Kinds: ``light`` keeps the article's words, ``reworded``
has others; a false claim of any other kind has one fact of the article altered.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path

from remembered import Memory, RememberedReader
from rich.progress import track

from index.library import Library
from index.models.local import find_model
from index.reading.files import find
from qa.llm.states import StateStore
from qa.reader.making import MADE_FROM, open_reader
from qa.support.checking import check
from ui.commands.chosen import Chosen, open_embedder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="abroad", help="the folder beside this file")
    parser.add_argument("--codes", default="de,es,fr")
    parser.add_argument("--embedder", default="multilingual-e5-small")
    parser.add_argument("--half", default="ab", help="a, b or ab")
    parser.add_argument("--words-alone", action="store_true", help="without the reader")
    parser.add_argument("--missed", action="store_true", help="print the claims that were told wrong")
    parser.add_argument("--remembered", type=Path, help="a file for what the reader says")
    options = parser.parse_args()
    Chosen.embedder = options.embedder
    folder = Path(__file__).with_name(options.set)
    for code in options.codes.split(","):
        lines = [json.loads(line) for line in (folder / code / "claims.jsonl").read_text("utf-8").splitlines()]
        lines = [line for line in lines if line["half"] in options.half]
        with tempfile.TemporaryDirectory() as temporary:
            library = Library(Path(temporary), open_embedder())
            for _ in library.add(find([folder / code / "articles"])):
                pass
            reader = None if options.words_alone else _reader(Path(temporary), options.remembered)
            marks = [_mark(line["text"], library, reader) for line in track(lines, description=code)]
            library.close()
        _print(code, lines, marks, options.missed)


def _reader(folder: Path, remembered: Path | None) -> RememberedReader:
    memory = Memory(remembered or folder / "remembered.sqlite")
    return RememberedReader(lambda: open_reader(find_model(MADE_FROM, "llm"), StateStore(folder / "readings")), memory)


def _mark(claim: str, library: Library, reader: RememberedReader | None) -> str:
    """The mark of a claim; the worst of its sentences."""
    marks = {found.support for found in check(claim, library, reader)}
    return next(mark for mark in ("unsupported", "partly", "supported") if mark in marks)


def _print(code: str, lines: list[dict[str, object]], marks: list[str], missed: bool) -> None:
    wanted = {
        "light, true: supported": (True, True, {"supported"}),
        "altered, false: not supported": (False, True, {"partly", "unsupported"}),
        "reworded, true: supported or partly": (True, False, {"supported", "partly"}),
        "reworded, true: supported": (True, False, {"supported"}),
        "reworded, false: not supported": (False, False, {"partly", "unsupported"}),
        "reworded, false: unsupported": (False, False, {"unsupported"}),
    }
    print(f"{code}, {len(lines)} claims")
    for name, (right, light, good) in wanted.items():
        some = [mark for line, mark in zip(lines, marks, strict=True) if _is(line, right, light)]
        print(f"    {name:40}{sum(mark in good for mark in some) / max(1, len(some)):6.3f} of {len(some)}")
    altered: dict[object, Counter[bool]] = {}
    for line, mark in zip(lines, marks, strict=True):
        if not line["right"]:
            altered.setdefault(line["kind"], Counter())[mark != "supported"] += 1
    told = ", ".join(f"{kind} {count[True]} of {count.total()}" for kind, count in sorted(altered.items(), key=str))
    print(f"    false, not supported: {told}")
    for line, mark in zip(lines, marks, strict=True):
        if missed and (line["right"] != (mark == "supported")):
            print(f"      {'true ' if line['right'] else 'false'} {line['kind']:9}{mark:12}{line['text']}")


def _is(line: dict[str, object], right: bool, light: bool) -> bool:
    return line["right"] == right and (line["kind"] != "reworded") == light


if __name__ == "__main__":
    main()

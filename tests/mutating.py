"""A library's files damaged at random, each read in a child process of its own.

``python tests/mutating.py FOLDER COUNT SEED`` prints every damage after which something else came than what the sound
library gives, or a sentence that says what is wrong.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from fakes import WordEmbedder
from killing import begun, in_child

from index.errors import BylineError
from index.library import Library
from qa.lookup.quotes import find_quote

_PAGE = 4096


def readings(library: Library) -> Iterator[tuple[str, Callable[[], object]]]:
    """All that a person may do with a library without changing it."""
    yield (
        "list",
        lambda: [(x.id, x.title, x.outlet, x.published, x.passages, x.duplicate_of) for x in library.listings()],
    )
    for name in ("bridge", "reprint", "wolves"):
        yield f"show {name}", lambda name=name: library.article(name)  # type: ignore[misc]
    for words in ("bridge crowns", "four wolves"):
        yield (
            f"search {words}",
            lambda words=words: [  # type: ignore[misc]
                (hit.passage, [found.sentence for found in hit.sentences], round(hit.score, 4))
                for hit in library.search(words)
            ],
        )
    yield "quote", lambda: find_quote("A farmer lost nine sheep", library)
    yield "reprints", lambda: library.reprints("bridge")
    yield "conversations", lambda: [(x.id, x.name) for x in library.conversations.find()]
    yield "turns", lambda: [(x.question, x.answer) for x in library.conversations.turns(1) if x.state != "failed"]


def results(folder: Path) -> dict[str, object]:
    """What each reading gives; a sentence, where it says what is wrong, is None."""
    found: dict[str, object] = {}
    try:
        library = Library(folder, WordEmbedder())
    except BylineError:
        return found
    for name, read in readings(library):
        try:
            found[name] = repr(read())
        except BylineError:
            found[name] = None
    list(library.faults())
    return found


def damage(data: bytearray, rng: random.Random) -> str:
    """Damages the bytes of a file in one of the ways in which disks and people do; returns which."""
    place = rng.randrange(len(data))
    match rng.randrange(7):
        case 0:
            data[place] ^= 1 << rng.randrange(8)
            return f"bit at {place}"
        case 1:
            data[place] = rng.randrange(256)
            return f"byte at {place}"
        case 2:
            del data[place:]
            return f"cut at {place}"
        case 3:
            page = place // _PAGE * _PAGE
            data[page : page + _PAGE] = bytes(len(data[page : page + _PAGE]))
            return f"page {page} emptied"
        case 4:
            page = place // _PAGE * _PAGE
            data[page : page + 12] = rng.randbytes(12)
            return f"head of page {page}"
        case 5:
            data[place : place + 64] = rng.randbytes(len(data[place : place + 64]))
            return f"64 bytes at {place}"
        case _:
            other = rng.randrange(len(data)) // _PAGE * _PAGE
            page = place // _PAGE * _PAGE
            data[page : page + _PAGE] = data[other : other + _PAGE]
            return f"page {other} over page {page}"


def main(folder: Path, count: int, seed: int) -> None:
    rng = random.Random(seed)
    folder.mkdir(exist_ok=True)
    library = begun(folder)
    _, turn = library.conversations.ask(None, "Who lost the sheep?")
    library.conversations.save(turn, "done", '{"text": "A farmer."}')
    library.close()
    sound = results(library.folder)
    assert all(sound.values())
    sentences = 0
    for number in range(count):
        copy = folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(library.folder, copy)
        name = rng.choices(["library.sqlite", "passages.faiss"], [9, 1])[0]
        data = bytearray((copy / name).read_bytes())
        done = damage(data, rng)
        (copy / name).write_bytes(data)

        def look(copy: Path = copy) -> None:
            found = results(copy)
            wrong = {key: value for key, value in found.items() if value is not None and value != sound[key]}
            assert not wrong, wrong
            os._exit(0 if found == sound else 3)

        ended = in_child(look)
        if ended not in (0, 3):
            sys.stdout.write(f"{number}: {name}, {done}: ended with {ended}\n")
        sentences += ended == 3
    sys.stdout.write(f"{count} damaged, {sentences} told\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

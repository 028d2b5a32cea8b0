"""Changes of a library, each killed before any of its SQL statements, in child processes.

``python tests/killing.py FOLDER CHANGE`` prints, for every statement at which it was killed, what was wrong afterwards:
the library has to be what it was before one of its changes, with every passage found, or what it was after it. Of
statements that follow each other without a change of the library's files, as those that only read, it is killed before
the first: a process killed before another leaves the very same files.
``python tests/killing.py FOLDER CHANGE 10`` kills at ten of the statements, drawn at random, with the real embedder.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from fakes import WordEmbedder

from index.embedding.embedder import Embedder, FloatArray, Whole
from index.library import Library
from index.reading.files import find


class Remembering:
    """The real embedder, asked once for each text: PyTorch hangs in a child process whose parent has used it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._texts: dict[tuple[str, bool], FloatArray] = {}
        self._wholes: dict[Whole, FloatArray] = {}
        self.name, self.sha256, self.window = embedder.name, embedder.sha256, embedder.window

    def count_tokens(self, text: str) -> int:
        return self._embedder.count_tokens(text)

    def embed(self, texts: Sequence[str], are_questions: bool = False) -> FloatArray:
        for text in texts:
            if (text, are_questions) not in self._texts:
                self._texts[text, are_questions] = self._embedder.embed([text], are_questions)[0]
        return np.stack([self._texts[text, are_questions] for text in texts])

    def embed_wholes(self, wholes: Sequence[Whole]) -> list[FloatArray]:
        new = [whole for whole in wholes if whole not in self._wholes]
        self._wholes |= dict(zip(new, self._embedder.embed_wholes(new), strict=True)) if new else {}
        return [self._wholes[whole] for whole in wholes]


EMBEDDER: Embedder = WordEmbedder()
BRIDGE = "Bridge closed\n\nThe bridge over the Wend is closed. Repairs cost two million crowns.\n"
WOLVES = "Wolves return\n\nFour wolves were seen near Ostrey. A farmer lost nine sheep.\n"
TRAM = "Tram line\n\nThe tram will cross the market square in spring.\n"


def write(folder: Path, **texts: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)


def added(library: Library, news: Path) -> None:
    list(library.add(find([news])))


def add(library: Library, news: Path) -> None:
    write(news, tram=TRAM, copy=BRIDGE)
    added(library, news)


def update(library: Library, news: Path) -> None:
    """An article whose text changes leaves its passages to its duplicate."""
    write(news, bridge="Bridge open\n\nThe bridge carries trams again.\n")
    added(library, news)


def become_a_duplicate(library: Library, news: Path) -> None:
    write(news, wolves=BRIDGE)
    added(library, news)


def remove(library: Library, news: Path) -> None:
    library.remove(["bridge", "wolves"])


def sync(library: Library, news: Path) -> None:
    write(news, tram=TRAM)
    (news / "bridge.txt").unlink()
    added(library, news)
    library.remove(["bridge"])


def learn(library: Library, news: Path) -> None:
    """Articles are split anew once a line has stood on three of an outlet's pages."""
    pages = {"harbour": "A crane fell into the basin.", "choir": "Nine girls won a medal.", "oven": "Bread is dearer."}
    write(news, **{name: f"News\n\n{text}\n\nTell us what you think.\n" for name, text in pages.items()})
    added(library, news)


CHANGES: dict[str, Callable[[Library, Path], None]] = {
    change.__name__: change for change in (add, update, become_a_duplicate, remove, sync, learn)
}


def begun(folder: Path) -> Library:
    """A library of two articles and a duplicate."""
    write(folder / "news", bridge=BRIDGE, reprint=BRIDGE, wolves=WOLVES)
    library = Library(folder / "library", EMBEDDER)
    added(library, folder / "news")
    return library


def state(library: Library) -> str:
    """All that is in a library, and what is found in it; what is wrong with it is no state of a sound one."""
    wrong = list(library.faults())
    assert not wrong, wrong
    database = library._database
    with database.snapshot():
        articles = database.rows("SELECT id, title, text, sha256, duplicate_of FROM articles ORDER BY id")
        passages = database.rows(
            """SELECT article_id, start, "end", sentences, hex(vectors), w.title, w.text
               FROM passages p JOIN words w ON w.rowid = p.id ORDER BY article_id, start"""
        )
    found = [
        [hit.passage.article_id, hit.passage.start, round(hit.score, 5)]
        for words in ("bridge crowns", "four wolves", "tram square")
        for hit in library.search(words)
    ]
    return json.dumps([articles, passages, sorted(found)])


def in_child(work: Callable[[], None]) -> int:
    """The signal or status that the work, done in a child process, ends with."""
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException as error:
            sys.stdout.write(f"{type(error).__name__}: {error}" + "\n")
            sys.stdout.flush()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kept(folder: Path) -> Path:
    """Where a copy of a library lies that was begun in the folder, with all of its files as they were."""
    begun(folder).close()
    return Path(shutil.copytree(folder, folder.with_name(f"{folder.name}-begun")))


def begun_anew(folder: Path, copy: Path) -> None:
    """Puts the copy in the place of what was made of the library since."""
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)


def files_of(library: Path) -> bytes:
    """A digest of all files in the library's folder."""
    digest = hashlib.sha256()
    for path in sorted(library.iterdir()):
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)} ".encode() + data)
    return digest.digest()


def states_on_the_way(
    folder: Path, copy: Path, change: Callable[[Library, Path], None]
) -> tuple[set[str], Sequence[bytes]]:
    """The states before, between and after a change's transactions, and a digest of the files before each statement."""
    library = Library(folder / "library", EMBEDDER)
    states = {state(library)}
    ended = [0]
    files: list[bytes] = []

    def look(statement: str) -> None:
        ended[0] += statement == "COMMIT"
        files.append(files_of(library.folder))

    library._database._connection.set_trace_callback(look)
    change(library, folder / "news")
    library._database._connection.set_trace_callback(None)
    total = ended[0]
    states.add(state(library))
    for count in range(1, total):
        begun_anew(folder, copy)
        left = [count]

        def stop(statement: str, left: list[int] = left) -> None:
            if left[0] == 0 and statement.startswith("BEGIN"):
                raise KeyboardInterrupt
            left[0] -= statement == "COMMIT"

        in_child(lambda: _killed(folder, lambda statement: stop(statement), change))
        states.add(state(Library(folder / "library", EMBEDDER)))
    return states, files


def _killed(folder: Path, look: Callable[[str], None], change: Callable[[Library, Path], None]) -> None:
    library = Library(folder / "library", EMBEDDER)

    def look_or_die(statement: str) -> None:
        try:
            look(statement)
        except KeyboardInterrupt:
            os.kill(os.getpid(), signal.SIGKILL)

    library._database._connection.set_trace_callback(look_or_die)
    change(library, folder / "news")


def main(folder: Path, change: Callable[[Library, Path], None], drawn: Sequence[int] | None = None) -> None:
    folder.mkdir()
    copy = kept(folder)
    sound, files = states_on_the_way(folder, copy, change)
    changed = [number for number in range(len(files)) if number == 0 or files[number] != files[number - 1]]
    for number in changed if drawn is None else drawn:
        begun_anew(folder, copy)
        seen = [0]

        def kill(statement: str, seen: list[int] = seen, number: int = number) -> None:
            if seen[0] == number:
                raise KeyboardInterrupt
            seen[0] += 1

        ended = in_child(lambda: _killed(folder, kill, change))
        assert ended == -signal.SIGKILL, ended
        after = state(Library(folder / "library", EMBEDDER))
        if after not in sound:
            sys.stdout.write(f"killed before statement {number}: {after}" + "\n")
    sys.stdout.write(f"{len(files)} statements, {len(changed if drawn is None else drawn)} kills" + "\n")


FEWEST_STATEMENTS = 40
"""Every change has at least so many."""


if __name__ == "__main__":
    place, named = Path(sys.argv[1]), CHANGES[sys.argv[2]]
    if len(sys.argv) > 3:
        from ui.commands.chosen import open_embedder

        EMBEDDER = Remembering(open_embedder())
        main(place, named, random.Random(7).sample(range(FEWEST_STATEMENTS), int(sys.argv[3])))
    else:
        main(place, named)

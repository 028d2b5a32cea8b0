"""What is written to the disk while articles are added, and what of it stays when that ends before its end."""

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from fakes import WordEmbedder
from killing import BRIDGE, TRAM, WOLVES, write

from index.library import Library
from index.reading.files import find
from index.records import Article

_COUNTED = Path("/proc/self/io")


@pytest.mark.skipif(not _COUNTED.exists(), reason="the system does not count what a process writes")
def test_a_short_article_has_a_few_pages_written(tmp_path: Path) -> None:
    rng = random.Random(5)
    texts = [" ".join(f"w{rng.randrange(20_000)}" for _ in range(70)) for _ in range(600)]
    library = Library(tmp_path / "library", WordEmbedder())
    before = _written()
    list(library.add_read(Article(f"a{n}", text[:30], None, None, None, text) for n, text in enumerate(texts)))
    # 12,000 bytes were measured; where each hash of a sketch was a row, and each article a transaction, 549,000.
    assert (_written() - before) / len(texts) < 30_000


def test_a_process_killed_while_adding_loses_no_finished_article(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    write(folder, bridge=BRIDGE, wolves=WOLVES)
    for number in range(30):
        (folder / f"more{number:02}.txt").write_text(f"Story {number}\n\nNumber {number} tells of nothing else.\n")
    script = (
        "import os, sys; from pathlib import Path; from fakes import WordEmbedder\n"
        "from index.library import Library; from index.reading.files import find\n"
        "library = Library(Path(sys.argv[1]), WordEmbedder())\n"
        "for count, outcome in enumerate(library.add(find([Path(sys.argv[2])])), 1):\n"
        "    print(outcome.id, flush=True)\n"
        "    if count == 20: os.kill(os.getpid(), 9)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "library"), str(folder)]
    ended = subprocess.run(
        command, env={"PYTHONPATH": ":".join(sys.path)}, check=False, stdout=subprocess.PIPE, text=True
    )
    told = ended.stdout.split()
    assert (ended.returncode, len(told)) == (-9, 20)
    library = Library(tmp_path / "library", WordEmbedder())
    kept = {article.id for article in library.articles()}
    assert set(told) <= kept
    assert len(kept) < 32
    assert library.search("bridge over the Wend")[0].passage.article_id == "bridge"
    assert [outcome.status for outcome in library.add(find([folder]))].count("added") == 32 - len(kept)


def test_adding_can_be_called_off_and_all_that_is_in_was_told(tmp_path: Path) -> None:
    library = Library(tmp_path / "library", WordEmbedder())
    (tmp_path / "many").mkdir()
    names = [f"{n:02}" for n in range(40)]
    for name in names:
        (tmp_path / "many" / f"{name}.txt").write_text(f"Barge {name} sank off the quay.\n")
    stop, told = threading.Event(), []
    for outcome in library.add(find([tmp_path / "many"]), stop):
        told.append(outcome.id)
        stop.set()
    assert 0 < len(told) < 20
    assert told == names[: len(told)] == [listing.id for listing in library.listings()]
    assert library.search("the barge")[0].passage.article_id in told
    assert {outcome.id: outcome.status for outcome in library.add(find([tmp_path / "many"]))} == {
        name: "unchanged" if name in told else "added" for name in names
    }


def _written() -> int:
    """Bytes that this process has handed to the system to write."""
    return int(dict(line.split(": ") for line in _COUNTED.read_text().splitlines())["wchar"])


def test_what_one_article_brings_or_takes_is_found_without_the_ids_of_all(tmp_path: Path) -> None:
    write(tmp_path / "news", bridge=BRIDGE, wolves=WOLVES)
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / "news"])))
    library.search("bridge")
    asked: list[str] = []
    library._database._connection.set_trace_callback(asked.append)
    list(library.add_read([Article("tram", "Tram", None, None, None, TRAM)]))
    assert library.search("tram")[0].passage.article_id == "tram"
    assert not [statement for statement in asked if "group_concat" in statement]
    library.remove(["wolves"])
    assert {hit.passage.article_id for hit in library.search("four wolves")} == {"bridge", "tram"}
    engine = library._search._current()  # type: ignore[attr-defined]
    assert engine.ids().tolist() == library._passages.indexed_ids().tolist()

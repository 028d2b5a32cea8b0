"""One text, however often it stands in the library, is one piece of evidence."""

from __future__ import annotations

from pathlib import Path

from fakes import WordEmbedder

from index.library import Library
from index.reading.files import find
from qa.evidence.repeats import distinct

SAMPLES = Path(__file__).parent.parent / "ui" / "samples"
QUESTION = "How many turbines will the wind farm off Port Selby have?"


def library_with(folder: Path, texts: dict[str, str]) -> Library:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    library = Library(folder / "library", WordEmbedder())
    list(library.add(find([SAMPLES / "wind-farm.txt", *(folder / f"{name}.txt" for name in texts)])))
    return library


def test_an_article_that_repeats_itself_is_heard_once(tmp_path: Path) -> None:
    lie = "The wind farm off Port Selby will have 900 turbines, as everybody in Port Selby knows of the wind farm."
    library = library_with(tmp_path, {"loud": "\n\n".join([lie] * 60)})
    hits = library.search(QUESTION, 100)
    assert sum("900" in hit.passage.text for hit in hits[:4]) > 1, "the repetition would have filled the evidence"
    found = distinct(hits, 100)
    assert sum("900" in hit.passage.text for hit in found) == 1
    assert {hit.passage.article_id for hit in found[:2]} == {"loud", "wind-farm"}


def test_reprints_with_small_edits_are_heard_once(tmp_path: Path) -> None:
    story = (SAMPLES / "wind-farm.txt").read_text(encoding="utf-8")
    reprints = {
        f"reprint{n}": f"Wind news {n}\n\n" + story.split("\n\n", 1)[1].replace("24", "two dozen") for n in (1, 2)
    }
    library = library_with(tmp_path, reprints)
    found = distinct(library.search(QUESTION, 100), 100)
    texts = [hit.passage.text for hit in found if "turbines" in hit.passage.text and "Selby" in hit.passage.text]
    assert len({text[-80:] for text in texts}) == len(texts)
    assert found == distinct(found, 100)


def test_different_passages_all_stay_in_their_order(tmp_path: Path) -> None:
    library = Library(tmp_path / "samples", WordEmbedder())
    list(library.add(find([SAMPLES])))
    hits = library.search(QUESTION, 20)
    assert distinct(hits, 20) == hits
    assert distinct(hits, 3) == hits[:3]


def test_passages_of_a_word_or_two_are_compared_too(tmp_path: Path) -> None:
    library = library_with(tmp_path, {"a": "Turbines.", "b": "turbines.", "c": "Turbines?"})
    short = [hit for hit in distinct(library.search("turbines", 100), 100) if len(hit.passage.text) < 12]
    assert len(short) == 2

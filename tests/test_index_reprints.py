"""One story in several articles: reprinted under other headlines, edited, cut short; and what is no reprint."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import WordEmbedder

from index.errors import FailedError
from index.library import Library
from index.reading.files import find
from index.store.sqlite.database import Database

SAMPLES = Path(__file__).parent.parent / "ui" / "samples"
STORY = (SAMPLES / "wind-farm.txt").read_text(encoding="utf-8")
_WORDS = STORY.split()

REPRINTS = {
    "another headline": "What the sea is to yield\nBy our staff\n\n" + STORY.split("\n\n", 1)[1],
    "its end cut off": " ".join(_WORDS[: len(_WORDS) // 2]),
    "its beginning cut off": " ".join(_WORDS[len(_WORDS) // 3 :]),
    "small edits": " ".join("reportedly" if i % 40 == 20 else word for i, word in enumerate(_WORDS)),
    "other marks and capitals": STORY.upper().replace(",", ";"),
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", WordEmbedder())


def add(library: Library, folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    list(library.add(find([folder / f"{name}.txt"])))


@pytest.mark.parametrize("text", REPRINTS.values(), ids=list(REPRINTS))
def test_reprints_know_each_other(library: Library, tmp_path: Path, text: str) -> None:
    add(library, tmp_path, "original", STORY)
    add(library, tmp_path, "reprint", text)
    assert library.reprints("original") == {"reprint"}
    assert library.reprints("reprint") == {"original"}


def test_the_very_same_text_is_a_reprint_too(library: Library, tmp_path: Path) -> None:
    add(library, tmp_path, "original", STORY)
    add(library, tmp_path, "copy", STORY)
    assert library.reprints("original") == {"copy"}


def test_different_stories_on_one_event_are_no_reprints(library: Library) -> None:
    list(library.add(find([SAMPLES])))
    assert [article.id for article in library.articles() if library.reprints(article.id)] == []


def test_quoting_a_paragraph_makes_no_reprint(library: Library, tmp_path: Path) -> None:
    add(library, tmp_path, "original", STORY)
    other = (SAMPLES / "stolen-violin.txt").read_text(encoding="utf-8")
    add(library, tmp_path, "quoting", other + "\n\n" + " ".join(_WORDS[60:90]))
    assert library.reprints("original") == frozenset()


def test_what_changed_or_went_is_forgotten(library: Library, tmp_path: Path) -> None:
    add(library, tmp_path, "original", STORY)
    add(library, tmp_path, "a", REPRINTS["small edits"])
    add(library, tmp_path, "b", REPRINTS["another headline"])
    add(library, tmp_path, "a", "Nothing of the story is left in this article, which tells of a village fair.")
    library.remove(["b"])
    assert library.reprints("original") == frozenset()


def test_short_texts_are_reprints_only_where_they_are_the_same(library: Library, tmp_path: Path) -> None:
    add(library, tmp_path, "short", "Rain is expected on Monday and Tuesday.")
    add(library, tmp_path, "other", "Rain is expected on Monday and on Sunday, too.")
    add(library, tmp_path, "tiny", "Rain.")
    assert library.reprints("short") == frozenset()
    assert library.reprints("tiny") == frozenset()


@pytest.mark.parametrize("version", [0, 4])
def test_an_older_library_gets_its_sketches_when_it_is_opened(tmp_path: Path, version: int) -> None:
    old = Library(tmp_path / "library", WordEmbedder())
    add(old, tmp_path, "original", STORY)
    add(old, tmp_path, "reprint", REPRINTS["another headline"])
    add(old, tmp_path, "tiny", "Rain.")
    old.close()
    database = Database(tmp_path / "library" / "library.sqlite")
    database.rows("DROP TABLE sketches")
    if version:  # a row for every hash
        database.rows("CREATE TABLE sketches (hash INTEGER NOT NULL, article_id TEXT NOT NULL)")
        database.rows("INSERT INTO sketches VALUES (1, 'original')")
        database.rows("UPDATE articles SET sketched = 1")
    database.rows(f"PRAGMA user_version = {version}")
    database.close()
    opened = Library(tmp_path / "library", WordEmbedder())
    generation = opened.generation
    assert (opened.folder / f"library.shape-{version}.sqlite").is_file()
    assert opened.reprints("original") == {"reprint"}
    assert opened.reprints("reprint") == {"original"}
    assert opened.reprints("tiny") == frozenset()
    assert list(opened.faults()) == []
    assert opened.generation == generation, "no passage has changed"
    add(opened, tmp_path, "reprint", "Nothing of the story is left in this article, which tells of a village fair.")
    assert opened.reprints("original") == frozenset()


def test_a_sketch_that_is_lost_is_told(library: Library, tmp_path: Path) -> None:
    add(library, tmp_path, "original", STORY)
    library._database.rows("DELETE FROM sketches")
    with pytest.raises(FailedError, match='the sketch of the article "original" is not there'):
        library.reprints("original")
    assert 'the sketch of the article "original" is not there' in "".join(library.faults())

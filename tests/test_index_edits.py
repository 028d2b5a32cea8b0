"""Facts about an article that a person set right: they stay, whatever is read again, until they are taken back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from fakes import WordEmbedder, library_of

from index.errors import InputError
from index.facts import checked_facts
from index.library import Library
from index.reading.files import find
from index.records import Filter

BRIDGE = "Bridge closed\nBy Ana Ruiz | Alba Post | 17 October 2018\n\nThe bridge over the Wend is closed.\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = library_of(tmp_path, {"bridge.txt": BRIDGE, "tram.txt": "Tram\n\nThe tram runs.\n"})
    (tmp_path / "copy.txt").write_text(BRIDGE)
    assert [outcome.status for outcome in library.add(find([tmp_path / "copy.txt"]))] == ["duplicate"]
    return library


class CountingEmbedder(WordEmbedder):
    """Remembers what it embedded."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded: list[str] = []

    def embed(self, texts):  # type: ignore[no-untyped-def]
        self.embedded += texts
        return super().embed(texts)


def test_an_edit_is_what_is_shown_listed_and_asked_by(library: Library) -> None:
    library.edit("bridge", checked_facts({"published": "18 October 2018", "outlet": "Herald"}))
    article = library.article("bridge")
    assert (article.published, article.outlet, article.author) == ("2018-10-18", "Herald", "Ana Ruiz")
    assert dict(article.told_by)["outlet"] == "edited"
    assert {each.id: each.outlet for each in library.listings()}["bridge"] == "Herald"
    assert library.search("the bridge", only=Filter(outlets=("Herald",)))[0].passage.article_id == "bridge"
    assert list(library.faults()) == []


def test_an_edit_survives_reading_the_article_again_also_where_it_changed(library: Library, tmp_path: Path) -> None:
    library.edit("bridge", checked_facts({"outlet": "Herald"}))
    assert [outcome.status for outcome in library.add(find([tmp_path / "bridge.txt"]))] == ["unchanged"]
    (tmp_path / "bridge.txt").write_text(BRIDGE + "\nIt opens in May.\n")
    assert [outcome.status for outcome in library.add(find([tmp_path / "bridge.txt"]))] == ["updated"]
    assert library.article("bridge").outlet == "Herald"


def test_an_edit_that_is_taken_back_gives_way_to_what_was_read_last(library: Library, tmp_path: Path) -> None:
    library.edit("tram", checked_facts({"outlet": "Herald", "author": ""}))
    (tmp_path / "tram.txt").write_text("Tram\nBy Eva Lund | Wend Courier | 3 May 2019\n\nThe tram runs.\n")
    list(library.add(find([tmp_path / "tram.txt"])))
    assert (library.article("tram").outlet, library.article("tram").author) == ("Herald", None)
    assert library.take_back_edits("tram") == library.article("tram")
    assert (library.article("tram").outlet, library.article("tram").author) == ("Wend Courier", "Eva Lund")
    assert "edited" not in dict(library.article("tram").told_by).values()


def test_a_headline_that_is_edited_is_searched(library: Library) -> None:
    library.edit("tram", checked_facts({"title": "Zeppelin over Ostrey"}))
    assert library.search("zeppelin", 1)[0].passage.article_id == "tram"
    library.edit("bridge", checked_facts({"title": "Ferry instead"}))
    assert library.search("ferry", 1)[0].passage.article_id == "bridge"
    assert list(library.faults()) == []


def test_what_does_not_change_the_headline_embeds_nothing(tmp_path: Path) -> None:
    library_of(tmp_path, {"bridge.txt": BRIDGE}).close()
    embedder = CountingEmbedder()
    library = Library(tmp_path / "library", embedder)
    library.edit("bridge", checked_facts({"outlet": "Herald", "language": "en"}))
    assert embedder.embedded == []
    assert library.article("bridge").language == "en"


def test_edits_end_with_the_article_unless_it_is_to_come_back(library: Library, tmp_path: Path) -> None:
    library.edit("tram", checked_facts({"outlet": "Herald"}))
    library.remove(["tram"], keep_edits=True)
    list(library.add(find([tmp_path / "tram.txt"])))
    assert library.article("tram").outlet == "Herald"
    library.remove(["tram"])
    list(library.add(find([tmp_path / "tram.txt"])))
    assert library.article("tram").outlet is None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"published": "May"}, '"May" is no date that tells day, month and year; write it as 2018-10-17.'),
        ({"title": " "}, "An article cannot be without a headline; give it one."),
        ({"language": "german?"}, '"german?" is no code of a language; write it as de or pt-BR.'),
        ({"url": "javascript:x"}, '"javascript:x" is no address on the web; begin it with https://'),
        ({"outlet": "x" * 301}, f'"{"x" * 40}…" has 301 characters; shorten it to at most 300.'),
    ],
)
def test_what_is_no_such_fact_is_refused(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(InputError) as raised:
        checked_facts(given)
    assert str(raised.value) == sentence


def test_a_library_of_the_shape_before_is_copied_brought_up_to_date_and_edited(library: Library) -> None:
    library.close()
    old = sqlite3.connect(library.folder / "library.sqlite", isolation_level=None)
    for statement in (
        "DROP TABLE edits",
        "DROP TABLE files",
        "ALTER TABLE articles DROP COLUMN origin",
        "PRAGMA user_version = 1",
    ):
        old.execute(statement)
    old.close()
    before = (library.folder / "library.sqlite").read_bytes()
    opened = Library(library.folder, WordEmbedder())
    assert {article.id for article in opened.articles()} == {"bridge", "copy", "tram"}
    opened.edit("tram", checked_facts({"outlet": "Herald"}))
    assert opened.article("tram").outlet == "Herald"
    assert list(opened.faults()) == []
    copy = sqlite3.connect(library.folder / "library.shape-1.sqlite")
    assert copy.execute("SELECT count(*) FROM articles").fetchone() == (3,)
    assert copy.execute("PRAGMA user_version").fetchone() == (1,)
    copy.close()
    assert len(before) == (library.folder / "library.shape-1.sqlite").stat().st_size

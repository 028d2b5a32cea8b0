from __future__ import annotations

import math
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fakes import WordEmbedder

from index.adding import AddResult
from index.errors import FailedError, InputError
from index.library import Library
from index.reading.files import find
from index.records import Filter, Listing, Wanted
from index.store.vectors import faiss_vectors

BRIDGE = "Bridge closed\n\nThe bridge over the Wend is closed. Repairs cost two million crowns.\n"
WOLVES = "Wolves return\n\nFour wolves were seen near Ostrey. A farmer lost nine sheep.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "bridge.txt").write_text(BRIDGE)
    (tmp_path / "news" / "wolves.txt").write_text(WOLVES)
    return tmp_path / "news"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", WordEmbedder())


def add(library: Library, folder: Path) -> list[AddResult]:
    return list(library.add(find([folder])))


def statuses(outcomes: list[AddResult]) -> dict[str, str]:
    return {outcome.id: outcome.status for outcome in outcomes}


def test_what_was_added_is_found_with_its_exact_place(library: Library, folder: Path) -> None:
    assert statuses(add(library, folder)) == {"bridge": "added", "wolves": "added"}
    best = library.search("What do the repairs of the bridge cost?")[0]
    text = library.article("bridge").text
    assert best.passage.article_id == "bridge"
    assert text[best.passage.start : best.passage.end] == best.passage.text
    for found in best.sentences:
        assert text[found.sentence.start : found.sentence.end] == found.sentence.text


def test_articles_are_told_by_phrases_of_their_text_or_of_their_headline(library: Library, folder: Path) -> None:
    add(library, folder)
    assert library.articles_with(["Ostrey", "repair COST two"], Filter(), 9) == ["bridge", "wolves"]
    assert library.articles_with(["Ostrey", "repair COST two"], Filter(), 1) == ["bridge"]
    assert library.articles_with(["wolves return", "Ostrey"], Filter(articles=("bridge",)), 9) == []
    assert library.articles_with(["is closed", "return wolves"], Filter(), 9, in_headline=True) == []
    assert library.articles_with(["wolves RETURN"], Filter(), 9, in_headline=True) == ["wolves"]
    assert library.articles_with([""], Filter(), 9) == []
    assert library.articles_with(["is closed", "Ostrey"], Filter(), 9, beside=["nine", "sheep"]) == ["wolves"]


def test_adding_again_changes_nothing(library: Library, folder: Path) -> None:
    add(library, folder)
    assert statuses(add(library, folder)) == {"bridge": "unchanged", "wolves": "unchanged"}


def test_a_changed_file_replaces_its_article(library: Library, folder: Path) -> None:
    add(library, folder)
    (folder / "bridge.txt").write_text("Bridge open\n\nThe bridge carries trams.\n")
    assert statuses(add(library, folder)) == {"bridge": "updated", "wolves": "unchanged"}
    assert "trams" in library.search("trams")[0].passage.text
    assert not any("crowns" in hit.passage.text for hit in library.search("crowns"))


def test_the_same_text_under_another_name_is_told_and_not_searched_twice(library: Library, folder: Path) -> None:
    (folder / "copy.txt").write_text(BRIDGE)
    outcomes = add(library, folder)
    assert AddResult("copy", "duplicate", "same text as bridge", original="bridge") in outcomes
    assert [hit.passage.article_id for hit in library.search("bridge")].count("copy") == 0
    assert library.article("copy").text == BRIDGE


def test_when_an_original_goes_its_copy_takes_its_place(library: Library, folder: Path) -> None:
    (folder / "copy.txt").write_text(BRIDGE)
    add(library, folder)
    library.remove(["bridge"])
    assert library.search("repairs of the bridge")[0].passage.article_id == "copy"
    (folder / "copy.txt").write_text("Nothing\n\nOf the kind.\n")
    assert statuses(add(library, folder)) == {"bridge": "duplicate", "copy": "updated", "wolves": "unchanged"}
    assert library.search("repairs of the bridge")[0].passage.article_id == "bridge"


def test_a_bad_file_is_named_and_the_good_ones_are_added(library: Library, folder: Path) -> None:
    (folder / "broken.txt").write_bytes(b"%PDF-1.7\n\x00\xff")
    (folder / "empty.txt").write_text(" \n")
    outcomes = {outcome.id: outcome for outcome in add(library, folder)}
    assert statuses(list(outcomes.values())) == {
        "bridge": "added",
        "broken": "skipped",
        "empty": "skipped",
        "wolves": "added",
    }
    assert str(folder / "broken.txt") in outcomes["broken"].reason
    assert len(library.articles()) == 2


def test_a_removed_article_is_found_no_more(library: Library, folder: Path) -> None:
    add(library, folder)
    library.remove(["wolves"])
    assert {hit.passage.article_id for hit in library.search("wolves")} == {"bridge"}
    with pytest.raises(InputError, match=r'^There is no article "wolves" in the library; list them with: byline list$'):
        library.article("wolves")


def test_removing_an_unknown_article_removes_none(library: Library, folder: Path) -> None:
    add(library, folder)
    with pytest.raises(InputError):
        library.remove(["wolves", "nonsense"])
    assert len(library.articles()) == 2


def test_an_empty_library_finds_nothing(library: Library) -> None:
    assert library.search("anything") == []
    assert library.rarity("anything") == 0.0


def test_a_library_of_another_embedder_is_named_with_the_way_out(tmp_path: Path, folder: Path) -> None:
    add(Library(tmp_path / "library", WordEmbedder()), folder)
    other = Library(tmp_path / "library", WordEmbedder("letters"))
    expected = (
        f"The library {tmp_path / 'library'} was made with embedder words, but this program uses letters; "
        "add its articles to a new one with: byline --library NEW_FOLDER add PATH"
    )
    with pytest.raises(InputError) as raised:
        other.search("bridge")
    assert str(raised.value) == expected
    with pytest.raises(InputError) as raised:
        add(other, folder)
    assert str(raised.value) == expected
    assert len(other.articles()) == 2


@pytest.mark.parametrize("damage", ["removed", "garbled"])
def test_the_vectors_are_made_anew_from_the_database(tmp_path: Path, folder: Path, damage: str) -> None:
    add(Library(tmp_path / "library", WordEmbedder()), folder)
    path = tmp_path / "library" / "passages.faiss"
    if damage == "removed":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-9] + b"123456789")
    assert Library(tmp_path / "library", WordEmbedder()).search("wolves")[0].passage.article_id == "wolves"


def test_another_process_that_adds_is_noticed(tmp_path: Path, library: Library, folder: Path) -> None:
    add(library, folder)
    library.search("bridge")
    (folder / "tram.txt").write_text("Tram line\n\nThe tram will cross the market square.\n")
    add(Library(tmp_path / "library", WordEmbedder()), folder)
    assert library.search("tram market square")[0].passage.article_id == "tram"


def test_what_only_splits_is_not_loaded_to_search(tmp_path: Path, library: Library, folder: Path) -> None:
    add(library, folder)
    script = (
        "import sys; from pathlib import Path; from fakes import WordEmbedder; from index.library import Library\n"
        "assert Library(Path(sys.argv[1]), WordEmbedder()).search('bridge')\n"
        "assert not {'langchain_core', 'langchain_text_splitters'} & set(sys.modules)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "library")]
    subprocess.run(command, env={"PYTHONPATH": ":".join(sys.path)}, check=True)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    place = tmp_path / "file" / "library"
    with pytest.raises(InputError, match=f"^The library folder {place} cannot be written .*--library.$"):
        Library(place, WordEmbedder())


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").write_text("my own notes, no database at all" * 100)
    with pytest.raises(InputError, match="is not a library of Byline"):
        Library(tmp_path, WordEmbedder())
    assert (tmp_path / "library.sqlite").read_text().startswith("my own notes")


def test_a_rare_word_weighs_more_than_a_common_one(library: Library, folder: Path) -> None:
    add(library, folder)
    with sqlite3.connect(library.folder / "library.sqlite") as database:
        (count,) = database.execute("SELECT count(*) FROM passages").fetchone()
    assert count == 2
    assert library.rarity("sheep") == pytest.approx(math.log(1 + 2 / 1.5))
    assert library.rarity("unheard") == pytest.approx(math.log(1 + 2 / 0.5))


def dated(folder: Path, name: str, day: str, outlet: str, text: str) -> None:
    head = f"---\ntitle: From the river\ndate: {day}\noutlet: {outlet}\n---\n\n"
    (folder / f"{name}.md").write_text(head + text)


@pytest.fixture
def papers(library: Library, tmp_path: Path) -> Library:
    """56 articles of two outlets, one for each day of January and February, all about the same bridge."""
    folder = tmp_path / "papers"
    folder.mkdir()
    days = [f"2018-01-{day:02}" for day in range(1, 29)] + [f"2018-02-{day:02}" for day in range(1, 29)]
    for number, day in enumerate(days):
        outlet = "Herald" if number % 2 else "Courier"
        dated(folder, f"story{number:02}", day, outlet, f"The bridge was closed for {number} hours because of ice.\n")
    add(library, folder)
    return library


@pytest.mark.parametrize(
    ("only", "admitted"),
    [
        (Filter(), lambda listing: True),
        (Filter(since="2018-01-28", until="2018-02-03"), lambda x: "2018-01-28" <= x.published <= "2018-02-03"),
        (Filter(until="2018-01-02"), lambda listing: listing.published <= "2018-01-02"),
        (Filter(outlets=("Herald", "no such paper")), lambda listing: listing.outlet == "Herald"),
        (Filter(articles=("story07", "story41", "story55")), lambda x: x.id in ("story07", "story41", "story55")),
        (
            Filter(since="2018-02-01", outlets=("Courier",)),
            lambda x: x.published >= "2018-02-01" and x.outlet[0] == "C",
        ),
        (Filter(articles=("none",)), lambda listing: False),
    ],
)
def test_a_restricted_search_finds_as_many_as_there_are_and_nothing_else(
    papers: Library, only: Filter, admitted: Callable[[Listing], bool]
) -> None:
    expected = {listing.id for listing in papers.listings() if admitted(listing)}
    found = [hit.passage.article_id for hit in papers.search("How long was the bridge closed?", 100, only)]
    assert set(found) == expected
    assert len(found) == len(expected)


def test_the_ten_best_of_the_admitted_are_found_however_many_others_fit_better(papers: Library, tmp_path: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    for number in range(150):
        dated(
            folder,
            f"better{number:03}",
            "2017-06-01",
            "Rival",
            "How long was the bridge closed? The bridge was closed.",
        )
        (folder / f"better{number:03}.md").open("a").write(f" Note {number}.\n")
    add(papers, folder)
    question = "How long was the bridge closed?"
    assert {hit.passage.article_id[:6] for hit in papers.search(question, 10)} == {"better"}
    found = papers.search(question, 10, Filter(outlets=("Courier",)))
    assert len(found) == 10
    assert {hit.passage.article_id[:5] for hit in found} == {"story"}
    assert all(hit.bm25 > 0 for hit in found)


def test_a_copy_is_found_under_its_own_name_where_its_original_is_left_out(library: Library, folder: Path) -> None:
    dated(folder, "reprint", "2018-03-01", "Herald", "Nothing but a line.\n")
    dated(folder, "source", "2018-03-01", "Courier", "Nothing but a line.\n")
    assert statuses(add(library, folder))["source"] == "duplicate"
    ids = {
        outlet: [hit.passage.article_id for hit in library.search("line", only=Filter(outlets=outlet))]
        for outlet in (("Courier",), ("Herald",), ("Courier", "Herald"))
    }
    assert ids == {("Courier",): ["source"], ("Herald",): ["reprint"], ("Courier", "Herald"): ["reprint"]}


def test_the_listing_tells_passages_and_duplicates(library: Library, folder: Path) -> None:
    (folder / "copy.txt").write_text(BRIDGE)
    outcomes = {outcome.id: outcome for outcome in add(library, folder)}
    listings = {listing.id: listing for listing in library.listings()}
    assert [listing.id for listing in library.listings()] == [article.id for article in library.articles()]
    assert (listings["copy"].duplicate_of, listings["copy"].passages) == ("bridge", 0)
    assert (listings["bridge"].duplicate_of, listings["bridge"].passages) == (None, 1)
    assert outcomes["bridge"].passages == 1
    assert listings["wolves"].title == "Wolves return"
    assert datetime.fromisoformat(listings["wolves"].added)


def test_an_article_of_many_passages_is_one_change(library: Library, folder: Path) -> None:
    story = "".join(f"Sentence {n} says something about the river and its many bridges today.\n\n" for n in range(200))
    (folder / "long.txt").write_text(story)
    add(library, folder)
    assert {listing.id: listing.passages > 1 for listing in library.listings()}["long"]
    with sqlite3.connect(library.folder / "library.sqlite") as database:
        (generation,) = database.execute("SELECT value FROM settings WHERE name = 'generation'").fetchone()
    assert generation == "3"


def test_on_a_full_disk_it_says_so_and_goes_on_once_there_is_room(library: Library, folder: Path) -> None:
    add(library, folder)
    (folder / "long.txt").write_text("A long story\n\n" + "The river rose once more that night. " * 4000)

    def most_pages(number: int) -> None:
        library._database.rows(f"PRAGMA max_page_count = {number}")

    most_pages(int(library._database.rows("PRAGMA page_count")[0][0]))
    with pytest.raises(FailedError) as raised:
        add(library, folder)
    assert str(raised.value) == (
        f"The library at {library.folder / 'library.sqlite'} cannot be used (database or disk is full); "
        "make room on its disk, then try again."
    )
    assert [listing.id for listing in library.listings()] == ["bridge", "wolves"]
    assert library.search("What do the repairs of the bridge cost?")[0].passage.article_id == "bridge"
    most_pages(1 << 30)
    assert statuses(add(library, folder))["long"] == "added"
    again = Library(library.folder, WordEmbedder())
    assert [listing.id for listing in again.listings()] == ["bridge", "long", "wolves"]


def test_vectors_that_cannot_be_saved_are_searched_all_the_same(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(faiss_vectors, "_write", fail)
    add(library, folder)
    assert library.search("How many wolves were seen?")[0].passage.article_id == "wolves"


def test_articles_are_listed_a_page_at_a_time_as_they_are_wanted(tmp_path: Path) -> None:
    texts = {
        "b10.md": "---\ntitle: Zug 10\ndate: 2018-03-01\noutlet: Herald\n---\nFour wolves were seen.",
        "b9.md": "---\ntitle: zug 9\ndate: 2018-01-01\noutlet: Post\n---\nFive wolves were seen.",
        "c.md": "---\ntitle: Äpfel\noutlet: Herald\n---\nSix wolves were seen at the bridge.",
        "d.md": "---\ntitle: Äpfel\noutlet: Later\n---\nSix wolves were seen at the bridge.",
    }
    (tmp_path / "in").mkdir()
    for name, text in texts.items():
        (tmp_path / "in" / name).write_text(text)
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / "in"])))

    def ids(first: int = 0, count: int = 9, **wanted: Any) -> list[str]:
        page = library.listed(Wanted(**wanted), first, count)
        assert page.articles == 4
        assert library.listed_ids(Wanted(**wanted))[first : first + count] == [each.id for each in page.listings]
        assert page.fitting == len(library.listed_ids(Wanted(**wanted)))
        return [each.id for each in page.listings]

    every = [each.id for each in library.listings()]
    assert ids() == every == ["b10", "b9", "c", "d"]
    assert [*ids(0, 3), *ids(3, 3)] == every
    assert ids(is_down=False) == ["b9", "b10", "c", "d"]
    assert ids(column="title", is_down=False) == ["c", "d", "b9", "b10"]
    assert ids(column="outlet", is_down=False) == ["b10", "c", "d", "b9"]
    assert ids(column="passages", is_down=False)[0] == "d"
    assert ids(words=("ZUG", "herald")) == ["b10"]
    assert ids(words=("duplicate of c",)) == ["d"]
    assert ids(words=("äpfel",), originals=True) == ["c"]
    assert ids(originals=True, ahead=("c",)) == ["c", "b10", "b9"]
    assert ids(only=Filter(since="2018-02-01")) == ["b10"]
    assert ids(only=Filter(outlets=("Herald",), until="2018-12-31")) == ["b10"]
    assert library.outlet_counts() == {"Herald": 2, "Later": 1, "Post": 1}

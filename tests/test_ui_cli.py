"""Articles and libraries at the command line: real processes, exit codes, words."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command_line import STORY, byline
from documents import pdf
from fakes import WordEmbedder
from sites import Page as SitePage
from sites import served, web

from index.errors import FailedError, InputError
from index.library import Library
from index.reading.files import find, find_all
from index.records import Filter
from ui.commands.adding import add, sync, update
from ui.commands.articles import list_articles, show
from ui.commands.brief import brief
from ui.commands.chosen import open_library
from ui.commands.editing import edit
from ui.commands.restricting import restriction
from ui.commands.search import search
from ui.page.shelf.editing import facts_of

pytest_plugins = ["command_line"]


@pytest.mark.models
def test_articles_are_added_listed_shown_and_removed(tmp_path: Path, story: Path) -> None:
    library = tmp_path / "library"
    assert byline("add", story, library=library).stdout == "added     bridge\n"
    assert byline("add", story, library=library).stdout == "unchanged bridge\n"
    assert "Bridge closed" in byline("list", library=library).stdout
    assert byline("show", "bridge", "--text", library=library).stdout == STORY
    assert "title     Bridge closed" in byline("show", "bridge", library=library).stdout
    assert byline("remove", "bridge", library=library).stdout == "removed   bridge\n"
    assert "The library is empty" in byline("list", library=library).stderr


def test_the_articles_of_one_file_follow_it_when_a_library_is_made_to_match(
    in_words: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "boat.png").touch()
    (folder / "box.jsonl").write_text('{"id": "x", "text": "Rain fell."}\n{"id": "y", "text": "It stopped."}\n')
    sync(folder)
    assert capsys.readouterr().out.splitlines() == [
        "added     box/x",
        "added     box/y",
        f"skipped   boat.png: {folder / 'boat.png'} is left out: Byline does not read .png files.",
    ]
    (folder / "box.jsonl").write_text('{"id": "y", "text": "It stopped."}\n{"id": "z", "text": "Sun."}\n')
    sync(folder)
    assert capsys.readouterr().out.splitlines()[:2] == ["unchanged box/y", "added     box/z"]
    (folder / "box.jsonl").write_text("{")
    sync(folder)
    assert "removed" not in capsys.readouterr().out


def test_a_sync_looks_through_the_folder_once(
    in_words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bridge.txt").write_text(STORY)
    looked: list[list[Path]] = []
    monkeypatch.setattr("index.folders.find_all", lambda paths: looked.append(paths) or find_all(paths))
    sync(tmp_path / "articles")
    assert capsys.readouterr().out == "added     bridge\n"
    assert len(looked) == 1


def test_a_library_is_made_to_match_a_folder(
    in_words: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("bridge", "harbour", "tower"):
        (folder / f"{name}.txt").write_text(f"{name.title()} closed\n\nThe {name} is closed until May.\n")
    sync(folder)
    assert capsys.readouterr().out == "added     bridge\nadded     harbour\nadded     tower\n"

    (folder / "bridge.txt").unlink()
    (folder / "harbour.txt").rename(folder / "port.txt")
    (folder / "tower.txt").write_text("Tower open\n\nThe tower is open again.\n")
    sync(folder)
    told = capsys.readouterr()
    assert told.out == "moved     port: was harbour\nupdated   tower\nremoved   bridge\n"
    assert told.err.splitlines()[-1] == "1 moved, 1 updated, 1 removed"
    library = Library(in_words, WordEmbedder())
    assert {article.id for article in library.listings()} == {"port", "tower"}
    assert library.search("the harbour", 1)[0].passage.article_id == "port"
    library.close()


def test_what_is_new_is_counted_and_dated_in_words(
    in_words: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sun.md").write_text(
        "---\noutlet: The Herald\ndate: 2024-05-01\n---\n# Sun over the bay\n\nThe sun shone on the bay of Port Alba "
        "for fifteen hours, the weather service said. It was the longest day of sunshine there in forty years.\n"
    )
    add([str(tmp_path / "sun.md")])
    capsys.readouterr()
    brief(since="2024-05-01")
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Since 1 May 2024: 1 article, 1 story"
    assert told[-1] == "  The Herald, 1 May 2024 (sun)"
    brief(since="2100-01-01")
    assert capsys.readouterr().err == ("No article is as new as 1 January 2100; name an earlier day with --since.\n")


def test_an_empty_library_is_told_with_the_command_for_that_library(tmp_path: Path) -> None:
    for command in ("list", "brief"):
        told = byline(command, library=tmp_path / "city desk").stderr
        assert (
            told == f"The library is empty; add articles with: byline --library '{tmp_path / 'city desk'}' add PATH\n"
        )


def test_text_from_the_standard_input_is_an_article_with_the_facts_that_are_given(
    in_words: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    add(["-"], outlet="Alba Post", date="17 October 2018")
    assert capsys.readouterr().out == "added     pasted/bridge-closed\n"
    show("pasted/bridge-closed")
    shown = capsys.readouterr().out
    assert "outlet    Alba Post  (edited)\n" in shown
    assert "published 2018-10-17  (edited)\n" in shown
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Tram runs.")))
    add(["-"], article_id="tram", headline="Tram")
    assert open_library().article("tram").title == "Tram"


def test_facts_are_given_of_one_article_alone(in_words: Path, story: Path) -> None:
    sentence = "--headline, --outlet, --date and --id are for one article; name one address on the web, or -"
    with pytest.raises(InputError) as raised:
        add([str(story)], outlet="Alba Post")
    assert str(raised.value) == sentence
    with pytest.raises(InputError, match="Nothing to add is named"):
        add([])


def test_an_article_is_edited_and_shown_with_where_each_fact_comes_from(
    in_words: Path, story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add([str(story)])
    edit("bridge", date="2018-10-17", outlet="Alba Post", author="")
    assert "published 2018-10-17  (edited)\n" in capsys.readouterr().out
    sync(story.parent)
    assert open_library().article("bridge").outlet == "Alba Post"
    edit("bridge", as_read=True)
    assert "outlet    -\n" in capsys.readouterr().out
    with pytest.raises(InputError, match="Nothing to set is given"):
        edit("bridge")


def test_an_address_on_this_machine_is_skipped_with_its_reason(
    in_words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InputError, match="Nothing was added"):
        add(["http://127.0.0.1:9/story"])
    told = capsys.readouterr()
    assert "━" not in told.err  # a bar is for terminals
    assert told.out == (
        "skipped   http://127.0.0.1:9/story leads to 127.0.0.1, which is no machine on the public web; save the page "
        "in a browser and add that file.\n"
    )
    with pytest.raises(InputError, match="The library has no feed; add one with: byline add --feed ADDRESS"):
        update()


def test_a_feed_that_cannot_be_followed_keeps_the_others_from_nothing(
    in_words: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.web.fetching.Web", web)
    item = f"<item><title>Bridge closed</title><link>URL</link><description>{STORY * 20}</description></item>"
    entry = f"<rss version='2.0'><channel><title>News</title>{item}</channel></rss>"
    with served({"/page": SitePage("<p>no feed</p>")}) as site:
        site.pages["/feed"] = SitePage(entry.replace("URL", site("/one")), headers={"Content-Type": "text/xml"})
        with pytest.raises(FailedError) as raised:
            add([], feed=[site("/gone"), site("/feed"), site("/page")])
        told = capsys.readouterr()
        with pytest.raises(InputError, match="Nothing was added, for nothing that was named could be read"):
            add([], feed=[site("/gone")])
    assert str(raised.value) == "2 of 3 feeds cannot be followed; the reasons stand above."
    gone, added, page = told.out.splitlines()
    assert gone == f"skipped   {site('/gone')} answers 404 Not Found; check the address, or try again later."
    assert added.startswith("added     127.0.0.1")
    assert page.startswith(f"skipped   {site('/page')} is no feed of articles, or a damaged one; give the address of")
    assert [feed.url for feed in open_library().feeds.all()] == [site("/feed")]


def test_what_cannot_be_read_any_more_stays_when_a_folder_is_matched(in_words: Path, story: Path) -> None:
    sync(story.parent)
    story.write_text("")
    sync(story.parent)
    assert [article.id for article in open_library().listings()] == ["bridge"]


def test_only_a_folder_with_articles_is_matched(in_words: Path, tmp_path: Path, story: Path) -> None:
    sync(story.parent)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no article"):
        sync(tmp_path / "empty")
    with pytest.raises(InputError, match="is a file; name the folder that the library is to match, or use: byline add"):
        sync(story)
    assert [article.id for article in open_library().listings()] == ["bridge"]


def test_a_list_that_goes_elsewhere_has_a_line_for_each_article(
    in_words: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "A very long headline about the bridge, the tower and all that the storm has left of both of them"
    (tmp_path / "bridge.txt").write_text(f"{title}\n\nThe bridge is closed.\n")
    (tmp_path / "sun.md").write_text("---\noutlet: The Herald\ndate: 2024-05-01\n---\n# Sun\n\nThe sun shone.\n")
    list(open_library().add(find([tmp_path / "bridge.txt", tmp_path / "sun.md"])))
    list_articles()
    assert capsys.readouterr().out.splitlines() == [
        "date        id      outlet      title",
        "2024-05-01  sun     The Herald  Sun",
        f"            bridge              {title}",
    ]
    list_articles(limit=1)
    listed = capsys.readouterr()
    assert listed.out.splitlines()[1:] == ["2024-05-01  sun  The Herald  Sun"]
    assert listed.err == "1 more; show them with --skip 1\n"
    list_articles(["long HEADLINE"], skip=0)
    assert capsys.readouterr().out.splitlines()[1:] == [f"      bridge          {title}"]
    list_articles(["nothing"])
    assert capsys.readouterr().err == "None of the 2 articles has these words: leave some out.\n"
    list_articles(skip=2)
    assert capsys.readouterr().err == "There are only 2: skip fewer than that.\n"
    list_articles(as_json=True)
    listed = json.loads(capsys.readouterr().out)
    assert [(each["id"], each["outlet"], each["published"], each["title"]) for each in listed] == [
        ("sun", "The Herald", "2024-05-01", "Sun"),
        ("bridge", None, None, title),
    ]


def test_what_corrects_what_is_told_of_articles_and_listed(
    in_words: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "---\ntitle: {}\noutlet: Alba Post\ndate: {}\n---\n\n{}\n"
    texts = {
        "bridge": ("Bridge shut for a year", "2018-10-17", "The bridge is shut."),
        "fix": ("Corrections", "2018-10-19", "A report (“Bridge shut for a year”) was wrong."),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.md").write_text(head.format(*text))
    list(open_library().add(find([tmp_path / f"{name}.md" for name in texts])))
    for name in texts:
        show(name)
    told = capsys.readouterr().out
    assert "\ncorrected by fix, Corrections, 2018-10-19\n\n" in told
    assert "\ncorrects  bridge, Bridge shut for a year, 2018-10-17\n\n" in told
    list_articles(as_json=True)
    listed = {each["id"]: (each["corrects"], each["corrected_by"]) for each in json.loads(capsys.readouterr().out)}
    assert listed == {"bridge": ([], ["fix"]), "fix": (["bridge"], [])}
    correction = ["Corrected by:", "fix", "?article=fix&start=0&end=0", "Corrections", "2018-10-19"]
    assert facts_of(open_library())("bridge")["corrections"] == [correction]


def test_libraries_are_opened_by_name_and_removed_only_when_that_is_confirmed(tmp_path: Path) -> None:
    home = {"XDG_DATA_HOME": str(tmp_path)}
    library = tmp_path / "byline" / "libraries" / "votes"
    done = byline("libraries", "make", "votes", library=tmp_path / "other", **home)
    assert done.stdout == f"made      votes in {library}\n"
    command = [sys.executable, "-m", "ui.cli", "--library", "votes", "libraries"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **home})
    assert [line.split() for line in done.stdout.splitlines()] == [
        ["name", "articles", "folder"],
        ["library", "0", str(tmp_path / "byline" / "library")],
        ["*", "votes", "0", str(library)],
    ]
    command = [*command, "remove", "votes"]
    for answer, is_there in (("n", True), ("y", False)):
        subprocess.run(command, input=answer, capture_output=True, text=True, env={**os.environ, **home}, check=False)
        assert library.exists() == is_there


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            ("last week", None, None, None),
            '"last week" is no date; give a day, month or year as 2018-10-17, 2018-10 or 2018.',
        ),
        (
            (None, "2018-13", None, None),
            '"2018-13" is no date; give a day, month or year as 2018-10-17, 2018-10 or 2018.',
        ),
        (
            (None, None, ["The Times"], None),
            'No article of the library is from "The Times"; its outlets are The Herald.',
        ),
        ((None, None, None, ["x"]), 'There is no article "x" in the library; list them with: byline list'),
        (
            (None, "2024", None, ["bridge"]),
            "No article is within all that was asked for; widen the dates, outlets or articles.",
        ),
    ],
)
def test_what_nothing_can_be_restricted_to_is_named(
    in_words: Path, tmp_path: Path, given: tuple[Any, ...], sentence: str
) -> None:
    with pytest.raises(InputError) as raised:
        restriction(dated(tmp_path), *given)
    assert str(raised.value) == sentence


def test_days_months_and_years_restrict_from_their_first_day_to_their_last(in_words: Path, tmp_path: Path) -> None:
    library = dated(tmp_path)
    assert restriction(library, "2024-05-01", "2024-05", None, None) == Filter("2024-05-01", "2024-05-31")
    assert restriction(library, "2024", "2024", ["the herald"], ["sun"]) == Filter(
        "2024-01-01", "2024-12-31", ("The Herald",), ("sun",)
    )
    assert restriction(library, None, None, None, None) is None


def dated(folder: Path) -> Library:
    """A library of two articles, of which one has an outlet and a date."""
    (folder / "bridge.txt").write_text(STORY)
    (folder / "sun.md").write_text("---\noutlet: The Herald\ndate: 2024-05-01\n---\n# Sun\n\nThe sun shone.\n")
    library = open_library()
    list(library.add(find([folder / "bridge.txt", folder / "sun.md"])))
    return library


def test_words_are_searched_for_in_the_articles_that_are_asked_for(
    in_words: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dated(tmp_path)
    search("the repairs of bridges")
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("[1] Bridge closed (bridge ")
    assert shown[1] == "    The bridge over the Wend is closed. The repairs cost two million crowns."
    search("the sun", since="2024-05", outlet=["herald"], as_json=True)
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["article"], found["outlet"], found["published"]) == ("sun", "The Herald", "2024-05-01")
    text = open_library().article("sun").text
    assert text[found["start"] : found["end"]] == found["text"]
    assert [text[start:end] for start, end in found["words"]] == ["Sun", "The", "sun"]
    search("zeppelin")
    assert capsys.readouterr().err == "No article holds these words.\n"
    with pytest.raises(InputError, match="No word was given to search for"):
        search("?!")


def test_what_is_found_on_a_later_page_of_a_passage_is_told_with_that_page(
    in_words: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = [[(60, 700, 10, "The bridge is closed.")], [(60, 700, 10, "A wolf ate nine sheep.")]]
    (tmp_path / "news.pdf").write_bytes(pdf(pages))
    add([str(tmp_path / "news.pdf")])
    capsys.readouterr()
    for words, page in (("bridge", 1), ("wolf sheep", 2)):
        search(words, as_json=True)
        (found,) = json.loads(capsys.readouterr().out)
        assert (found["start"], found["page"]) == (0, page)

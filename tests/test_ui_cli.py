"""The command line as a person uses it: real processes, exit statuses, and sentences word for word."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import socket
import subprocess
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import gguf
import pytest
from documents import pdf
from fakes import Typist, WordEmbedder

from index.errors import InputError
from index.library import Library
from index.reading.files import find
from index.records import Filter
from index.store.conversations import Feedback
from qa.assistant import Assistant
from qa.history import answer_to_text
from qa.records import Answer
from ui.commands.adding import add, sync, update
from ui.commands.articles import list_articles, show
from ui.commands.brief import brief
from ui.commands.checking import check, quote
from ui.commands.chosen import DEFAULT_MODEL, choose, open_library
from ui.commands.editing import edit
from ui.commands.evaluation import evaluate
from ui.commands.restricting import restriction
from ui.commands.search import search

SAMPLES = Path(__file__).parent.parent / "ui" / "samples"
STORY = "Bridge closed\n\nThe bridge over the Wend is closed. The repairs cost two million crowns.\n"


def byline(
    *arguments: str | Path, library: Path, expect: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end; its exit status has to be the one expected."""
    command = [sys.executable, "-m", "ui.cli", "--library", str(library), *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **environment}, timeout=300, check=False
    )
    assert done.returncode == expect, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def story(tmp_path: Path) -> Path:
    (tmp_path / "bridge.txt").write_text(STORY)
    return tmp_path / "bridge.txt"


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


@pytest.fixture
def in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of the library that commands called in this process work on, with counted words for vectors."""
    monkeypatch.setattr("ui.commands.chosen.open_embedder", WordEmbedder)
    choose(tmp_path / "library", DEFAULT_MODEL)
    return tmp_path / "library"


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
    assert told.out == "moved     port: was harbour\nupdated   tower\nremoved   bridge\nremoved   harbour\n"
    assert told.err.splitlines()[-1] == "1 moved, 1 updated, 2 removed"
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
    told = byline("list", library=tmp_path / "city desk").stderr
    assert told == (f"The library is empty; add articles with: byline --library '{tmp_path / 'city desk'}' add PATH\n")


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
    assert capsys.readouterr().out == (
        "skipped   http://127.0.0.1:9/story: 127.0.0.1 leads to 127.0.0.1, which is no machine on the public web; it "
        "is not asked.\n"
    )
    with pytest.raises(InputError, match="The library has no feed; add one with: byline add --feed ADDRESS"):
        update()


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


def test_the_version_is_that_of_the_distribution(tmp_path: Path) -> None:
    assert byline("--version", library=tmp_path / "library").stdout == f"Byline {version('byline')}\n"


def test_shells_complete_its_commands() -> None:
    asked = {"_BYLINE_COMPLETE": "complete_bash", "COMP_WORDS": "byline ba", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv = ['byline']; from ui.cli import main; main()"],
        env={**os.environ, **asked, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["backup"]


GROWING = """
import sys, time
from qa.records import Answer
from ui.commands.ask import _grown
def answers():
    for text in ("", "The bridge", "The bridge is closed."):
        yield Answer("?", "?", stage="writing", text=text)
        time.sleep(0.2)
print("last:", _grown(answers()).text)
"""


def test_in_a_terminal_the_answer_is_shown_as_it_grows() -> None:
    ours, theirs = os.openpty()
    with subprocess.Popen([sys.executable, "-c", GROWING], stdout=theirs, env={**os.environ, "TERM": "xterm"}) as done:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # how a terminal ends
            while more := os.read(ours, 1000):
                shown += more
        os.close(ours)
    assert done.returncode == 0
    written, begun, whole, last = (
        shown.index(text) for text in ("Writing…".encode(), b"The bridge\r", b"closed.", b"last:")
    )
    assert written < begun < whole < last


def test_what_is_given_in_the_place_of_a_dash_is_read_from_the_standard_input(tmp_path: Path, story: Path) -> None:
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([story])))
    library.close()
    command = [sys.executable, "-m", "ui.cli", "--library", str(tmp_path / "library"), "quote", "-"]
    for text, status, told in (
        (b"the bridge over the Wend is closed", 0, "exact\n"),
        (b"\xff", 2, ""),
    ):
        done = subprocess.run(command, input=text, capture_output=True, check=False)
        assert (done.returncode, done.stdout.decode().startswith(told)) == (status, True)
    assert done.stderr.decode().startswith("The standard input is not text in UTF-8")


def test_verdicts_on_claims_are_never_written_over_a_text(in_words: Path, tmp_path: Path) -> None:
    draft, claims = tmp_path / "draft.txt", tmp_path / "claims.jsonl"
    draft.write_text("The bridge is closed.")
    claims.write_text(json.dumps({"id": "c1", "claim": "It is closed.", "evidence": ["The bridge is closed."]}) + "\n")
    for taken in (draft, claims):
        before = taken.read_text()
        with pytest.raises(InputError, match=r"is there already and holds no verdicts; name a new file to write them"):
            check(taken, claims)
        assert taken.read_text() == before


def test_what_a_question_set_holds_in_vain_is_named_and_ends_with_an_error(
    in_words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bridge.txt").write_text(STORY)
    list(open_library().add(find([tmp_path / "bridge.txt"])))
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "q1", "question": "What do the repairs cost?", "answers": ["two"]}\n{\n[]\n')
    assistant = Assistant(open_library(), lambda: Typist("Two million crowns."), "typist", reads_ahead=False)
    monkeypatch.setattr("ui.commands.evaluation.open_assistant", lambda library: assistant)
    report = tmp_path / "report.html"
    with pytest.raises(InputError) as raised:
        evaluate(
            questions, limit=None, seed=0, json_to=None, report=report, baseline=None, draft=None, from_feedback=None
        )
    assert str(raised.value) == (
        f"Not everything in {questions} was asked: correct or remove line 2, line 3; the reasons stand above."
    )
    assert "line 3: " in capsys.readouterr().err
    assert "<title>Evaluation of 1 question</title>" in report.read_text()
    assistant.close()


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "{}/none.txt"),
        ("ask", "Who?", "--history", "{}/none.json"),
        ("chat", "--password-file", "{}/none"),
        ("eval", "{}/none.jsonl"),
        ("add", "{}/none"),
        ("backup", "{}/none/copy"),
    ],
)
def test_no_sentence_about_a_file_has_a_number_of_the_system_in_it(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = byline(*(part.format(tmp_path) for part in arguments), library=tmp_path / "library", expect=2)
    assert "none" in done.stderr
    assert "Errno" not in done.stderr


@pytest.mark.models
def test_a_bad_file_among_good_ones_is_named_and_costs_nothing(tmp_path: Path, story: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    done = byline("add", tmp_path, library=tmp_path / "library")
    assert "added     bridge" in done.stdout
    assert f"skipped   empty: {tmp_path / 'empty.txt'} is empty" in done.stdout


@pytest.mark.models
def test_nothing_but_bad_files_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    done = byline("add", tmp_path / "empty.txt", library=tmp_path / "library", expect=2)
    assert done.stderr.endswith("Nothing was added: no file given could be read; the reasons stand above.\n")


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    done = byline("add", tmp_path / "nowhere", library=tmp_path / "library", expect=2)
    assert done.stderr == f"There is no file or folder {tmp_path / 'nowhere'}: check its name.\n"


def test_an_unknown_article_is_named(tmp_path: Path) -> None:
    done = byline("show", "nonsense", library=tmp_path / "library", expect=2)
    told = 'There is no article "nonsense" in the library; list them with: byline --library {} list\n'
    assert done.stderr == told.format(tmp_path / "library")


def test_a_library_that_cannot_be_written_is_named(tmp_path: Path, story: Path) -> None:
    done = byline("list", library=story / "library", expect=2)
    assert done.stderr.startswith(f"The library folder {story / 'library'} cannot be written")
    assert done.stderr.endswith("; choose another with --library.\n")


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("  ", "The question is empty; type what you want to know.\n"),
        ("x" * 10_000, "The question has 10,000 characters; shorten it to at most 2,000.\n"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(tmp_path: Path, question: str, sentence: str) -> None:
    assert byline("ask", question, library=tmp_path / "library", expect=2).stderr == sentence


@pytest.mark.models
def test_without_a_fetched_model_the_command_that_fetches_it_is_named(tmp_path: Path, story: Path) -> None:
    from index.models.local import models_folder

    library, models = tmp_path / "library", tmp_path / "models"
    byline("add", story, library=library)
    models.mkdir()
    for name in ("all-MiniLM-L6-v2", "all-MiniLM-L6-v2.ok"):
        (models / name).symlink_to(models_folder() / name)
    done = byline("ask", "What do the repairs cost?", library=library, expect=2, BYLINE_MODELS=str(models))
    assert f"byline models fetch {DEFAULT_MODEL}" in done.stderr
    done = byline("ask", "What do the repairs cost?", library=library, expect=2, BYLINE_MODELS=str(tmp_path / "none"))
    assert "byline models fetch all-MiniLM-L6-v2" in done.stderr
    assert "bridge" in byline("list", library=library, BYLINE_MODELS=str(tmp_path / "none")).stdout


@pytest.mark.models
@pytest.mark.parametrize("damage", ["truncated", "no GGUF"])
def test_a_model_that_cannot_be_loaded_is_named(tmp_path: Path, story: Path, damage: str) -> None:
    from index.models.local import find

    library, model = tmp_path / "library", tmp_path / "mine.gguf"
    byline("add", story, library=library)
    with find("0.5b", "llm").open("rb") as whole:
        model.write_bytes(whole.read(5_000_000) if damage == "truncated" else b"something else")
    done = byline("--model", model, "ask", "What do the repairs cost?", library=library, expect=2)
    assert done.stderr == (
        f"The model {model} ({model.stat().st_size:,} bytes) cannot be loaded: it is truncated or no GGUF file, "
        "or the memory is too small; fetch it again with: byline models fetch, or choose a smaller --model\n"
    )


def test_a_model_of_an_unknown_architecture_is_named(tmp_path: Path) -> None:
    from qa.llm.engine import Engine

    model = tmp_path / "mine.gguf"
    writer = gguf.GGUFWriter(model, "parrot")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    with pytest.raises(InputError) as error:
        Engine(model)
    assert str(error.value) == (
        f"The model {model} is of an architecture that this version of llama.cpp does not know (parrot); choose "
        "another model."
    )


@pytest.mark.models
def test_an_unknown_model_lists_the_known_ones(tmp_path: Path, story: Path) -> None:
    byline("add", story, library=tmp_path / "library")
    done = byline("--model", "parrot", "ask", "What do the repairs cost?", library=tmp_path / "library", expect=2)
    assert "parrot" in done.stderr
    assert DEFAULT_MODEL in done.stderr


@pytest.mark.models
def test_a_refusal_is_no_error_and_names_the_nearest_passages(tmp_path: Path, story: Path) -> None:
    byline("add", story, library=tmp_path / "library")
    done = byline("ask", "What is the capital of France?", "--json", library=tmp_path / "library")
    answer = json.loads(done.stdout)
    assert (answer["answered"], answer["text"], answer["citations"]) == (
        False,
        "I found no answer to this in the articles.",
        [],
    )
    assert answer["also_searched"][0]["article"] == "bridge"


def test_earlier_turns_that_are_none_are_refused(tmp_path: Path, story: Path) -> None:
    done = byline("ask", "Who?", "--history", story, library=tmp_path / "library", expect=2)
    assert done.stderr.startswith(f"{story} holds no earlier turns")


@pytest.mark.models
def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = byline("chat", "--no-browser", "--port", str(port), library=tmp_path / "library", expect=2)
    assert str(port) in done.stderr
    assert "--port" in done.stderr


@pytest.mark.models
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--host", "0.0.0.0"), "At 0.0.0.0 other machines could use the page; give it a password"),
        (("--mcp",), "Tools of the Model Context Protocol know no password; leave out --mcp"),
    ],
)
def test_the_page_is_not_served_to_others_without_a_password_nor_as_tools_with_one(
    tmp_path: Path, options: tuple[str, ...], sentence: str
) -> None:
    password = "geheim" if "--mcp" in options else ""
    options = ("chat", "--no-browser", "--port", "0", *options)
    done = byline(*options, library=tmp_path / "library", expect=2, BYLINE_PASSWORD=password)
    assert done.stderr.startswith(sentence)


HEAVY = {"faiss", "gradio", "llama_cpp", "numpy", "rich.progress", "sentence_transformers", "torch", "trafilatura"}


def test_the_pages_of_a_pdf_are_shown_and_named_in_quotations(
    in_words: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["The harbour was closed on Monday after", "the storm had broken its northern wall."]
    (tmp_path / "harbour.pdf").write_bytes(pdf([[(60, 700, 10, line)] for line in lines]))
    list(open_library().add(find([tmp_path / "harbour.pdf"])))
    show("harbour")
    shown = capsys.readouterr().out
    assert "\npages     2\n" in shown
    assert (
        "\n[page 1]\nThe harbour was closed on Monday after [page 2] the storm had broken its northern wall." in shown
    )
    show("harbour", text=True)
    assert "[page" not in capsys.readouterr().out
    quote("the storm had broken its northern wall")
    assert ", page 2 (harbour " in capsys.readouterr().out
    quote("closed on Monday after the storm had broken")
    assert ", pages 1–2 (harbour " in capsys.readouterr().out


STARTED = """
import resource, sys
from ui import cli
try: cli.main()
except SystemExit: pass
used = resource.getrusage(resource.RUSAGE_SELF)
print(sorted(set(sys.modules)), file=sys.stderr)
print(used.ru_utime + used.ru_stime, file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [(["--help"], "Commands:"), (["list"], "Bridge closed"), (["quote", "the bridge over the Wend"], "exact")],
)
def test_what_needs_no_model_starts_at_once(tmp_path: Path, story: Path, arguments: list[str], shown: str) -> None:
    library = Library(tmp_path / "library", WordEmbedder())
    assert [outcome.status for outcome in library.add(find([story]))] == ["added"]
    library.close()
    done = subprocess.run(
        [sys.executable, "-c", STARTED, "--library", str(tmp_path / "library"), *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    modules, seconds = done.stderr.splitlines()
    assert shown in done.stdout
    assert HEAVY & set(ast.literal_eval(modules)) == set()
    # A third of this on an idle machine: what is measured is the processor's time, which a busy one inflates.
    assert float(seconds) < 1.2


@pytest.mark.models
def test_quotations_and_drafts_are_checked_against_the_articles(tmp_path: Path, story: Path) -> None:
    library = tmp_path / "library"
    byline("add", story, library=library)
    found = json.loads(byline("quote", "the repairs cost THREE million crowns", "--json", library=library).stdout)
    assert found["verdict"] == "altered"
    assert found["matches"][0]["differences"] == [{"given": "THREE", "found": "two"}]
    assert byline("quote", "quite another sentence about nothing here", library=library).stdout == "absent\n"
    (tmp_path / "draft.txt").write_text("The repairs cost two million crowns. The repairs cost five million crowns.")
    right, wrong = json.loads(byline("check", tmp_path / "draft.txt", "--json", library=library).stdout)
    assert (right["support"], right["citations"][0]["article"]) == ("supported", "bridge")
    assert wrong["support"] != "supported"
    claim = {"id": "c1", "claim": "The bridge is closed.", "evidence": ["The bridge over the Wend is closed."]}
    (tmp_path / "claims.jsonl").write_text(json.dumps(claim) + "\n")
    byline("check", "--claims", tmp_path / "claims.jsonl", "--json", tmp_path / "out.jsonl", library=library)
    (verdict,) = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert (verdict["id"], verdict["support"]) == ("c1", "supported")
    assert 0 <= verdict["score"] <= 1


def test_what_readers_found_wrong_becomes_a_question_set(tmp_path: Path) -> None:
    library, out = tmp_path / "library", tmp_path / "questions.jsonl"
    kept = Library(library, WordEmbedder()).conversations
    done = byline("eval", "--from-feedback", out, library=library, expect=2)
    assert done.stderr == "No answer has been marked as not helpful yet; mark one in the chat.\n"
    _, turn = kept.ask(None, "Who paid?")
    answer = Answer("Who paid?", "Who paid?", stage="done", outcome="answered", text="The county.")
    kept.save(turn, "done", answer_to_text(answer))
    kept.rate(turn, Feedback(False, "It is wrong", "the town"))
    done = byline("eval", "--from-feedback", out, library=library)
    assert done.stderr == f"Questions in {out}: 1, of them drafts: 0\n"
    (line,) = out.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["answers"] == ["the town"]


@pytest.mark.models
def test_what_is_to_be_read_ahead_is_stated_and_read_once(tmp_path: Path, story: Path) -> None:
    library = tmp_path / "library"
    done = byline("--model", "0.5b", "add", "--warm", story, library=library)
    stated = re.search(
        rf"^Reading 1 passage: ([\d.]+) MB in {library / 'states'}, which takes 2,147 MB at most; [\d,]+ MB are free$",
        done.stderr,
        re.MULTILINE,
    )
    assert stated is not None, done.stderr
    (file,) = (path for path in (library / "states").rglob("*") if path.is_file())
    assert float(stated[1]) == pytest.approx(file.stat().st_size / 1e6, abs=0.06)
    again = byline("--model", "0.5b", "add", "--warm", story, library=library)
    assert "Reading 0 passages: 0.0 MB" in again.stderr
    answer = json.loads(byline("--model", "0.5b", "ask", "What do the repairs cost?", "--json", library=library).stdout)
    assert answer["warm"] is True


@pytest.mark.models
def test_the_doctor_measures_the_model_that_is_named_and_keeps_what_is_quickest(tmp_path: Path) -> None:
    from index.models.local import find

    model, models = tmp_path / "mine.gguf", tmp_path / "models"
    model.symlink_to(find("0.5b", "llm"))
    models.mkdir()
    done = byline("--model", model, "doctor", library=tmp_path / "library", BYLINE_MODELS=str(models))
    assert re.search(r"mine\.gguf +\d+ +\d+/s +\d+/s +[\d.]+ s +\d+ tokens", done.stdout)
    assert done.stdout.count("kept") == 1
    assert "language model: mine.gguf" in done.stdout
    (known,) = json.loads((models / "speeds.json").read_text()).values()
    assert (tmp_path / known["file"]).exists()
    again = byline("--model", model, "doctor", "--once", library=tmp_path / "library", BYLINE_MODELS=str(models))
    assert again.stdout == ""

"""What goes wrong at the command line: a sentence that names it and the way out, and an exit code."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gguf
import pytest
from command_line import STORY, byline
from fakes import Typist

from index.errors import InputError
from index.reading.files import find
from qa.assistant import Assistant
from ui.commands.articles import list_articles
from ui.commands.brief import brief
from ui.commands.checking import check, quote
from ui.commands.chosen import DEFAULT_MODEL, open_library
from ui.commands.evaluation import evaluate
from ui.commands.search import search

pytest_plugins = ["command_line"]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: search("rain"),
        lambda: quote("It rained."),
        brief,
        list_articles,
    ],
)
def test_an_empty_library_tells_how_it_is_filled(
    in_words: Path, capsys: pytest.CaptureFixture[str], ask: Callable[[], None]
) -> None:
    ask()
    assert capsys.readouterr().err == f"The library is empty; add articles with: byline --library {in_words} add PATH\n"


@pytest.mark.parametrize("arguments", [{"draft": 3}, {"questions": Path("questions.jsonl")}])
def test_an_empty_library_is_not_evaluated(
    in_words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: dict[str, Any]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("questions.jsonl").write_text('{"id": "q1", "question": "Who?"}')
    with pytest.raises(InputError, match=r"^The library is empty; add articles with: byline add PATH$"):
        evaluate(**arguments)


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
    assert done.stderr.endswith(
        "Nothing was added, for nothing that was named could be read; the reasons stand above.\n"
    )


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
    from index.models.local import find_model

    library, model = tmp_path / "library", tmp_path / "mine.gguf"
    byline("add", story, library=library)
    with find_model("0.5b", "llm").open("rb") as whole:
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

"""Questions, checks and measures at the command line."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import pytest
import typer
from command_line import byline
from documents import pdf
from fakes import WordEmbedder

from index.library import Library
from index.reading.files import find
from index.store.readers.conversations import Feedback
from qa.kept.history import answer_to_text
from qa.records import Answer
from ui.cli import app
from ui.commands.articles import show
from ui.commands.ask import _print as print_answer
from ui.commands.checking import quote
from ui.commands.chosen import open_library
from ui.commands.options import COMMON, OWN, in_front

pytest_plugins = ["command_line"]


def test_the_version_is_that_of_the_distribution(tmp_path: Path) -> None:
    assert byline("--version", library=tmp_path / "library").stdout == f"Byline {version('byline')}\n"


def test_the_options_of_every_command_may_follow_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ui.cli", "list", "--library", str(tmp_path / "library")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    assert f"byline --library {tmp_path / 'library'} add PATH" in done.stderr


def test_an_option_that_a_command_has_for_itself_stays_behind_it() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    found = {
        name: own
        for name, command in commands.items()
        if (own := frozenset(each for option in command.params for each in option.opts) & set(COMMON))
    }
    assert found == OWN
    before = {name for option in typer.main.get_command(app).params for name in option.opts}
    assert set(COMMON) == before - {"--version", "--install-completion", "--show-completion"}
    assert in_front(["doctor", "--library", "--model", "x"]) == ["--model", "x", "doctor", "--library"]


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


def test_the_nearest_passages_are_named_by_their_articles(
    tmp_path: Path, story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([story])))
    (hit,) = library.search("bridge", 1)
    print_answer(Answer("Who paid?", "Who paid?", stage="done", text="Not found.", also_searched=(hit,)), library)
    named = f"nearest: Bridge closed (bridge 0-{hit.passage.end})"
    assert capsys.readouterr().out == f"Not found.\n{named}\n"


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
    shown = byline("check", tmp_path / "draft.txt", library=library).stdout
    assert "given “five million”, the articles say “two million”" in shown
    assert "\n                Bridge closed (bridge)\n" in shown
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
    from index.models.local import find_model

    model, models = tmp_path / "mine.gguf", tmp_path / "models"
    model.symlink_to(find_model("0.5b", "llm"))
    models.mkdir()
    done = byline("--model", model, "doctor", library=tmp_path / "library", BYLINE_MODELS=str(models))
    assert re.search(r"mine\.gguf +\d+ +\d+/s +\d+/s +[\d.]+ s +\d+ tokens", done.stdout)
    assert done.stdout.count("kept") == 1
    assert "language model: mine.gguf" in done.stdout
    (known,) = json.loads((models / "speeds.json").read_text()).values()
    assert (tmp_path / known["file"]).exists()
    again = byline("--model", model, "doctor", "--once", library=tmp_path / "library", BYLINE_MODELS=str(models))
    assert again.stdout == ""

"""What reaches a terminal or a program, and what a process leaves behind."""

from __future__ import annotations

import json
import os
import pty
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from fakes import WordEmbedder

import ui.serve.connections
import ui.serve.guard
from index.library import Library
from index.records import Article
from index.text.splitting import split

EVIL = "Storm \x1b]0;owned\x07\x1b[2J\x9b31m hits\u202e"


def byline(*arguments: object, stdout: int = subprocess.PIPE, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "ui.cli", *map(str, arguments)]
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, env={**os.environ, **environment}, timeout=60, check=False
    )


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with an article that no reader would let in as it is, as an older program may have; it is only read."""
    library = Library(tmp_path_factory.mktemp("evil") / "library", WordEmbedder())
    article = Article("evil\x1b[2J", EVIL, None, None, None, f"{EVIL}\n\nTen {EVIL} ships sank.\n")
    passages = split(article, library.embedder.count_tokens)
    (prepared,) = library._search.prepare([(article, passages)])
    library._search.upsert(article, prepared)
    library.close()
    return library.folder


def test_what_a_terminal_would_obey_does_not_reach_it(evil: Path) -> None:
    for arguments in (["list"], ["show", "evil\x1b[2J"], ["show", "no\x1b[2J"], ["quote", "ships sank"]):
        done = byline("--library", evil, *arguments)
        for printed in (done.stdout, done.stderr):
            assert not set(printed.decode()) & set("\x1b\x07\x9b"), arguments
    reader, terminal = pty.openpty()
    byline("--library", evil, "show", "evil\x1b[2J", "--text", stdout=terminal)
    assert b"\x1b" not in os.read(reader, 65536)


def test_a_program_is_given_the_text_as_it_is_and_json_that_says_the_same(evil: Path) -> None:
    text = byline("--library", evil, "show", "evil\x1b[2J", "--text").stdout.decode()
    assert EVIL in text
    printed = byline("--library", evil, "quote", "ships sank", "--json").stdout.decode()
    assert not set(printed) & set("\x1b\x07\x9b")
    (match,) = json.loads(printed)["matches"]
    assert text[match["start"] : match["end"]] == match["quote"]


@pytest.mark.parametrize(
    "arguments", [["list"], ["show", "evil\x1b[2J"], ["show", "evil\x1b[2J", "--text"], ["--help"]]
)
def test_output_that_cannot_be_written_is_a_sentence(evil: Path, arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = byline("--library", evil, *arguments, stdout=full.fileno())
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "The result cannot be written (no space left on device); make room there, or send it elsewhere.\n"
    )


def test_a_closed_output_is_no_fault(evil: Path) -> None:
    command = f"{sys.executable} -m ui.cli --library {evil} list"
    for closed in (">&-", "2>&-"):
        done = subprocess.run(f"{command} {closed}", shell=True, capture_output=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


def test_whoever_reads_no_further_ends_it_quietly(evil: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = byline("--library", evil, "list", stdout=writer)
    os.close(writer)
    assert done.stderr == b""


def test_an_id_that_is_no_utf8_is_a_sentence(evil: Path) -> None:
    done = byline("--library", evil, "show", os.fsdecode(b"evil\xff"))
    assert (done.returncode, done.stderr.decode()) == (
        2,
        "'evil\\udcff' holds half a character; give text that is whole (UTF-8).\n",
    )


def test_a_wrong_model_is_an_error_where_none_is_needed_too(evil: Path) -> None:
    for arguments in (["list"], ["quote", "ships sank"], ["ask", "How many ships sank?"]):
        done = byline("--library", evil, "--model", "nonsense", *arguments)
        assert done.returncode == 2
        assert done.stderr.decode().startswith("There is no model 'nonsense': the known ones are ")


def test_turns_that_are_nested_too_deep_are_a_sentence(evil: Path, tmp_path: Path) -> None:
    (tmp_path / "deep.json").write_text("[" * 200_000)
    done = byline("--library", evil, "ask", "How many?", "--history", tmp_path / "deep.json")
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"{tmp_path / 'deep.json'} holds no earlier turns (")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_what_was_uploaded_is_gone_when_the_page_is_ended(tmp_path: Path, number: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli", "--library", str(tmp_path / "library"), "chat", "--no-browser"]
    environment = {**os.environ, "BYLINE_MODELS": str(tmp_path / "none"), "GRADIO_TEMP_DIR": str(tmp_path / "uploads")}
    with subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.PIPE, env=environment) as page:
        assert page.stderr is not None
        while b"Byline is at" not in (line := page.stderr.readline()):
            assert line
        files = {"files": ("note.txt", b"What nobody else is to read.")}
        assert httpx.post(f"http://127.0.0.1:{port}/gradio_api/upload", files=files).status_code == 200
        assert len(list((tmp_path / "uploads").rglob("*.txt"))) == 1
        page.send_signal(number)
        told = page.stderr.read()
    assert list((tmp_path / "uploads").rglob("*.txt")) == []
    assert b"Traceback" not in told


@pytest.mark.parametrize("after", [0.05, 0.1, 0.15, 0.2, 0.3, 0.4])
def test_an_interrupt_while_it_starts_is_no_traceback(evil: Path, after: float) -> None:
    command = [sys.executable, "-m", "ui.cli", "--library", str(evil), "quote", "ships sank"]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # The interpreter's own first steps are not ours to guard.
    while started.poll() is None and b"ui" not in Path(f"/proc/{started.pid}/cmdline").read_bytes():
        time.sleep(0.001)
    time.sleep(after)
    started.send_signal(signal.SIGINT)
    _, told = started.communicate(timeout=30)
    # While it ends it may end by the signal, which a shell calls 130, too.
    ends = ((130, b"Interrupted.\n"), (-signal.SIGINT, b"Interrupted.\n"), (-signal.SIGINT, b""), (0, b""))
    # On a busy machine Python itself may still be starting: then none of our files is in its traceback.
    ours = str(Path(ui.serve.guard.__file__).parents[1]).encode()
    assert (started.returncode, told) in ends or (b"KeyboardInterrupt" in told and ours not in told)


@pytest.mark.parametrize("limit", [700_000_000, 1_500_000_000])
def test_too_little_memory_is_a_sentence_before_anything_is_loaded(tmp_path: Path, limit: int) -> None:
    (tmp_path / "bridge.txt").write_text("Bridge closed\n\nIt is closed.\n")
    script = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))\n"
        f"sys.argv = ['byline', '--library', {str(tmp_path / 'library')!r}, 'add', {str(tmp_path / 'bridge.txt')!r}]\n"
        "from ui.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("The embedder needs 0.5 GB of memory, and 0.")
    assert "Traceback" not in done.stderr

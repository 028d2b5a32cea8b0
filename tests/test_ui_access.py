"""Who reaches what: the door with a password, half requests, each browser's conversations, what a terminal is given."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from fakes import Typist, WordEmbedder, library_of
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message

import ui.serve.connections
import ui.serve.guard
from index.errors import InputError
from index.library import Library
from index.records import Article
from index.store.conversations import Conversations, Feedback
from index.store.database import Database
from index.text.splitting import split
from qa.assistant import Assistant
from ui.commands.chat import password_in
from ui.page.browsers import Browsers, owner_of
from ui.page.build import running
from ui.page.door import Door


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def page(clock: Clock) -> TestClient:
    """A server like Gradio's behind the door: its cookie is the token it gave for the right password."""

    async def login(request: Request) -> Response:
        if (await request.body()) != b"geheim":
            return PlainTextResponse("wrong", status_code=400)
        answer = PlainTextResponse("in")
        answer.set_cookie("access-token-unsecure-x", "token")
        return answer

    async def anything(request: Request) -> Response:
        return PlainTextResponse("reached")

    routes = [Route("/login", login, methods=["POST"]), Route("/{path:path}", anything, methods=["GET", "POST"])]
    server = Starlette(routes=routes, middleware=[Middleware(Door, clock=clock)])
    server.cookie_id, server.tokens = "x", {"token": "reader"}  # type: ignore[attr-defined]
    return TestClient(server)


@pytest.mark.parametrize(
    "path",
    [
        "config",
        "info",
        "gradio_api/cancel",
        "gradio_api/reset",
        "gradio_api/heartbeat/x",
        "gradio_api/stream/x",
        "mcp/",
    ],
)
def test_nothing_is_reached_before_the_password_is_given(page: TestClient, path: str) -> None:
    assert (page.post(f"/{path}").status_code, page.get(f"/{path}").status_code) == (401, 401)
    assert page.post("/login", content="geheim").status_code == 200
    assert page.post(f"/{path}").text == "reached"


@pytest.mark.parametrize("path", ["", "theme.css", "assets/index.js", "gradio_api/login_check"])
def test_what_asks_for_the_password_is_reached(page: TestClient, path: str) -> None:
    assert page.get(f"/{path}").text == "reached"


def test_a_made_up_cookie_opens_nothing(page: TestClient) -> None:
    page.cookies.set("access-token-x", "guessed")
    assert page.get("/config").status_code == 401


def wrong_tries(app: ASGIApp, clock: Clock, seconds: int) -> list[int]:
    """The status of each of as many wrong passwords, given a second apart without a client, which takes its time."""
    statuses: list[int] = []
    client = {"scheme": "http", "headers": [], "client": ("testclient", 50000), "server": ("testserver", 80)}

    async def receive() -> Message:
        return {"type": "http.request", "body": b"falsch", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def give() -> None:
        for _ in range(seconds):
            request = {"type": "http", "method": "POST", "path": "/login", "root_path": "", "query_string": b""}
            await app({**request, **client}, receive, send)
            clock.now += 1

    asyncio.run(give())
    return statuses


def test_wrong_passwords_are_heard_ever_more_seldom(page: TestClient, clock: Clock) -> None:
    statuses = wrong_tries(page.app, clock, 3600)
    assert set(statuses) == {400, 429}
    assert len(statuses) == 3600
    assert statuses.count(400) < 25
    refused = page.post("/login", content="geheim")
    assert refused.status_code == 429
    seconds = int(refused.headers["retry-after"])
    assert refused.text == f"Too many wrong passwords; try again in {seconds} seconds."
    clock.now += seconds
    assert page.post("/login", content="geheim").status_code == 200


def test_a_right_password_after_four_wrong_ones_is_heard_at_once(page: TestClient) -> None:
    for given in ("a", "b", "c", "d"):
        assert page.post("/login", content=given).status_code == 400
    assert page.post("/login", content="geheim").status_code == 200


def test_the_password_stands_in_a_file_or_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "password").write_text("geheim\n")
    assert password_in(tmp_path / "password") == "geheim"
    monkeypatch.setenv("BYLINE_PASSWORD", "other")
    assert password_in(None) == "other"
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(InputError) as raised:
        password_in(tmp_path / "empty")
    assert str(raised.value) == f"{tmp_path / 'empty'} holds no password; write one into it."
    with pytest.raises(InputError, match=r"^The password in .*none cannot be read .*; check the file\.$"):
        password_in(tmp_path / "none")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Library]]:
    """The page as it is served, behind a password, and its library."""
    library = library_of(tmp_path_factory.mktemp("served"), {"bridge.txt": "Bridge closed\n\nIt is closed.\n"})
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    limits = pytest.MonkeyPatch()
    limits.setattr(ui.serve.connections, "HEAD_SECONDS", 0.5)
    limits.setattr(ui.serve.guard, "_BODY_SECONDS", 0.5)
    assistant = Assistant(library, lambda: Typist("No."), "typist", reads_ahead=False)
    with running(library, assistant, "127.0.0.1", port, "geheim") as address:
        yield address, library
    assistant.close()
    limits.undo()


NOT_ENDED = {
    "nothing": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    "half a body": b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\nuser",
    "half of the next": b"GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET / HT",
}


def test_requests_that_are_not_ended_are_closed(served: tuple[str, Library]) -> None:
    host, port = served[0].removeprefix("http://").rstrip("/").split(":")
    began = time.monotonic()
    with ExitStack() as opened:
        halves = {}
        for name, sent in NOT_ENDED.items():
            halves[name] = opened.enter_context(socket.create_connection((host, int(port)), timeout=10))
            halves[name].sendall(sent)
        for name, half in halves.items():
            while half.recv(65536):
                pass
            assert time.monotonic() - began < 8, name


def test_gradios_unchecked_addresses_are_closed_too_and_open_with_the_password(served: tuple[str, Library]) -> None:
    address, _ = served
    body = {"session_hash": "x", "fn_index": 0, "event_id": "y"}
    for path in ("gradio_api/cancel", "gradio_api/reset", "gradio_api/heartbeat/x", "gradio_api/app_id"):
        assert httpx.post(f"{address}{path}", json=body).status_code == 401, path
        assert httpx.get(f"{address}{path}").status_code == 401, path
    assert "Any user name will do" in httpx.get(address).text
    with httpx.Client() as known:
        known.post(f"{address}login", data={"username": "x", "password": "geheim"})
        assert known.post(f"{address}gradio_api/reset", json={"event_id": "y"}).json() == {"success": True}


def asked(known: httpx.Client, address: str, function: str, data: object) -> httpx.Response:
    """What a function that the page's script may call answers."""
    components = known.get(f"{address}config").json()["components"]
    (number,) = [c["id"] for c in components if function in (c["props"].get("server_fns") or [])]
    body = {"session_hash": "x", "component_id": number, "fn_name": function, "data": data}
    return known.post(f"{address}gradio_api/component_server", json=body)


def test_a_browser_can_take_along_its_own_conversations_only_and_those_that_are_shared(
    served: tuple[str, Library],
) -> None:
    address, library = served
    kept = library.conversations
    with httpx.Client() as mine, httpx.Client() as another:
        for browser in (mine, another):
            browser.get(address)
            browser.post(f"{address}login", data={"username": "x", "password": "geheim"})
        conversation, turn = kept.ask(None, "Who paid for the bridge?", owner_of(mine))  # type: ignore[arg-type]
        wanted = {"conversation": conversation, "format": "md"}
        assert "Who paid" in asked(mine, address, "export", wanted).json()["text"]
        assert "Who paid" in asked(mine, address, "copied", turn).json()
        gone = f"There is no conversation {conversation}; it may have been deleted."
        assert asked(another, address, "export", wanted).json() == {"error": gone}
        assert asked(another, address, "copied", turn).json() == ""
        kept.share(conversation, True, owner_of(mine))  # type: ignore[arg-type]
        assert "Who paid" in asked(another, address, "export", wanted).json()["text"]


def test_a_browser_keeps_the_name_it_was_given(served: tuple[str, Library]) -> None:
    with httpx.Client() as browser:
        given = browser.get(served[0]).headers["set-cookie"]
        assert "HttpOnly" in given
        assert "SameSite=Lax" in given
        assert "set-cookie" not in browser.get(served[0]).headers
    server = Starlette(middleware=[Middleware(Browsers)])
    assert "set-cookie" not in TestClient(server).get("/gradio_api/queue/data").headers


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    return Conversations(Database(tmp_path / "library.sqlite"))


def test_conversations_are_seen_and_changed_by_their_owner_only(kept: Conversations) -> None:
    mine, turn = kept.ask(None, "Where was I?", "me")
    other, _ = kept.ask(mine, "May I join?", "you")
    assert other != mine
    assert [found.name for found in kept.find("", "me")] == ["Where was I?"]
    assert [found.name for found in kept.find("was", "you")] == []
    assert len(kept.find()) == 2
    changes = [
        lambda: kept.name(mine, "you"),
        lambda: kept.rename(mine, "Mine now", "you"),
        lambda: kept.share(mine, True, "you"),
        lambda: kept.rate(turn, Feedback(True), "you"),
    ]
    for change in changes:
        with pytest.raises(InputError, match=f"There is no conversation {mine}; it may have been deleted"):
            change()
    kept.delete(mine, "you")
    assert kept.turn(turn, "you") is None
    assert kept.name(mine, "me") == "Where was I?"


def test_a_shared_conversation_is_opened_by_others_and_changed_by_none(kept: Conversations) -> None:
    mine, turn = kept.ask(None, "Where was I?", "me")
    kept.share(mine, True, "me")
    assert kept.name(mine, "you") == "Where was I?"
    assert kept.turn(turn, "you") is not None
    assert [found.shared for found in kept.find("", "me")] == [True]
    assert kept.find("", "you") == []
    with pytest.raises(InputError):
        kept.rename(mine, "Yours", "you")
    kept.share(mine, False, "me")
    with pytest.raises(InputError):
        kept.name(mine, "you")


def test_conversations_from_before_there_were_owners_are_the_first_readers(kept: Conversations) -> None:
    old, _ = kept.ask(None, "Asked long ago?")
    kept.adopt("me")
    kept.adopt("you")
    assert kept.name(old, "me") == "Asked long ago?"
    with pytest.raises(InputError):
        kept.name(old, "you")


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

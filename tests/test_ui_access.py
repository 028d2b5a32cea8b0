"""Who reaches what: the door with a password, half requests, each browser's conversations, what a terminal is given."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from fakes import Typist, library_of
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
from index.store.readers.conversations import Conversations, Feedback
from index.store.sqlite.database import Database
from qa.assistant import Assistant
from ui.commands.chat import password_in
from ui.page.build import running
from ui.page.door import Door
from ui.page.frame.browsers import Browsers, owner_of


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

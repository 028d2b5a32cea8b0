"""Who is let in to the page, and with how much."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from browsing import Open, Parrot
from page_server import free_port
from playwright.sync_api import Browser, expect
from shelving import show, story

from index.errors import InputError
from index.library import Library
from ui.page.build import running

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing"]


# ---- strangers ----


def test_other_machines_are_let_in_only_with_a_password(parrot: Parrot):
    with pytest.raises(InputError) as raised, running(parrot.library, parrot, "0.0.0.0", free_port()):  # type: ignore[arg-type]
        pass
    assert str(raised.value) == (
        "At 0.0.0.0 other machines could use the page; give it a password with --password-file or BYLINE_PASSWORD, "
        "or leave --host out."
    )
    with running(parrot.library, parrot, "127.0.0.1", free_port(), "geheim") as address:  # type: ignore[arg-type]
        for path in ("config", "gradio_api/info", "gradio_api/file=x", "gradio_api/queue/status"):
            assert httpx.get(address + path).status_code == 401, path
        asked = {"session_hash": "x", "component_id": 1, "fn_name": "list_articles", "data": None}
        assert httpx.post(f"{address}gradio_api/component_server", json=asked).status_code == 401
        assert httpx.post(f"{address}login", data={"username": "x", "password": "falsch"}).status_code == 400
        with httpx.Client() as known:
            assert known.post(f"{address}login", data={"username": "x", "password": "geheim"}).status_code == 200
            assert known.get(f"{address}config").status_code == 200


def test_the_page_behind_a_password_asks_for_it_and_then_answers(browser: Browser, parrot: Parrot):
    outside: list[str] = []
    with (
        running(parrot.library, parrot, "127.0.0.1", free_port(), "geheim") as address,  # type: ignore[arg-type]
        browser.new_context() as stranger,
    ):
        page = stranger.new_page()
        page.on("request", lambda request: outside.append(request.url))
        page.goto(address)
        expect(page.get_by_text("Any user name will do.")).to_be_visible()
        expect(page.locator("#question")).to_have_count(0)
        for password in ("falsch", "geheim"):
            page.get_by_label("username").fill("reader")
            page.get_by_label("password").fill(password)
            page.get_by_role("button", name="Login").click()
            if password == "falsch":
                expect(page.get_by_text("Incorrect Credentials")).to_be_visible()
        page.fill("#question textarea", "Who kept the lighthouse for thirty years?")
        page.press("#question textarea", "Enter")
        expect(page.locator(".turn")).to_have_attribute("data-stage", "done")
    assert [url for url in outside if not url.startswith((address, "data:", "blob:"))] == []


def test_another_site_can_neither_ask_nor_add_nor_use_the_tools(parrot: Parrot):
    doors = ("queue/join", "call/ask", "component_server", "upload", "mcp/")
    with running(parrot.library, parrot, "127.0.0.1", free_port(), mcp=True) as address:  # type: ignore[arg-type]
        own = address.rstrip("/")
        for door in doors:
            for origin in ("https://evil.example", "null", "http://127.0.0.1.evil.example"):
                answer = httpx.post(f"{own}/gradio_api/{door}", headers={"Origin": origin}, content=b"{}")
                assert (answer.status_code, answer.text) == (403, "Byline answers its own page only."), (door, origin)
                asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
                allowed = httpx.options(f"{own}/gradio_api/{door}", headers=asked).headers
                assert allowed.get("Access-Control-Allow-Origin") != origin, (door, origin)
        for door in ("call/search", "component_server"):
            answer = httpx.post(f"{own}/gradio_api/{door}", headers={"Origin": own}, json={"data": ["x", 1]})
            assert answer.text != "Byline answers its own page only.", door


def test_more_than_one_request_may_hold_is_refused(address: str):
    port = int(address.rsplit(":", 1)[1].strip("/"))
    with socket.create_connection(("127.0.0.1", port)) as line:
        head = f"POST /gradio_api/upload HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {2**40}\r\n\r\n"
        line.sendall(head.encode())
        assert line.recv(64).split(b"\r\n")[0].startswith(b"HTTP/1.1 413")


def upload(size: int, piece: int = 2**16) -> Iterator[bytes]:
    """A file of this size as a browser sends it, without the size being told before."""
    yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
    for _ in range(0, size, piece):
        yield b"a" * piece
    yield b"\r\n--x--\r\n"


def sent(address: str, content: Iterator[bytes]) -> httpx.Response:
    head = {"Content-Type": "multipart/form-data; boundary=x"}
    return httpx.post(f"{address}gradio_api/upload", content=content, headers=head, timeout=60)


def test_a_request_that_does_not_tell_its_size_is_cut_off_too(address: str, monkeypatch: pytest.MonkeyPatch):
    assert sent(address, upload(2**20)).status_code == 200
    monkeypatch.setattr("ui.serve.guard._LARGEST_REQUEST", 2**19)
    assert sent(address, upload(2**20)).status_code == 413


def test_a_file_of_more_than_twenty_megabytes_is_refused(address: str):
    assert sent(address, upload(20 * 10**6)).status_code == 200
    refused = sent(address, upload(22 * 2**20))
    assert (refused.status_code, refused.text) == (413, "File size exceeded maximum allowed size of 20971520 bytes.")


def test_too_many_files_at_once_and_one_too_large_are_told_in_a_sentence(
    visit: Open, empty: tuple[str, Library], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    page = visit(at=empty[0]).page
    show(page, "Library")
    monkeypatch.setattr("ui.page.shelf.library._MOST_FILES", 3)
    for n in range(4):
        (tmp_path / f"tide{n}.md").write_text(story(n))
    page.set_input_files("#upload input[type=file]", [tmp_path / f"tide{n}.md" for n in range(4)])
    told = "4 files are too many at once; add up to 3, or give their folder's path below."
    expect(page.locator("#added .error")).to_have_text(told)
    (tmp_path / "large.txt").write_text("a" * (22 * 2**20))
    page.set_input_files("#upload input[type=file]", [tmp_path / "large.txt"])
    expect(page.get_by_text("20")).to_be_visible()
    assert empty[1].listings() == []


@pytest.mark.parametrize(
    "path", ["library/library.sqlite", "library/passages.faiss", "library/../library/library.sqlite"]
)
def test_the_library_cannot_be_read_through_the_page(address: str, parrot: Parrot, path: str):
    base = parrot.library.folder.parent
    for spelled in (f"{base}/{path.replace('library', parrot.library.folder.name, 1)}", f"../../../..{base}/{path}"):
        for door in ("gradio_api/file=", "file=", "gradio_api/file/", "static/", "assets/"):
            answer = httpx.get(f"{address}{door}{spelled}")
            assert answer.status_code in (403, 404), (door, spelled)
            assert b"SQLite format" not in answer.content

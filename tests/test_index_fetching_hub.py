"""Fetching models from a hub, which is a small server on this machine that can also misbehave."""

import hashlib
import random
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from index.errors import FailedError
from index.models.catalogue import HubRepository, Model, ModelFile
from index.models.fetching import fetch
from index.models.local import verify

DATA = random.Random(7).randbytes(300_000)
GGUF = Model(
    "llm",
    "tiny.gguf",
    "MIT",
    (ModelFile("tiny.gguf", len(DATA), hashlib.sha256(DATA).hexdigest()),),
    (HubRepository("hub:owner/tiny", "owner/tiny"),),
)


def quiet(what: str, here: int, total: int) -> None:
    pass


class Hub(ThreadingHTTPServer):
    """Serves ``files`` by path, from the byte asked for; like a real hub, it first redirects to where the bytes are."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), HubHandler)
        self.files: dict[str, bytes] = {"/owner/tiny/resolve/main/tiny.gguf": DATA}
        self.ranges: list[str | None] = []
        self.ignores_ranges = False
        self.cuts_after: list[int] = []
        """Bytes after which each of the first connections is cut."""
        self.stalls = 0.0
        """Seconds of silence before each answer."""
        self.refuses: tuple[int, str] | None = None
        """The status and reason of every answer, instead of files."""
        self.wants_login = False
        """Whether every answer is a page, of a length that it does not tell."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class HubHandler(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        time.sleep(self.server.stalls)
        if self.server.wants_login:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<html>Please log in</html>")
            return
        if self.server.refuses:
            self.send_error(*self.server.refuses)
            return
        data = self.server.files.get(self.path.removeprefix("/bytes"))
        if data is None:
            self.send_error(404, "Not Found")
        elif not self.path.startswith("/bytes"):
            self.send_response(302)
            self.send_header("Location", f"/bytes{self.path}")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.send_bytes(data)

    def send_bytes(self, data: bytes) -> None:
        asked = self.headers["Range"]
        self.server.ranges.append(asked)
        start = 0 if self.server.ignores_ranges else int((asked or "bytes=0-").removeprefix("bytes=").removesuffix("-"))
        self.send_response(200 if self.server.ignores_ranges else 206)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        cut = self.server.cuts_after.pop(0) if self.server.cuts_after else len(data)
        self.wfile.write(data[start:][:cut])

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A running hub, named by BYLINE_HUB; the models folder is empty."""
    monkeypatch.setenv("BYLINE_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with Hub() as server:
        monkeypatch.setenv("BYLINE_HUB", server.url)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def refusal(model: Model) -> str:
    """The reason, out of the sentence with which fetching the model fails."""
    with pytest.raises(FailedError) as error:
        fetch(model, quiet)
    sentence = str(error.value)
    before = f"The model {model.name} could not be fetched (hub:owner/tiny: "
    after = f"): `byline models fetch {model.name}` tries again and keeps what has arrived."
    assert sentence.startswith(before)
    assert sentence.endswith(after)
    return sentence.removeprefix(before).removesuffix(after)


def test_a_gguf_comes_from_its_repository_by_its_name(hub: Hub, tmp_path: Path):
    seen: list[int] = []
    assert fetch(GGUF, lambda what, here, total: seen.append(here)) == tmp_path / "models" / "tiny.gguf"
    assert (tmp_path / "models" / "tiny.gguf").read_bytes() == DATA
    assert seen == sorted(seen)
    assert seen[-1] == len(DATA)


def test_every_file_of_a_folder_comes_from_its_path_in_the_repository(hub: Hub):
    contents = {"model.safetensors": b"abc", "1_Pooling/config.json": b"{}"}
    hub.files = {f"/owner/tiny/resolve/main/{name}": data for name, data in contents.items()}
    files = tuple(ModelFile(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in contents.items())
    path = fetch(Model("embedder", "tiny", "MIT", files, GGUF.sources), quiet)

    assert {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()} == contents


def folder_with(*names: str) -> Model:
    """A folder whose weights are pinned and whose other files are taken as they come."""
    weights = ModelFile("model.safetensors", 3, hashlib.sha256(b"abc").hexdigest())
    return Model("reranker", "tiny", "MIT", (weights, *(ModelFile(name, 0, "") for name in names)), GGUF.sources)


def test_a_small_file_that_is_not_pinned_is_taken_as_it_comes(hub: Hub):
    contents = {"model.safetensors": b"abc", "config.json": b'{"any": "thing"}'}
    hub.files = {f"/owner/tiny/resolve/main/{name}": data for name, data in contents.items()}
    model = folder_with("config.json")
    path = fetch(model, quiet)
    assert (path / "config.json").read_bytes() == contents["config.json"]
    assert verify(model).state == "ok"
    hub.files.clear()
    assert fetch(model, quiet) == path  # it is here and whole


def test_a_small_file_that_is_missing_or_cut_is_no_model(hub: Hub):
    hub.files = {"/owner/tiny/resolve/main/model.safetensors": b"abc"}
    url = f"{hub.url}/owner/tiny/resolve/main/config.json"
    assert refusal(folder_with("config.json")) == f"{url} answers 404 Not Found"
    hub.files["/owner/tiny/resolve/main/config.json"] = b"{}"
    hub.cuts_after = [1]
    assert refusal(folder_with("config.json")) == f"{url} was cut off"
    hub.cuts_after = []
    assert fetch(folder_with("config.json"), quiet).is_dir()


def test_a_small_file_is_small(hub: Hub, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("index.models.hub.UNPINNED_BYTES", 3)
    hub.files = {
        "/owner/tiny/resolve/main/model.safetensors": b"abc",
        "/owner/tiny/resolve/main/config.json": b"{  }",
    }
    url = f"{hub.url}/owner/tiny/resolve/main/config.json"
    assert refusal(folder_with("config.json")) == f"{url} has more than 3 bytes"


def test_a_connection_that_is_cut_is_taken_up_where_it_broke(hub: Hub, tmp_path: Path):
    hub.cuts_after = [100_000, 50_000]
    fetch(GGUF, quiet)

    assert hub.ranges == ["bytes=0-", "bytes=100000-", "bytes=150000-"]
    assert (tmp_path / "models" / "tiny.gguf").read_bytes() == DATA


def test_a_hub_that_keeps_cutting_is_given_up_and_the_next_fetch_continues(hub: Hub):
    hub.cuts_after = [100_000, 0]
    url = f"{hub.url}/owner/tiny/resolve/main/tiny.gguf"
    assert refusal(GGUF) == f"{url} was cut off after 100000 of 300000 bytes"

    fetch(GGUF, quiet)
    assert hub.ranges == ["bytes=0-", "bytes=100000-", "bytes=100000-"]


def test_a_hub_without_ranges_is_read_from_the_beginning(hub: Hub, tmp_path: Path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "tiny.gguf.partial").write_bytes(DATA[:100])
    hub.ignores_ranges = True
    assert fetch(GGUF, quiet).read_bytes() == DATA


def test_a_partial_file_longer_than_the_model_is_dropped(hub: Hub, tmp_path: Path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "tiny.gguf.partial").write_bytes(DATA + b"more")
    assert fetch(GGUF, quiet).read_bytes() == DATA


def test_a_wrong_hash_names_both_hashes_and_the_file_is_gone(hub: Hub, tmp_path: Path):
    other = bytes(len(DATA))
    hub.files = {"/owner/tiny/resolve/main/tiny.gguf": other}
    assert refusal(GGUF) == (
        f"tiny.gguf has the SHA-256 {hashlib.sha256(other).hexdigest()}, not {GGUF.sha256}, and was deleted"
    )
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["tiny.gguf.lock"]


def test_a_file_of_another_size_is_refused_before_it_is_downloaded(hub: Hub, tmp_path: Path):
    partial = tmp_path / "models" / "tiny.gguf.partial"
    partial.parent.mkdir()
    partial.write_bytes(DATA[:100])
    hub.files = {"/owner/tiny/resolve/main/tiny.gguf": b"<html>Please log in</html>"}
    hub.ignores_ranges = True
    url = f"{hub.url}/owner/tiny/resolve/main/tiny.gguf"
    assert refusal(GGUF) == f"{url} has {len(b'<html>Please log in</html>')} bytes, not 300000"
    assert partial.read_bytes() == DATA[:100]


def test_a_file_the_hub_does_not_have_is_told(hub: Hub):
    hub.files = {}
    assert refusal(GGUF) == f"{hub.url}/owner/tiny/resolve/main/tiny.gguf answers 404 Not Found"


def test_a_hub_that_is_asked_too_often_is_told_and_what_arrived_is_kept(hub: Hub, tmp_path: Path):
    hub.cuts_after = [100_000, 0]
    refusal(GGUF)
    hub.refuses = (429, "Too Many Requests")
    assert refusal(GGUF) == f"{hub.url}/owner/tiny/resolve/main/tiny.gguf answers 429 Too Many Requests"
    hub.refuses = None
    assert fetch(GGUF, quiet).read_bytes() == DATA
    assert hub.ranges[-1] == "bytes=100000-"


def test_the_page_of_a_network_that_wants_a_login_is_no_part_of_a_model(hub: Hub, tmp_path: Path):
    partial = tmp_path / "models" / "tiny.gguf.partial"
    partial.parent.mkdir()
    partial.write_bytes(DATA[:100_000])
    hub.wants_login = True
    url = f"{hub.url}/owner/tiny/resolve/main"
    assert refusal(GGUF) == f"{url}/tiny.gguf answers with a web page instead of the file"
    assert partial.read_bytes() == DATA[:100_000]
    (tmp_path / "models" / "tiny.partial").mkdir()
    (tmp_path / "models" / "tiny.partial" / "model.safetensors").write_bytes(b"abc")
    assert refusal(folder_with("config.json")) == f"{url}/config.json answers with a web page instead of the file"


def test_a_silent_hub_is_given_up_after_the_time_limit(hub: Hub, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("index.models.hub.TIMEOUT", 0.2)
    hub.stalls = 1.0
    started = time.monotonic()
    reason = refusal(GGUF)

    assert time.monotonic() - started < hub.stalls
    assert reason == f"{hub.url}/owner/tiny/resolve/main/tiny.gguf cannot be reached (timed out)"


def test_a_hub_that_is_no_address_is_told(hub: Hub, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BYLINE_HUB", "hub.example")
    url = "hub.example/owner/tiny/resolve/main/tiny.gguf"
    assert refusal(GGUF) == f"{url} cannot be reached (unknown url type: '{url}')"


def test_when_the_first_source_fails_the_next_one_is_tried(hub: Hub, tmp_path: Path):
    sources = (HubRepository("hub:owner/gone", "owner/gone"), *GGUF.sources)
    fetch(Model("llm", "tiny.gguf", "MIT", GGUF.files, sources), quiet)
    assert (tmp_path / "models" / "tiny.gguf").read_bytes() == DATA

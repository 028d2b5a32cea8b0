"""What the server of the page gives, and to whom."""

from __future__ import annotations

import socket
from pathlib import Path

import httpx
import pytest
from browsing import Parrot

from index.errors import InputError
from index.models.local import models_folder
from ui.page.build import build, serve_page
from ui.page.frame.loading import Loading

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing"]


def test_the_browser_is_told_to_load_nothing_from_elsewhere(address: str):
    policy = httpx.get(address).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src-attr 'none'" in policy


def test_another_site_is_refused(address: str):
    assert httpx.get(address, headers={"Origin": "https://evil.example"}).status_code == 403
    assert httpx.get(address, headers={"Origin": "null"}).status_code == 403
    assert httpx.get(address, headers={"Host": "evil.example"}).status_code == 403
    assert httpx.get(address, headers={"Origin": address.rstrip("/")}).status_code == 200
    assert httpx.get(address).status_code == 200


def test_files_beside_the_page_cannot_be_read_through_it(address: str, parrot: Parrot):
    database = parrot.library.folder / "library.sqlite"
    assert database.exists()
    state = parrot.library.folder / "states" / "ab" / "abcd"
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_bytes(b"what a model made of a passage")
    models = [file for file in models_folder().glob("**/*") if file.is_file()]
    for path in (
        *models,
        state,
        database,
        f"../../{database}",
        "/etc/passwd",
        Path(__file__).resolve(),
        "pyproject.toml",
    ):
        answer = httpx.get(f"{address}gradio_api/file={path}")
        assert answer.status_code in (403, 404), path


def test_a_port_in_use_is_named_with_the_way_out(parrot: Parrot):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError) as raised:
            serve_page(parrot.library, parrot, port=port, open_browser=False)  # type: ignore[arg-type]
    assert str(raised.value) == f"Port {port} is in use; choose another with: byline chat --port {port + 1}"


def test_an_address_that_is_not_this_machine_is_named(parrot: Parrot):
    with pytest.raises(InputError, match=r"The page cannot be served at 192\.0\.2\.1:7860 \(.+\); choose another"):
        serve_page(parrot.library, parrot, host="192.0.2.1", open_browser=False, password="key")  # type: ignore[arg-type]


def test_the_page_asks_nothing_of_the_network_when_built(parrot: Parrot):
    page = build(parrot.library, parrot, Loading(parrot))  # type: ignore[arg-type]
    assert page.analytics_enabled is False

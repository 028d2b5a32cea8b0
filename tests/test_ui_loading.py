"""The page while the models load behind it."""

from __future__ import annotations

import gc
import inspect
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Open, Parrot
from jinja2 import Template
from page_server import free_port
from playwright.sync_api import expect

from index.errors import FailedError, InputError
from ui.page.build import running
from ui.page.frame.loading import Loading
from ui.quick_gradio import gr

pytest_plugins = ["browsing"]

LINE = "The models are being loaded; a question asked now waits for them."


class Heavy(Parrot):
    """Takes its time to be loaded."""

    def __init__(self, parrot: Parrot) -> None:
        super().__init__(parrot.library)
        self.begun = threading.Event()
        self.here = threading.Event()

    def warm(self) -> None:
        self.begun.set()
        assert self.here.wait(300)


class Missing(Parrot):
    def warm(self) -> None:
        raise InputError("The model is not fetched yet.")


@pytest.fixture
def heavy(parrot: Parrot) -> Iterator[Heavy]:
    heavy = Heavy(parrot)
    yield heavy
    heavy.here.set()


def test_loading_is_over_also_when_a_model_is_missing(parrot: Parrot) -> None:
    loading = Loading(Missing(parrot.library))  # type: ignore[arg-type]
    assert not loading.over.is_set()
    loading.opened.set()
    loading.begin()
    assert loading.over.wait(60)


def test_a_page_that_is_being_opened_goes_before_the_models(heavy: Heavy) -> None:
    loading = Loading(heavy)  # type: ignore[arg-type]
    loading.begin()
    assert not heavy.begun.wait(0.2)
    loading.opened.set()
    assert heavy.begun.wait(60)


def test_the_models_are_loaded_though_no_tab_is_opened(heavy: Heavy) -> None:
    Loading(heavy).begin()  # type: ignore[arg-type]
    assert heavy.begun.wait(60)


@pytest.mark.browser
def test_the_page_is_there_before_the_models_and_says_so(visit: Open, heavy: Heavy) -> None:
    with running(heavy.library, heavy, "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        page = visit(at=address).page
        expect(page.locator("#loading")).to_have_text(LINE)
        assert heavy.begun.wait(60)
        heavy.here.set()
        expect(page.locator("#loading .loading")).to_have_count(0)
        later = visit(at=address).page
        expect(later.locator(".welcome")).to_be_visible()
        assert later.locator("#loading .loading").count() == 0
        page.close()
        later.close()


def test_what_stood_in_while_gradio_was_imported_is_gone() -> None:
    assert Path(inspect.getfile(gr.Button)).name == "button.py"
    assert Template("the {{ component }}").render(component="button") == "the button"
    assert ssl.create_default_context.__module__ == "ssl"
    assert gc.isenabled()


def test_what_the_page_does_not_need_is_not_imported_with_it() -> None:
    script = (
        "import sys, ui.page.build; print({'mcp', 'pandas'} & set(sys.modules)); "
        "import mcp, pandas; print(mcp.ClientSession.__name__, pandas.DataFrame.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["set()", "ClientSession", "DataFrame"]


def test_tools_that_cannot_be_offered_are_said_and_not_left_out(
    parrot: Parrot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.streamable_http_manager", None)
    with (
        pytest.raises(FailedError) as raised,
        running(parrot.library, parrot, "127.0.0.1", free_port(), mcp=True),  # type: ignore[arg-type]
    ):
        pass
    assert str(raised.value) == (
        "The functions cannot be offered as MCP tools (import of mcp.server.streamable_http_manager halted; None in "
        "sys.modules); leave out --mcp."
    )

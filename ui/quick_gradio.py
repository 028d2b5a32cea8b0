"""Gradio, imported in a third of its time: without the work it does at every import for nobody.

At every import Gradio reads the source of each of its components, renders a stub for type checkers from it and
compares that with the one beside the source: half of the time. It passes over a component whose class comes from no
file, so while it is imported here, none does. It compiles a template for every event of every component to name the
component in the event's docstring; here the docstrings stay as they were written. It defines its MCP server, with
which it does without where the package is missing: here it is taken to be, until ``with_mcp`` is called. It imports
pandas to tell what a cached function of a page was called with; here none is, and a module without anything in it
takes its place. It reads all certificates of the web for each client it makes; here its clients trust none, as nothing
is fetched from there. And of a million objects made meanwhile nearly none is garbage, so that looking for it waits.
After every event it would work out statistics of all events so far, with pandas, for a page of its own that is
switched off.

And it is mended in two places: without one a tab's share of the server's memory grew with every question, without the
other a tab that did something just as something else had ended could wait for the reply for good.

A version of Gradio that this was not tried with (see index/importing.py) is imported as it is.
"""

from __future__ import annotations

import importlib
import inspect
import os
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import ModuleType, SimpleNamespace
from typing import Any

from jinja2 import Environment

from index.errors import FailedError
from index.importing import is_tried, without_collecting

# Gradio and huggingface_hub read these when they are imported, or a page is made.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)
os.environ["HF_HUB_OFFLINE"] = "1"


@contextmanager
def _standing_in(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Within this context the owner's attribute ``name`` has this value."""
    own = vars(owner)[name]  # as it stands there: getattr would unwrap a static method
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, own)


@contextmanager
def _imported_as(package: str, module: ModuleType | None) -> Iterator[None]:
    """Within this context importing the package gives ``module``, or fails where that is None.

    A package that was imported before stays as it is."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = module  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[package]


def _from_no_file(object: object) -> str:
    raise OSError(f"{object!r} is taken to come from no file")


def _as_written(environment: Environment, source: str, **_: Any) -> SimpleNamespace:
    return SimpleNamespace(render=lambda **_: source)


def _trusting_nobody(*_: Any, **__: Any) -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _nothing(*_: Any, **__: Any) -> None:
    pass


_IS_TRIED = is_tried("gradio")


@contextmanager
def _without_needless_work() -> Iterator[None]:
    """A context in which Gradio is imported without the work that it does for nobody, if its version was tried."""
    if not _IS_TRIED:
        yield
        return
    with (
        _imported_as("mcp", None),
        _imported_as("pandas", ModuleType("pandas")),
        _standing_in(inspect, "getfile", _from_no_file),
        _standing_in(Environment, "from_string", _as_written),
        _standing_in(ssl, "create_default_context", _trusting_nobody),
    ):
        yield


with without_collecting(), _without_needless_work():
    import gradio as gr
    from gradio.blocks import Block
    from gradio.routes import App
    from gradio.state_holder import SessionState

_keep = SessionState.__setitem__


def _keep_under_one_id(session: SessionState, id: int, value: Any) -> None:
    """Keeps what stands for a component in a tab under the component's id, by which it goes itself, too.

    Each component that an event leaves as it is, Gradio replaces in the tab by a copy, which has an id of its own. A
    value given to the copy later would be kept a second time, under that id, and for good.
    """
    if isinstance(value, Block):
        value._id = id
    _keep(session, id, value)


if _IS_TRIED:
    SessionState.__setitem__ = _keep_under_one_id


@contextmanager
def unserved() -> Iterator[None]:
    """In this context Gradio builds pages without the web application that serves them.

    It would make one twice while a page is built, and neither is used: ``launch`` makes another.
    """
    with _standing_in(App, "create_app", staticmethod(_nothing)) if _IS_TRIED else nullcontext():
        yield


def with_mcp() -> None:
    """Lets Gradio define its MCP server after all; called before a page that has one is launched.

    Raises FailedError: the package it is made of cannot be imported. Gradio would keep that to itself, and go on.
    """
    try:
        importlib.import_module("mcp.server.streamable_http_manager")
    except ImportError as error:
        raise FailedError(f"The functions cannot be offered as MCP tools ({error}); leave out --mcp.") from error
    if _IS_TRIED:
        importlib.reload(gr.mcp)


__all__ = ["gr", "unserved", "with_mcp"]

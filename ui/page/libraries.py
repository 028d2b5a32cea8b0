"""Several libraries: the list above the articles, and how the page goes on with another one."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

from index.errors import BylineError
from index.libraries import Libraries
from ui.html.ways_out import on_page
from ui.page.views import STATIC, Desk
from ui.quick_gradio import gr

_ANSWERED_AFTER = 0.3
"""Seconds in which the tab that asked for another library is told that it comes."""


class Switch:
    """The libraries, the one that the page is served of, and the one it is to go on with."""

    def __init__(self, libraries: Libraries, here: Path) -> None:
        self.libraries = libraries
        self.here = here
        self.next: Path | None = None
        self._asked = threading.Event()

    def to(self, name: str) -> None:
        """Lets the page go on with this library."""
        self.next = self.libraries.folder(name)
        self.end()

    def end(self) -> None:
        """Lets the page end."""
        self._asked.set()

    def wait(self) -> None:
        """Returns when another library was asked for, or the page is to end."""
        self._asked.wait()


def add_libraries(desk: Desk) -> None:
    """The list; ``static/libraries.js`` draws it. None where the page is of one library for good."""
    switch = desk.switch
    if switch is None:
        return
    gr.HTML(
        elem_id="libraries",
        apply_default_css=False,
        html_template=(STATIC / "libraries.html").read_text(encoding="utf-8"),
        js_on_load=(STATIC / "libraries.js").read_text(encoding="utf-8"),
        server_functions=[_listing(switch), _opening(switch), _making(switch), _renaming(switch)],
    )


def _listing(switch: Switch) -> Callable[[None], str]:
    def list_libraries(_: None) -> str:
        """The libraries as a JSON list, the open one marked; one that lies elsewhere stands first under its path."""
        here = switch.libraries.name_of(switch.here)
        listed = [
            {"name": each.name, "articles": each.articles, "open": each.name == here}
            for each in switch.libraries.listed()
        ]
        if not any(each["open"] for each in listed):
            listed.insert(0, {"name": here, "articles": None, "open": True})
        return json.dumps(listed, ensure_ascii=False)

    return list_libraries


def _opening(switch: Switch) -> Callable[[str], None]:
    def open_library(name: str) -> None:
        """Lets the page go on with another library: it ends, and comes again at the same address."""
        if name in switch.libraries.names():
            later = threading.Timer(_ANSWERED_AFTER, switch.to, [name])
            later.daemon = True
            later.start()

    return open_library


def _making(switch: Switch) -> Callable[[str], dict[str, str]]:
    def make_library(name: str) -> dict[str, str]:
        """Makes an empty library; ``{"error": sentence}`` where that failed."""
        return _told(lambda: switch.libraries.make(name.strip()))

    return make_library


def _renaming(switch: Switch) -> Callable[[list[str]], dict[str, str]]:
    def rename_library(names: list[str]) -> dict[str, str]:
        """Gives a library that is not open another name; ``{"error": sentence}`` where that failed."""
        name, new = names
        return _told(lambda: switch.libraries.rename(name, new.strip()))

    return rename_library


def _told(change: Callable[[], object]) -> dict[str, str]:
    try:
        change()
    except BylineError as error:
        return {"error": on_page(str(error))}
    return {}

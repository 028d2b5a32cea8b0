"""Several libraries: the list above the articles."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

from index.errors import BylineError
from index.libraries import DEFAULT
from ui.page.frame.scripted import scripted
from ui.page.frame.switch import ANSWERED_AFTER, Switch
from ui.page.frame.view import Desk, Exclusive
from ui.ways_out import on_page

_BUSY = "Articles are being added; open another library when that is done, or cancel it."
_OTHER_NAME = '"{typed}" is not its name; type "{name}" to delete it.'
_OPEN = 'The library "{name}" is open; open another one first.'


def add_libraries(desk: Desk) -> None:
    """Adds the list of libraries to the page, drawn by ``static/libraries.js``; nothing where the page keeps to one."""
    switch = desk.switch
    if switch is None:
        return
    scripted(
        "libraries",
        "libraries",
        [
            _listing(switch),
            _opening(switch, desk.adding),
            _making(switch),
            _renaming(switch),
            _removing(switch),
        ],
    )


def _listing(switch: Switch) -> Callable[[None], str]:
    def list_libraries(_: None) -> str:
        """The libraries as a JSON list, the open and the default one marked; only what has a name is changed."""
        here, named = switch.libraries.name_of(switch.here), switch.libraries.names()
        listed = [
            {
                "name": each.name,
                "articles": each.articles,
                "open": each.name == here,
                "named": each.name in named and each.folder.is_dir(),
                "default": each.name == DEFAULT,
            }
            for each in switch.listed()
        ]
        return json.dumps(listed, ensure_ascii=False)

    return list_libraries


def _opening(switch: Switch, adding: Exclusive) -> Callable[[str], dict[str, str]]:
    def open_library(name: str) -> dict[str, str]:
        """Lets the page go on with another library: it ends, and comes again at the same address.

        ``{"error": sentence}`` where articles are being added.
        """
        if adding.is_taken:
            return {"error": _BUSY}
        for each in switch.listed():
            if each.name == name:
                later = threading.Timer(ANSWERED_AFTER, switch.to, [each.folder])
                later.daemon = True
                later.start()
        return {}

    return open_library


def _making(switch: Switch) -> Callable[[str], dict[str, str]]:
    def make_library(name: str) -> dict[str, str]:
        """Makes an empty library; ``{"error": sentence}`` where that failed."""
        return _error_of(lambda: switch.libraries.make(name.strip()))

    return make_library


def _renaming(switch: Switch) -> Callable[[list[str]], dict[str, str]]:
    def rename_library(names: list[str]) -> dict[str, str]:
        """Gives a library that is not open another name; ``{"error": sentence}`` where that failed."""
        name, new = names
        return _error_of(lambda: switch.libraries.rename(name, new.strip()))

    return rename_library


def _removing(switch: Switch) -> Callable[[list[str]], dict[str, str]]:
    def remove_library(names: list[str]) -> dict[str, str]:
        """Deletes a library that is not open, where its name was typed; ``{"error": sentence}`` where that failed."""
        name, typed = names
        if typed.strip() != name:
            return {"error": _OTHER_NAME.format(typed=typed.strip(), name=name)}
        if switch.libraries.name_of(switch.here) == name:
            return {"error": _OPEN.format(name=name)}
        return _error_of(lambda: switch.libraries.remove(name))

    return remove_library


def _error_of(change: Callable[[], object]) -> dict[str, str]:
    try:
        change()
    except BylineError as error:
        return {"error": on_page(str(error))}
    return {}

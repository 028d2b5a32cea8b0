"""What the page's views have in common: each adds its components and events to the page that is being built."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.library import Library
from qa.llm.halt import Halt
from ui.quick_gradio import gr

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from ui.page.frame.loading import Loading
    from ui.page.frame.switch import Switch

PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Of every event: Gradio draws nothing over the page, and programs do not see it among the named functions."""

MOST_AT_ONCE = 64
"""Questions taken in at once from the page, and from programs; all but one wait for the model. As many are texts to
check, which need none, and those who add articles or evaluate answers, of whom all but one wait, too."""
MOST_THREADS = 6 * MOST_AT_ONCE
"""Each of them has a thread, and what is quick must find one too."""

_LOOK_EVERY = 0.1
"""Seconds between two looks of somebody who waits at whether that was called off."""

Update = dict[Any, Any]
"""New values by component; the components left out stay as they are."""


def stamp() -> float:
    """A value unlike every earlier one: given to a state, it makes a change of it."""
    return time.monotonic()


class Stops:
    """Of each tab, the halts that end what runs in it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[str, list[Halt]] = {}

    @contextmanager
    def running(self, request: gr.Request) -> Iterator[Halt]:
        """Gives work in the tab of a request its halt, which is set by ``stop``, at the end, or when the tab closes."""
        stop, tab = Halt(), str(request.session_hash)
        with self._lock:
            self._running.setdefault(tab, []).append(stop)
        try:
            yield stop
        finally:
            stop.set()
            with self._lock:
                self._running[tab].remove(stop)
                if not self._running[tab]:
                    del self._running[tab]

    def stop(self, request: gr.Request) -> None:
        """Ends what runs in the tab of the request, if anything does."""
        with self._lock:
            for stop in self._running.get(str(request.session_hash), ()):
                stop.set()


class Exclusive:
    """What is done for one tab after the other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    @property
    def is_taken(self) -> bool:
        return self._lock.locked()

    @contextmanager
    def taken(self, stop: threading.Event) -> Iterator[bool]:
        """Waits for the others and holds it while the context lasts; False where ``stop`` was set before."""
        mine = False
        while not (mine or stop.is_set()):
            mine = self._lock.acquire(timeout=_LOOK_EVERY)
        try:
            yield mine
        finally:
            if mine:
                self._lock.release()


@dataclass(frozen=True)
class Desk:
    """What a view works with."""

    page: gr.Blocks
    """Its ``load`` comes when a tab is opened, its ``unload`` when one is closed."""
    library: Library
    assistant: Assistant
    talk: gr.State
    """The tab's conversation."""
    articles: gr.State
    """Given ``stamp()`` by whoever adds or removes articles; whoever shows articles listens to its ``change``."""
    only: gr.State
    """What the tab's questions are restricted to, a ``Filter``; None where all articles are asked."""
    loading: Loading
    """The models', begun when the page is served."""
    adding: Exclusive
    """Of articles."""
    switch: Switch | None = None
    """To another library; None where the page is of one for good."""


@dataclass(frozen=True)
class View:
    """One of the page's views: ``name`` stands on its tab, ``id`` is its element's and the address's after ``#``."""

    id: str
    name: str
    add: Callable[[Desk], None]
    """Adds the view's components and events; called once, inside the view's own column."""

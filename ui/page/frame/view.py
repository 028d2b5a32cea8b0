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
check, which need none, and those who add articles or evaluate answers, of whom all but one wait, too. Round, not
fitted."""
MOST_THREADS = 6 * MOST_AT_ONCE
"""Each of them has a thread, and what is quick must find one too."""

_LOOK_EVERY = 0.1
"""Seconds between two looks of somebody who waits at whether that was called off. Round, not fitted."""

Update = dict[Any, Any]
"""New values by component; the components left out stay as they are."""


def stamp() -> float:
    """A new value, unlike every earlier one: setting a ``gr.State`` to it triggers the state's ``change``."""
    return time.monotonic()


class Stops:
    """For each browser tab the events that stop the work running in it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[str, list[Halt]] = {}

    @contextmanager
    def running(self, request: gr.Request) -> Iterator[Halt]:
        """Yields an event for work in a request's tab, which is set by ``stop``, when the tab closes, or at the end."""
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
        """Stops all work in the tab of the request."""
        with self._lock:
            for stop in self._running.get(str(request.session_hash), ()):
                stop.set()


class Exclusive:
    """A lock for work that the page does for one tab at a time, such as adding articles."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    @property
    def is_taken(self) -> bool:
        """Whether some tab's work is being done now."""
        return self._lock.locked()

    @contextmanager
    def taken(self, stop: threading.Event) -> Iterator[bool]:
        """Holds the lock in this context, after other tabs; yields False where ``stop`` was set before that."""
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
    """The parts that every view is given: the page, the library, the assistant, and the state of the tab."""

    page: gr.Blocks
    """Its ``load`` comes when a tab is opened, its ``unload`` when one is closed."""
    library: Library
    assistant: Assistant
    talk: gr.State
    """The tab's conversation."""
    articles: gr.State
    """Set to ``stamp()`` when articles were added or removed; views that show articles follow its ``change``."""
    only: gr.State
    """What the tab's questions are restricted to, a ``Filter``; None where all articles are asked."""
    loading: Loading
    """The loading of the models, which begins when the page is served."""
    adding: Exclusive
    """Held while articles are added."""
    switch: Switch | None = None
    """Opens another library in this one's place; None where the page shows one library only."""


@dataclass(frozen=True)
class View:
    """One of the page's views: ``name`` stands on its tab, ``id`` is its element's and the address's after ``#``."""

    id: str
    name: str
    add: Callable[[Desk], None]
    """Adds the view's components and events; called once, inside the view's own column."""

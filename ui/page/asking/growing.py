"""Runs growing work, such as an answer, in a thread of its own: it goes on when the tab that began it is reloaded."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from index.errors import BylineError

_LOOK_EVERY = 1.0
"""Seconds between two looks at whether the program ends. Round, not fitted."""
_GROWING: set[threading.Thread] = set()
"""Threads in which something grows."""


def is_ending() -> bool:
    """Whether the program is ending and only waits for its threads: nobody is shown anything more."""
    return not threading.main_thread().is_alive()


def wait_for_the_end(seconds: float) -> None:
    """Returns when no thread of ``in_background`` runs, or after so many seconds: then the library may be closed."""
    deadline = time.monotonic() + seconds
    for thread in list(_GROWING):
        thread.join(max(0.0, deadline - time.monotonic()))


def in_background(steps: Iterator[None]) -> Iterator[None]:
    """Runs the steps in a thread to their end, whoever looks; yields after steps, once for several that came together.

    Raises BylineError: as the steps do.
    """
    news, over = threading.Event(), threading.Event()
    failures: list[BylineError] = []

    def take() -> None:
        try:
            for _ in steps:
                news.set()
        except BylineError as error:
            failures.append(error)
        finally:
            over.set()
            news.set()
            _GROWING.discard(threading.current_thread())

    thread = threading.Thread(target=take, name="growing", daemon=True)
    _GROWING.add(thread)
    thread.start()
    is_over = False
    while not is_over:
        while not news.wait(_LOOK_EVERY):
            if is_ending():
                return
        news.clear()
        is_over = over.is_set()
        if failures:
            raise failures[0]
        yield

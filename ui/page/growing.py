"""What grows in a thread of its own: it goes on when the tab that began it is reloaded."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from index.errors import BylineError


def in_background(steps: Iterator[None]) -> Iterator[None]:
    """Takes the steps in a thread, whether or not anybody looks; yields when there is news, of several steps once.

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

    threading.Thread(target=take, name="growing", daemon=True).start()
    is_over = False
    while not is_over:
        news.wait()
        news.clear()
        is_over = over.is_set()
        if failures:
            raise failures[0]
        yield

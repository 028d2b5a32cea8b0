"""What the ways of bringing articles in have in common: one after the other, with a bar, until it is called off."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from index.adding import AddResult
from index.errors import BylineError
from ui.html.being_added import added_html, said_html, so_far_html
from ui.html.markup import error_html, progress_html
from ui.page.frame.view import MOST_AT_ONCE, PRIVATE, Exclusive

ADDING: dict[str, Any] = {"concurrency_id": "adding", "concurrency_limit": MOST_AT_ONCE, **PRIVATE}
"""Of every event that adds articles."""

Begin = Callable[[threading.Event], tuple[int, Iterator[AddResult]]]
"""Begins to bring articles in: how many files there are, 0 where nobody knows, and what becomes of them, until it is
stopped."""

_OTHERS_FIRST = "Other articles are being added; these wait for them."
_REPORT_EVERY = 0.25
"""Seconds between two reports of how far adding has come. Chosen by eye."""


def bringing(begin: Begin, others: Exclusive, stop: threading.Event, nothing: str = "") -> Iterator[str]:
    """Adds articles until ``stop`` is set; yields HTML of the progress, and at the end of what became of each article.

    ``nothing`` is the sentence that says that there was nothing to bring.
    """
    if others.is_taken:
        yield progress_html(_OTHERS_FIRST)
    with others.taken(stop) as mine:
        if not mine:
            yield ""
            return
        outcomes: list[AddResult] = []
        total, error, next_report = 0, "", 0.0
        try:
            total, fates = begin(stop)
            yield so_far_html(outcomes, total)  # the embedder may have to be loaded before the first outcome
            for outcome in fates:
                outcomes.append(outcome)
                if time.monotonic() >= next_report:
                    next_report = time.monotonic() + _REPORT_EVERY
                    yield so_far_html(outcomes, total)
        except BylineError as raised:
            error = error_html(str(raised))
        if stop.is_set():
            yield error + added_html(outcomes, max(total, len(outcomes)), cancelled=True)
        else:
            told = added_html(outcomes) if outcomes else "" if error else said_html(nothing)
            yield error + told

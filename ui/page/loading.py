"""The models load behind the page, and until they are there a line at the question box says so."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from index.errors import BylineError
from ui.page.views import PRIVATE, Desk
from ui.quick_gradio import gr

if TYPE_CHECKING:
    from qa.assistant import Assistant

_LINE = '<p class="loading" role="status">The models are being loaded; a question asked now waits for them.</p>'
_FIRST_TAB_SECONDS = 3
"""Waited for a tab at the most: loading takes the interpreter for itself, so a page that is being opened goes first."""
_LONGEST = 120
"""Seconds after which the line goes whatever has become of the models, so that no tab holds a thread for ever."""


class Loading:
    """The loading of an assistant's models."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.opened = threading.Event()
        """A tab has shown the page."""
        self.over = threading.Event()

    def begin(self) -> None:
        """Begins it, without waiting for it."""
        threading.Thread(target=self._load, name="loading", daemon=True).start()

    def _load(self) -> None:
        self.opened.wait(_FIRST_TAB_SECONDS)
        try:
            # Whoever asks is told what is missing, so that here nobody is.
            with suppress(BylineError):
                self._assistant.warm()
        finally:
            self.over.set()


def add_loading(desk: Desk) -> None:
    """Adds the line."""
    line = gr.HTML(elem_id="loading", apply_default_css=False)

    def tell() -> Iterator[str]:
        desk.loading.opened.set()
        if not desk.loading.over.is_set():
            yield _LINE
            desk.loading.over.wait(_LONGEST)
            yield ""

    desk.page.load(tell, None, line, concurrency_limit=None, **PRIVATE)

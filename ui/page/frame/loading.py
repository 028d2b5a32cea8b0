"""The models load behind the page."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from index.errors import BylineError

if TYPE_CHECKING:
    from qa.assistant import Assistant

_FIRST_TAB_SECONDS = 3
"""Waited for a tab at the most: loading takes the interpreter for itself, so a page that is being opened goes first.
Chosen by eye."""


class Loading:
    """The loading of an assistant's models."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.opened = threading.Event()
        """A tab has shown the page."""
        self.over = threading.Event()

    def begin(self) -> None:
        """Begins loading in a thread and returns at once."""
        threading.Thread(target=self._load, name="loading", daemon=True).start()

    def _load(self) -> None:
        self.opened.wait(_FIRST_TAB_SECONDS)
        try:
            # Whoever asks is told what is missing, so that here nobody is.
            with suppress(BylineError):
                self._assistant.warm()
        finally:
            self.over.set()

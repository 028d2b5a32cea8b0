"""How the page goes on with another library or another language model: it ends, and comes again at its address."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.libraries import Libraries, Shelved
from qa.llm.suiting import Known

ANSWERED_AFTER = 0.3
"""Seconds in which the tab that asked for another library is told that it comes. Chosen by eye."""


@dataclass(frozen=True)
class Models:
    """The models that can be chosen, and the one in use."""

    known: Callable[[], list[Known]]
    """Looks at this machine anew each time."""
    used: str
    """The name of a model of models.txt or of another file, or the address of a server."""
    is_server: bool


class Switch:
    """Which library and which language model the page shows now, which others there are, and which to open next."""

    def __init__(
        self,
        libraries: Libraries,
        here: Path,
        first: Path,
        models: Models | None = None,
        failure: str = "",
        read_anew: Callable[[str], Iterator[str]] | None = None,
    ) -> None:
        """``first`` is the one that the page began with: it may lie elsewhere, and is found again all the same.

        ``failure`` says why what was asked for last could not be opened, where it could not. ``read_anew`` makes the
        library's passages anew for an embedder, and yields the id of each article that is done.
        """
        self.libraries = libraries
        self.here = here
        self.models = models
        self.failure = failure
        self.read_anew = read_anew
        self.next: Path | None = None
        self.next_model: str | None = None
        self._first = first
        self._asked = threading.Event()

    def listed(self) -> list[Shelved]:
        """The libraries that can be opened."""
        listed = self.libraries.listed()
        first = self.libraries.shelved(self._first)
        is_known = any(each.name == first.name for each in listed)
        return listed if is_known or not first.folder.is_dir() else [first, *listed]

    def to(self, folder: Path) -> None:
        """Ends the page, which is then served anew with this library."""
        self.next = folder
        self.end()

    def to_model(self, name: str) -> None:
        """Ends the page, which is then served anew with this language model."""
        self.next, self.next_model = self.here, name
        self.end()

    def end(self) -> None:
        """Ends the page for good."""
        self._asked.set()

    def wait(self) -> None:
        """Returns when another library was asked for, or the page is to end."""
        self._asked.wait()

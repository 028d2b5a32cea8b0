"""Reads sections before questions about them come, while nobody waits for the language model."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from index.errors import InputError
from index.library import Library
from qa.evidence.finding import text_of
from qa.evidence.sections import Section, sections_of
from qa.llm.halt import Halt
from qa.llm.protocol import LanguageModel, ReadsAhead
from qa.prompts import SYSTEM
from qa.reader.protocol import Reader

_MOST_SOON = 64
"""Sections that may wait to be read soon; older ones are dropped. Round, not fitted."""


class Warmer:
    """Has the language model and the reader read, in spare time, what they will probably need next.

    First the passage for the question that is being typed, then the sections that recent searches found, then all
    others, from the newest article to the oldest, until the model's store is full.
    """

    def __init__(self, library: Library, reader: Callable[[], Reader]) -> None:
        """``reader`` returns the reader, loading it with the first call."""
        self._library = library
        self._reader = reader
        self._typed: str | None = None
        self._soon: deque[Section] = deque(maxlen=_MOST_SOON)
        self._generation = -1
        self._others: Iterator[Section] = iter(())

    def read_soon(self, sections: Sequence[Section]) -> None:
        """Puts these sections, in their order, before all others that wait to be read."""
        self._soon.extendleft(reversed(sections))

    def read_for_typed(self, passage: str | None) -> None:
        """Sets the passage that the model reads next: it will need it for the question that is being typed.

        It replaces the one set before; None sets none.
        """
        self._typed = passage

    def step(self, model: LanguageModel, stop: Halt) -> bool:
        """Reads one more passage or section; returns False when none is left, or there is no room to keep it."""
        typed, self._typed = self._typed, None
        if typed is not None and isinstance(model, ReadsAhead) and model.keep(SYSTEM, typed, stop):
            return True
        while not stop.is_set():
            section = self._next(others=(model if isinstance(model, ReadsAhead) else self._reader()).has_room)
            if section is None:
                return False
            try:
                self._library.article(section.article_id)
            except InputError:  # it was removed meanwhile
                continue
            is_new = self._reader().keep(text_of(section))
            if isinstance(model, ReadsAhead) and not stop.is_set():
                is_new = model.keep(SYSTEM, section.shown(), stop) or is_new
            if stop.is_set():  # perhaps in the middle of it
                self._soon.appendleft(section)
            elif is_new:
                return True
        return True

    def _next(self, others: bool) -> Section | None:
        if self._soon:
            return self._soon.popleft()
        if not others:
            return None
        if self._library.generation != self._generation:
            self._generation = self._library.generation
            self._others = every_section(self._library)
        return next(self._others, None)


def every_section(library: Library) -> Iterator[Section]:
    """Yields all sections of the library, newest article first; an article removed meanwhile is passed over."""
    for listing in library.listings():
        if listing.duplicate_of is None:
            with contextlib.suppress(InputError):
                yield from sections_of(listing.id, library)

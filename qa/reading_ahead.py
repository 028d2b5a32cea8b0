"""Reading sections ahead of the questions they will answer, while nobody waits for the language model."""

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

_MOST_EXPECTED = 64
"""Sections that wait to be read soon."""


class Warmer:
    """Knows which sections of a library are likely to be needed next.

    First comes that of the question being typed, then those that recent questions came near, then all others, from the
    newest article to the oldest, until the model's store is full.
    """

    def __init__(self, library: Library, reader: Callable[[], Reader]) -> None:
        """``reader`` gives the reader, which reads ahead too."""
        self._library = library
        self._reader = reader
        self._typed: Section | None = None
        self._expected: deque[Section] = deque(maxlen=_MOST_EXPECTED)
        self._generation = -1
        self._others: Iterator[Section] = iter(())

    def read_soon(self, sections: Sequence[Section]) -> None:
        """Puts sections first, the first of them foremost."""
        self._expected.extendleft(reversed(sections))

    def read_for_typed(self, section: Section | None) -> None:
        """Puts the section before all others, in place of the one put there before."""
        self._typed = section

    def step(self, model: LanguageModel, stop: Halt) -> bool:
        """Lets the reader and the model read one more section; False when there is none left, no room, or it cannot."""
        if not isinstance(model, ReadsAhead):
            return False
        while not stop.is_set():
            section = self._next(others=model.has_room)
            if section is None:
                return False
            try:
                self._library.article(section.article_id)
            except InputError:  # it was removed meanwhile
                continue
            read = self._reader().keep(text_of(section))
            if not stop.is_set():
                read = model.keep(SYSTEM, section.shown(), stop) or read
            if stop.is_set():  # perhaps in the middle of it
                self._expected.appendleft(section)
            elif read:
                return True
        return True

    def _next(self, others: bool) -> Section | None:
        typed, self._typed = self._typed, None
        if typed is not None:
            return typed
        if self._expected:
            return self._expected.popleft()
        if not others:
            return None
        if self._library.generation != self._generation:
            self._generation = self._library.generation
            self._others = every_section(self._library)
        return next(self._others, None)


def every_section(library: Library) -> Iterator[Section]:
    """All sections, of the newest article first; an article removed meanwhile is passed over."""
    for listing in library.listings():
        if listing.duplicate_of is None:
            with contextlib.suppress(InputError):
                yield from sections_of(listing.id, library)

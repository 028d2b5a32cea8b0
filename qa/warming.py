"""Reading passages ahead of the questions they will answer, while nobody waits for the language model."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence

from index.errors import InputError
from index.library import Library
from index.records import Passage
from qa.evidence import shown
from qa.llm import LanguageModel
from qa.prompts import SYSTEM

_MOST_EXPECTED = 64


class Warmer:
    """Knows which passages of a library are likely to be needed next: first those that recent questions came near.

    After them come all others, from the newest article to the oldest, until the model's store is full.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._expected: deque[Passage] = deque(maxlen=_MOST_EXPECTED)
        self._generation = -1
        self._others: Iterator[Passage] = iter(())

    def expect(self, passages: Sequence[Passage]) -> None:
        """Puts passages first, the first of them foremost."""
        self._expected.extendleft(reversed(passages))

    def step(self, model: LanguageModel, stop: threading.Event) -> bool:
        """Lets the model read one more passage; False when there is none left or no room for it."""
        while not stop.is_set():
            passage = self._next()
            if passage is None:
                return False
            try:
                text = shown(passage, self._library)
            except InputError:  # it was removed meanwhile
                continue
            if model.keep(SYSTEM, text, stop):
                return True
        return True

    def _next(self) -> Passage | None:
        if self._expected:
            return self._expected.popleft()
        if self._library.generation != self._generation:
            self._generation = self._library.generation
            self._others = self._library.passages()
        return next(self._others, None)

"""Reading passages ahead of the questions they will answer, while nobody waits for the language model."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from index.errors import InputError
from index.library import Library
from index.records import Passage
from qa.evidence.selecting import shown
from qa.llm.halt import Halt
from qa.llm.llama import LanguageModel
from qa.prompts import SYSTEM

_MOST_EXPECTED = 64


class Warmer:
    """Knows which passages of a library are likely to be needed next.

    First comes that of the question being typed, then those that recent questions came near, then all others, from the
    newest article to the oldest, until the model's store is full.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._typed: Passage | None = None
        self._expected: deque[Passage] = deque(maxlen=_MOST_EXPECTED)
        self._generation = -1
        self._others: Iterator[Passage] = iter(())

    def expect(self, passages: Sequence[Passage]) -> None:
        """Puts passages first, the first of them foremost."""
        self._expected.extendleft(reversed(passages))

    def expect_typed(self, passage: Passage | None) -> None:
        """Puts the passage before all others, in place of the one put there before."""
        self._typed = passage

    def step(self, model: LanguageModel, stop: Halt) -> bool:
        """Lets the model read one more passage; False when there is none left or no room for it."""
        while not stop.is_set():
            passage = self._next(others=model.has_room)
            if passage is None:
                return False
            try:
                text = shown(passage, self._library)
            except InputError:  # it was removed meanwhile
                continue
            read = model.keep(SYSTEM, text, stop)
            if stop.is_set():  # perhaps in the middle of it
                self._expected.appendleft(passage)
            elif read:
                return True
        return True

    def _next(self, others: bool) -> Passage | None:
        typed, self._typed = self._typed, None
        if typed is not None:
            return typed
        if self._expected:
            return self._expected.popleft()
        if not others:
            return None
        if self._library.generation != self._generation:
            self._generation = self._library.generation
            self._others = self._library.passages()
        return next(self._others, None)

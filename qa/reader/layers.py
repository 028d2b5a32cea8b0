"""The first layers of a small language model, run to see what they make of a text, not to write.

In the middle layers stands what was understood so far; the last ones turn it into the next word, and are not needed.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from filelock import Timeout

from index.errors import InputError
from index.turn import machine_turn
from qa.llm.attention import Watch
from qa.llm.engine import Engine, NotLoadedError
from qa.llm.look import Look
from qa.llm.states import StateStore

_CONTEXT_TOKENS = 1024
"""A section, the question and what stands around them. Round, not fitted."""
_BATCH_TOKENS = 512
"""Read at once; a section has some 300. Round, not fitted."""
_QUESTION_TOKENS = 300
"""Left free for a question or a claim, with what stands around it; a longer one is cut. Round, not
fitted."""
_NEVER = threading.Event()


class FirstLayers:
    """A GGUF file of a model's first layers, loaded; safe to use from several threads, which wait for one another."""

    def __init__(self, path: Path, kept: StateStore, told_after: int) -> None:
        """``kept`` stores the states of texts; ``told_after`` is the layer, counted from 1, whose state a Look has.

        Raises InputError: the file is missing, damaged or no GGUF, or there is too little memory for it.
        """
        self.name = path.stem
        self._kept = kept
        self._lock = threading.Lock()
        self._watch = Watch(told_after)
        try:
            self._engine = Engine(path, window=_CONTEXT_TOKENS, at_once=_BATCH_TOKENS, watch=self._watch.see)
        except NotLoadedError as error:
            raise InputError(f"The reader {path} cannot be loaded; delete it, and it is made anew.") from error
        except InputError as error:
            raise InputError(f"The memory is too small to run the reader {path}.") from error

    def tokens(self, text: str, *, special: bool = False) -> list[int]:
        """The tokens of a text; only where ``special`` are the marks of who speaks read as marks."""
        return self._engine.tokens(text, special=special)

    def look(self, text: Sequence[Sequence[int]], question: Sequence[int], asked: int) -> Look:
        """Reads a text, given as the tokens of its pieces, and a question; its first ``asked`` tokens are words, not
        marks.

        What was made of the text is kept, so that for the next question only that is read. Pieces that do not fit into
        the window are left out.
        """
        asked = max(1, asked - max(0, len(question) - _QUESTION_TOKENS))
        question = question[-_QUESTION_TOKENS:]
        tokens = _fitting(text)
        ends = [int(end) for end in np.cumsum([len(piece) for piece in text]) if end <= len(tokens)]
        with self._turn():
            self._fetch(tokens)
            return self._watch.look(self._engine, ends[:-1], question, asked)

    def knows(self, text: Sequence[Sequence[int]]) -> bool:
        """Whether the state of a text is stored."""
        return self._engine.key(_fitting(text)) in self._kept

    @property
    def has_room(self) -> bool:
        """Whether another text's state can be stored without dropping one that is used less."""
        return not self._kept.is_full

    def keep(self, text: Sequence[Sequence[int]]) -> bool:
        """Reads a text before questions about it come; returns False where its state is stored already."""
        tokens = _fitting(text)
        if self._engine.key(tokens) in self._kept:
            return False
        with self._turn():
            self._fetch(tokens)
        return True

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """A context in which one thread of the program alone uses the layers, with as many cores as they may use."""
        with self._lock, contextlib.ExitStack() as stack:
            try:
                stack.enter_context(machine_turn().acquire(blocking=False))
                self._engine.use_threads(len(os.sched_getaffinity(0)))
            except Timeout:  # beside another model at work two threads would wait for each other
                self._engine.use_threads(1)
            yield

    def _fetch(self, tokens: list[int]) -> None:
        """Makes these tokens, and no others, what is read."""
        if self._engine.read == tokens:
            return
        key = self._engine.key(tokens)
        state = self._kept.get(key)
        if state is None or not self._engine.restore(state, tokens):
            self._engine.clear()
            self._engine.decode(tokens, _NEVER)
            self._kept.put(key, self._engine.state())

    def close(self) -> None:
        """Gives the memory back; the layers are not to be used afterwards."""
        self._engine.close()


def _fitting(text: Sequence[Sequence[int]]) -> list[int]:
    """The tokens of the first pieces, as many whole ones as leave room for a question."""
    tokens: list[int] = []
    for piece in text:
        if len(tokens) + len(piece) > _CONTEXT_TOKENS - _QUESTION_TOKENS:
            break
        tokens += piece
    return tokens

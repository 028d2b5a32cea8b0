"""What models said, kept on disk: questions asked again after a change of the code are answered in seconds."""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.llm.look import Look
from qa.llm.protocol import Leans, Looks, Piece, Prompt, Reading
from qa.reader.protocol import Scores, Text
from qa.reader.trained import TrainedReader, scores_of, stated_by
from qa.support.features import Embeds

_BATCH = 256
"""Texts embedded in one go."""


class Memory:
    """A file of what was computed from what."""

    def __init__(self, path: Path) -> None:
        self._file = sqlite3.connect(path, check_same_thread=False)
        self._file.execute("CREATE TABLE IF NOT EXISTS said (key TEXT PRIMARY KEY, value BLOB)")
        self._lock = threading.Lock()

    def of(self, asked: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        """The value kept under what was asked; where there is none, it is computed and kept."""
        key = hashlib.sha256(repr(asked).encode()).hexdigest()
        with self._lock:
            row = self._file.execute("SELECT value FROM said WHERE key = ?", (key,)).fetchone()
        if row is not None:
            return pickle.loads(row[0])
        value = compute()
        with self._lock, self._file:
            self._file.execute("INSERT OR REPLACE INTO said VALUES (?, ?)", (key, pickle.dumps(value)))
        return value


class RememberedEmbedder:
    """An embedder that embeds each text once, and keeps the vectors in memory."""

    def __init__(self, embedder: Embeds) -> None:
        self._embedder, self.name = embedder, embedder.name
        self._known: dict[str, NDArray[np.float32]] = {}

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for first in range(0, len(new), _BATCH):
            part = new[first : first + _BATCH]
            self._known.update(zip(part, self._embedder.embed(part), strict=True))
        return np.array([self._known[text] for text in texts])


class RememberedModel:
    """A language model that is loaded, and asked, for what it did not say before only; every prompt is read whole."""

    def __init__(self, name: str, load: Callable[[], Leans], memory: Memory) -> None:
        """``name`` is that of the model's file."""
        self.name = name
        self._load, self._memory = load, memory

    @cached_property
    def _model(self) -> Leans:
        return self._load()

    @property
    def is_small(self) -> bool:
        return bool(self._memory.of((self.name, "is small"), lambda: self._model.is_small))

    def _said(self, what: str, prompt: Prompt, compute: Callable[[], Any]) -> Any:
        return self._memory.of((self.name, what, astuple(prompt)), compute)

    def count(self, prompt: Prompt) -> int:
        return int(self._said("count", prompt, lambda: self._model.count(prompt)))

    def answer(self, prompt: Prompt, most_tokens: int, stop: threading.Event) -> Iterator[Reading | Piece]:
        yield from self._said("answer", prompt, lambda: list(self._model.answer(prompt, most_tokens, stop)))

    def leaning(self, prompt: Prompt, to: Sequence[str], against: Sequence[str], stop: threading.Event) -> float:
        what = f"leaning {to} {against}"
        return float(self._said(what, prompt, lambda: self._model.leaning(prompt, to, against, stop)))

    def state(self, prompt: Prompt, stop: threading.Event) -> NDArray[np.float32]:
        return np.asarray(self._said("middle state", prompt, lambda: self._model.state(prompt, stop)))

    def look(self, prompt: Prompt, pieces: Sequence[int], stop: threading.Event) -> Look | None:
        def compute() -> Look | None:
            return self._model.look(prompt, pieces, stop) if isinstance(self._model, Looks) else None

        found: Look | None = self._said(f"look {list(pieces)}", prompt, compute)
        return found

    def close(self) -> None:
        if "_model" in self.__dict__ and hasattr(self._model, "close"):
            self._model.close()


class RememberedReader:
    """A reader that reads only what it did not read before."""

    has_room = False

    def __init__(self, load: Callable[[], TrainedReader], memory: Memory) -> None:
        self._load, self._memory = load, memory
        self.name = "remembered"

    @cached_property
    def _reader(self) -> TrainedReader:
        return self._load()

    def read(self, question: str, texts: Sequence[Text]) -> list[Scores]:
        return [scores_of(self.look_of(question, text), len(text.sentences)) for text in texts]

    def look_of(self, question: str, text: Text) -> Look:
        asked = ("look of", question, astuple(text))
        found: Look = self._memory.of(asked, lambda: self._reader.look_of(question, text))
        return found

    def keep(self, text: Text) -> bool:
        return False

    def knows(self, text: Text) -> bool:
        return True  # as where every section was read ahead

    def stated(self, question: str, claim: str, text: Text) -> float | None:
        asked = (question, claim, astuple(text))
        return stated_by(self._memory.of(asked, lambda: self._reader.values_of_claim(question, claim, text)))

"""Small complete stand-ins for the two models; whatever they put out can be worked out in the head."""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from index.embedding.embedder import FloatArray, Whole
from index.library import Library
from index.reading.files import find
from index.store.vectors.protocol import IdArray
from qa.llm.protocol import Piece, Prompt, Reading


class WordEmbedder:
    """Counts a text's words in 64 buckets."""

    window = 256

    def __init__(self, name: str = "words") -> None:
        self.name, self.sha256 = name, "0" * 64

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def embed(self, texts: Sequence[str], are_questions: bool = False) -> FloatArray:
        vectors = np.full((len(texts), 64), 1e-3, dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[zlib.crc32(word.encode()) % 64] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))

    def embed_wholes(self, wholes: Sequence[Whole]) -> list[FloatArray]:
        return [
            self.embed([each.text, *(each.text[: each.head] + each.text[a:b] for a, b in each.parts)])
            for each in wholes
        ]


class NumpyVectors:
    """Keeps every vector in a dictionary and compares them all."""

    def __init__(self) -> None:
        self._vectors: dict[int, FloatArray] = {}
        self.kept = ""

    def ids(self) -> IdArray:
        return np.array(sorted(self._vectors), dtype=np.int64)

    def put(self, ids: IdArray, vectors: FloatArray) -> None:
        self._vectors |= dict(zip(ids.tolist(), vectors.copy(), strict=True))

    def drop(self, ids: IdArray) -> None:
        for number in ids.tolist():
            self._vectors.pop(number, None)

    def nearest(self, vector: FloatArray, k: int, among: IdArray | None = None) -> list[tuple[int, float]]:
        admitted = self._vectors if among is None else self._vectors.keys() & set(among.tolist())
        products = [(number, float(self._vectors[number] @ vector)) for number in admitted]
        return sorted(products, key=lambda found: (-found[1], found[0]))[:k]

    def flush(self, mark: str) -> None:
        self.kept = mark

    def close(self) -> None:
        pass


class Stranger:
    """Writes the same words whatever it reads, and says neither how sure it is nor keeps anything."""

    name = "stranger"

    def __init__(self, writes: str) -> None:
        self.writes = writes
        self.read_prompts: list[Prompt] = []

    def count(self, prompt: Prompt) -> int:
        return len(" ".join([prompt.system, prompt.passage, prompt.question]).split())

    def answer(self, prompt: Prompt, most_tokens: int, stop: threading.Event) -> Iterator[Reading | Piece]:
        self.read_prompts.append(prompt)
        yield Reading(self.count(prompt), self.count(prompt), warm=False)
        for word in self.writes.split()[:most_tokens]:
            if stop.is_set():
                return
            yield Piece(word + " ", None)


class Typist:
    """Writes the same words whatever it reads, remembers what that was, and reads ahead."""

    name = "typist"
    is_small = True
    has_room = True

    def __init__(self, writes: str) -> None:
        self.writes = writes
        self.read_prompts: list[Prompt] = []
        self.kept: set[str] = set()

    def count(self, prompt: Prompt) -> int:
        return len(" ".join([prompt.system, prompt.passage, prompt.question]).split())

    def answer(self, prompt: Prompt, most_tokens: int, stop: threading.Event) -> Iterator[Reading | Piece]:
        yield self.read(prompt, stop)
        if not stop.is_set():
            yield from self.write(most_tokens, stop)

    def read(self, prompt: Prompt, stop: threading.Event) -> Reading:
        warm = self._reads(prompt.passage)
        self.read_prompts.append(prompt)
        tokens = self.count(prompt)
        return Reading(tokens, len(prompt.question.split()) if warm else tokens, warm)

    def affords(self, prompt: Prompt, patience: float = 1.0) -> bool:
        return True

    def keep(self, system: str, passage: str, stop: threading.Event) -> bool:
        return not self._reads(passage)

    def _reads(self, passage: str) -> bool:
        """Whether the passage was read before."""
        known = passage in self.kept
        self.kept.add(passage)
        return known

    def write(self, most_tokens: int, stop: threading.Event) -> Iterator[Piece]:
        for word in self.writes.split()[:most_tokens]:
            if stop.is_set():
                return
            yield Piece(word + " ", 0.99)


def library_of(folder: Path, texts: Mapping[str, str]) -> Library:
    """A library in the folder, of articles with these texts by their files' names."""
    for name, text in texts.items():
        (folder / name).write_text(text)
    library = Library(folder / "library", WordEmbedder())
    assert all(outcome.status == "added" for outcome in library.add(find([folder / name for name in texts])))
    return library

"""The first layers of a small language model, run for what they make of a text, not to write: the door to ggml.

While a question is read after a text, some heads look to where its answer stands (Wu et al., "Retrieval Head
Mechanistically Explains Long-Context Factuality", 2024; Zhang et al., "Query-Focused Retrieval Heads", 2025). In the
middle layers stands what was understood so far; the last ones turn it into the next word, and are not needed.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import Timeout
from numpy.typing import NDArray

import index.openmp  # noqa: F401  before llama.cpp

# isort: split
import llama_cpp as lib

from index.errors import InputError
from index.turn import machine_turn
from qa.llm.engine import Engine, NotLoadedError
from qa.llm.states import StateStore

_CONTEXT_TOKENS = 1024
"""A section, the question and what stands around them."""
_BATCH_TOKENS = 512
"""Read at once; a section has some 300."""
_QUESTION_TOKENS = 300
"""Left free for a question or a claim, with what stands around it; a longer one is cut."""
_NEVER = threading.Event()
_ATTENTION = b"kq_soft_max-"
"""How llama.cpp names where the heads of a layer look; the number of the layer follows."""

_GGML = ctypes.CDLL(str(next((Path(lib.__file__).parent / "lib").glob("libggml-base.so"))))
_GGML.ggml_get_name.restype = ctypes.c_char_p
_GGML.ggml_get_name.argtypes = [ctypes.c_void_p]
_GGML.ggml_backend_tensor_get.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t]
_GGML.ggml_nbytes.restype = ctypes.c_size_t
_GGML.ggml_nbytes.argtypes = [ctypes.c_void_p]


class _Tensor(ctypes.Structure):
    """The beginning of a ggml_tensor: what tells its shape."""

    _fields_ = (("type", ctypes.c_int), ("buffer", ctypes.c_void_p), ("ne", ctypes.c_int64 * 4))


@dataclass(frozen=True)
class Look:
    """Where a model looked while it read a question after a text, and what it then had in mind.

    Of the attention that each head of each layer gives, which sums to 1.
    """

    to_pieces: NDArray[np.float32]
    """To the text's pieces but the first, shape (layers, heads, 2, pieces - 1): from the question, from its end."""
    to_question: NDArray[np.float32]
    """To the question itself, shape (layers, heads)."""
    to_first: NDArray[np.float32]
    """To the first token, where heads look that found nothing, shape (layers, heads)."""
    state: NDArray[np.float32]
    """After the question, shape (dimensions,); its mean square is 1."""


class FirstLayers:
    """A GGUF file of a model's first layers, loaded; safe to use from several threads, which wait for one another."""

    def __init__(self, path: Path, kept: StateStore, told_after: int) -> None:
        """``kept`` keeps what was made of texts; ``told_after`` is the layer, counted from 1, whose state a Look has.

        Raises InputError: the file is missing, damaged or no GGUF, or there is too little memory for it.
        """
        self.name = path.stem
        self._kept = kept
        self._lock = threading.Lock()
        self._told = f"l_out-{told_after - 1}".encode()
        self._wanted = False
        self._attention: dict[int, NDArray[np.float32]] = {}
        """By layer, what each head gives to each part of what was read, shape (heads, question's tokens, parts)."""
        self._starts: list[int] = []
        """Where the parts begin: the first token, the others before the sentences, each of these, and the question."""
        self._state: NDArray[np.float32] = np.zeros(0, dtype=np.float32)
        try:
            self._engine = Engine(path, window=_CONTEXT_TOKENS, at_once=_BATCH_TOKENS, watch=self._see)
        except NotLoadedError as error:
            raise InputError(f"The reader {path} cannot be loaded; delete it, and it is made anew.") from error
        except InputError as error:
            raise InputError(f"The memory is too small to run the reader {path}.") from error

    def _see(self, tensor: int, ask: bool, _: object) -> bool:
        """Copies what is wanted of a question; llama.cpp asks of each of its computations whether it is."""
        if not self._wanted:
            return not ask
        name = _GGML.ggml_get_name(tensor)
        if not (name == self._told or name.startswith(_ATTENTION)):
            return not ask
        if not ask:
            values = np.empty(_GGML.ggml_nbytes(tensor) // 4, dtype=np.float32)
            _GGML.ggml_backend_tensor_get(tensor, values.ctypes.data, 0, values.nbytes)
            if name == self._told:
                self._state = values[-self._engine.dimensions :]
            else:
                sides = _Tensor.from_address(tensor).ne
                looks = values.reshape(sides[2], sides[1], sides[0])
                self._attention[int(name[len(_ATTENTION) :])] = np.add.reduceat(looks, self._starts, axis=-1)
        return True

    def tokens(self, text: str, *, special: bool = False) -> list[int]:
        """The tokens of a text; only where ``special`` are the marks of who speaks read as marks."""
        return self._engine.tokens(text, special=special)

    def look(self, text: Sequence[Sequence[int]], question: Sequence[int], asked: int) -> Look:
        """Reads a text in pieces and a question after it; ``asked`` of the question's tokens ask, the others are marks.

        What was made of the text is kept, so that for the next question only that is read. Pieces that do not fit into
        the window are left out.
        """
        asked = max(1, asked - max(0, len(question) - _QUESTION_TOKENS))
        question = question[-_QUESTION_TOKENS:]
        tokens = _fitting(text)
        ends = [int(end) for end in np.cumsum([len(piece) for piece in text]) if end <= len(tokens)]
        with self._turn():
            self._fetch(tokens)
            self._attention, self._starts, self._wanted = {}, [0, 1, *ends], True
            try:
                self._engine.decode(question, _NEVER)
            finally:
                self._wanted = False
                self._engine.cut(len(tokens))
            given = np.stack([self._attention[layer] for layer in range(self._engine.layers)])
            state = self._state
        sentences = given[..., 2:-1] if len(ends) > 1 else np.zeros_like(given[..., :1])
        return Look(
            np.stack([sentences[:, :, :asked].mean(2), sentences[:, :, -1]], axis=2),
            given[..., -1].mean(-1),
            given[..., 0].mean(-1),
            np.asarray(state / np.sqrt((state**2).mean() + 1e-6)),
        )

    def knows(self, text: Sequence[Sequence[int]]) -> bool:
        """Whether what was made of a text is kept."""
        return self._engine.key(_fitting(text)) in self._kept

    @property
    def has_room(self) -> bool:
        """Whether what is made of another text can be kept without that of one less used being dropped."""
        return not self._kept.is_full

    def keep(self, text: Sequence[Sequence[int]]) -> bool:
        """Reads a text ahead of the questions about it; False where what was made of it is kept."""
        tokens = _fitting(text)
        if self._engine.key(tokens) in self._kept:
            return False
        with self._turn():
            self._fetch(tokens)
        return True

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """The layers for one thread of the program alone, with as many of the processor's as they may use."""
        with self._lock, contextlib.ExitStack() as stack:
            try:
                stack.enter_context(machine_turn().acquire(blocking=False))
                self._engine.use_threads(len(os.sched_getaffinity(0)))
            except Timeout:  # beside another model at work two threads would wait for each other
                self._engine.use_threads(1)
            yield

    def _fetch(self, tokens: list[int]) -> None:
        """Leaves nothing read but these tokens."""
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

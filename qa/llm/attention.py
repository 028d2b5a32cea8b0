"""Where the heads of a language model look while it reads a question after a text: the door to ggml's tensors.

While a question is read after a text, some heads look to where its answer stands (Wu et al., "Retrieval Head
Mechanistically Explains Long-Context Factuality", 2024; Zhang et al., "Query-Focused Retrieval Heads", 2025).
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import index.openmp  # noqa: F401  before llama.cpp

# isort: split
import llama_cpp as lib

from qa.llm.engine import Engine
from qa.llm.look import Look

_NEVER = threading.Event()
_HEADS = b"kq_soft_max-"
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


class Watch:
    """Copies the attention of an engine's heads while it reads a question; pass ``see`` to the engine as ``watch``."""

    def __init__(self, told_after: int | None = None) -> None:
        """``told_after`` is the layer, counted from 1, whose state a Look has; by default what the last one leaves."""
        self._told = b"result_norm" if told_after is None else f"l_out-{told_after - 1}".encode()
        self._wanted = self._state_alone = False
        self._attention: dict[int, NDArray[np.float32]] = {}
        """By layer, what each head gives to each part of what was read, shape (heads, question's tokens, parts)."""
        self._starts: list[int] = []
        """Where the parts begin: the first token, the others before the pieces, each of these, and the question."""
        self._state: NDArray[np.float32] = np.zeros(0, dtype=np.float32)

    def see(self, tensor: int, ask: bool, _: object) -> bool:
        """The callback of llama.cpp: says of each tensor whether it is wanted, and copies those that are.

        Where the state alone is wanted, nothing is computed after it.
        """
        if not (self._wanted or self._state_alone):
            return not ask
        name = _GGML.ggml_get_name(tensor)
        if not (name == self._told or (self._wanted and name.startswith(_HEADS))):
            return not ask
        if not ask:
            values = np.empty(_GGML.ggml_nbytes(tensor) // 4, dtype=np.float32)
            _GGML.ggml_backend_tensor_get(tensor, values.ctypes.data, 0, values.nbytes)
            if name == self._told:
                self._state = values
            else:
                sides = _Tensor.from_address(tensor).ne
                looks = values.reshape(sides[2], sides[1], sides[0])
                self._attention[int(name[len(_HEADS) :])] = np.add.reduceat(looks, self._starts, axis=-1)
        return ask or not self._state_alone

    def state(self, engine: Engine, tokens: Sequence[int], stop: threading.Event) -> NDArray[np.float32] | None:
        """What the engine has in mind after it has read these tokens too, shape (dimensions,); None if it was stopped.

        Of what it has read then nothing but such states can be told: the layers after the one told were left out.
        """
        self._state_alone = True
        try:
            done = engine.decode(tokens, stop)
        finally:
            self._state_alone = False
        return self._state[-engine.dimensions :] if done else None

    def look(self, engine: Engine, pieces: Sequence[int], question: Sequence[int], asked: int) -> Look:
        """Has the engine, which has read a text, read a question after it, and then forget the question.

        ``pieces`` are the indices of the tokens with which the text's pieces begin, rising; the last one ends with the
        text. The first ``asked`` of the question's tokens are its words, the others are marks.
        """
        text = len(engine.read)
        self._attention, self._starts, self._wanted = {}, [0, 1, *pieces, text], True
        try:
            engine.decode(question, _NEVER)
        finally:
            self._wanted = False
            engine.cut(text)
        given = np.stack([self._attention[layer] for layer in range(engine.layers)])
        to_pieces = given[..., 2:-1] if pieces else np.zeros_like(given[..., :1])
        return Look(
            np.stack([to_pieces[:, :, :asked].mean(2), to_pieces[:, :, -1]], axis=2),
            given[..., -1].mean(-1),
            given[..., 0].mean(-1),
            self._state[-engine.dimensions :],
        )

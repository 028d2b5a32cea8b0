"""The first layers of a small language model, run for what they make of a text, not to write: a door to llama.cpp.

In the middle layers of a model stands what it has understood of what it read so far; the last ones turn this into the
next word (Liu et al., "Linguistic Knowledge and Transferability of Contextual Representations", 2019).
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from filelock import Timeout
from numpy.typing import NDArray

import index.openmp  # noqa: F401  before llama.cpp

# isort: split
import llama_cpp as lib

from index.errors import InputError
from index.turn import machine_turn
from qa.llm.engine import silence, tokenize

_CONTEXT_TOKENS = 1024
_BATCH_TOKENS = 512
_STATES = 40
"""States asked of one batch at the most; room for a row of logits (600 KB) is set aside for each."""

_GGML = ctypes.CDLL(str(next((Path(lib.__file__).parent / "lib").glob("libggml-base.so"))))
_GGML.ggml_get_name.restype = ctypes.c_char_p
_GGML.ggml_get_name.argtypes = [ctypes.c_void_p]
_GGML.ggml_backend_tensor_get.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t]
_GGML.ggml_nbytes.restype = ctypes.c_size_t
_GGML.ggml_nbytes.argtypes = [ctypes.c_void_p]


class FirstLayers:
    """A GGUF file of a model's first layers, loaded; safe to use from several threads, which wait for one another."""

    def __init__(self, path: Path) -> None:
        """Raises InputError: the file is missing, damaged or no GGUF, or there is too little memory for it."""
        lib.llama_log_set(silence, None)
        lib.llama_backend_init()
        self.name = path.stem
        self._lock = threading.Lock()
        how = lib.llama_model_default_params()
        self._model = lib.llama_model_load_from_file(os.fsencode(path), how)
        if not self._model:
            raise InputError(f"The reader {path} cannot be loaded; delete it, and it is made anew.")
        settings = lib.llama_context_default_params()
        settings.n_ctx = _CONTEXT_TOKENS
        settings.n_batch = settings.n_ubatch = _BATCH_TOKENS
        settings.n_outputs_max = _STATES
        # Asking for embeddings would weigh the next word after every token, which takes as long as the layers do.
        self._last = f"l_out-{lib.llama_model_n_layer(self._model) - 1}".encode()
        self._got: NDArray[np.float32] | None = None
        self._seen = lib.ggml_backend_sched_eval_callback(self._see)
        settings.cb_eval = self._seen
        settings.flash_attn_type = lib.LLAMA_FLASH_ATTN_TYPE_DISABLED
        self._context = lib.llama_init_from_model(self._model, settings)
        if not self._context:
            lib.llama_model_free(self._model)
            raise InputError(f"The memory is too small to run the reader {path}.")
        self._vocabulary = lib.llama_model_get_vocab(self._model)
        self.dimensions = int(lib.llama_model_n_embd(self._model))
        self._batch = lib.llama_batch_init(_BATCH_TOKENS, 0, 1)

    def _see(self, tensor: int, ask: bool, _: object) -> bool:
        """Copies what the last layer put out; llama.cpp asks of each of its computations whether it is wanted."""
        if _GGML.ggml_get_name(tensor) != self._last:
            return not ask
        if not ask:
            size = _GGML.ggml_nbytes(tensor)
            self._got = np.empty(size // 4, dtype=np.float32)
            _GGML.ggml_backend_tensor_get(tensor, self._got.ctypes.data, 0, size)
        return True

    def tokens(self, text: str, *, special: bool = False) -> list[int]:
        """The tokens of a text; only where ``special`` are the marks of who speaks read as marks."""
        return tokenize(self._vocabulary, text, special=special)

    def states(self, pieces: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """What stands at the last token of each piece after all before it was read, shape (pieces, dimensions).

        Each row's mean square is 1. The pieces follow each other as one text; the last one is always read, those before
        it that do not fit into the window of 1,024 tokens are left out.
        """
        with self._lock:
            try:
                with machine_turn().acquire(blocking=False):
                    return self._states_of(pieces, len(os.sched_getaffinity(0)))
            except Timeout:  # beside another model at work two threads would wait for each other
                return self._states_of(pieces, 1)

    def _states_of(self, pieces: Sequence[Sequence[int]], threads: int) -> NDArray[np.float32]:
        lib.llama_set_n_threads(self._context, threads, threads)
        lib.llama_memory_clear(lib.llama_get_memory(self._context), False)
        room = _CONTEXT_TOKENS - len(pieces[-1])
        ends = np.cumsum([len(piece) for piece in pieces[:-1]])
        fitting = [piece for piece, end in zip(pieces[:-1], ends, strict=True) if end <= room]
        every: list[int] = []
        rows: list[NDArray[np.float32]] = []
        for batch in _batches([*fitting, pieces[-1]]):
            rows.append(self._decoded(batch, len(every)))
            every += [token for piece in batch for token in piece]
        states = np.concatenate(rows)
        return np.asarray(states / np.sqrt((states**2).mean(axis=1, keepdims=True) + 1e-6))

    def _decoded(self, pieces: Sequence[Sequence[int]], before: int) -> NDArray[np.float32]:
        """The states at the pieces' ends, these read in one batch after so many tokens."""
        batch, i = self._batch, 0
        for piece in pieces:
            for place, token in enumerate(piece, start=1):
                batch.token[i], batch.pos[i] = token, before + i
                batch.n_seq_id[i], batch.seq_id[i][0] = 1, 0
                batch.logits[i] = place == len(piece)
                i += 1
        batch.n_tokens = i
        if (status := lib.llama_decode(self._context, batch)) != 0 or self._got is None:
            raise RuntimeError(f"llama_decode returned {status} after {before} tokens")
        return self._got.reshape(len(pieces), self.dimensions)

    def close(self) -> None:
        """Gives the memory back; the layers are not to be used afterwards."""
        lib.llama_batch_free(self._batch)
        lib.llama_free(self._context)
        lib.llama_model_free(self._model)


def _batches(pieces: Sequence[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    """The pieces in groups that are read at once, none of them parted."""
    group: list[Sequence[int]] = []
    for piece in pieces:
        if group and (len(group) == _STATES or sum(map(len, group)) + len(piece) > _BATCH_TOKENS):
            yield group
            group = []
        group.append(piece)
    yield group

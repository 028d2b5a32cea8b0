"""The first layers of a small language model, run for what they make of a text, not to write: a door to llama.cpp.

While a question is read after a text, some heads look to where its answer stands (Wu et al., "Retrieval Head
Mechanistically Explains Long-Context Factuality", 2024; Zhang et al., "Query-Focused Retrieval Heads", 2025). In the
middle layers stands what was understood so far; the last ones turn it into the next word, and are not needed.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from filelock import Timeout
from numpy.typing import NDArray

import index.openmp  # noqa: F401  before llama.cpp

# isort: split
import llama_cpp as lib

from index.errors import InputError
from index.turn import machine_turn
from qa.llm.engine import fingerprint, silence, tokenize
from qa.llm.states import StateStore

_CONTEXT_TOKENS = 1024
_BATCH_TOKENS = 512
_QUESTION_TOKENS = 300
"""Left free for a question or a claim, with what stands around it; a longer one is cut."""
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
        lib.llama_log_set(silence, None)
        lib.llama_backend_init()
        self.name = path.stem
        self._kept = kept
        self._fingerprint = fingerprint(path)
        self._lock = threading.Lock()
        how = lib.llama_model_default_params()
        self._model = lib.llama_model_load_from_file(os.fsencode(path), how)
        if not self._model:
            raise InputError(f"The reader {path} cannot be loaded; delete it, and it is made anew.")
        settings = lib.llama_context_default_params()
        settings.n_ctx = _CONTEXT_TOKENS
        settings.n_batch = settings.n_ubatch = _BATCH_TOKENS
        settings.n_outputs_max = 1
        self._told = f"l_out-{told_after - 1}".encode()
        self._wanted = False
        self._attention: dict[int, NDArray[np.float32]] = {}
        self._state: NDArray[np.float32] = np.zeros(0, dtype=np.float32)
        self._seen = lib.ggml_backend_sched_eval_callback(self._see)
        settings.cb_eval = self._seen
        # Flash attention never writes down where a head looks.
        settings.flash_attn_type = lib.LLAMA_FLASH_ATTN_TYPE_DISABLED
        self._context = lib.llama_init_from_model(self._model, settings)
        if not self._context:
            lib.llama_model_free(self._model)
            raise InputError(f"The memory is too small to run the reader {path}.")
        self._memory = lib.llama_get_memory(self._context)
        self._read: list[int] = []
        self._vocabulary = lib.llama_model_get_vocab(self._model)
        self.layers = int(lib.llama_model_n_layer(self._model))
        self.dimensions = int(lib.llama_model_n_embd(self._model))
        self._batch = lib.llama_batch_init(_BATCH_TOKENS, 0, 1)

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
                self._state = values[-self.dimensions :]
            else:
                sides = _Tensor.from_address(tensor).ne
                self._attention[int(name[len(_ATTENTION) :])] = values.reshape(sides[2], sides[1], sides[0])
        return True

    def tokens(self, text: str, *, special: bool = False) -> list[int]:
        """The tokens of a text; only where ``special`` are the marks of who speaks read as marks."""
        return tokenize(self._vocabulary, text, special=special)

    def look(self, text: Sequence[Sequence[int]], question: Sequence[int], asked: int) -> Look:
        """Reads a text in pieces and a question after it; ``asked`` of the question's tokens ask, the others are marks.

        What was made of the text is kept, so that for the next question only that is read. Pieces that do not fit into
        the window are left out.
        """
        asked = max(1, asked - max(0, len(question) - _QUESTION_TOKENS))
        question = question[-_QUESTION_TOKENS:]
        tokens = _fitting(text)
        ends = [int(end) for end in np.cumsum([len(piece) for piece in text]) if end <= len(tokens)]
        with self._turn() as threads:
            lib.llama_set_n_threads(self._context, threads, threads)
            self._fetch(tokens)
            self._attention, self._wanted = {}, True
            try:
                self._decode(question)
            finally:
                self._wanted = False
                lib.llama_memory_seq_rm(self._memory, 0, len(tokens), -1)
                self._read = tokens
            attention = np.stack([self._attention[layer] for layer in range(self.layers)])
            state = self._state
        by_piece = [attention[..., start:end].sum(-1) for start, end in pairwise([0, *ends])]
        to_pieces = np.stack(by_piece[1:] or [np.zeros_like(by_piece[0])], axis=-1)
        to_question = attention[:, :, :, len(tokens) :].sum(-1).mean(-1)
        return Look(
            np.stack([to_pieces[:, :, :asked].mean(2), to_pieces[:, :, -1]], axis=2),
            to_question,
            attention[:, :, :, 0].mean(-1),
            np.asarray(state / np.sqrt((state**2).mean() + 1e-6)),
        )

    def knows(self, text: Sequence[Sequence[int]]) -> bool:
        """Whether what was made of a text is kept."""
        return self._key(_fitting(text)) in self._kept

    def keep(self, text: Sequence[Sequence[int]]) -> bool:
        """Reads a text ahead of the questions about it; False where what was made of it is kept."""
        tokens = _fitting(text)
        if self._key(tokens) in self._kept:
            return False
        with self._turn() as threads:
            lib.llama_set_n_threads(self._context, threads, threads)
            self._fetch(tokens)
        return True

    @contextlib.contextmanager
    def _turn(self) -> Iterator[int]:
        """The layers for one thread of the program alone; how many of the processor's it may use."""
        with self._lock, contextlib.ExitStack() as stack:
            try:
                stack.enter_context(machine_turn().acquire(blocking=False))
                threads = len(os.sched_getaffinity(0))
            except Timeout:  # beside another model at work two threads would wait for each other
                threads = 1
            yield threads

    def _fetch(self, tokens: list[int]) -> None:
        """Leaves nothing read but these tokens."""
        if self._read == tokens:
            return
        key = self._key(tokens)
        state = self._kept.get(key)
        lib.llama_memory_clear(self._memory, False)
        self._read = []
        if state is not None:
            buffer = (ctypes.c_ubyte * len(state)).from_buffer_copy(state)
            if lib.llama_state_seq_set_data(self._context, buffer, len(state), 0):
                self._read = tokens
                return
            lib.llama_memory_clear(self._memory, False)
        for first in range(0, len(tokens), _BATCH_TOKENS):
            self._decode(tokens[first : first + _BATCH_TOKENS])
        size = lib.llama_state_seq_get_size(self._context, 0)
        buffer = (ctypes.c_ubyte * size)()
        lib.llama_state_seq_get_data(self._context, buffer, size, 0)
        self._kept.put(key, bytes(buffer))

    def _decode(self, tokens: Sequence[int]) -> None:
        """Reads these tokens, of one batch, after what was read."""
        batch = self._batch
        for i, token in enumerate(tokens):
            batch.token[i], batch.pos[i] = token, len(self._read) + i
            batch.n_seq_id[i], batch.seq_id[i][0] = 1, 0
            batch.logits[i] = i == len(tokens) - 1
        batch.n_tokens = len(tokens)
        if (status := lib.llama_decode(self._context, batch)) != 0:
            raise RuntimeError(f"llama_decode returned {status} after {len(self._read)} tokens")
        self._read = [*self._read, *tokens]

    def _key(self, tokens: Sequence[int]) -> str:
        return hashlib.sha256(self._fingerprint + np.array(tokens, dtype=np.int32).tobytes()).hexdigest()

    def close(self) -> None:
        """Gives the memory back; the layers are not to be used afterwards."""
        lib.llama_batch_free(self._batch)
        lib.llama_free(self._context)
        lib.llama_model_free(self._model)


def _fitting(text: Sequence[Sequence[int]]) -> list[int]:
    """The tokens of the first pieces, as many whole ones as leave room for a question."""
    tokens: list[int] = []
    for piece in text:
        if len(tokens) + len(piece) > _CONTEXT_TOKENS - _QUESTION_TOKENS:
            break
        tokens += piece
    return tokens

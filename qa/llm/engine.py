"""The door to llama.cpp: a GGUF file, loaded, and the one sequence of tokens it has read.

The high-level ``Llama`` hides what is needed here: reading that stops in the middle of a computation, states of
passages, and one row of logits. Nothing here is safe to use from two threads.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import index.openmp  # noqa: F401  before llama.cpp

# isort: split
import llama_cpp as lib

from index.errors import InputError
from qa.llm.halt import Halt

CONTEXT_TOKENS = 2048
"""Prompt and answer together. Round, not fitted."""
_ATTENTION = lib.LLAMA_FLASH_ATTN_TYPE_DISABLED
"""Without a GPU, which flash attention is for: on two cores a 0.5B model writes a token in 28 ms without and 45 ms with
it, after 320 tokens. The two lay states out differently."""

SLICE_TOKENS = 128
"""Tokens of a prompt read at once. Of fewer, a model of 1.5B reads 6 % less in a second; more gain nothing, and what is
read when somebody asks is lost."""

MOST_ROWS = 4
"""Rows of logits that one reading makes available; room for each (600 KB) is set aside."""

_LENGTH = ctypes.cast(ctypes.CDLL(None).strlen, lib.ggml_abort_callback)
"""What llama.cpp asks after each of the thousand operations of a decoding whether to give it up: the length of a C
string, no if it is empty. A function of Python would wait each time until no other thread runs Python."""
_NEVER = ctypes.create_string_buffer(2)
_ABORTED = 2
"""What llama_decode returns when it was given up; nothing then remains of its tokens, which it takes in one piece
(n_ubatch)."""


_UNKNOWN = re.compile(rb"unknown model architecture: '([^']*)'")
_unknown: list[str] = []
"""Architectures of the last file that was loaded which llama.cpp did not know; only its log tells that."""


@lib.llama_log_callback  # type: ignore[untyped-decorator]
def silence(level: int, text: bytes, user_data: ctypes.c_void_p) -> None:
    """A log callback for llama.cpp that drops what it is given: what goes wrong is told as an error."""
    if found := _UNKNOWN.search(text):
        _unknown.append(found[1].decode("utf-8", "replace"))


class NotLoadedError(InputError):
    """A file that is missing, truncated, no GGUF or of an unknown architecture, or too large for the memory."""


class Engine:
    """A model in memory, and the tokens that it has read, ``read``."""

    def __init__(
        self,
        path: Path,
        threads: int | None = None,
        gpu_layers: int = 0,
        window: int = CONTEXT_TOKENS,
        at_once: int = SLICE_TOKENS,
        watch: Callable[[int, bool, object], bool] | None = None,
        beside: Engine | None = None,
    ) -> None:
        """Loads the file, with so many of its layers on a GPU, if llama.cpp was built for one.

        ``window`` and ``at_once`` are the tokens it can hold, and those it reads in one computation. ``watch`` is asked
        of each of llama.cpp's computations, a ggml_tensor, whether it is wanted, and given it when it is done.
        ``beside`` is an engine that has loaded the same file in the same way: its weights are used, so that it has to
        be closed after this one.

        Raises NotLoadedError: the file is missing, truncated or no GGUF, or it is too large; InputError: there is too
        little memory to run it.
        """
        self._owns_model = beside is None
        self._model: Any = beside._model if beside else _loaded(path, gpu_layers)
        self.parameters = int(lib.llama_model_n_params(self._model))
        self.fingerprint = fingerprint(path, gpu_layers)
        """What tells the model and the way it is run apart from others."""
        settings = lib.llama_context_default_params()
        settings.n_ctx = window
        settings.n_batch = settings.n_ubatch = self._at_once = at_once
        # Without this, room for a row of logits (600 KB) is set aside for every token of a batch.
        settings.n_outputs_max = MOST_ROWS
        settings.flash_attn_type = lib.LLAMA_FLASH_ATTN_TYPE_AUTO if gpu_layers else _ATTENTION
        settings.n_threads = settings.n_threads_batch = threads or len(os.sched_getaffinity(0))
        if watch is not None:
            self._watch = lib.ggml_backend_sched_eval_callback(watch)
            settings.cb_eval = self._watch
        self._context = lib.llama_init_from_model(self._model, settings)
        if not self._context:
            if self._owns_model:
                lib.llama_model_free(self._model)
            raise InputError(f"The memory is too small to run the model {path}; choose a smaller one with: --model")
        self._memory = lib.llama_get_memory(self._context)
        self._vocabulary = lib.llama_model_get_vocab(self._model)
        self._size = lib.llama_vocab_n_tokens(self._vocabulary)
        self._batch = lib.llama_batch_init(settings.n_batch, 0, 1)
        self.read: list[int] = []

    def close(self) -> None:
        """Gives the memory back; the model is not to be used afterwards."""
        lib.llama_batch_free(self._batch)
        lib.llama_free(self._context)
        if self._owns_model:
            lib.llama_model_free(self._model)

    @property
    def layers(self) -> int:
        """The number of the model's layers."""
        return int(lib.llama_model_n_layer(self._model))

    @property
    def dimensions(self) -> int:
        """Numbers that stand for a token between two layers."""
        return int(lib.llama_model_n_embd(self._model))

    def use_threads(self, count: int) -> None:
        """Sets the number of threads that it computes with."""
        lib.llama_set_n_threads(self._context, count, count)

    def metadata(self, name: str) -> str | None:
        """The value of a key in the file's metadata; ``{arch}`` in it stands for the model's architecture."""
        if "{arch}" in name:
            name = name.replace("{arch}", self.metadata("general.architecture") or "")
        size = lib.llama_model_meta_val_str(self._model, name.encode(), None, 0)
        if size < 0:
            return None
        buffer = ctypes.create_string_buffer(size + 1)
        lib.llama_model_meta_val_str(self._model, name.encode(), buffer, size + 1)
        return buffer.value.decode("utf-8", "replace")

    @property
    def bytes_a_token(self) -> int:
        """Bytes of a state for each token: a key and a value per head and layer, two bytes a number."""
        heads: int = self.layers * lib.llama_model_n_head_kv(self._model)
        width = self.dimensions // lib.llama_model_n_head(self._model)  # where the file states none
        stated = (self.metadata(f"{{arch}}.attention.{name}_length") for name in ("key", "value"))
        return 2 * heads * sum(int(number or width) for number in stated)

    def tokens(self, text: str, *, special: bool, beginning: bool = False) -> list[int]:
        """See ``tokenize``."""
        return tokenize(self._vocabulary, text, special=special, beginning=beginning)

    def spelled(self, token: int) -> bytes:
        """The bytes of a token's text, which may end within a letter; none for a mark."""
        buffer = ctypes.create_string_buffer(64)
        count = lib.llama_token_to_piece(self._vocabulary, token, buffer, 64, 0, False)
        return buffer.raw[: max(count, 0)]

    def ends(self, token: int) -> bool:
        """Whether an answer ends with this token."""
        return bool(lib.llama_vocab_is_eog(self._vocabulary, token))

    def decode(self, tokens: Sequence[int], stop: threading.Event, rows: int = 1) -> bool:
        """Reads tokens after those read before, slice by slice; returns False if it was stopped.

        A ``Halt`` stops it within a slice, any other event between two. The logits of the last ``rows`` tokens (at most
        MOST_ROWS) become available.
        """
        batch = self._batch
        flag = stop.flag if isinstance(stop, Halt) else _NEVER
        lib.llama_set_abort_callback(self._context, _LENGTH, ctypes.cast(flag, ctypes.c_void_p))
        for first in range(0, len(tokens), self._at_once):
            if stop.is_set():
                return False
            part = tokens[first : first + self._at_once]
            batch.n_tokens = len(part)
            for i, token in enumerate(part):
                batch.token[i] = token
                batch.pos[i] = len(self.read) + i
                batch.n_seq_id[i] = 1
                batch.seq_id[i][0] = 0
                batch.logits[i] = first + i >= len(tokens) - rows
            status = lib.llama_decode(self._context, batch)
            if status == _ABORTED:
                return False
            if status != 0:
                raise RuntimeError(f"llama_decode returned {status} after {len(self.read)} tokens")
            self.read += part
        return True

    def logits(self, before_last: int = 0) -> NDArray[np.float32]:
        """The logits of the token ``before_last`` tokens before the last one: a view, valid until the next decoding."""
        row: Any = lib.llama_get_logits_ith(self._context, -1 - before_last)
        return np.ctypeslib.as_array(row, shape=(self._size,))

    def cut(self, count: int) -> None:
        """Forgets all but the first ``count`` tokens; everything if the model cannot forget a part."""
        if not lib.llama_memory_seq_rm(self._memory, 0, count, -1):
            self.clear()
        del self.read[count:]

    def clear(self) -> None:
        """Forgets everything read."""
        lib.llama_memory_clear(self._memory, True)
        self.read = []

    def key(self, tokens: Sequence[int]) -> str:
        """The key under which the state after these tokens is kept: a hash of all that it depends on."""
        return hashlib.sha256(self.fingerprint + np.array(tokens, dtype=np.int32).tobytes()).hexdigest()

    def state(self) -> bytes:
        """The model's state after everything read (its keys and values), as bytes."""
        size = lib.llama_state_seq_get_size(self._context, 0)
        buffer = (ctypes.c_ubyte * size)()
        lib.llama_state_seq_get_data(self._context, buffer, size, 0)
        return bytes(buffer)

    def restore(self, state: bytes, tokens: Sequence[int]) -> bool:
        """Restores a state of these tokens; returns False, with nothing read, if llama.cpp does not accept it."""
        buffer = (ctypes.c_ubyte * len(state)).from_buffer_copy(state)
        if not lib.llama_state_seq_set_data(self._context, buffer, len(state), 0):
            self.clear()  # llama.cpp may have dropped what it had
            return False
        self.read = list(tokens)
        return True


def _loaded(path: Path, gpu_layers: int) -> Any:
    """A file's weights in memory. Raises NotLoadedError: see Engine."""
    lib.llama_log_set(silence, ctypes.c_void_p(0))
    lib.llama_backend_init()
    how = lib.llama_model_default_params()
    # Mapped, the file would lie in memory beside what llama.cpp makes of it for this processor's kernels.
    how.load_mode = lib.LLAMA_LOAD_MODE_NONE
    how.n_gpu_layers = gpu_layers
    _unknown.clear()
    model = lib.llama_model_load_from_file(os.fsencode(path), how)
    if not model:
        if _unknown:
            raise NotLoadedError(
                f"The model {path} is of an architecture that this version of llama.cpp does not know "
                f"({_unknown[0]}); choose another model."
            )
        size = path.stat().st_size if path.exists() else 0
        raise NotLoadedError(
            f"The model {path} ({size:,} bytes) cannot be loaded: it is truncated or no GGUF file, "
            "or the memory is too small; fetch it again with: byline models fetch, or choose a smaller --model"
        )
    return model


def tokenize(vocabulary: Any, text: str, *, special: bool, beginning: bool = False) -> list[int]:
    """The tokens of a text; ``special`` reads marks as marks, ``beginning`` puts the mark that a text begins with."""
    data = text.encode("utf-8")
    room = len(data) + 8
    buffer = (lib.llama_token * room)()
    count = lib.llama_tokenize(vocabulary, data, len(data), buffer, room, beginning, special)
    return list(buffer[:count])


def requantize(source: Path, target: Path, kind: str) -> None:
    """Writes a copy of a model with weights of another kind (Q4_0 or Q4_1 in llama.cpp's names), in seconds.

    The weights that choose among the words keep 8 bits with Q4_1; with Q4_0 they have 4 (IQ4_NL), as 8 take a quick
    kernel for one token, but none for the few that are read on trial. Those of the vocabulary have 5 (Q5_0): they are
    looked up, not multiplied, and would only take more memory.

    One at a time: two would write one file. Raises InputError: the file is no GGUF, or the copy cannot be written.
    """
    lib.llama_log_set(silence, ctypes.c_void_p(0))
    settings = lib.llama_model_quantize_default_params()
    settings.ftype, settings.output_tensor_type = {
        "Q4_0": (lib.LLAMA_FTYPE_MOSTLY_Q4_0, lib.GGML_TYPE_IQ4_NL),
        "Q4_1": (lib.LLAMA_FTYPE_MOSTLY_Q4_1, lib.GGML_TYPE_Q8_0),
    }[kind]
    settings.token_embedding_type = lib.GGML_TYPE_Q5_0
    settings.allow_requantize = True
    settings.nthread = len(os.sched_getaffinity(0))
    written = target.with_suffix(".part")  # one name: what is left of a program that was killed is written over
    try:
        if lib.llama_model_quantize(os.fsencode(source), os.fsencode(written), settings) != 0:
            needed = source.stat().st_size * 3 // 2
            raise InputError(f"No copy of {source} could be written to {target.parent}; free {needed:,} bytes.")
        # On the disk before anything is timed: writing it back would take a processor's time for a while.
        with written.open("rb") as file:
            os.fsync(file.fileno())
        written.replace(target)
    finally:
        written.unlink(missing_ok=True)


def fingerprint(path: Path, gpu_layers: int = 0) -> bytes:
    """A hash of the model, the build of llama.cpp, and the processor's features that it uses.

    Of the file, 64 pieces spread over it are hashed: all of a gigabyte would take a second at every start.
    """
    size = path.stat().st_size
    how = f"{size} {lib.__version__} {lib.llama_print_system_info().decode()} {_ATTENTION}"
    digest = hashlib.sha256((f"{how} {gpu_layers}" if gpu_layers else how).encode())
    with path.open("rb") as file:
        for piece in range(64):
            file.seek(size * piece // 64)
            digest.update(file.read(4096))
    return digest.digest()

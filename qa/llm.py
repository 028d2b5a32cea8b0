"""The language model: the one door to llama.cpp, driven through its low-level calls.

The high-level ``Llama`` hides what is needed here: a prompt read in slices that look at a stop flag, what was
read kept for the next prompt, and one row of logits. A model is not thread-safe; ``qa.worker`` owns it.
"""

from __future__ import annotations

import codecs
import ctypes
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import llama_cpp as lib
import numpy as np
from numpy.typing import NDArray

from index.errors import InputError

CONTEXT_TOKENS = 4096
SLICE_TOKENS = 64
"""Tokens of a prompt read between two looks at the stop flag: about half a second with a 1.5B model on two cores."""


@dataclass(frozen=True)
class Prompt:
    """What the model reads, in the order it reads it: what changes least comes first and is kept."""

    system: str
    user: str


class LanguageModel(Protocol):
    """What writes answers; llama.cpp in this process is the default."""

    @property
    def name(self) -> str: ...
    def count_tokens(self, text: str) -> int: ...
    def read(self, prompt: Prompt, stop: threading.Event) -> int:
        """Reads a prompt and returns its length in tokens; whatever it shares with the one before is not read again."""
        ...

    def probability_of(self, word: str, other: str) -> float:
        """Of two words that could come next, how probable the first is against the other."""
        ...

    def write(self, most_tokens: int, stop: threading.Event) -> Iterator[str]:
        """Writes on from what was read until it ends, is stopped, or has written most_tokens."""
        ...


@dataclass(frozen=True)
class _Template:
    """How a family of models marks who speaks; fixed here, because a file's own template is not to be executed."""

    marker: str
    before_system: str
    before_user: str
    before_answer: str


_TEMPLATES = (
    _Template(
        "<|im_start|>", "<|im_start|>system\n", "<|im_end|>\n<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n"
    ),
    _Template(
        "<|start_header_id|>",
        "<|start_header_id|>system<|end_header_id|>\n\n",
        "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n",
        "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    ),
    _Template("<start_of_turn>", "<start_of_turn>user\n", "\n\n", "<end_of_turn>\n<start_of_turn>model\n"),
)
_PLAIN = _Template("", "", "\n\n", "\n\nAnswer: ")


@lib.llama_log_callback  # type: ignore[untyped-decorator]
def _silence(level: int, text: bytes, user_data: ctypes.c_void_p) -> None:
    """llama.cpp's log is no reader's business; what goes wrong is told as an error."""


class LlamaCpp:
    """A GGUF file, loaded; greedy decoding, one sequence whose common beginning is kept between prompts."""

    def __init__(self, path: Path, threads: int | None = None) -> None:
        """Loads the file, memory-mapped.

        Raises InputError: the file is missing, truncated or no GGUF.
        """
        lib.llama_log_set(_silence, ctypes.c_void_p(0))
        lib.llama_backend_init()
        self.name = path.stem
        self._model = lib.llama_model_load_from_file(os.fsencode(path), lib.llama_model_default_params())
        if not self._model:
            size = path.stat().st_size if path.exists() else 0
            raise InputError(
                f"The model {path} ({size:,} bytes) cannot be loaded: it is truncated or not a GGUF file; "
                "fetch it again with: byline models fetch"
            )
        cores = threads or len(os.sched_getaffinity(0))
        settings = lib.llama_context_default_params()
        settings.n_ctx = CONTEXT_TOKENS
        settings.n_batch = settings.n_ubatch = 128
        # Without this, room for a row of logits (600 KB) is set aside for every token of a batch.
        settings.n_outputs_max = 1
        settings.n_threads = settings.n_threads_batch = cores
        self._context = lib.llama_init_from_model(self._model, settings)
        self._memory = lib.llama_get_memory(self._context)
        self._vocabulary = lib.llama_model_get_vocab(self._model)
        self._size = lib.llama_vocab_n_tokens(self._vocabulary)
        self._batch = lib.llama_batch_init(settings.n_batch, 0, 1)
        self._read: list[int] = []
        self._template = next(
            (known for known in _TEMPLATES if len(self._tokens(known.marker, special=True)) == 1), _PLAIN
        )

    def close(self) -> None:
        """Gives the memory back; the model is not to be used afterwards."""
        lib.llama_batch_free(self._batch)
        lib.llama_free(self._context)
        lib.llama_model_free(self._model)

    def count_tokens(self, text: str) -> int:
        return len(self._tokens(text, special=False))

    def read(self, prompt: Prompt, stop: threading.Event) -> int:
        """See LanguageModel.

        Raises InputError: the prompt leaves no room for an answer.
        """
        tokens = self._prompt_tokens(prompt)
        if len(tokens) > CONTEXT_TOKENS - 256:
            raise InputError(
                f"The prompt has {len(tokens):,} tokens, more than the model can read; ask a shorter question."
            )
        # The last token is always read anew, since only reading yields logits.
        kept = min(_shared(tokens, self._read), len(tokens) - 1)
        lib.llama_memory_seq_rm(self._memory, 0, kept, -1)
        self._read = tokens[:kept]
        for first in range(kept, len(tokens), SLICE_TOKENS):
            if stop.is_set():
                break
            self._decode(tokens[first : first + SLICE_TOKENS])
        return len(tokens)

    def probability_of(self, word: str, other: str) -> float:
        logits = self._logits()
        chosen, rival = (float(logits[self._tokens(text, special=False)[0]]) for text in (word, other))
        return float(1.0 / (1.0 + np.exp(rival - chosen)))

    def write(self, most_tokens: int, stop: threading.Event) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        for _ in range(most_tokens):
            if stop.is_set():
                return
            token = int(self._logits().argmax())
            if lib.llama_vocab_is_eog(self._vocabulary, token):
                return
            yield decoder.decode(self._bytes(token))
            if len(self._read) >= CONTEXT_TOKENS:
                return
            self._decode([token])

    def _prompt_tokens(self, prompt: Prompt) -> list[int]:
        template = self._template
        tokens = self._tokens(template.before_system, special=True, beginning=True)
        # Only the template's own marks are read as marks: "<|im_end|>" in an article stays text.
        tokens += self._tokens(prompt.system, special=False)
        tokens += self._tokens(template.before_user, special=True)
        tokens += self._tokens(prompt.user, special=False)
        return tokens + self._tokens(template.before_answer, special=True)

    def _tokens(self, text: str, *, special: bool, beginning: bool = False) -> list[int]:
        data = text.encode("utf-8")
        room = len(data) + 8
        buffer = (lib.llama_token * room)()
        count = lib.llama_tokenize(self._vocabulary, data, len(data), buffer, room, beginning, special)
        return list(buffer[:count])

    def _bytes(self, token: int) -> bytes:
        buffer = ctypes.create_string_buffer(64)
        count = lib.llama_token_to_piece(self._vocabulary, token, buffer, 64, 0, False)
        return buffer.raw[: max(count, 0)]

    def _decode(self, tokens: Sequence[int]) -> None:
        """Reads the tokens after what was read; the logits of the last one become available."""
        batch = self._batch
        batch.n_tokens = len(tokens)
        for i, token in enumerate(tokens):
            batch.token[i] = token
            batch.pos[i] = len(self._read) + i
            batch.n_seq_id[i] = 1
            batch.seq_id[i][0] = 0
            batch.logits[i] = i == len(tokens) - 1
        status = lib.llama_decode(self._context, batch)
        if status != 0:
            raise RuntimeError(f"llama_decode returned {status} after {len(self._read)} tokens")
        self._read += tokens

    def _logits(self) -> NDArray[np.float32]:
        """The row of logits after the last token read: a view, valid until the next token is."""
        row: Any = lib.llama_get_logits_ith(self._context, -1)
        return np.ctypeslib.as_array(row, shape=(self._size,))


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two sequences begin with in common."""
    length = min(len(one), len(other))
    return next((i for i in range(length) if one[i] != other[i]), length)

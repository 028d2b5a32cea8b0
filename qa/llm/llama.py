"""The language model: the one door to llama.cpp, driven through its low-level calls.

The high-level ``Llama`` hides what is needed here: reading that stops in the middle of a computation, passages read
once and not at every question, and one row of logits. A model is not thread-safe; ``qa.llm.worker`` owns it.
"""

from __future__ import annotations

import codecs
import contextlib
import ctypes
import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

import index.openmp  # noqa: F401  before llama.cpp

# isort: split
import llama_cpp as lib

from index.errors import InputError
from qa.llm.halt import Halt
from qa.llm.states import StateStore

CONTEXT_TOKENS = 2048
_ATTENTION = lib.LLAMA_FLASH_ATTN_TYPE_DISABLED
"""Flash attention is for GPUs: on two cores a 0.5B model writes a token in 28 ms without and 45 ms with it, after 320
tokens. The two lay states out differently."""

SLICE_TOKENS = 128
"""Tokens of a prompt read at once. Of fewer, a model of 1.5B reads 6 % less in a second; more gain nothing, and what is
read when somebody asks is lost."""

TRIED = 3
"""Tokens read on trial while writing: quick kernels take four at once (Q4_0 and alike: repack.cpp of ggml)."""
_GAINS_BELOW = 2.5
"""Writings that reading four tokens may take for that to gain. With 1.7 the writing of 95 answers of a 0.5B model would
have taken .62 of the time, with 3.0 all of it."""
_COMPARED = 8
"""Times that reading one and four tokens is timed."""
_ALIKE = 2
"""So many of the last tokens have to have stood in a row before, for what followed them to be tried."""

_LENGTH = ctypes.cast(ctypes.CDLL(None).strlen, lib.ggml_abort_callback)
"""What llama.cpp asks after each of the thousand operations of a decoding whether to give it up: the length of a C
string, no if it is empty. A function of Python would wait each time until no other thread runs Python."""
_ABORTED = 2
"""Of llama_decode: given up; nothing remains of the tokens it was given, which it takes in one piece (n_ubatch)."""


@dataclass(frozen=True)
class Prompt:
    """What the model reads, in this order: what changes least comes first, and a passage known is not read again."""

    system: str
    passage: str
    question: str
    """The question, with whatever else belongs to it alone."""


@dataclass(frozen=True)
class Reading:
    """What reading a prompt took: its tokens, and those of them that had to be read now."""

    tokens: int
    fresh: int
    warm: bool
    """Whether the passage was known from before."""


@dataclass(frozen=True)
class Piece:
    """A token written: its text, and how probable the model held it to be."""

    text: str
    probability: float


class LanguageModel(Protocol):
    """What writes answers; llama.cpp in this process is the default."""

    @property
    def name(self) -> str: ...
    @property
    def parameters(self) -> int:
        """The number of its weights."""
        ...

    def read(self, prompt: Prompt, stop: Halt) -> Reading:
        """Reads a prompt; a passage it knows from before is not read again."""
        ...

    def affords(self, prompt: Prompt) -> bool:
        """Whether what is to be read of a prompt is little enough for the first word to come in time.

        Where the passage is known it is: less of it would have to be read anew.
        """
        ...

    def keep(self, system: str, passage: str, stop: Halt) -> bool:
        """Reads a passage ahead of the prompts that will hold it; False where it was known."""
        ...

    @property
    def has_room(self) -> bool:
        """Whether another passage can be kept without one less used being dropped."""
        ...

    def write(self, most_tokens: int, stop: Halt) -> Iterator[Piece]:
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
def silence(level: int, text: bytes, user_data: ctypes.c_void_p) -> None:
    """llama.cpp's log is no reader's business; what goes wrong is told as an error."""


class LlamaCpp:
    """A GGUF file, loaded; greedy decoding.

    The keys and values of a passage, read after the system text, are kept and fetched for the next question about it,
    of which only the question is read. Nothing about the answer differs: the passage stands where it was read.
    (Several passages read apart and joined, their positions shifted, were tried too: the answers of 0.5B and 1.5B
    models got worse than with one passage and the best sentences of the others.)
    """

    def __init__(
        self,
        path: Path,
        states: StateStore,
        threads: int | None = None,
        budget: int | None = None,
        tried: int = 0,
    ) -> None:
        """Loads the file; ``states`` keeps what the model made of passages, ``budget`` is the tokens read in time.

        ``tried`` is the tokens read on trial while writing, TRIED at the most.

        Raises InputError: the file is missing, truncated or no GGUF, or there is too little memory for it.
        """
        lib.llama_log_set(silence, ctypes.c_void_p(0))
        lib.llama_backend_init()
        self.name = path.stem
        self._states = states
        self._budget = budget
        self._tried = tried
        how = lib.llama_model_default_params()
        # Mapped, the file would lie in memory beside what llama.cpp makes of it for this processor's kernels.
        how.load_mode = lib.LLAMA_LOAD_MODE_NONE
        self._model = lib.llama_model_load_from_file(os.fsencode(path), how)
        if not self._model:
            size = path.stat().st_size if path.exists() else 0
            raise InputError(
                f"The model {path} ({size:,} bytes) cannot be loaded: it is truncated or no GGUF file, "
                "or the memory is too small; fetch it again with: byline models fetch, or choose a smaller --model"
            )
        self.parameters = int(lib.llama_model_n_params(self._model))
        self._fingerprint = _fingerprint(path)
        cores = threads or len(os.sched_getaffinity(0))
        settings = lib.llama_context_default_params()
        settings.n_ctx = CONTEXT_TOKENS
        settings.n_batch = settings.n_ubatch = SLICE_TOKENS
        # Without this, room for a row of logits (600 KB) is set aside for every token of a batch.
        settings.n_outputs_max = 1 + TRIED
        settings.flash_attn_type = _ATTENTION
        settings.n_threads = settings.n_threads_batch = cores
        self._context = lib.llama_init_from_model(self._model, settings)
        if not self._context:
            lib.llama_model_free(self._model)
            raise InputError(f"The memory is too small to run the model {path}; choose a smaller one with: --model")
        self._memory = lib.llama_get_memory(self._context)
        self._vocabulary = lib.llama_model_get_vocab(self._model)
        self._size = lib.llama_vocab_n_tokens(self._vocabulary)
        self._batch = lib.llama_batch_init(settings.n_batch, 0, 1)
        self._read: list[int] = []
        self._template = next(
            (known for known in _TEMPLATES if len(self._tokens(known.marker, special=True)) == 1), _PLAIN
        )

    def state_bytes(self, system: str, passage: str) -> int:
        """Room on the disk that what is kept of a passage takes."""
        heads: int = lib.llama_model_n_layer(self._model) * lib.llama_model_n_head_kv(self._model)
        each = self._number("attention.key_length") + self._number("attention.value_length")
        return 2 * heads * each * len(self._passage_tokens(system, passage))  # two bytes a number

    def _number(self, name: str) -> int:
        """A number that the file states about the model; the width of a head where it leaves one out."""
        buffer = ctypes.create_string_buffer(64)
        lib.llama_model_meta_val_str(self._model, b"general.architecture", buffer, 64)
        key = f"{buffer.value.decode()}.{name}".encode()
        if lib.llama_model_meta_val_str(self._model, key, buffer, 64) >= 0:
            return int(buffer.value)
        return int(lib.llama_model_n_embd(self._model) // lib.llama_model_n_head(self._model))

    def knows(self, system: str, passage: str) -> bool:
        """Whether what was made of the passage is kept."""
        return self._key(self._passage_tokens(system, passage)) in self._states

    def close(self) -> None:
        """Gives the memory back; the model is not to be used afterwards."""
        lib.llama_batch_free(self._batch)
        lib.llama_free(self._context)
        lib.llama_model_free(self._model)

    def read(self, prompt: Prompt, stop: Halt) -> Reading:
        """See LanguageModel.

        Raises InputError: the prompt leaves no room for an answer.
        """
        passage, question = self._prompt_tokens(prompt)
        tokens = len(passage) + len(question)
        if tokens > CONTEXT_TOKENS - 512:
            raise InputError(f"The prompt has {tokens:,} tokens, more than the model can read; ask a shorter question.")
        unread = self._fetch(passage)
        if self._read_passage(passage, stop):
            self._decode(question, stop)
        return Reading(tokens, unread + len(question), warm=unread == 0)

    def affords(self, prompt: Prompt) -> bool:
        if self._budget is None:
            return True
        passage, question = self._prompt_tokens(prompt)
        unread = len(passage) - _shared(passage, self._read)
        return unread == 0 or self._key(passage) in self._states or unread + len(question) <= self._budget

    def keep(self, system: str, passage: str, stop: Halt) -> bool:
        if self.knows(system, passage):
            return False
        tokens = self._passage_tokens(system, passage)
        self._fetch(tokens)
        self._read_passage(tokens, stop)
        return True

    def write(self, most_tokens: int, stop: Halt) -> Iterator[Piece]:
        """See LanguageModel. An answer repeats what was read, so that what followed there is read along on trial.

        Of these tokens those are kept that the model chooses itself (Yang et al., Inference with Reference,
        https://arxiv.org/abs/2304.04487).
        """
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        tried: list[int] = []
        for _ in range(most_tokens):
            if stop.is_set():
                return
            logits = self._logits(before_last=len(tried))
            token = int(logits.argmax())
            if lib.llama_vocab_is_eog(self._vocabulary, token):
                return
            yield Piece(decoder.decode(self._bytes(token)), float(1 / np.exp(logits - logits[token]).sum()))
            if tried and tried[0] == token:
                self._read.append(tried.pop(0))
                continue
            if len(self._read) + self._tried >= CONTEXT_TOKENS:
                return
            lib.llama_memory_seq_rm(self._memory, 0, len(self._read), -1)
            tried = list(_followed([*self._read, token])[: self._tried])
            if not self._decode([token, *tried], stop, rows=1 + len(tried)):
                return
            del self._read[len(self._read) - len(tried) :]

    @property
    def has_room(self) -> bool:
        return not self._states.is_full

    @contextlib.contextmanager
    def one_by_one(self) -> Iterator[None]:
        """Nothing is tried meanwhile."""
        tried, self._tried = self._tried, 0
        try:
            yield
        finally:
            self._tried = tried

    def gains_by_trying(self, prompt: Prompt) -> bool:
        """Whether reading some tokens on trial while writing is quicker here than writing one by one."""
        never = Halt()
        self.read(prompt, never)
        taken: dict[int, list[float]] = {1: [], 1 + TRIED: []}
        for _ in range(_COMPARED):
            for count, seconds in taken.items():
                began = time.perf_counter()
                self._decode(self._read[:count], never, rows=count)
                seconds.append(time.perf_counter() - began)
        return min(taken[1 + TRIED]) < _GAINS_BELOW * min(taken[1])

    def _prompt_tokens(self, prompt: Prompt) -> tuple[list[int], list[int]]:
        """Those up to the end of the passage, and the others."""
        # Only the template's own marks are read as marks: "<|im_end|>" in an article stays text.
        question = self._tokens(prompt.question, special=False)
        question += self._tokens(self._template.before_answer, special=True)
        return self._passage_tokens(prompt.system, prompt.passage), question

    def _passage_tokens(self, system: str, passage: str) -> list[int]:
        template = self._template
        tokens = self._tokens(template.before_system, special=True, beginning=True)
        tokens += self._tokens(system, special=False)
        tokens += self._tokens(template.before_user, special=True)
        return tokens + self._tokens(passage, special=False)

    def _fetch(self, tokens: list[int]) -> int:
        """Leaves nothing read but these tokens or as many of their first as are known; how many are not."""
        known = _shared(tokens, self._read)
        if known == len(tokens):
            self._states.touch(self._key(tokens))
        else:
            state = self._states.get(self._key(tokens))
            if state is not None:
                buffer = (ctypes.c_ubyte * len(state)).from_buffer_copy(state)
                if lib.llama_state_seq_set_data(self._context, buffer, len(state), 0):
                    known = len(tokens)
                else:  # llama.cpp does not take it, and may have dropped what it had
                    lib.llama_memory_clear(self._memory, False)
                    known = 0
        lib.llama_memory_seq_rm(self._memory, 0, known, -1)
        self._read = tokens[:known]
        return len(tokens) - known

    def _read_passage(self, tokens: list[int], stop: Halt) -> bool:
        """Reads what is not yet read of these tokens and keeps the state; False when it was stopped."""
        if len(self._read) == len(tokens):
            return True
        if not self._decode(tokens[len(self._read) :], stop):
            return False
        size = lib.llama_state_seq_get_size(self._context, 0)
        buffer = (ctypes.c_ubyte * size)()
        lib.llama_state_seq_get_data(self._context, buffer, size, 0)
        self._states.put(self._key(tokens), bytes(buffer))
        return True

    def _key(self, tokens: Sequence[int]) -> str:
        """What the state after these tokens is kept under: all that it depends on."""
        return hashlib.sha256(self._fingerprint + np.array(tokens, dtype=np.int32).tobytes()).hexdigest()

    def _tokens(self, text: str, *, special: bool, beginning: bool = False) -> list[int]:
        return tokenize(self._vocabulary, text, special=special, beginning=beginning)

    def _bytes(self, token: int) -> bytes:
        buffer = ctypes.create_string_buffer(64)
        count = lib.llama_token_to_piece(self._vocabulary, token, buffer, 64, 0, False)
        return buffer.raw[: max(count, 0)]

    def _decode(self, tokens: Sequence[int], stop: Halt, rows: int = 1) -> bool:
        """Reads the tokens after what was read, slice by slice; False when it was stopped.

        The logits of the last ones become available, so many ``rows``.
        """
        batch = self._batch
        lib.llama_set_abort_callback(self._context, _LENGTH, ctypes.cast(stop.flag, ctypes.c_void_p))
        for first in range(0, len(tokens), SLICE_TOKENS):
            if stop.is_set():
                return False
            part = tokens[first : first + SLICE_TOKENS]
            batch.n_tokens = len(part)
            for i, token in enumerate(part):
                batch.token[i] = token
                batch.pos[i] = len(self._read) + i
                batch.n_seq_id[i] = 1
                batch.seq_id[i][0] = 0
                batch.logits[i] = first + i >= len(tokens) - rows
            status = lib.llama_decode(self._context, batch)
            if status == _ABORTED:
                return False
            if status != 0:
                raise RuntimeError(f"llama_decode returned {status} after {len(self._read)} tokens")
            self._read += part
        return True

    def _logits(self, before_last: int) -> NDArray[np.float32]:
        """The row of logits so many tokens before the last one decoded: a view, valid until the next decoding."""
        row: Any = lib.llama_get_logits_ith(self._context, -1 - before_last)
        return np.ctypeslib.as_array(row, shape=(self._size,))


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


def _fingerprint(path: Path) -> bytes:
    """What tells a model and the build of llama.cpp, with the processor's features that it uses, apart from others.

    Of the file, 64 pieces spread over it are hashed: all of a gigabyte would take a second at every start.
    """
    size = path.stat().st_size
    how = f"{size} {lib.__version__} {lib.llama_print_system_info().decode()} {_ATTENTION}"
    digest = hashlib.sha256(how.encode())
    with path.open("rb") as file:
        for piece in range(64):
            file.seek(size * piece // 64)
            digest.update(file.read(4096))
    return digest.digest()


def _followed(tokens: Sequence[int]) -> Sequence[int]:
    """What followed the last few tokens where they stood before, the last time; nothing where they did not.

    >>> _followed([5, 6, 7, 8, 9, 6, 7])
    [8, 9, 6, 7]
    """
    last = tokens[-_ALIKE:]
    for after in range(len(tokens) - 1, _ALIKE - 1, -1):
        if tokens[after - _ALIKE : after] == last:
            return tokens[after:]
    return []


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two sequences begin with in common."""
    length = min(len(one), len(other))
    return next((i for i in range(length) if one[i] != other[i]), length)

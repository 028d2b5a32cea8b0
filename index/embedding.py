"""Texts to vectors, by sentence-transformers."""

from __future__ import annotations

import hashlib
import os
import re
import threading
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from filelock import Timeout

import index.openmp  # noqa: F401  before torch
from index.errors import InputError
from index.turn import GAP_SECONDS, machine_turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FloatArray: TypeAlias = "NDArray[np.float32]"

_FEW = 16
"""Up to this many texts, a question or what an answer is judged by, are embedded without waiting for one's turn: on all
cores if nothing else computes, else on one, as two beside a language model at work would take longer, and slow it."""

_AT_ONCE = 8
"""Texts that the model takes in together. All are as long as the longest of them to it: 32 at once took three times as
long on two cores, and 250 MB more."""

UNIGRAMS = "sentencepiece.bpe.model"
"""The vocabulary in a model's folder that sentencepiece reads; see index/unigram_transformer.py."""

_BATCH = 32
"""Texts embedded per turn of the machine: well under a second, so that a waiting question is soon served."""


class Embedder(Protocol):
    """What turns texts into vectors; its name and hash are saved with a library and checked on opening."""

    @property
    def name(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def window(self) -> int:
        """The most tokens of one text that are looked at; the rest would be ignored silently."""
        ...

    def count_tokens(self, text: str) -> int:
        """The tokens of the text, without the two that mark its beginning and end."""
        ...

    def embed(self, texts: Sequence[str], asked: bool = False) -> FloatArray:
        """The texts as rows of unit length, shape (len(texts), dimensions).

        ``asked`` tells that they are questions: some models are trained to take a question otherwise than what
        answers it.
        """
        ...


_HALVES = re.compile("[\ud800-\udfff]")


class SentenceTransformerEmbedder:
    """A sentence-transformers model in a local folder, loaded when the first text is embedded.

    Loading takes seconds (it imports torch), so commands that never embed never pay for it.
    """

    def __init__(self, name: str, find: Callable[[], Path]) -> None:
        """find gives the model's folder when it is first needed, or raises what the reader is to know."""
        self.name = name
        self._find = find
        self._lock = threading.Lock()

    @cached_property
    def folder(self) -> Path:
        return self._find()

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the model's weights."""
        weights = self.folder / "model.safetensors"
        try:
            with weights.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise InputError(
                f"The embedder {self.folder} has no readable model.safetensors ({error.strerror}); "
                "fetch it with: byline models fetch"
            ) from error

    @cached_property
    def _has_unigrams(self) -> bool:
        return (self.folder / UNIGRAMS).exists()

    @cached_property
    def _tokenizer(self) -> Any:
        # The tokenizer alone, straight from its file: counting tokens must not import torch.
        if self._has_unigrams:
            from sentencepiece import SentencePieceProcessor

            return SentencePieceProcessor(model_file=str(self.folder / UNIGRAMS))
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _model(self) -> Any:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        if self._has_unigrams:
            from index.unigram_transformer import load

            return load(self.folder)
        from index.quick_sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(self.folder), device="cpu", local_files_only=True)

    @cached_property
    def window(self) -> int:
        """The model's own limit, 256 tokens for all-MiniLM-L6-v2, both marks included, without the prompt's."""
        return int(self._model.max_seq_length) - self._prompt_tokens

    def count_tokens(self, text: str) -> int:
        if self._has_unigrams:
            return len(self._tokenizer.encode(text))
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def embed(self, texts: Sequence[str], asked: bool = False) -> FloatArray:
        """See Embedder; many texts take turns with other heavy work, a few never wait."""
        import numpy as np

        # A tokenizer takes no half of a character, which JSON may hold.
        texts = [_HALVES.sub("\ufffd", text) for text in texts]
        if not texts:
            return np.empty((0, self._dimensions), dtype=np.float32)
        cores = len(os.sched_getaffinity(0))
        if len(texts) <= _FEW:
            try:
                with machine_turn().acquire(blocking=False):
                    return self._encode(texts, cores, asked)
            except Timeout:
                return self._encode(texts, 1, asked)
        parts = []
        for first in range(0, len(texts), _BATCH):
            if first:
                time.sleep(GAP_SECONDS)
            with machine_turn():
                parts.append(self._encode(texts[first : first + _BATCH], cores, asked))
        return np.concatenate(parts)

    @cached_property
    def _prompt_tokens(self) -> int:
        return max((self.count_tokens(prompt) for prompt in self._model.prompts.values() if prompt), default=0)

    @property
    def _dimensions(self) -> int:
        return int(self._model.get_embedding_dimension())

    def _encode(self, texts: Sequence[str], threads: int, asked: bool) -> FloatArray:
        import numpy as np
        import torch

        with self._lock:
            model = self._model
            torch.set_num_threads(threads)
            # The model's own prompts, where it was trained with any: "query: " and "passage: ".
            encode = model.encode_query if asked else model.encode_document
            vectors = encode(list(texts), batch_size=_AT_ONCE, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

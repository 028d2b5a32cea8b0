"""What reads two texts together and scores the pair: a reranker, or a judge of whether one follows from the other.

Slower than comparing vectors, since nothing of it can be made before the pair is known, and as a rule more accurate.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from filelock import Timeout

import index.openmp  # noqa: F401  before torch
from index.embedding.embedder import FloatArray
from index.errors import InputError, cause_of
from index.turn import machine_turn

_AT_ONCE = 8
"""Pairs that the model takes in together, as the embedder takes texts: all are as long as the longest of them to it."""


class CrossEncoder(Protocol):
    """What scores pairs of texts."""

    @property
    def name(self) -> str: ...

    @property
    def labels(self) -> tuple[str, ...]:
        """What each score of a pair is of, in lower case: one label for a reranker, several for a judge."""
        ...

    def scores(self, pairs: Sequence[tuple[str, str]]) -> FloatArray:
        """The model's raw scores (logits), shape (len(pairs), len(labels)).

        Raises InputError: the model cannot be loaded.
        """
        ...


class SentenceTransformerCrossEncoder:
    """A cross-encoder in a local folder, run by sentence-transformers; loaded when the first pair is scored."""

    def __init__(self, name: str, role: str, find: Callable[[], Path]) -> None:
        """``role`` is what the option that names another is called; ``find`` returns the model's folder when it is
        first needed, or raises a BylineError that says why not.
        """
        self.name = name
        self._role, self._find = role, find
        self._lock = threading.Lock()

    @cached_property
    def labels(self) -> tuple[str, ...]:
        labels = self._model.config.id2label
        return tuple(str(labels[number]).lower() for number in sorted(labels))

    def scores(self, pairs: Sequence[tuple[str, str]]) -> FloatArray:
        """See CrossEncoder; a question's few pairs never wait for other work, which they would slow on all cores."""
        # A tokenizer takes no half of a character, which JSON may hold.
        whole = [(_whole_letters(one), _whole_letters(other)) for one, other in pairs]
        try:
            with machine_turn().acquire(blocking=False):
                return self._scored(whole, len(os.sched_getaffinity(0)))
        except Timeout:
            return self._scored(whole, 1)

    def _scored(self, pairs: Sequence[tuple[str, str]], threads: int) -> FloatArray:
        import numpy as np
        import torch

        with self._lock:
            model = self._model
            torch.set_num_threads(threads)
            logits = model.predict(
                list(pairs), batch_size=_AT_ONCE, show_progress_bar=False, activation_fn=torch.nn.Identity()
            )
        return np.asarray(logits, dtype=np.float32).reshape(len(pairs), len(self.labels))

    @cached_property
    def _model(self) -> Any:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from transformers.utils import logging

        from index.embedding.quick_sentence_transformers import CrossEncoder as Loaded

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        folder = self._find()
        try:
            return Loaded(str(folder), local_files_only=True)
        except (OSError, ValueError, RuntimeError, KeyError, ImportError) as error:
            cause = cause_of(error).strip().split("\n")[0].rstrip(".")
            raise InputError(
                f"The {self._role} {folder} cannot be loaded ({cause}); name a folder of a cross-encoder that "
                f"sentence-transformers loads with --{self._role}"
            ) from error


def _whole_letters(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")

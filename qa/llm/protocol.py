"""What a language model can do: the seam between the walk from a question to an answer and whatever writes it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from qa.llm.look import Look


@dataclass(frozen=True)
class Prompt:
    """What the model reads, in this order: what changes least comes first, and a passage known is not read again."""

    system: str
    passage: str
    question: str
    """The question, with whatever else belongs to it alone."""
    begins: str = ""
    """How the answer begins, where that is decided already."""


@dataclass(frozen=True)
class Reading:
    """What reading a prompt took: the number of its tokens, and of those that had to be read now (``fresh``)."""

    tokens: int
    fresh: int
    warm: bool
    """Whether the passage was known from before."""


@dataclass(frozen=True)
class Piece:
    """A token written: its text, and how probable the model held it to be; None where the model does not say."""

    text: str
    probability: float | None


class LanguageModel(Protocol):
    """What writes answers: llama.cpp in this process, or a server."""

    @property
    def name(self) -> str: ...

    def count(self, prompt: Prompt) -> int:
        """The number of the prompt's tokens, with the marks of turns; an estimate where the model cannot count."""
        ...

    def answer(self, prompt: Prompt, most_tokens: int, stop: threading.Event) -> Iterator[Reading | Piece]:
        """Yields what reading the prompt took, then the answer piece by piece, at most ``most_tokens`` tokens of it.

        Raises InputError: the prompt is longer than the model can read. Raises FailedError: the model fails.
        """
        ...


@runtime_checkable
class ReadsAhead(LanguageModel, Protocol):
    """What only a model in this process can: read passages before they are asked about, and tell what that saves."""

    def affords(self, prompt: Prompt, patience: float = 1.0) -> bool:
        """Whether a prompt fits, and so little of it has to be read that the first word comes in time.

        A known passage need not be read. ``patience`` is how many times the usual time it may take; with 0 only a
        prompt with a known passage is affordable.
        """
        ...

    @property
    def has_room(self) -> bool:
        """Whether another passage can be kept without one less used being dropped."""
        ...

    def keep(self, system: str, passage: str, stop: threading.Event) -> bool:
        """Reads a passage before prompts with it come; returns False where it was known."""
        ...


@runtime_checkable
class Leans(LanguageModel, Protocol):
    """A language model that tells how it would begin its answer, and that begins one with the words it is given."""

    @property
    def is_small(self) -> bool:
        """Whether the model is too small for ``leaning`` to tell yes from no."""
        ...

    def leaning(self, prompt: Prompt, to: Sequence[str], against: Sequence[str], stop: threading.Event) -> float:
        """The log probability that the answer begins with any of the words ``to``, minus that of ``against``."""
        ...

    def state(self, prompt: Prompt, stop: threading.Event) -> NDArray[np.float32]:
        """What it has in mind where the answer would begin, shape (dimensions,); zeros where it was stopped."""
        ...


@runtime_checkable
class Looks(LanguageModel, Protocol):
    """A language model that tells where it looks for the answer while it reads a question after a passage."""

    def look(self, prompt: Prompt, pieces: Sequence[int], stop: threading.Event) -> Look | None:
        """Where it looked; ``pieces`` are the characters at which the pieces of the prompt's passage begin, rising.

        The last piece goes on to the passage's end. None where the prompt is too long, or it was stopped.
        """
        ...

"""What a reader must do: read a question and a text together, and score which sentences answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Text:
    """Sentences that follow each other, under the headline of their article."""

    headline: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Scores:
    """A reader's scores of a text for a question, as log odds: above 0 is more probable than not."""

    answers: float
    """Log odds that the text answers the question."""
    first: float
    """Log odds that, of several texts that were found, its sentences are those that answer."""
    sentences: tuple[float, ...]
    """Log odds for each sentence, in the text's order, that the answer needs it, given that the text answers."""


class Reader(Protocol):
    """Reads texts for a question; the default runs the first layers of a small language model."""

    @property
    def name(self) -> str: ...

    def read(self, question: str, texts: Sequence[Text]) -> list[Scores]:
        """The scores of each text for the question, in the order of the texts."""
        ...

    def keep(self, text: Text) -> bool:
        """Reads a text before questions about it come; returns False where that is not needed or saves nothing."""
        ...

    @property
    def has_room(self) -> bool:
        """Whether another text can be read ahead and stored without dropping one."""
        ...

    def knows(self, text: Text) -> bool:
        """Whether a text was read before, so that a question about it is quickly read."""
        ...

    def stated(self, question: str, claim: str, text: Text) -> float | None:
        """The log odds that the text states the claim, as an answer to the question; None where it cannot tell.

        An empty question asks for the claim alone.
        """
        ...

"""The trained reader: the first layers of a language model and, on what they make of a text, two linear probes.

Fitted by ``tests/bench/train_reader.py`` on questions of our own and on halves of two public sets; the coefficients lie
beside this file. Probes of hidden states: Alain and Bengio, "Understanding intermediate layers using linear classifier
probes", 2016.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.reader.layers import FirstLayers
from qa.reader.protocol import Reading, Text

COEFFICIENTS = Path(__file__).with_name("coefficients.npz")

LAYERS = 13
"""Layers that are run, of 24. After 11 of them the likeliest sentence proved the answer to 59 in 100 questions of
xquad-dev, after 13 to 82."""

SYSTEM = "Which sentences of the text answer the question?"
_BEFORE_SYSTEM, _BEFORE_USER = "<|im_start|>system\n", "<|im_end|>\n<|im_start|>user\n"
_BEFORE_ANSWER = "<|im_end|>\n<|im_start|>assistant\n"
_LONGEST_SENTENCE = 120
"""Tokens of a sentence that are read; a longer one is a list or a table."""


@dataclass(frozen=True)
class Probe:
    """A logistic regression on a state: ``weights`` of shape (dimensions,)."""

    weights: NDArray[np.float32]
    intercept: float

    def log_odds(self, states: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of each row of states, shape (n,)."""
        return np.asarray(states @ self.weights + self.intercept, dtype=np.float32)


@cache
def probes(path: Path = COEFFICIENTS) -> tuple[Probe, Probe]:
    """The probe of whole texts and that of sentences."""
    kept = np.load(path)
    return tuple(  # type: ignore[return-value]
        Probe(kept[name][:-1].astype(np.float32), float(kept[name][-1])) for name in ("text", "sentence")
    )


def pieces(layers: FirstLayers, question: str, text: Text) -> list[list[int]]:
    """What is read, in tokens: the question and the headline, then each sentence, then the question again."""
    before = layers.tokens(_BEFORE_SYSTEM, special=True) + layers.tokens(SYSTEM)
    before += layers.tokens(_BEFORE_USER, special=True)
    before += layers.tokens(f"Question: {question}\n\nText: {text.headline}\n")
    sentences = [layers.tokens(f"{sentence}\n")[-_LONGEST_SENTENCE:] for sentence in text.sentences]
    after = layers.tokens(f"\nQuestion: {question}") + layers.tokens(_BEFORE_ANSWER, special=True)
    return [before, *sentences, after]


class TrainedReader:
    """Reads with the first layers of a language model."""

    def __init__(self, layers: FirstLayers) -> None:
        self._layers = layers
        self.name = layers.name

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """See Reader. A text longer than the window loses its last sentences, which then answer nothing."""
        of_text, of_sentence = probes()
        readings = []
        for text in texts:
            states = self._layers.states(pieces(self._layers, question, text))
            sentences = of_sentence.log_odds(states[1:-1]).tolist()
            sentences += [_UNREAD] * (len(text.sentences) - len(sentences))
            readings.append(Reading(float(of_text.log_odds(states[-1:])[0]), tuple(sentences)))
        return readings


_UNREAD = -9.0
"""Log odds of what was not read."""

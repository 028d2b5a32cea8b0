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
CLAIM_SYSTEM = "Does the text state the claim?"
_BEFORE_SYSTEM, _BEFORE_USER = "<|im_start|>system\n", "<|im_end|>\n<|im_start|>user\n"
_BEFORE_ANSWER = "<|im_end|>\n<|im_start|>assistant\n"
_LONGEST_SENTENCE = 120
"""Tokens of a sentence that are read; a longer one is a list or a table."""
_LONGEST_TEXT = 400
"""Tokens read of the text that is to state a claim."""


@dataclass(frozen=True)
class Probe:
    """A logistic regression on a state: ``weights`` of shape (dimensions,)."""

    weights: NDArray[np.float32]
    intercept: float

    def log_odds(self, states: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of each row of states, shape (n,)."""
        return np.asarray(states @ self.weights + self.intercept, dtype=np.float32)


@cache
def probe(name: str, path: Path = COEFFICIENTS) -> Probe:
    """The probe of whole texts (``text``), of sentences (``sentence``) or of claims (``claim``)."""
    kept = np.load(path)[name]
    return Probe(kept[:-1].astype(np.float32), float(kept[-1]))


def pieces(layers: FirstLayers, question: str, text: Text) -> list[list[int]]:
    """What is read, in tokens: the question and the headline, then each sentence, then the question again."""
    before = layers.tokens(_BEFORE_SYSTEM, special=True) + layers.tokens(SYSTEM)
    before += layers.tokens(_BEFORE_USER, special=True)
    before += layers.tokens(f"Question: {question}\n\nText: {text.headline}\n")
    sentences = [layers.tokens(f"{sentence}\n")[-_LONGEST_SENTENCE:] for sentence in text.sentences]
    after = layers.tokens(f"\nQuestion: {question}") + layers.tokens(_BEFORE_ANSWER, special=True)
    return [before, *sentences, after]


def claim_tokens(layers: FirstLayers, question: str, claim: str, text: Text) -> list[int]:
    """What is read of a claim: the question it answers, if any, the claim, the text, and the claim again."""
    asked = f"Question: {question}\n" if question else ""
    before = layers.tokens(_BEFORE_SYSTEM, special=True) + layers.tokens(CLAIM_SYSTEM)
    before += layers.tokens(_BEFORE_USER, special=True)
    before += layers.tokens(f"{asked}Claim: {claim}\n\nText: {text.headline}\n")
    told = layers.tokens("\n".join(text.sentences))[:_LONGEST_TEXT]
    return before + told + layers.tokens(f"\n\nClaim: {claim}") + layers.tokens(_BEFORE_ANSWER, special=True)


class TrainedReader:
    """Reads with the first layers of a language model."""

    def __init__(self, layers: FirstLayers) -> None:
        self._layers = layers
        self.name = layers.name

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """See Reader. A text longer than the window loses its last sentences, which then answer nothing."""
        of_text, of_sentence = probe("text"), probe("sentence")
        readings = []
        for text in texts:
            states = self._layers.states(pieces(self._layers, question, text))
            sentences = of_sentence.log_odds(states[1:-1]).tolist()
            sentences += [_UNREAD] * (len(text.sentences) - len(sentences))
            readings.append(Reading(float(of_text.log_odds(states[-1:])[0]), tuple(sentences)))
        return readings

    def stated(self, question: str, claim: str, text: Text) -> float | None:
        """See Reader."""
        states = self._layers.states([claim_tokens(self._layers, question, claim, text)])
        return float(probe("claim").log_odds(states)[0])


_UNREAD = -9.0
"""Log odds of what was not read."""

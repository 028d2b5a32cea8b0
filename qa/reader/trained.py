"""The trained reader: the first layers of a language model, and linear probes on where they look and what they make.

Fitted by ``tests/bench/train_reader.py`` and ``tests/bench/fit_finding.py`` on questions of our own and on halves of
two public sets; the coefficients lie beside this file. Probes of hidden states: Alain and Bengio, "Understanding
intermediate layers using linear classifier probes", 2016.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.confidence.probe import Probe
from qa.llm.look import Look
from qa.reader.layers import FirstLayers
from qa.reader.protocol import Scores, Text

COEFFICIENTS = Path(__file__).with_name("coefficients.npz")

LAYERS = 16
"""Layers that are run, of 24: with the heads of 13 sentences were told with an AUROC of .948 (xquad-dev), of 16 with
.965, of 18 with .963."""
STATE_AFTER = 13
"""The layer, counted from 1, whose state the probes weigh."""

SYSTEM = "Which sentences of the text answer the question?"
_BEFORE_SYSTEM, _BEFORE_USER = "<|im_start|>system\n", "<|im_end|>\n<|im_start|>user\n"
_BEFORE_ANSWER = "<|im_end|>\n<|im_start|>assistant\n"
_LONGEST_SENTENCE = 120
"""Most tokens of a sentence or headline that are read; a longer one is a list or a table. Round, not fitted."""


@cache
def probe(name: str, path: Path = COEFFICIENTS) -> Probe:
    """The probe of whole texts alone (``text``) or among others (``section``), of sentences (``sentence``) or of claims
    (``claim``)."""
    return Probe.of(np.load(path)[name])


def text_pieces(layers: FirstLayers, text: Text) -> list[list[int]]:
    """The tokens of a text that the layers read: the instructions with the headline, then each sentence."""
    before = layers.tokens(_BEFORE_SYSTEM, special=True) + layers.tokens(SYSTEM)
    before += layers.tokens(_BEFORE_USER, special=True)
    before += layers.tokens(f"Text: {text.headline}\n")[-_LONGEST_SENTENCE:]
    return [before, *(layers.tokens(f"{sentence}\n")[-_LONGEST_SENTENCE:] for sentence in text.sentences)]


def look(layers: FirstLayers, text: Text, after: str) -> Look:
    """Where the layers look while they read what comes after the text (a question, or a claim)."""
    asked = layers.tokens(f"\n{after}")
    return layers.look(text_pieces(layers, text), asked + layers.tokens(_BEFORE_ANSWER, special=True), len(asked))


class TrainedReader:
    """Reads with the first layers of a language model."""

    def __init__(self, layers: FirstLayers) -> None:
        self._layers = layers
        self.name = layers.name

    def read(self, question: str, texts: Sequence[Text]) -> list[Scores]:
        """See Reader. A text longer than the window loses its last sentences, which then answer nothing."""
        return [scores_of(self.look_of(question, text), len(text.sentences)) for text in texts]

    def look_of(self, question: str, text: Text) -> Look:
        """Where the layers look while they read the question after the text."""
        return look(self._layers, text, f"Question: {question}")

    def keep(self, text: Text) -> bool:
        """See Reader."""
        return self._layers.keep(text_pieces(self._layers, text))

    @property
    def has_room(self) -> bool:
        """See Reader."""
        return self._layers.has_room

    def knows(self, text: Text) -> bool:
        """See Reader."""
        return self._layers.knows(text_pieces(self._layers, text))

    def stated(self, question: str, claim: str, text: Text) -> float | None:
        """See Reader."""
        return stated_by(self.values_of_claim(question, claim, text))

    def values_of_claim(self, question: str, claim: str, text: Text) -> NDArray[np.float32]:
        """What probes weigh of a claim read after a text, shape (values,)."""
        return look(self._layers, text, claimed(question, claim)).of_text


def scores_of(found: Look, sentences: int) -> Scores:
    """The probes' scores, given where the layers looked at a text of so many ``sentences`` for a question."""
    told = probe("sentence").log_odds(found.shares).tolist()[:sentences]
    answers, first = (float(probe(name).log_odds(found.of_text)) for name in ("text", "section"))
    return Scores(answers, first, (*told, *[_UNREAD] * (sentences - len(told))))


def stated_by(values: NDArray[np.float32]) -> float:
    """The log odds that a text states a claim, given the values from ``values_of_claim``."""
    return float(probe("claim").log_odds(values))


def claimed(question: str, claim: str) -> str:
    r"""A claim as it is read after a text, with the question that it answers, if any.

    >>> claimed("How many boats?", "There are 22.")
    'Question: How many boats?\nClaim: There are 22.'
    """
    return f"Question: {question}\nClaim: {claim}" if question else f"Claim: {claim}"


_UNREAD = -9.0
"""Log odds of a sentence that was not read. Round, not fitted."""

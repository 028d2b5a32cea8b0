"""From hits to the evidence that the model is shown."""

from __future__ import annotations

from collections.abc import Sequence

from index.records import Hit, Sentence
from qa.records import Evidence

PASSAGES = 3
"""Answers stop improving after three passages, and every further one is waited for while it is read."""


def select(hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    """The best hits as evidence, best first, numbered from 1."""
    return tuple(
        Evidence(number, hit.passage, tuple(found.sentence for found in hit.sentences))
        for number, hit in enumerate(hits[:PASSAGES], start=1)
    )


def best_sentence(hit: Hit) -> Sentence:
    """The sentence of a found passage that is nearest to the question."""
    return max(hit.sentences, key=lambda found: found.cosine).sentence

"""From hits to the evidence that the model is shown."""

from __future__ import annotations

from collections.abc import Sequence

from index.library import Library
from index.records import Hit, Passage, Sentence, SentenceHit
from qa.prompts import passage_text
from qa.records import Evidence

KEY_SENTENCES = 2
"""Sentences shown to the model right before the question, beside the best passage."""

REPEATS_BELOW = 1_000_000_000
"""Parameters of a model below which a key sentence is shown even where the passage has just said it.

On half of a development set this took the answers of a 0.5B model that held the right words from 60 to 70 in a hundred
(80 questions); with a 1.5B model it changed nothing (40 questions).
"""

_AMONG = 3
"""Passages that key sentences are taken from."""


def select(hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    """The best hit whole, then what key sentences there are of the others; numbered from 1."""
    best, *others = hits[:_AMONG]
    key = {found.sentence for found in key_sentences(hits)}
    shown = [(best, tuple(found.sentence for found in best.sentences))]
    shown += [(hit, tuple(found.sentence for found in hit.sentences if found.sentence in key)) for hit in others]
    return tuple(
        Evidence(number, hit.passage, sentences)
        for number, (hit, sentences) in enumerate(((hit, some) for hit, some in shown if some), start=1)
    )


def key_sentences(hits: Sequence[Hit]) -> list[SentenceHit]:
    """The sentences of the best hits that are nearest to the question, nearest first."""
    every = [found for hit in hits[:_AMONG] for found in hit.sentences]
    return sorted(every, key=lambda found: -found.cosine)[:KEY_SENTENCES]


def best_sentence(hit: Hit) -> Sentence:
    """The sentence of a found passage that is nearest to the question."""
    return max(hit.sentences, key=lambda found: found.cosine).sentence


def shown(passage: Passage, library: Library) -> str:
    """A passage as the model is shown it, under its article's headline. Raises InputError: the article is gone."""
    return passage_text(library.article(passage.article_id).title, passage.text)

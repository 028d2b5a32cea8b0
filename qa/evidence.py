"""From hits to the evidence that the model is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.library import Library
from index.records import Hit, Passage, Sentence, SentenceHit
from qa.overlap import stems
from qa.prompts import passage_text
from qa.records import Evidence
from qa.words import content

KEY_SENTENCES = 2
"""Sentences shown to the model right before the question, beside the best passage."""

REPEATS_BELOW = 1_000_000_000
"""Parameters of a model below which a key sentence is shown even where the passage has just said it.

On half of a development set this took the answers of a 0.5B model that held the right words from 60 to 70 in a hundred
(80 questions); with a 1.5B model it changed nothing (40 questions).
"""

_AMONG = 3
"""Passages that key sentences are taken from."""

_COSINE_ALONE = 0.3
"""What a sentence's cosine counts for where it has none of the question's words."""

_RANK = 0.05
"""What a sentence of the next passage must be nearer by to come first."""


class Nearness:
    """How near a sentence is to a question: its cosine times the share of the question's words that it has.

    Of the nearest sentences by cosine alone, 64 in a hundred held the answer, by this product, less _RANK, 78 (291
    questions of one half of a development set; 67 and 76 of the 198 of the other half).
    """

    def __init__(self, question: str, rarity: Callable[[str], float]) -> None:
        """``rarity`` weighs a word (see Library.rarity)."""
        self._weight = {word.stem: rarity(word.text) for word in content(question)}
        self.whole = sum(self._weight.values()) or 1.0
        """The weight of all its words."""

    def share(self, text: str) -> float:
        """The share of the question that the text has, its words weighed by how rare they are."""
        return sum(self._weight[stem] for stem in self._weight.keys() & stems(text)) / self.whole

    def of(self, found: SentenceHit) -> float:
        """Higher is nearer; 1.3 is the most."""
        return found.cosine * (_COSINE_ALONE + self.share(found.sentence.text))


def select(hits: Sequence[Hit], key: Sequence[Sentence]) -> tuple[Evidence, ...]:
    """The best hit whole, then what there is of the key sentences in the others; numbered from 1."""
    best, *others = hits[:_AMONG]
    shown = [(best, tuple(found.sentence for found in best.sentences))]
    shown += [(hit, tuple(found.sentence for found in hit.sentences if found.sentence in key)) for hit in others]
    return tuple(
        Evidence(number, hit.passage, sentences)
        for number, (hit, sentences) in enumerate(((hit, some) for hit, some in shown if some), start=1)
    )


def key_sentences(hits: Sequence[Hit], nearness: Nearness) -> list[Sentence]:
    """The sentences of the best hits that are nearest to the question, nearest first."""
    scored = [
        (nearness.of(found) - _RANK * rank, found.sentence)
        for rank, hit in enumerate(hits[:_AMONG])
        for found in hit.sentences
    ]
    return [sentence for _, sentence in sorted(scored, key=lambda pair: -pair[0])[:KEY_SENTENCES]]


def best_sentence(hit: Hit, nearness: Nearness) -> Sentence:
    """The sentence of a found passage that is nearest to the question."""
    return max(hit.sentences, key=nearness.of).sentence


def shown(passage: Passage, library: Library) -> str:
    """A passage as the model is shown it, under its article's headline. Raises InputError: the article is gone."""
    return passage_text(library.article(passage.article_id).title, passage.text)

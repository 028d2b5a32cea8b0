"""Finds the sentences of the evidence that a sentence of an answer was written from."""

from __future__ import annotations

from collections.abc import Sequence

from index.language.detection import rules_for
from index.language.pack import Language
from qa.evidence.proof import rarities, stemmed, weigh
from qa.evidence.selecting import Place
from qa.text.words import words

QUESTION_WEIGHT = 0.3
"""Weight of a word of the question, beside 1 for a word of the answer: a short answer ("The Devil.") may stand in
several sentences, and the one that has words of the question too proves it. Chosen by eye."""

SECOND_GAIN = 0.34
"""Share of an answer sentence's weight that a second cited sentence must add to what the first one covers.
Chosen by eye."""

RUN_WORDS = 4
"""Words in a row, two of them no stop words, that show that a text was copied from another. Chosen by eye."""


def align(sentence: str, question: str, candidates: Sequence[Place]) -> list[int]:
    """Indices of the one or two candidates that an answer's sentence was written from, best first; none if none is.

    Words are weighted by their rarity among the candidates; those that only repeat the question count less, since
    what the answer adds has to be proved. A second candidate is given if it has much that the first lacks, or if words
    were copied from it that the first does not have.
    """
    spoken = rules_for(question)
    bags = [stemmed(place.sentence.text, spoken) for place in candidates]
    weight = rarities(bags)
    said, asked = stemmed(sentence, spoken), stemmed(question, spoken)
    added = said - asked or said

    def score(bag: set[str]) -> float:
        return weigh(weight, added & bag) + QUESTION_WEIGHT * weigh(weight, (asked | said) & bag)

    if not any(said & bag for bag in bags):
        return []
    first = max(range(len(bags)), key=lambda i: score(bags[i]))
    missing = said - bags[first]
    second = max(range(len(bags)), key=lambda i: weigh(weight, missing & bags[i]))
    if weigh(weight, missing & bags[second]) >= SECOND_GAIN * weigh(weight, said):
        return [first, second]
    runs = [_runs(place.sentence.text, spoken) for place in candidates]
    copied = _runs(sentence, spoken) - runs[first]
    source = max(range(len(bags)), key=lambda i: (len(copied & runs[i]), score(bags[i])))
    if copied & runs[source]:
        return [first, source]
    return [first]


def _runs(text: str, spoken: Language) -> set[tuple[str, ...]]:
    """Every run of RUN_WORDS words with enough telling words: two texts hardly share one by chance."""
    every = words(text, spoken)
    runs = (every[i : i + RUN_WORDS] for i in range(len(every) - RUN_WORDS + 1))
    return {tuple(w.key for w in run) for run in runs if sum(w.key not in spoken.stop_words for w in run) > 1}

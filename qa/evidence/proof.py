"""The probability of each sentence that it proves what an answer says, once that is written.

A reader who looks an answer up wants the sentence that proves it among those cited. Where one sentence surely does, it
is cited alone; where it is open which one does, so many are cited that one of them does with a stated probability.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.language.detection import rules_for
from index.language.pack import Language
from qa.evidence.selecting import Candidate, Place
from qa.text.words import ENGLISH, content

ADDED = 2.2
"""What the share that a candidate has of what the answer adds counts beside its log odds in the exponent of its
probability, a conditional logit (McFadden, 1974); fitted on answers of two language models to a development set."""

ENOUGH = 0.97
"""How probable it must be that one of the cited sentences holds the answer, if any of the candidates does. Round, not
fitted."""

MOST = 4
"""Sentences cited for an answer at the most because of it. Chosen by eye."""


@dataclass(frozen=True)
class Proof:
    """A place, and the probability that it is the one that proves the answer."""

    place: Place
    probability: float


def proofs(answer: str, question: str, candidates: Sequence[Candidate]) -> list[Proof]:
    """The candidates, the most probable first; their probabilities add up to 1."""
    shares = added_shares(answer, question, [candidate.place for candidate in candidates])
    exponent = np.array([candidate.score for candidate in candidates]) + ADDED * shares
    odds = np.exp(exponent - exponent.max())
    found = [
        Proof(candidate.place, float(probability))
        for candidate, probability in zip(candidates, odds / odds.sum(), strict=True)
    ]
    return sorted(found, key=lambda proof: -proof.probability)


def added_shares(answer: str, question: str, places: Sequence[Place]) -> NDArray[np.float64]:
    """For each place the share that it has of the words that the answer adds to the question, weighted by rarity."""
    spoken = rules_for(question)
    bags = [stemmed(place.sentence.text, spoken) for place in places]
    weight = rarities(bags)
    said = stemmed(answer, spoken)
    added = said - stemmed(question, spoken) or said
    return np.array([weigh(weight, added & bag) for bag in bags]) / (weigh(weight, added) or 1.0)


def enough(found: Sequence[Proof], cited: Iterable[Place] = (), mass: float = ENOUGH, most: int = MOST) -> list[Place]:
    """The places cited already, then the most probable others until their probabilities add up to ``mass``.

    >>> from index.records import Sentence
    >>> north, south = (Place("storm", Sentence(i, i + 9, "It rained")) for i in (0, 20))
    >>> [place.sentence.start for place in enough([Proof(south, 0.9), Proof(north, 0.1)], mass=0.8)]
    [20]
    """
    chosen = list(cited)
    for proof in found:
        if len(chosen) >= most or sum(other.probability for other in found if other.place in chosen) >= mass:
            break
        if proof.place not in chosen:
            chosen.append(proof.place)
    return chosen


def stemmed(text: str, spoken: Language = ENGLISH) -> set[str]:
    """The stems of a text's words without stop words."""
    return {word.stem for word in content(text, spoken)}


def rarities(bags: Sequence[set[str]]) -> dict[str, float]:
    """For each word its inverse document frequency over the bags, which are sets of stems."""
    counts = Counter(word for bag in bags for word in bag)
    return {word: math.log(1 + len(bags) / count) for word, count in counts.items()}


def weigh(weight: dict[str, float], chosen: Iterable[str]) -> float:
    """The sum of the chosen words' weights; a word without a weight counts 0."""
    return sum(weight.get(word, 0.0) for word in chosen)

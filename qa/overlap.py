"""Which words of a claim stand in which sentence of the evidence, and what stands in a word's place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from qa.words import STOP_WORDS, Word, content, words

_UNITED_STATES = frozenset(("unit", "state"))


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The stems of all words of the text; the United States are also the USA, and the other way round."""
    found = {w.stem for w in words(text)}
    if "usa" in found:
        found |= _UNITED_STATES
    elif found >= _UNITED_STATES:
        found.add("usa")
    return frozenset(found)


@dataclass(frozen=True)
class Replaced:
    """A stretch of the claim, ``claim[start:end]``, that reads ``found`` in a sentence otherwise alike there."""

    start: int
    end: int
    found_start: int
    found_end: int
    in_context: bool = False
    """Whether the two words before it are the same in both."""


@dataclass(frozen=True)
class Overlap:
    """A claim beside the sentences of its evidence."""

    claim: str
    evidence: tuple[str, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The claim's telling words, each once."""
        return tuple({w.stem: w for w in content(self.claim)}.values())

    @cached_property
    def matrix(self) -> NDArray[np.float64]:
        """1 where a sentence (row) has a word of the claim (column), 0 elsewhere."""
        return np.array([[w.stem in stems(s) for w in self.words] for s in self.evidence], dtype=np.float64)

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """The share of the claim's words that each sentence has."""
        return np.asarray(self.matrix.mean(axis=1))

    def shares_without(self, start: int, end: int) -> NDArray[np.float64]:
        """The same, leaving the claim's words in ``claim[start:end]`` out; all 1 where no other is left."""
        columns = [i for i, w in enumerate(self.words) if w.end <= start or w.start >= end]
        return np.asarray(self.matrix[:, columns].mean(axis=1)) if columns else np.ones(len(self.evidence))

    def cover(self, sentences: int) -> tuple[tuple[int, ...], float]:
        """The few sentences that together have most of the claim's words, chosen greedily, and the share they have."""
        chosen: list[int] = []
        covered = np.zeros(len(self.words))
        for _ in range(min(sentences, len(self.evidence))):
            gains = np.maximum(self.matrix, covered).sum(axis=1) + 1e-3 * self.shares
            best = int(gains.argmax())
            if best in chosen or (chosen and np.maximum(self.matrix[best], covered).sum() <= covered.sum()):
                break
            chosen.append(best)
            covered = np.maximum(covered, self.matrix[best])
        return tuple(chosen), float(covered.mean())

    def replaced(self, sentence: int) -> tuple[Replaced, ...]:
        """The stretches of the claim that another stretch of this sentence stands in for."""
        return _replaced(self.claim, self.evidence[sentence])


@lru_cache(maxsize=1024)
def _replaced(claim: str, sentence: str) -> tuple[Replaced, ...]:
    given, found = words(claim), words(sentence)
    matcher = SequenceMatcher(None, [w.stem for w in given], [w.stem for w in found], autojunk=False)
    by_order = [
        Replaced(given[i1].start, given[i2 - 1].end, found[j1].start, found[j2 - 1].end)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag == "replace"
    ]
    # "in sacks with three" beside "in sacks with 11, forcing three fumbles": what follows the same two words
    followers: dict[tuple[str, str], list[Word]] = {}
    for a, b, c in zip(found, found[1:], found[2:], strict=False):
        followers.setdefault((a.stem, b.stem), []).append(c)
    after_the_same = [
        Replaced(c.start, c.end, other.start, other.end, in_context=True)
        for a, b, c in zip(given, given[1:], given[2:], strict=False)
        if not STOP_WORDS.issuperset((a.key, b.key))
        and (others := followers.get((a.stem, b.stem)))
        and all(w.stem != c.stem for w in others)
        for other in others
    ]
    return (*after_the_same, *by_order)


def overlap(claim: str, evidence: Sequence[str]) -> Overlap:
    """The claim beside its evidence."""
    return Overlap(claim, tuple(evidence))

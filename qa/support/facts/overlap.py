"""Compares the words of a claim with each sentence of the evidence: which are there, and what stands in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from index.language.detection import detected, rules_for
from index.language.pack import Language
from index.language.parts.asking import NEVER
from qa.text.words import ENGLISH, Word, any_words, content, stems, words

CLOSE = 0.6
"""Share of the claim's other words from which a sentence tells the same thing, so that its facts must be the claim's.
Chosen by eye."""
NEARLY_THE_SAME = 0.8
"""Share of the claim's other words from which a sentence is taken for the claim's source. It then contradicts a fact
that only another sentence has, if that one has fewer of the words, by ``NEARER``. Chosen by eye."""
NEARER = 0.25
"""By how much that share must exceed another sentence's. Chosen by eye."""
_WITHIN = 0.75
"""Share of a claim's words that a sentence must have to report what the claim says. Chosen by eye."""
_LONGEST = 6
"""Most words that may replace others: what differs by more is another statement, not another fact. Chosen by eye."""
_SHORTEST = 3
"""Telling words that a clause must have; one with fewer belongs to the clause beside it. Chosen by eye."""


@cache
def _between_clauses(spoken: Language) -> re.Pattern[str]:
    telling = spoken.clauses.telling if spoken.clauses else NEVER
    return re.compile(rf"(?<=[,;:–—])\s+|\s+(?=(?:{telling})\s)")


@lru_cache(maxsize=4096)
def clauses(text: str, spoken: Language = ENGLISH) -> tuple[str, ...]:
    """The clauses of a sentence, split at commas and conjunctions; each has at least three telling words.

    In a language whose file has no conjunctions, commas alone split it.

    >>> clauses("She joined the council in 2015, at 30, and was elected mayor in 2019.")
    ('She joined the council in 2015, at 30,', 'and was elected mayor in 2019.')
    """
    found: list[str] = []
    for piece in _between_clauses(spoken).split(text):
        if found and (_is_short(piece, spoken) or _is_short(found[-1], spoken)):
            found[-1] += " " + piece
        else:
            found.append(piece)
    return tuple(found)


def _is_short(piece: str, spoken: Language) -> bool:
    return sum(w.key not in spoken.stop_words for w in words(piece, spoken)) < _SHORTEST


@dataclass(frozen=True)
class Edit:
    """A difference between claim and sentence: for ``claim[start:end]`` it has ``sentence[found_start:found_end]``.

    One of the two may be empty.
    """

    start: int
    end: int
    found_start: int
    found_end: int
    in_context: bool = False
    """Whether it was found by the two words before it, which are the same in both."""


@dataclass(frozen=True)
class Overlap:
    """A claim beside the sentences of its evidence."""

    claim: str
    evidence: tuple[str, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The claim's telling words, each once."""
        return tuple({w.stem: w for w in content(self.claim, self.language)}.values())

    @cached_property
    def language(self) -> Language:
        """The language whose rules apply: the claim's if any evidence is in it, else that of most of the evidence."""
        code = detected(self.claim)
        own = rules_for(self.claim)
        if code == own.code and any(detected(sentence) == code for sentence in self.evidence):
            return own
        return rules_for(" ".join(self.evidence) or self.claim)

    @cached_property
    def matrix(self) -> NDArray[np.float64]:
        """1 where a sentence (row) has a word of the claim (column), 0 elsewhere."""
        return np.array(
            [[w.stem in stems(s, self.language) for w in self.words] for s in self.evidence], dtype=np.float64
        )

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """The share of the claim's words that each sentence has."""
        return np.asarray(self.matrix.mean(axis=1))

    def shares_without(self, start: int, end: int) -> NDArray[np.float64]:
        """The share of the claim's words outside ``claim[start:end]`` that each sentence has; 1 where there are
        none.
        """
        columns = [i for i, w in enumerate(self.words) if w.end <= start or w.start >= end]
        return np.asarray(self.matrix[:, columns].mean(axis=1)) if columns else np.ones(len(self.evidence))

    def is_reported(self, sentence: str, start: int, end: int) -> bool:
        """Whether the words of a sentence after ``sentence[start:end]`` say what the claim says.

        They must have half of the claim's words, and most together with those before it, for which a pronoun may stand.

        >>> sentence = "The mayor denied that he lied."
        >>> Overlap("The mayor lied.", (sentence,)).is_reported(sentence, 10, 21)
        True
        """
        claimed = {word.stem for word in self.words}
        behind = {word.stem for word in words(sentence[end:], self.language)}
        around = behind | {word.stem for word in words(sentence[:start], self.language)}
        return len(claimed & behind) >= len(claimed) / 2 > 0 and len(claimed & around) >= _WITHIN * len(claimed)

    def cover(self, sentences: int) -> tuple[tuple[int, ...], float]:
        """Indices of at most ``sentences`` ones that together have most of the claim's words, and the share they have.

        They are chosen greedily.
        """
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

    def covered_by_neighbours(self, sentences: int) -> float:
        """The largest share of the claim's words that any ``sentences`` sentences in a row have together."""
        starts = range(max(1, len(self.evidence) - sentences + 1))
        return max(float(self.matrix[i : i + sentences].max(axis=0).mean()) for i in starts)

    def edits(self, sentence: int) -> tuple[Edit, ...]:
        """The differences between the claim and the sentence with this index, in order."""
        return _edits(self.claim, self.evidence[sentence], self.language)

    def replacements(self, sentence: int) -> tuple[Edit, ...]:
        """The edits that replace words by words, and differing words after the same two words in both.

        "in sacks with three" beside "in sacks with 11, forcing three fumbles" puts "three" in the place of "11".
        """
        in_order = tuple(
            e for e in self.edits(sentence) if all(0 < len(any_words(t)) <= _LONGEST for t in self.sides(sentence, e))
        )
        return (*_after_the_same(self.claim, self.evidence[sentence], self.language), *in_order)

    def sides(self, sentence: int, edit: Edit) -> tuple[str, str]:
        """The claim's and the sentence's words at an edit."""
        return self.claim[edit.start : edit.end], self.evidence[sentence][edit.found_start : edit.found_end]


@lru_cache(maxsize=1024)
def _edits(claim: str, sentence: str, spoken: Language) -> tuple[Edit, ...]:
    given, found = words(claim, spoken), words(sentence, spoken)
    matcher = SequenceMatcher(None, [w.stem for w in given], [w.stem for w in found], autojunk=False)
    return tuple(
        Edit(*_span(given, i1, i2), *_span(found, j1, j2))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    )


def _span(every: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """Start and end of the words ``first`` up to, but without, ``last``; an empty span lies before word ``first``."""
    if first < last:
        return every[first].start, every[last - 1].end
    start = every[first].start if first < len(every) else every[-1].end if every else 0
    return start, start


@lru_cache(maxsize=1024)
def _after_the_same(claim: str, sentence: str, spoken: Language) -> tuple[Edit, ...]:
    given, found = words(claim, spoken), words(sentence, spoken)
    followers: dict[tuple[str, str], list[Word]] = {}
    for a, b, c in zip(found, found[1:], found[2:], strict=False):
        followers.setdefault((a.stem, b.stem), []).append(c)
    return tuple(
        Edit(c.start, c.end, other.start, other.end, in_context=True)
        for a, b, c in zip(given, given[1:], given[2:], strict=False)
        if not spoken.stop_words.issuperset((a.key, b.key))
        and (others := followers.get((a.stem, b.stem)))
        and all(w.stem != c.stem for w in others)
        for other in others
    )

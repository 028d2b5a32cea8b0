"""Finds where claim and evidence have words that exclude each other: "rose" and "fell", "north" and "south"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from index.language.pack import Language
from index.language.parts.asking import NEVER
from qa.support.facts.overlap import CLOSE, Overlap
from qa.text.words import ENGLISH, fold, stem, words

_Groups = tuple[tuple[frozenset[str], ...], ...]
"""Groups, each of several sides: a word of one side is false where a word of another side is true."""


@cache
def _exclusive(spoken: Language) -> _Groups:
    """A language's groups of words that exclude each other, as stems."""
    return tuple(
        tuple(frozenset(stem(fold(word), spoken) for word in side.split()) for side in group.split("/"))
        for group in spoken.contraries
    )


@cache
def _exclusive_alone(spoken: Language) -> _Groups:
    """The groups of common words, which count only where one stands alone in the other's place."""
    return tuple(tuple(frozenset(side.split()) for side in group.split("/")) for group in spoken.contraries_alone)


_LONGEST = 3
"""Longest stretch, in words, in which a word is compared with its contrary in the other text. Chosen by eye."""


@cache
def _denial(spoken: Language) -> re.Pattern[str]:
    known = spoken.denials
    return re.compile(rf"\b(?:{known.plainest or known.cues if known else NEVER})\b", re.IGNORECASE)


@lru_cache(maxsize=65536)
def contrary(a: str, b: str, spoken: Language = ENGLISH) -> bool:
    """Whether two folded words exclude each other, by the groups and prefixes in the language's file.

    >>> contrary("rose", "falls"), contrary("known", "unknown"), contrary("rose", "rises")
    (True, True, False)
    """
    return _parted(stem(a, spoken), stem(b, spoken), _exclusive(spoken)) or _prefixed(a, b, spoken)


def _parted(a: str, b: str, groups: _Groups) -> bool:
    """Whether the words stand on different sides of a group, and in none on the same side."""
    apart = False
    for sides in groups:
        places = [{i for i, side in enumerate(sides) if word in side} for word in (a, b)]
        if places[0] & places[1]:
            return False
        apart = apart or bool(places[0] and places[1])
    return apart


def _prefixed(a: str, b: str, spoken: Language) -> bool:
    """Whether one word is the other with a prefix that makes its contrary: "known" and "unknown"."""
    short, long = sorted((a, b), key=len)
    prefixes = spoken.denials.prefixes if spoken.denials else ()
    return len(short) > 3 and any(long == prefix + short for prefix in prefixes)


def contrary_otherwise(overlap: Overlap) -> Iterator[tuple[str, str]]:
    """Yields (claim's word, evidence's word) where the sentences nearest to the claim have a contrary in its place.

    Not where either word is denied ("did not fall"), or where a near sentence has the claim's word as well.
    """
    if not overlap.evidence:
        return
    sentence = int(overlap.shares.argmax())
    yield from _replaced(overlap, sentence)
    if overlap.shares[sentence] >= CLOSE:
        yield from _less_than_superlative(overlap, sentence)


def _replaced(overlap: Overlap, sentence: int) -> Iterator[tuple[str, str]]:
    text = overlap.evidence[sentence]
    spoken = overlap.language
    present = {w.stem for w in words(text, spoken)} | {w.key for w in words(text, spoken)}
    for edit in overlap.edits(sentence):
        given, found = (words(side, spoken) for side in overlap.sides(sentence, edit))
        if not 0 < len(given) <= _LONGEST or not 0 < len(found) <= _LONGEST:
            continue
        if overlap.shares_without(edit.start, edit.end)[sentence] < CLOSE:
            continue
        denial = _denial(spoken)
        if denial.search(overlap.claim[: edit.end]) or denial.search(text[: edit.found_end]):
            continue
        alone = len(given) == len(found) == 1
        for a in given:
            if a.stem in present or a.key in present:
                continue
            for b in found:
                if contrary(a.key, b.key, spoken) or (alone and _parted(a.key, b.key, _exclusive_alone(spoken))):
                    yield a.text, b.text
                    return


def _less_than_superlative(overlap: Overlap, sentence: int) -> Iterator[tuple[str, str]]:
    """Where the claim has "the largest" and the sentence only "the second-largest" or "one of the largest"."""
    text, spoken = fold(overlap.evidence[sentence]), overlap.language
    for match in re.finditer(rf"\b(?:{spoken.superlative})\b", overlap.claim):
        superlative = re.escape(match.group())
        less = re.compile(rf"\b(?:{spoken.below_superlative}){superlative}\b")
        limited = less.search(text)
        only = len(re.findall(rf"\b{superlative}\b", text)) == 1
        if limited and only and not less.search(fold(overlap.claim)):
            yield match.group(), limited.group()
            return

"""Finds numbers that changed in the other direction: "from 14 to 3" is not "from 3 to 14"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.language.pack import Language
from qa.support.facts.overlap import Overlap
from qa.text.numbers.reading import Number, numbers


def turned_round(overlap: Overlap) -> Iterator[tuple[str, str]]:
    """Yields pairs (claim's words, evidence's words) with two numbers in opposite orders of change.

    Not where the evidence has them in the claim's order as well. There are none in a language whose file lacks the
    words for it.

    >>> list(turned_round(Overlap("Er stieg von 3 auf 14 Euro.", ("Er ist von 14 auf 3 Euro gefallen.",))))
    [('3 auf 14 Euro', '14 auf 3 Euro')]
    """
    spoken = overlap.language
    told = [(sentence, *pair) for sentence in overlap.evidence for pair in _from_to(sentence, spoken)]
    for first, last in _from_to(overlap.claim, spoken):
        same = any(a.agrees(first) and b.agrees(last) for _, a, b in told)
        other = next((each for each in told if each[1].agrees(last) and each[2].agrees(first)), None)
        if other is not None and not same and first.value != last.value:
            sentence, begins, ends = other
            yield overlap.claim[first.start : last.end], sentence[begins.start : ends.end]


def _from_to(text: str, spoken: Language) -> Iterator[tuple[Number, Number]]:
    """Yields the pairs of numbers of a text of which the first changes to the second."""
    ranges = spoken.numbers.ranges[:1] if spoken.numbers else ()
    for before, between in ranges:
        for first, last in pairwise(numbers(text, spoken)):
            is_first = re.search(rf"\b{before}\s$", text[: first.start], re.IGNORECASE)
            if is_first and re.fullmatch(rf"\s(?:{between})\s", text[first.end : last.start], re.IGNORECASE):
                yield first, last

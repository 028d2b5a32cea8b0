"""Finds figures that the evidence has as another measure: a rise by or to a value, so many a day or a week."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from index.language.pack import Language
from index.language.parts.counts import Counts
from qa.support.facts.overlap import Overlap
from qa.text.numbers.reading import Number, numbers
from qa.text.words import stem

_TO_THE_UNIT = 40
"""Characters after a figure within which its unit of time may follow: "200 cars of all kinds a day". Round, not
fitted."""


def measured_otherwise(overlap: Overlap) -> Iterator[tuple[str, str]]:
    """Yields pairs (claim's words, evidence's words) in which one figure is an amount of change and the value reached,
    or is given for different lengths of time.

    Not where any sentence has the figure as the claim has it, or without any such words.

    >>> list(measured_otherwise(Overlap("Rents rose to 8 percent.", ("Rents rose by 8 percent.",))))
    [('to 8 percent', 'by 8 percent')]
    >>> list(measured_otherwise(Overlap("It makes 200 cars a week.", ("It makes 200 cars a day.",))))
    [('200 cars a week', '200 cars a day')]
    """
    spoken, claim = overlap.language, overlap.claim
    counts = spoken.counts
    if counts is None:
        return
    for number in numbers(claim, spoken):
        alike = [(n, text) for text in overlap.evidence for n in numbers(text, spoken) if n.agrees(number)]
        if not alike:
            continue
        for told in (_changed, _per):
            given = told(number, claim, spoken, counts)
            found = [told(n, text, spoken, counts) for n, text in alike]
            if given and all(each and each[0] != given[0] for each in found):
                yield given[1], next(each[1] for each in found if each)


def _changed(number: Number, text: str, spoken: Language, counts: Counts) -> tuple[str, str] | None:
    """Whether a figure is an amount of change or the value reached, and by which words; None where no word tells."""
    before = _before(counts).search(text, 0, number.start)
    if before is None:
        return None
    return before["how"].lower(), text[before.start("how") : number.end]


def _per(number: Number, text: str, spoken: Language, counts: Counts) -> tuple[str, str] | None:
    """The unit of time that a figure is given for, as a stem, and the words; None where there is none."""
    after = _each(counts).match(text, number.end, number.end + _TO_THE_UNIT)
    return (stem(after["time"].lower(), spoken), text[number.start : after.end()]) if after else None


@cache
def _before(counts: Counts) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<how>{counts.changing})\s(?:(?!{counts.changing})[^\W\d][\w-]*\s)?[$£€¥₹]?$", re.IGNORECASE
    )


@cache
def _each(counts: Counts) -> re.Pattern[str]:
    times = "|".join(sorted(counts.durations))
    return re.compile(rf"[^.;,\d]*?\b(?:{counts.each})\s(?P<time>{times})\b", re.IGNORECASE)

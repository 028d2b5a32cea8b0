"""What a figure of a claim counts: an age is no length of service, and fourteen shops are no fourteen people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.language.english_counts import COUNTS
from qa.question.kind import PEOPLE
from qa.text.numbers import Number, numbers
from qa.text.words import stem

_AGE = re.compile(
    rf"\b(?P<a>\d{{1,3}})[- ](?:{COUNTS.age_after})\b|\b(?:{COUNTS.age_before}) (?P<b>\d{{1,3}})\b"
    rf"|\b(?:{COUNTS.being_aged}) (?P<c>\d{{1,3}})(?=\s*[.,;]|\s*$)",
    re.IGNORECASE,
)
_STATED_AGE = rf"\b{{0}}[- ](?:{COUNTS.age_after})\b|\b(?:{COUNTS.aged}) {{0}}\b|[,(] ?{{0}} ?[,.;)]"
"""How a text states the age that stands in the braces: "aged 21", "is 21", "Adeyemi, 21, saved"."""

_STAND_FOR_PEOPLE = PEOPLE | frozenset(map(stem, COUNTS.people_too))


def counted_otherwise(claim: str, evidence: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of words, the claim's and the evidence's: an age or a number of people in the claim, and what the same
    figure counts in the evidence.

    Only figures that no sentence of the evidence has as an age, or of people, are told.

    >>> list(counted_otherwise("The captain is 22 years old.", ["She has sailed this route for 22 years."]))
    [('22 years old', '22 years')]
    >>> list(counted_otherwise("The firm employs 14 people.", ["It closed nine of its 14 shops."]))
    [('14 people', '14 shops')]
    """
    ages = list(_AGE.finditer(claim))
    for age in ages:
        figure = next(group for group in age.groups() if group)
        if not any(re.search(_STATED_AGE.format(figure), text, re.IGNORECASE) for text in evidence):
            other = next((n for text in evidence for n in numbers(text) if n.value == float(figure) and n.head), None)
            if other is not None:
                yield age.group(), _with_head(other, evidence)
    for number in numbers(claim):
        if number.head not in PEOPLE or any(age.start() < number.end and number.start < age.end() for age in ages):
            continue
        alike = [n for text in evidence for n in numbers(text) if n.agrees(number)]
        if alike and all(n.head and n.head not in _STAND_FOR_PEOPLE for n in alike):
            yield _with_head(number, [claim]), _with_head(alike[0], evidence)


def _with_head(number: Number, texts: Sequence[str]) -> str:
    """The number as it is written, with the word that it counts."""
    for text in texts:
        if text[number.start : number.end] == number.text:
            following = re.match(r"\s+(\w+)", text[number.end :])
            if following and stem(following[1].casefold()) == number.head:
                return f"{number.text} {following[1]}"
            return number.text
    return number.text

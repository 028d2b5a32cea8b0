"""Finds figures of a claim that count something else in the evidence: years of age or of service, shops or people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from index.language.pack import Language
from index.language.parts.counts import Counts
from qa.question.kind import people
from qa.support.facts.overlap import Overlap
from qa.text.names import names
from qa.text.numbers.reading import Number, numbers
from qa.text.words import stem, words

_FOLLOWING = 3
"""Words after a number among which the thing that it counts is looked for. Chosen by eye."""

_TIME_UNITS = frozenset(("second", "minut", "hour", "day", "week", "month", "year", "decad", "centuri"))
"""The stems of units of time, as ``Number.unit`` and ``head`` have them in every language."""


@cache
def _age(counts: Counts) -> re.Pattern[str]:
    """The pattern of ages in a claim."""
    return re.compile(
        rf"\b(?P<a>\d{{1,3}})[- ](?:{counts.age_after})\b|\b(?:{counts.age_before}) (?P<b>\d{{1,3}})\b"
        rf"|\b(?:{counts.being_aged}) (?P<c>\d{{1,3}})(?=\s*[.,;](?!\d)|\s*$)",
        re.IGNORECASE,
    )


def _states_age(text: str, figure: str, counts: Counts, spoken: Language) -> bool:
    """Whether a text has the figure, in digits or words, as an age: "aged 21", "is twenty-one", "Adeyemi, 21,
    saved".
    """
    same = (n for n in numbers(text, spoken) if n.value == float(figure))
    forms = {figure, *(re.escape(n.text.rsplit(" ", 1)[0] if n.unit else n.text) for n in same)}
    told = "|".join(forms)
    form = rf"\b(?:{told})[- ](?:{counts.age_after})\b|\b(?:{counts.aged}) (?:{told})\b|[,(] ?(?:{told}) ?[,.;)]"
    return re.search(form, text, re.IGNORECASE) is not None


@cache
def _durations(spoken: Language, counts: Counts) -> frozenset[str]:
    """Stems of the units of time."""
    return frozenset(stem(word, spoken) for word in counts.durations)


@cache
def _stand_for_people(spoken: Language, counts: Counts) -> frozenset[str]:
    """Stems of the words that may stand for people."""
    return people(spoken) | {stem(word, spoken) for word in counts.people_too}


def counted_otherwise(overlap: Overlap) -> Iterator[tuple[str, str]]:
    """Yields pairs (claim's words, evidence's words) in which the same figure counts different things.

    Compared are ages, numbers of people, lengths of time, and numbers of anything else where the evidence has an age or
    a time. A figure is passed over where any sentence has it as the claim does. There are none in a language whose file
    does not tell how ages are written.

    >>> list(counted_otherwise(Overlap("The captain is 22 years old.", ("She has sailed this route for 22 years.",))))
    [('22 years old', '22 years')]
    >>> list(counted_otherwise(Overlap("The firm employs 14 people.", ("It closed nine of its 14 shops.",))))
    [('14 people', '14 shops')]
    >>> list(counted_otherwise(Overlap("He owns 90 cows.", ("His family has kept cows there for 90 years.",))))
    [('90 cows', '90 years')]
    >>> list(counted_otherwise(Overlap("Jack Lind owns 58 cows.", ("Jack Lind, 58, keeps cows there.",))))
    [('58 cows', '58')]
    """
    claim, evidence, spoken = overlap.claim, overlap.evidence, overlap.language
    counts = spoken.counts
    if counts is None:
        return
    ages = list(_age(counts).finditer(claim))
    for age in ages:
        figure = next(group for group in age.groups() if group)
        if not any(_states_age(text, figure, counts, spoken) for text in evidence):
            other = next(
                (n for text in evidence for n in numbers(text, spoken) if n.value == float(figure) and n.head), None
            )
            if other is not None:
                yield age.group(), _with_head(other, evidence, spoken)
    stand_for_people = _stand_for_people(spoken, counts)
    for number in numbers(claim, spoken):
        if not number.head or any(age.start() < number.end and number.start < age.end() for age in ages):
            continue
        alike = [(n, text) for text in evidence for n in numbers(text, spoken) if n.agrees(number)]
        if alike and all(_is_age_of_named(n, text, spoken) for n, text in alike):
            yield _with_head(number, [claim], spoken), alike[0][0].text
            continue
        if not (alike and all(n.head for n, _ in alike)):
            continue
        if number.head in people(spoken):
            differs = all(n.head not in stand_for_people for n, _ in alike)
        elif number.ordinal or any(n.ordinal for n, _ in alike):
            differs = False
        else:
            is_time = _is_time(number, claim, spoken, counts)
            differs = all(_is_time(n, text, spoken, counts) != is_time for n, text in alike)
        if differs:
            yield _with_head(number, [claim], spoken), _with_head(alike[0][0], evidence, spoken)


def _is_age_of_named(number: Number, text: str, spoken: Language) -> bool:
    """Whether the number is an age between commas right after a name: "Ruiz, 41, has kept cows here"."""
    if not re.fullmatch(r"\d{1,3}", number.text) or not re.match(r"[,.;)]", text[number.end :]):
        return False
    return any(n.certain and re.fullmatch(r"(?:, ?| ?\()", text[n.end : number.start]) for n in names(text, spoken))


def _is_time(number: Number, text: str, spoken: Language, counts: Counts) -> bool:
    """Whether the number counts units of time, by its unit or the few words after it: "12 long working days"."""
    if number.unit:
        return number.unit in _TIME_UNITS
    following = words(text[number.end :], spoken)[:_FOLLOWING]
    return number.head in _durations(spoken, counts) or any(w.stem in _durations(spoken, counts) for w in following)


def _with_head(number: Number, texts: Sequence[str], spoken: Language) -> str:
    """The number as it is written, with the word that it counts."""
    for text in texts:
        if text[number.start : number.end] == number.text:
            following = re.match(r"\s+(\w+)", text[number.end :])
            if following and stem(following[1].casefold(), spoken) == number.head:
                return f"{number.text} {following[1]}"
            return number.text
    return number.text

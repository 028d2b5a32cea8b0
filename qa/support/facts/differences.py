"""Finds the exact facts in which a claim differs from its evidence: numbers, dates, names, negations, roles, quotes.

A claim that differs from its evidence in one of these is never supported, however alike the rest reads.
A fact counts as different where
- no sentence of the evidence has it, or
- the sentence that the claim is closest to has another one in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from index.language.pack import Language
from qa.support.facts.contraries import contrary_otherwise
from qa.support.facts.counted import counted_otherwise
from qa.support.facts.denials import denied_otherwise, stated_as_fact
from qa.support.facts.measured import measured_otherwise
from qa.support.facts.offices import another_office
from qa.support.facts.overlap import CLOSE, NEARER, NEARLY_THE_SAME, Overlap
from qa.support.facts.quotations import quoted_otherwise
from qa.support.facts.ranges import turned_round
from qa.support.facts.reported import disputed, said_by_others, told_as_fact
from qa.support.facts.roles import exchanged
from qa.text.dates.reading import Date, dates
from qa.text.names import Name, NameSource, names, occurrences, same
from qa.text.numbers.reading import Number, numbers, undated_numbers

FactKind = Literal["number", "date", "name", "negation", "role", "quote"]


@dataclass(frozen=True)
class Difference:
    """A fact of the claim (``given``) that the evidence does not have, and what it has instead (``found``), if
    known.
    """

    given: str
    found: str | None
    kind: FactKind


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    text: str


_Contradicting = Callable[[str, bool], Iterator[_Found]]
"""Given a sentence, yields its facts that contradict one of the claim; the flag tells that they stand in its place."""


def differences(overlap: Overlap) -> tuple[Difference, ...]:
    """The exact facts of the claim that the evidence does not have, or has otherwise: by kind, in the claim's order.

    >>> differences(Overlap("The company paid 91,400 dollars.", ("The company paid 41,400 dollars.",)))
    (Difference(given='91,400 dollars', found='41,400 dollars', kind='number'),)
    """
    plain = (
        *_dates(overlap),
        *_numbers(overlap),
        *_names(overlap),
        *(Difference(given, found, "negation") for given, found in denied_otherwise(overlap)),
        *(Difference(given, found, "negation") for given, found in contrary_otherwise(overlap)),
        *(Difference(given, found, "negation") for given, found in stated_as_fact(overlap)),
        *(Difference(given, found, "negation") for given, found in disputed(overlap)),
        *(Difference(given, found, "negation") for given, found in told_as_fact(overlap)),
        *(Difference(given, found, "quote") for given, found in said_by_others(overlap)),
        *(Difference(given, found, "number") for given, found in counted_otherwise(overlap)),
        *(Difference(given, found, "number") for given, found in measured_otherwise(overlap)),
        *(Difference(given, found, "role") for given, found in another_office(overlap)),
        *(Difference(given, found, "number") for given, found in turned_round(overlap)),
        *(Difference(given, found, "quote") for given, found in quoted_otherwise(overlap)),
    )
    roles = (Difference(given, found, "role") for given, found in exchanged(overlap))
    # An exchanged number or name may be told already, with what stands in its place
    return (*plain, *(role for role in roles if not any(difference.given in role.given for difference in plain)))


# Numbers


def _numbers(overlap: Overlap) -> Iterator[Difference]:
    spoken = overlap.language
    given = undated_numbers(overlap.claim, spoken)
    for number in given:
        holds = [any(m.agrees(number) for m in numbers(s, spoken)) for s in overlap.evidence]
        if number.uncertain and not any(
            m.head == number.head and m.head for s in overlap.evidence for m in numbers(s, spoken) if not m.uncertain
        ):
            continue

        def contradicting(sentence: str, sure: bool, number: Number = number) -> Iterator[_Found]:
            inside = numbers(sentence, spoken)
            alike = [m for m in inside if m.agrees(number)]
            fewer = len(alike) < sum(number.agrees(n) for n in given)
            other_head = bool(number.head) and not any(m.head == number.head for m in alike)
            for m in inside:
                extra = sum(m.agrees(n) for n in given) < sum(m.agrees(n) for n in inside)
                if extra and not m.agrees(number) and (sure or fewer or (other_head and m.head == number.head)):
                    yield _Found(m.start, m.end, m.text)

        yield from _judge(overlap, number.start, number.end, number.text, holds, contradicting, "number")


# Dates


def _dates(overlap: Overlap) -> Iterator[Difference]:
    spoken = overlap.language
    given = dates(overlap.claim, spoken)
    for date in given:
        holds = [_dated(sentence, date, spoken) for sentence in overlap.evidence]

        def contradicting(sentence: str, sure: bool, date: Date = date) -> Iterator[_Found]:
            inside = dates(sentence, spoken)
            fewer = sum(_contains(d, date) for d in inside) < sum(_contains(g, date) for g in given)
            for d in inside:
                if (
                    date.day is not None
                    and d.day is None
                    and d.month == date.month
                    and not _dated(sentence, date, spoken)
                ):
                    yield _Found(d.start, d.end, d.text)  # "May 1756" is not 18 May
                extra = sum(_contains(g, d) for g in given) < sum(_contains(e, d) for e in inside)
                if extra and not _contains(d, date) and _comparable(d, date) and (sure or fewer):
                    yield _Found(d.start, d.end, d.text)
            # A bare year may stand in the place of any number, unless the sentence has it as often as the claim.
            if date.month is None and date.weekday is None and fewer:
                for number in undated_numbers(sentence, spoken):
                    if number.value != date.year:
                        yield _Found(number.start, number.end, number.text)

        yield from _judge(overlap, date.start, date.end, date.text, holds, contradicting, "date")


def _dated(sentence: str, date: Date, spoken: Language) -> bool:
    """Whether the sentence has the date; there the year may be missing, or the day stand apart ("18-24 March")."""
    inside = dates(sentence, spoken)
    values = {n.value for n in numbers(sentence, spoken)}
    if date.weekday is not None:
        return any(d.weekday == date.weekday for d in inside)
    if date.month is not None:
        if not any(d.month == date.month for d in inside):
            return False
        together = any(d.month == date.month and d.day == date.day for d in inside)
        if date.day is not None and not together and (date.day not in values or any(d.day == date.day for d in inside)):
            return False
        # A claim may take its year from a dateline: only another year beside the month speaks against it
        own = {d.year for d in inside if d.month == date.month and d.year is not None}
        return date.year is None or not own or date.year in own or date.year in values
    if date.decade:
        return any(d.year is not None and date.year is not None and 0 <= d.year - date.year < 10 for d in inside)
    return any(d.year == date.year for d in inside) or date.year in values


def _contains(found: Date, given: Date) -> bool:
    pairs = (
        (found.year, given.year),
        (found.month, given.month),
        (found.day, given.day),
        (found.weekday, given.weekday),
    )
    alike = all(a == b for a, b in pairs if a is not None and b is not None) and found.decade == given.decade
    return alike and _comparable(found, given)


def _comparable(a: Date, b: Date) -> bool:
    return (
        (a.year is not None and b.year is not None)
        or (a.month is not None and b.month is not None)
        or (a.weekday is not None and b.weekday is not None)
    )


# Names


def _names(overlap: Overlap) -> Iterator[Difference]:
    spoken = overlap.language
    sources = [NameSource.of(sentence, spoken) for sentence in overlap.evidence]
    for name in names(overlap.claim, spoken):
        missing = set(name.keys)
        for source in sources:
            missing &= set(source.missing(name))
        if not name.certain and missing and not _sure(name, overlap, sources):
            continue
        if other := _numbered_otherwise(name, overlap, sources):
            yield Difference(name.text, other.text, "name")
            continue
        if missing and not _partly_named(name, sources):
            holds = [False] * len(sources)
        else:
            holds = [source.mentions(name) for source in sources]

        def contradicting(sentence: str, sure: bool, name: Name = name) -> Iterator[_Found]:
            def more(key: str) -> int:
                return occurrences(sentence, key, spoken) - occurrences(overlap.claim, key, spoken)

            fewer = any(more(key) < 0 for key in name.keys)
            for other in NameSource.of(sentence, spoken).names:
                fresh = any(more(key) > 0 for key in other.keys)
                if (
                    other.certain
                    and fresh
                    and (sure or fewer)
                    and not _within(other, name, spoken)
                    and not _within(name, other, spoken)
                ):
                    yield _Found(other.start, other.end, other.text)

        reworded = float(overlap.shares_without(name.start, name.end).max()) < NEARLY_THE_SAME
        for difference in _judge(overlap, name.start, name.end, name.text, holds, contradicting, "name"):
            if difference.found or not (reworded and _may_be_noun(name, spoken)):
                yield difference


def _may_be_noun(name: Name, spoken: Language) -> bool:
    """Whether a "name" may be a mere noun, as in German, so that a sentence may have another noun for it."""
    return spoken.names is not None and spoken.names.nouns_are_capital and len(name.keys) == 1


def _numbered_otherwise(name: Name, overlap: Overlap, sources: list[NameSource]) -> Name | None:
    """The nearest sentence's name that differs from the claim's only in its number; None where it has none.

    "Two crew members of the Maren One died" says nothing about the Maren Two.
    """
    if not _is_numbered(name, overlap.language):
        return None
    nearest = sources[int(overlap.shares_without(name.start, name.end).argmax())]
    claimed = {each.keys for each in names(overlap.claim, overlap.language)}
    if any(other.keys == name.keys for other in nearest.names):
        return None
    alike = (other for other in nearest.names if other.keys[:-1] == name.keys[:-1] and other.keys not in claimed)
    return next((other for other in alike if _is_numbered(other, overlap.language)), None)


_NUMERAL = re.compile(r"\d+|[ivx]+|[a-z]")


def _is_numbered(name: Name, spoken: Language) -> bool:
    """Whether a name ends in a number or a letter: "Maren Two", "Elizabeth II", "Platform B"."""
    last = name.keys[-1]
    in_words = spoken.numbers is not None and last in spoken.numbers.words
    return len(name.keys) > 1 and (in_words or _NUMERAL.fullmatch(last) is not None)


def _within(short: Name, long: Name, spoken: Language) -> bool:
    """Whether one name is a shorter form of the other, or its initials."""
    return all(any(same(a, b, spoken) for b in long.keys) for a in short.keys) or short.keys == (long.initials,)


def _sure(name: Name, overlap: Overlap, sources: list[NameSource]) -> bool:
    """Whether a capitalised first word that the evidence lacks is a name: it stands where the evidence has a name.

    In languages with capital letters for nouns, only a sentence that is otherwise nearly the same counts.
    """
    spoken = overlap.language.names
    nouns = spoken is not None and spoken.nouns_are_capital
    known = {key for source in sources for n in source.names if n.certain for key in n.keys}
    for i, share in enumerate(overlap.shares_without(name.start, name.end)):
        if share >= CLOSE:
            any_noun = nouns and share >= NEARLY_THE_SAME
            for r in overlap.replacements(i):
                if r.start <= name.start < r.end and any(
                    n.start < r.found_end and r.found_start < n.end and (n.certain or any_noun or known & set(n.keys))
                    for n in sources[i].names
                ):
                    return True
    return False


def _partly_named(name: Name, sources: list[NameSource]) -> bool:
    """Whether the evidence has a shorter form of the name ("Montes") and no contradicting one ("Juan Montes")."""
    shorter = False
    for source in sources:
        for other in source.names:
            shared = [key for key in other.keys if any(same(key, k, source.spoken) for k in name.keys)]
            shorter = shorter or len(shared) == len(other.keys)
            if shared and len(shared) < len(other.keys):
                return False
    return shorter


# What numbers, dates and names share


def _judge(
    overlap: Overlap,
    start: int,
    end: int,
    text: str,
    holds: list[bool],
    contradicting: _Contradicting,
    kind: FactKind,
) -> Iterator[Difference]:
    """Yields the difference, if any, of the fact ``claim[start:end]``; ``holds`` tells which sentences have it."""
    shares = overlap.shares_without(start, end)
    nearest = sorted(range(len(shares)), key=lambda i: -shares[i])
    if not any(holds):
        found = next((f for i in nearest[:2] for f in _in_place(overlap, i, start, end, contradicting)), None)
        found = found or next(
            (f for i in nearest[:1] if shares[i] >= CLOSE / 2 for f in contradicting(overlap.evidence[i], False)), None
        )
        yield Difference(text, found.text if found else None, kind)
        return
    held = max(share for share, has in zip(shares, holds, strict=True) if has)
    best = nearest[0]
    if shares[best] < CLOSE:
        return
    close = [i for i in nearest if shares[i] >= shares[best] - 1e-9]
    in_place = [next(_in_place(overlap, i, start, end, contradicting), None) for i in close]
    elsewhere = shares[best] >= NEARLY_THE_SAME and held < shares[best] - NEARER
    if all(in_place) and (elsewhere or all(holds[i] for i in close)):
        first = in_place[0]
        assert first is not None
        yield Difference(text, first.text, kind)
    elif elsewhere and kind == "number" and (other := _of_the_same(overlap, best, start, end)):
        yield Difference(text, other.text, kind)


def _of_the_same(overlap: Overlap, sentence: int, start: int, end: int) -> Number | None:
    """The number by which a sentence counts what the claim's number counts; None where there is none, or the claim has
    that number too.

    "She lost five points at the ring" is no fact of "four points which she lost at the ring", whoever lost five.
    """
    given = numbers(overlap.claim, overlap.language)
    heads = {number.head for number in given if number.head and start <= number.start < end}
    inside = numbers(overlap.evidence[sentence], overlap.language)
    same = [number for number in inside if number.head in heads]
    return same[0] if len(same) == 1 and not any(same[0].agrees(number) for number in given) else None


def _in_place(overlap: Overlap, sentence: int, start: int, end: int, contradicting: _Contradicting) -> Iterator[_Found]:
    """Yields the contradicting facts of a sentence that stand exactly where the claim has its own."""
    for r in overlap.replacements(sentence):
        if r.start < end and start < r.end:
            for f in contradicting(overlap.evidence[sentence], r.in_context):
                if f.end <= r.found_start or r.found_end <= f.start or (r.in_context and f.start < r.found_start):
                    continue
                yield f

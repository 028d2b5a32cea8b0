"""What a claim states exactly, and what its evidence says instead: numbers, dates, names, negations, quoted words.

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

from qa.dates import Date, dates
from qa.names import Name, NameSource, names, same
from qa.negation import Negation, negations, opposite
from qa.numbers import Number, numbers
from qa.overlap import Overlap
from qa.words import WORD, content, fold, stem, words

Kind = Literal["number", "date", "name", "negation", "quote"]

_CLOSE = 0.6
"""A sentence with this share of the claim's other words tells the same thing, so that its facts must be the claim's."""
_ALIKE = 0.8
"""A sentence with this share of them is the claim's very source: it contradicts a fact that only another one has ..."""
_NEARER = 0.25
"""... and that has so much less of the claim's other words."""


@dataclass(frozen=True)
class Difference:
    """A fact of the claim that the evidence does not bear out, and what stands there instead where that is known."""

    given: str
    found: str | None
    kind: Kind


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    text: str


_Rivals = Callable[[str, bool], Iterator[_Found]]
"""The facts of a sentence that contradict one of the claim's; the flag says that they stand in the very same place."""


def differences(overlap: Overlap) -> tuple[Difference, ...]:
    """Every exact fact of the claim that the evidence does not have, or has otherwise, in the claim's order by kind.

    >>> differences(Overlap("The company paid 91,400 dollars.", ("The company paid 41,400 dollars.",)))
    (Difference(given='91,400 dollars', found='41,400 dollars', kind='number'),)
    """
    return (
        *_dates(overlap),
        *_numbers(overlap),
        *_names(overlap),
        *_negations(overlap),
        *_quotes(overlap),
    )


# Numbers


def _numbers(overlap: Overlap) -> Iterator[Difference]:
    taken = [(d.start, d.end) for d in dates(overlap.claim)]
    given = [n for n in numbers(overlap.claim) if not any(s < n.end and n.start < e for s, e in taken)]
    for number in given:
        holds = [any(m.agrees(number) for m in numbers(s)) for s in overlap.evidence]
        if number.uncertain and not any(
            m.head == number.head and m.head for s in overlap.evidence for m in numbers(s) if not m.uncertain
        ):
            continue
        times = sum(n.value == number.value for n in given)

        def rivals(sentence: str, sure: bool, number: Number = number, times: int = times) -> Iterator[_Found]:
            inside = numbers(sentence)
            elsewhere = sum(m.agrees(number) for m in inside) >= times
            for m in inside:
                if not any(m.agrees(g) for g in given) and (
                    sure or not elsewhere or (m.head and m.head == number.head and not _head_shared(inside, number))
                ):
                    yield _Found(m.start, m.end, m.text)

        yield from _judge(overlap, number.start, number.end, number.text, holds, rivals, "number")


def _head_shared(inside: tuple[Number, ...], number: Number) -> bool:
    return any(m.agrees(number) and m.head == number.head for m in inside)


# Dates


def _dates(overlap: Overlap) -> Iterator[Difference]:
    given = dates(overlap.claim)
    for date in given:
        holds = [_dated(sentence, date) for sentence in overlap.evidence]

        def rivals(sentence: str, sure: bool, date: Date = date) -> Iterator[_Found]:
            for d in dates(sentence):
                if not any(_contains(d, g) for g in given) and _comparable(d, date):
                    yield _Found(d.start, d.end, d.text)

        yield from _judge(overlap, date.start, date.end, date.text, holds, rivals, "date")


def _dated(sentence: str, date: Date) -> bool:
    """Whether the sentence has the date; its year may be left out, its day stand apart ("18-24 March")."""
    inside = dates(sentence)
    values = {n.value for n in numbers(sentence)}
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
    return all(a == b for a, b in pairs if a is not None and b is not None) and _comparable(found, given)


def _comparable(a: Date, b: Date) -> bool:
    return (
        (a.year is not None and b.year is not None)
        or (a.month is not None and b.month is not None)
        or (a.weekday is not None and b.weekday is not None)
    )


# Names


def _names(overlap: Overlap) -> Iterator[Difference]:
    sources = [NameSource.of(sentence) for sentence in overlap.evidence]
    given_words = words(overlap.claim)
    for name in names(overlap.claim):
        missing = set(name.keys)
        for source in sources:
            missing &= set(source.missing(name))
        if not name.certain and missing and not _sure(name, overlap, sources):
            continue
        if missing and not _first_names_only(name, missing, sources):
            holds = [False] * len(sources)
        else:
            wanted = set(name.keys) - missing
            holds = [any(source.has(key) for key in wanted) for source in sources]
        times = {key: sum(same(w.key, key) for w in given_words) for key in name.keys}

        def rivals(sentence: str, sure: bool, name: Name = name, times: dict[str, int] = times) -> Iterator[_Found]:
            source = NameSource.of(sentence)
            there = [w.key for w in words(sentence)]
            elsewhere = all(sum(same(k, key) for k in there) >= n for key, n in times.items() if n > 1)
            for other in source.names:
                fresh = [k for k in other.keys if not any(same(k, w.key) for w in given_words)]
                if fresh and (sure or not elsewhere or source.missing(name)):
                    yield _Found(other.start, other.end, other.text)

        yield from _judge(overlap, name.start, name.end, name.text, holds, rivals, "name")


def _sure(name: Name, overlap: Overlap, sources: list[NameSource]) -> bool:
    """Whether a capitalised first word that the evidence lacks is a name: it stands where the evidence has one."""
    known = {key for source in sources for n in source.names if n.certain for key in n.keys}
    for i, share in enumerate(overlap.shares_without(name.start, name.end)):
        if share >= _CLOSE:
            for r in overlap.replaced(i):
                if r.start <= name.start < r.end and any(
                    n.start < r.found_end and r.found_start < n.end and (n.certain or known & set(n.keys))
                    for n in sources[i].names
                ):
                    return True
    return False


def _first_names_only(name: Name, missing: set[str], sources: list[NameSource]) -> bool:
    """Whether the evidence has the last name and no other first name with it."""
    if name.keys[-1] in missing:
        return False
    for source in sources:
        for other in source.names:
            if (
                len(other.keys) > 1
                and same(other.keys[-1], name.keys[-1])
                and not set(other.keys) & set(name.keys[:-1])
            ):
                return False
    return True


# What numbers, dates and names share


def _judge(
    overlap: Overlap,
    start: int,
    end: int,
    text: str,
    holds: list[bool],
    rivals: _Rivals,
    kind: Kind,
) -> Iterator[Difference]:
    """Yields the difference, if there is one, of the fact ``claim[start:end]`` that some sentences hold."""
    shares = overlap.shares_without(start, end)
    nearest = sorted(range(len(shares)), key=lambda i: -shares[i])
    if not any(holds):
        found = next((f for i in nearest[:2] for f in _in_place(overlap, i, start, end, rivals)), None)
        found = found or next(
            (f for i in nearest[:1] if shares[i] >= _CLOSE / 2 for f in rivals(overlap.evidence[i], False)), None
        )
        yield Difference(text, found.text if found else None, kind)
        return
    held = max(share for share, has in zip(shares, holds, strict=True) if has)
    best = nearest[0]
    if shares[best] < _CLOSE:
        return
    close = [i for i in nearest if shares[i] >= shares[best] - 1e-9]
    in_place = [next(_in_place(overlap, i, start, end, rivals), None) for i in close]
    elsewhere = shares[best] >= _ALIKE and held < shares[best] - _NEARER
    if all(in_place) and (elsewhere or all(holds[i] for i in close)):
        first = in_place[0]
        assert first is not None
        yield Difference(text, first.text, kind)


def _in_place(overlap: Overlap, sentence: int, start: int, end: int, rivals: _Rivals) -> Iterator[_Found]:
    """The rival facts of a sentence that stand exactly where the claim has its own."""
    for r in overlap.replaced(sentence):
        if r.start < end and start < r.end:
            for f in rivals(overlap.evidence[sentence], r.in_context):
                if f.start < r.found_end and r.found_start < f.end:
                    yield f


# Negations


def _negations(overlap: Overlap) -> Iterator[Difference]:
    shares = overlap.shares
    best = float(shares.max(initial=0))
    near = [s for s, share in zip(overlap.evidence, shares, strict=True) if share >= max(0.3, best - _NEARER)]
    claimed = negations(overlap.claim)
    for negation in claimed:
        if near and not any(_denies(sentence, negation) for sentence in near):
            yield Difference(_phrase(overlap.claim, negation), None, "negation")
    if best < _CLOSE:
        return
    claim_stems = {w.stem for w in words(overlap.claim)}
    denied = {d for negation in claimed for d in negation.denied}
    closest = [s for s, share in zip(overlap.evidence, shares, strict=True) if share >= best - 0.1]
    for sentence in closest:
        for negation in negations(sentence):
            heads = set(negation.denied[:2])
            if (
                heads
                and heads <= claim_stems
                and not heads & denied
                and not _weakly_said(overlap.claim, negation)
                and not any(_affirms(s, heads) for s in closest)
            ):
                yield Difference(" ".join(_spelled(overlap.claim, heads)), _phrase(sentence, negation), "negation")
                return


def _denies(sentence: str, negation: Negation) -> bool:
    """Whether the sentence denies one of the same words, or says the contrary of one."""
    inside = negations(sentence)
    if any(set(n.denied) & set(negation.denied) for n in inside):
        return True
    keys = [w.key for w in words(sentence)]
    return any(
        opposite(key, stem_) or (stem(key) != stem_ and _un(key, stem_)) for key in keys for stem_ in negation.denied
    )


def _un(key: str, denied: str) -> bool:
    return any(key.startswith(prefix + denied) for prefix in ("un", "in", "im", "dis", "non"))


def _weakly_said(claim: str, negation: Negation) -> bool:
    """Whether the claim itself has the denying word or a contrary: "denied", "failed to", "unable"."""
    keys = [w.key for w in words(claim)]
    first = fold(negation.text).split()[0]
    return stem(first) in {stem(k) for k in keys} or any(_un(k, d) for d in negation.denied for k in keys)


def _affirms(sentence: str, heads: set[str]) -> bool:
    inside = {w.stem for w in words(sentence)}
    return heads <= inside and not any(set(n.denied) & heads for n in negations(sentence))


def _phrase(text: str, negation: Negation) -> str:
    after = list(WORD.finditer(text, negation.end))[:2]
    return text[negation.start : after[-1].end() if after else negation.end]


def _spelled(claim: str, stems: set[str]) -> list[str]:
    return [w.text for w in words(claim) if w.stem in stems]


# Quoted words

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)‘([^‘’]+(?:’\w[^‘’]*)*)’(?!\w)")
_SAYING = re.compile(
    r"\b(?:said|says|say|told|tells|added|adds|according to|wrote|writes|stated|states|explained|asked|replied)\b"
)


def _quotes(overlap: Overlap) -> Iterator[Difference]:
    everything = [w.key for sentence in overlap.evidence for w in words(sentence)]
    for match in _QUOTED.finditer(overlap.claim):
        quoted = next(group for group in match.groups() if group)
        parts = [p for p in re.split(r"…|\.\.\.|\[[^\]]*\]", quoted) if len(words(p)) > 1]
        if all(w.capital for w in content(quoted)):
            continue  # a title; its words are compared as a name's
        if not all(_runs(everything, [w.key for w in words(part)]) for part in parts):
            yield Difference(quoted, _closest(overlap, quoted), "quote")
        elif parts:
            yield from _speaker(overlap, match, parts[0])


def _runs(keys: list[str], wanted: list[str]) -> bool:
    """Whether the words follow each other somewhere in the text."""
    return any(keys[i : i + len(wanted)] == wanted for i in range(len(keys) - len(wanted) + 1))


def _closest(overlap: Overlap, quoted: str) -> str | None:
    wanted = {w.stem for w in content(quoted)}
    scored = [(len(wanted & {w.stem for w in words(s)}), -i) for i, s in enumerate(overlap.evidence)]
    most, place = max(scored, default=(0, 0))
    return overlap.evidence[-place] if wanted and most >= len(wanted) / 2 else None


def _speaker(overlap: Overlap, quotation: re.Match[str], part: str) -> Iterator[Difference]:
    """A difference where the claim and the quoted sentence name different speakers."""
    spoken = [w.key for w in words(part)]
    outside = overlap.claim[: quotation.start()] + " " * len(quotation.group()) + overlap.claim[quotation.end() :]
    if not _SAYING.search(outside):
        return
    claimed = _said_by(outside)
    for i, sentence in enumerate(overlap.evidence):
        if claimed and _runs([w.key for w in words(sentence)], spoken):
            around = " ".join(overlap.evidence[max(0, i - 1) : i + 2])
            other = _said_by(_QUOTED.sub(lambda m: " " * len(m.group()), sentence))
            if other and NameSource.of(around).missing(claimed) == claimed.keys:
                yield Difference(claimed.text, other.text, "quote")
            return


def _said_by(text: str) -> Name | None:
    """The name nearest to a word of saying."""
    said = _SAYING.search(text)
    if said is None:
        return None
    return min(names(text), key=lambda n: min(abs(n.start - said.end()), abs(said.start() - n.end)), default=None)

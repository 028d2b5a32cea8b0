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
from qa.names import Name, NameSource, names, same, times
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

        def rivals(sentence: str, sure: bool, number: Number = number) -> Iterator[_Found]:
            inside = numbers(sentence)
            alike = [m for m in inside if m.agrees(number)]
            fewer = len(alike) < sum(number.agrees(n) for n in given)
            other_head = bool(number.head) and not any(m.head == number.head for m in alike)
            for m in inside:
                extra = sum(m.agrees(n) for n in given) < sum(m.agrees(n) for n in inside)
                if extra and not m.agrees(number) and (sure or fewer or (other_head and m.head == number.head)):
                    yield _Found(m.start, m.end, m.text)

        yield from _judge(overlap, number.start, number.end, number.text, holds, rivals, "number")


# Dates


def _dates(overlap: Overlap) -> Iterator[Difference]:
    given = dates(overlap.claim)
    for date in given:
        holds = [_dated(sentence, date) for sentence in overlap.evidence]

        def rivals(sentence: str, sure: bool, date: Date = date) -> Iterator[_Found]:
            inside = dates(sentence)
            fewer = sum(_contains(d, date) for d in inside) < sum(_contains(g, date) for g in given)
            for d in inside:
                extra = sum(_contains(g, d) for g in given) < sum(_contains(e, d) for e in inside)
                if extra and not _contains(d, date) and _comparable(d, date) and (sure or fewer):
                    yield _Found(d.start, d.end, d.text)
            if date.month is None and date.weekday is None:  # a bare year may stand in the place of any number
                for number in numbers(sentence):
                    if number.value != date.year and not any(
                        d.start < number.end and number.start < d.end for d in inside
                    ):
                        yield _Found(number.start, number.end, number.text)

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
    sources = [NameSource.of(sentence) for sentence in overlap.evidence]
    for name in names(overlap.claim):
        missing = set(name.keys)
        for source in sources:
            missing &= set(source.missing(name))
        if not name.certain and missing and not _sure(name, overlap, sources):
            continue
        if missing and not _partly_named(name, sources):
            holds = [False] * len(sources)
        else:
            holds = [source.mentions(name) for source in sources]

        def rivals(sentence: str, sure: bool, name: Name = name) -> Iterator[_Found]:
            fewer = any(times(sentence, key) < times(overlap.claim, key) for key in name.keys)
            for other in NameSource.of(sentence).names:
                fresh = any(times(overlap.claim, key) < times(sentence, key) for key in other.keys)
                if (
                    other.certain
                    and fresh
                    and (sure or fewer)
                    and not _within(other, name)
                    and not _within(name, other)
                ):
                    yield _Found(other.start, other.end, other.text)

        yield from _judge(overlap, name.start, name.end, name.text, holds, rivals, "name")


def _within(short: Name, long: Name) -> bool:
    """Whether one name is a shorter form of the other, or its initials."""
    return all(any(same(a, b) for b in long.keys) for a in short.keys) or short.keys == (long.initials,)


def _sure(name: Name, overlap: Overlap, sources: list[NameSource]) -> bool:
    """Whether a capitalised first word that the evidence lacks is a name: it stands where the evidence has one."""
    known = {key for source in sources for n in source.names if n.certain for key in n.keys}
    for i, share in enumerate(overlap.shares_without(name.start, name.end)):
        if share >= _CLOSE:
            for r in overlap.replacements(i):
                if r.start <= name.start < r.end and any(
                    n.start < r.found_end and r.found_start < n.end and (n.certain or known & set(n.keys))
                    for n in sources[i].names
                ):
                    return True
    return False


def _partly_named(name: Name, sources: list[NameSource]) -> bool:
    """Whether the evidence has a shorter form of the name ("Montes") and none that is at odds ("Juan Montes")."""
    shorter = False
    for source in sources:
        for other in source.names:
            shared = [key for key in other.keys if any(same(key, k) for k in name.keys)]
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
    for r in overlap.replacements(sentence):
        if r.start < end and start < r.end:
            for f in rivals(overlap.evidence[sentence], r.in_context):
                if f.start < r.found_end and r.found_start < f.end and not (r.in_context and f.start < r.found_start):
                    yield f


# Negations


def _negations(overlap: Overlap) -> Iterator[Difference]:
    shares = overlap.shares
    best = float(shares.max(initial=0))
    if best < _CLOSE:
        return
    near = [i for i, share in enumerate(shares) if share >= max(_CLOSE, best - _NEARER)]
    nearest = [i for i in near if shares[i] >= best - 0.1]
    claimed = negations(overlap.claim)
    for negation in claimed:
        put_in = best >= _ALIKE and all(_put_in(overlap, i, negation) for i in nearest)
        if put_in or not any(_denies(overlap.evidence[i], negation) for i in near):
            yield Difference(_phrase(overlap.claim, negation), None, "negation")
    claim_stems = {w.stem for w in words(overlap.claim)}
    denied = {d for negation in claimed for d in negation.denied}
    for i in nearest:
        sentence = overlap.evidence[i]
        for negation in negations(sentence):
            heads = set(negation.denied[:2])
            left_out = (
                heads and heads <= claim_stems and not heads & denied and not _weakly_said(overlap.claim, negation)
            )
            left_out = left_out and not any(_affirms(overlap.evidence[k], heads) for k in nearest)
            only_here = all(overlap.evidence[k] == sentence for k in nearest)
            if left_out or (best >= _ALIKE and only_here and _taken_out(overlap, i, negation)):
                yield Difference(" ".join(_spelled(overlap.claim, heads)), _phrase(sentence, negation), "negation")
                return


def _put_in(overlap: Overlap, sentence: int, negation: Negation) -> bool:
    """Whether the claim differs from the sentence, at the negation's place, by hardly more than the negation."""
    for edit in overlap.edits(sentence):
        given, found = overlap.sides(sentence, edit)
        if edit.start <= negation.start < edit.end and len(words(given)) <= 2 >= len(words(found)):
            return not negations(found)
    return False


def _taken_out(overlap: Overlap, sentence: int, negation: Negation) -> bool:
    """The same the other way round: the sentence has the negation, the claim leaves it out."""
    for edit in overlap.edits(sentence):
        given, found = overlap.sides(sentence, edit)
        if edit.found_start <= negation.start < edit.found_end and len(words(given)) <= 2 >= len(words(found)):
            return not negations(given)
    return False


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
    everything = [key for sentence in overlap.evidence for key in _spoken(sentence)]
    for match in _QUOTED.finditer(overlap.claim):
        quoted = next(group for group in match.groups() if group)
        parts = [p for p in re.split(r"…|\.\.\.|\[[^\]]*\]", quoted) if len(words(p)) > 1]
        if all(w.capital or not w.text.isalpha() or len(w.text) < 3 for w in content(quoted)):
            continue  # a title; its words are compared as a name's
        if not all(_runs(everything, _spoken(part)) for part in parts):
            yield Difference(quoted, _closest(overlap, quoted), "quote")
        elif parts:
            yield from _speaker(overlap, match, parts[0])


def _spoken(text: str) -> list[str]:
    """The words as they sound: "%" is "percent", "U.S." is "United States"."""
    plain = re.sub(r"\s?%|per cent\b", " percent", text)
    return [part for w in words(plain) for part in (("united", "states") if w.key == "usa" else (w.key,))]


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
    spoken = _spoken(part)
    outside = overlap.claim[: quotation.start()] + " " * len(quotation.group()) + overlap.claim[quotation.end() :]
    if not _SAYING.search(outside):
        return
    claimed = _said_by(outside)
    for i, sentence in enumerate(overlap.evidence):
        if claimed and _runs(_spoken(sentence), spoken):
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

"""Who did what to whom: claims that have every word of their evidence and exchange the parts.

"Leeds beat Arsenal" has the words of "Arsenal beat Leeds", "from Lima to Quito" those of "from Quito to Lima", and "41
died, 200 were hurt" those of the reverse. There is no parser here: parts are read from words that stand directly
beside each other, and where they do not, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.language.english_outcomes import DEEDS, OUTCOMES
from qa.support.overlap import CLOSE, Overlap
from qa.text.dates import dates
from qa.text.names import names
from qa.text.numbers import numbers
from qa.text.words import ENGLISH, STOP_WORDS, stem, words

_MUTUAL = frozenset(map(stem, DEEDS.mutual))
_NEAR = 40
"""Characters before a part in which the word that leads to it stands."""
_DIRECTED = re.compile(
    rf"\b({'|'.join(sorted(DEEDS.coming | DEEDS.going))})\s+(?:(?:{DEEDS.before_value})\s+)*[$£€¥₹]?$", re.IGNORECASE
)
_APART = re.compile(rf"[^\w\s$£€¥₹'’]|\d|\b(?:{DEEDS.apart})\b")


@dataclass(frozen=True)
class _Part:
    """A name or one telling word, ``text[start:end]``."""

    start: int
    end: int
    stems: frozenset[str]
    name: bool

    def same(self, other: _Part) -> bool:
        return bool(self.stems & other.stems)


@dataclass(frozen=True)
class _Deed:
    """Two parts and the word between them, in the order of doing: "was sued by B" is done by B."""

    doer: _Part
    deed: str
    done_to: _Part
    by_way_of: frozenset[str]
    """Words like "to" between the deed and what it is done to."""
    start: int
    end: int

    def like(self, other: _Deed) -> bool:
        """Whether the same is done, to whomever."""
        return self.deed == other.deed and self.by_way_of == other.by_way_of


def exchanged(overlap: Overlap) -> Iterator[tuple[str, str]]:
    """(claim's words, evidence's words) where the sentence nearest to the claim gives its parts other roles."""
    if not overlap.evidence or overlap.language is not ENGLISH:  # who does what is not read in other languages yet
        return
    nearest = int(overlap.shares.argmax())
    if overlap.shares[nearest] < CLOSE:
        return
    yield from _deeds_exchanged(overlap, nearest)
    yield from _turned_round(overlap, nearest)
    yield from _counts_exchanged(overlap, nearest)


# Deeds


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[_Part, ...]:
    every = names(text)
    found = [_Part(n.start, n.end, frozenset(w.stem for w in words(n.text)), True) for n in every]
    found += [
        _Part(w.start, w.end, frozenset((w.stem,)), False)
        for w in words(text)
        if w.key not in STOP_WORDS and not any(n.start <= w.start < n.end for n in every)
    ]
    return tuple(sorted(found, key=lambda part: part.start))


@lru_cache(maxsize=4096)
def _deeds(text: str) -> tuple[_Deed, ...]:
    parts = _parts(text)
    return tuple(
        deed for a, b, c in zip(parts, parts[1:], parts[2:], strict=False) if (deed := _deed(text, a, b, c)) is not None
    )


def _deed(text: str, first: _Part, between: _Part, last: _Part) -> _Deed | None:
    gaps = text[first.end : between.start], text[between.end : last.start]
    (deed,) = between.stems if len(between.stems) == 1 else ("",)
    if not deed or between.name or deed[0].isdigit() or deed in _MUTUAL:
        return None
    if any(re.search(r"[^\w\s'’]", gap) for gap in gaps):
        return None
    before, after = ({w.key for w in words(gap)} for gap in gaps)
    if before - DEEDS.idle or after & DEEDS.joining or _belongs_to_other(text, first):
        return None
    passive = bool(before & OUTCOMES.being) and DEEDS.by in after
    doer, done_to = (last, first) if passive else (first, last)
    by_way_of = frozenset(after - DEEDS.idle - {DEEDS.by} if passive else after - DEEDS.idle)
    return _Deed(doer, deed, done_to, by_way_of, first.start, last.end)


def _belongs_to_other(text: str, part: _Part) -> bool:
    """Whether a preposition ties the part to one before it, as in "the spokesman for Delmar"."""
    before = [w for w in words(text[max(0, part.start - _NEAR) : part.start]) if w.key not in DEEDS.articles]
    return bool(before) and before[-1].key in DEEDS.prepositions


def _deeds_exchanged(overlap: Overlap, nearest: int) -> Iterator[tuple[str, str]]:
    text = overlap.evidence[nearest]
    told = [deed for sentence in overlap.evidence for deed in _deeds(sentence)]
    for given in _deeds(overlap.claim):
        if any(d.like(given) and d.doer.same(given.doer) and d.done_to.same(given.done_to) for d in told):
            continue
        for found in _deeds(text):
            if not found.like(given):
                continue
            turned = found.doer.same(given.done_to) and found.done_to.same(given.doer)
            other_doer = (
                found.done_to.same(given.done_to)
                and _subject(overlap.claim, given.doer)
                and _subject(text, found.doer)
                and _apart(overlap.claim, given.doer, found.doer)
                and _apart(text, found.doer, given.doer)
            )
            if turned or other_doer:
                yield overlap.claim[given.start : given.end], text[found.start : found.end]
                return


def _subject(text: str, doer: _Part) -> bool:
    """Whether a doer is no adjective or owner, as far as the word before it and its ending tell."""
    before = words(text[max(0, doer.start - _NEAR) : doer.start])[-1:]
    owner = re.search(r"s?['’]s?$", text[doer.start : doer.end])
    return not owner and (doer.name or not before or before[0].key in DEEDS.articles or before[0].key == DEEDS.by)


def _apart(text: str, doer: _Part, other: _Part) -> bool:
    """Whether the text has the other part as well, and not beside the doer, whom it may describe ("mayor Soto")."""
    places = [part for part in _parts(text) if part.same(other)]
    beside = any(
        re.fullmatch(r"[\s,]*(?:the\s|an?\s)?", text[min(p.end, doer.end) : max(p.start, doer.start)]) for p in places
    )
    return bool(places) and not beside


# From where, to where


def _directed(text: str) -> Iterator[tuple[_Part, frozenset[str], str]]:
    """(part, direction, text from the direction's word on) of each name, number and date after "from", "to" ..."""
    spans = {(n.start, n.end) for n in names(text)} | {(d.start, d.end) for d in dates(text)}
    spans |= {(n.start, n.end) for n in numbers(text)}
    for start, end in sorted(spans):
        near = max(0, start - _NEAR)
        match = _DIRECTED.search(text[near:start])
        if match:
            stems = frozenset(w.stem for w in words(text[start:end]) if w.key not in STOP_WORDS)
            direction = DEEDS.coming if match[1].lower() in DEEDS.coming else DEEDS.going
            yield _Part(start, end, stems, False), direction, text[near + match.start() : end]


def _turned_round(overlap: Overlap, nearest: int) -> Iterator[tuple[str, str]]:
    """Where the claim goes to what the sentence comes from, or comes from what it goes to."""
    text = overlap.evidence[nearest]
    told = [found for sentence in overlap.evidence for found in _directed(sentence)]
    for part, direction, given in _directed(overlap.claim):
        own = [d for other, d, _ in told if other.same(part)]
        if not own or direction in own:
            continue
        for other, other_direction, found in _directed(text):
            if other_direction == direction and not other.same(part):
                yield given, found
                return


# How many of what, and when


@dataclass(frozen=True)
class _Bound:
    """A number or date, and the telling word that stands directly before or after it."""

    fact: _Part
    before: bool
    word: str
    """Its stem."""
    spelled: str
    """Fact and word as they stand in the text."""

    def alike(self, other: _Bound) -> bool:
        """Whether the same word stands on the same side of both."""
        return self.before == other.before and self.word == other.word


def _counted(text: str) -> Iterator[tuple[int, _Part]]:
    """Each number, by its value, and each date; and where it begins with words like "more than"."""
    taken = dates(text)
    for date in taken:
        stems = frozenset(w.stem for w in words(date.text))
        yield date.start, _Part(date.start, date.end, stems, False)
    for number in numbers(text):
        if not number.ordinal and not any(d.start < number.end and number.start < d.end for d in taken):
            lead = number.bound_start if number.bound_start >= 0 else number.start
            yield lead, _Part(number.start, number.end, frozenset((str(number.value),)), False)


@lru_cache(maxsize=4096)
def _bound(text: str) -> tuple[_Bound, ...]:
    facts = sorted(_counted(text), key=lambda fact: fact[1].start)
    inside = [w for w in words(text) if any(fact.start <= w.start < fact.end for _, fact in facts)]
    telling = [w for w in words(text) if w.key not in STOP_WORDS and w not in inside]
    found = []
    for lead, fact in facts:
        before = next((w for w in reversed(telling) if w.end <= lead), None)
        after = next((w for w in telling if w.start >= fact.end), None)
        if before is not None and _directly(text[before.end : lead]):
            found.append(_Bound(fact, True, before.stem, text[before.start : fact.end]))
        if after is not None and _directly(text[fact.end : after.start]):
            found.append(_Bound(fact, False, after.stem, text[fact.start : after.end]))
    return tuple(found)


def _directly(gap: str) -> bool:
    return not _APART.search(gap)


def _counts_exchanged(overlap: Overlap, nearest: int) -> Iterator[tuple[str, str]]:
    """Where the claim ties to one word what the sentence ties to another: "killed 200" for "injured 200".

    Its own number or date must stand in that sentence only, beside other words each time.
    """
    inside = _bound(overlap.evidence[nearest])
    told = [found for sentence in overlap.evidence for found in _bound(sentence)]
    for given in _bound(overlap.claim):
        if any(found.alike(given) and found.fact.same(given.fact) for found in told):
            continue
        own = {found.fact.start for found in inside if found.fact.same(given.fact) and found.before == given.before}
        rival = next((found for found in inside if found.alike(given) and not found.fact.same(given.fact)), None)
        stands = sum(fact.same(given.fact) for sentence in overlap.evidence for _, fact in _counted(sentence))
        if rival is not None and own and stands == len(own):
            yield given.spelled, rival.spelled
            return

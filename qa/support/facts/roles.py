"""Finds claims that have all words of their evidence, yet exchange who did what to whom.

"Leeds beat Arsenal" has the words of "Arsenal beat Leeds", "from Lima to Quito" those of "from Quito to Lima", and "41
died, 200 were hurt" those of the reverse. There is no parser here: parts are read from words that stand directly
beside each other, and where they do not, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from index.language.pack import Language
from index.language.parts.outcomes import Deeds
from qa.support.facts.overlap import CLOSE, Overlap
from qa.text.dates.reading import Date, dates
from qa.text.names import Name, names
from qa.text.numbers.reading import Number, numbers, undated_numbers
from qa.text.words import stem, words

_NEAR = 40
"""Characters before a part within which the word for its direction ("from", "to") is looked for. Round, not fitted."""


@dataclass(frozen=True, eq=False)
class _Grammar:
    """A language's words for who does what, with patterns made of them."""

    spoken: Language
    deeds: Deeds

    @cached_property
    def mutual(self) -> frozenset[str]:
        """Stems of verbs that are as true with their parts exchanged."""
        return frozenset(stem(verb, self.spoken) for verb in self.deeds.mutual)

    @cached_property
    def being(self) -> frozenset[str]:
        """Auxiliaries of the passive."""
        return self.spoken.outcomes.being if self.spoken.outcomes else frozenset()

    @cached_property
    def directed(self) -> re.Pattern[str]:
        """The pattern of a word like "from" or "to" right before a name, number or date."""
        ways = "|".join(sorted(self.deeds.coming | self.deeds.going))
        return re.compile(rf"\b({ways})\s+(?:(?:{self.deeds.before_value})\s+)*[$£€¥₹]?$", re.IGNORECASE)

    @cached_property
    def apart(self) -> re.Pattern[str]:
        """The pattern of what may stand between a number and the word that it counts."""
        return re.compile(rf"[^\w\s$£€¥₹'’]|\d|\b(?:{self.deeds.apart})\b")

    @cached_property
    def beside(self) -> re.Pattern[str]:
        """The pattern of what stands between a person and their description."""
        return re.compile(rf"[\s,]*(?:(?:{self.deeds.beside})\s)?")


@cache
def _grammar(spoken: Language) -> _Grammar | None:
    """The grammar of a language; None where its file has no words for deeds."""
    return _Grammar(spoken, spoken.deeds) if spoken.deeds else None


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
    """Two parts and the word between them, doer first: in "A was sued by B" the doer is B."""

    doer: _Part
    deed: str
    done_to: _Part
    by_way_of: frozenset[str]
    """Words like "to" between the deed and whatever it is done to."""
    start: int
    end: int

    def like(self, other: _Deed) -> bool:
        """Whether both are the same deed, by and to whomever."""
        return self.deed == other.deed and self.by_way_of == other.by_way_of


def exchanged(overlap: Overlap) -> Iterator[tuple[str, str]]:
    """Yields (claim's words, evidence's words) where the sentence nearest to the claim gives its parts other roles.

    Nothing in a language whose file has no words for deeds.
    """
    grammar = _grammar(overlap.language)
    if not overlap.evidence or grammar is None:
        return
    nearest = int(overlap.shares.argmax())
    if overlap.shares[nearest] < CLOSE:
        return
    yield from _deeds_exchanged(overlap, nearest, grammar)
    yield from _turned_round(overlap, nearest, grammar)
    yield from _counts_exchanged(overlap, nearest, grammar)


# Deeds


@lru_cache(maxsize=4096)
def _parts(text: str, grammar: _Grammar) -> tuple[_Part, ...]:
    every = names(text, grammar.spoken)
    found = [_Part(n.start, n.end, frozenset(w.stem for w in words(n.text, grammar.spoken)), True) for n in every]
    found += [
        _Part(w.start, w.end, frozenset((w.stem,)), False)
        for w in words(text, grammar.spoken)
        if w.key not in grammar.spoken.stop_words and not any(n.start <= w.start < n.end for n in every)
    ]
    return tuple(sorted(found, key=lambda part: part.start))


@lru_cache(maxsize=4096)
def _deeds(text: str, grammar: _Grammar) -> tuple[_Deed, ...]:
    parts = _parts(text, grammar)
    threes = zip(parts, parts[1:], parts[2:], strict=False)
    found = (_deed(text, first, between, last, grammar) for first, between, last in threes)
    return tuple(deed for deed in found if deed is not None)


def _deed(text: str, first: _Part, between: _Part, last: _Part, grammar: _Grammar) -> _Deed | None:
    gaps = text[first.end : between.start], text[between.end : last.start]
    (deed,) = between.stems if len(between.stems) == 1 else ("",)
    if not deed or between.name or deed[0].isdigit() or deed in grammar.mutual:
        return None
    if any(re.search(r"[^\w\s'’]", gap) for gap in gaps):
        return None
    before, after = ({w.key for w in words(gap, grammar.spoken)} for gap in gaps)
    if before - grammar.deeds.idle or after & grammar.deeds.joining:
        return None
    passive = bool(before & grammar.being) and grammar.deeds.by in after
    doer, done_to = (last, first) if passive else (first, last)
    by_way_of = frozenset(after - grammar.deeds.idle - {grammar.deeds.by} if passive else after - grammar.deeds.idle)
    return _Deed(doer, deed, done_to, by_way_of, first.start, last.end)


def _deeds_exchanged(overlap: Overlap, nearest: int, grammar: _Grammar) -> Iterator[tuple[str, str]]:
    text = overlap.evidence[nearest]
    told = [deed for sentence in overlap.evidence for deed in _deeds(sentence, grammar)]
    for given in _deeds(overlap.claim, grammar):
        if any(d.like(given) and d.doer.same(given.doer) and d.done_to.same(given.done_to) for d in told):
            continue
        for found in _deeds(text, grammar):
            if not found.like(given):
                continue
            turned = found.doer.same(given.done_to) and found.done_to.same(given.doer)
            other_doer = (
                found.done_to.same(given.done_to)
                and _subject(overlap.claim, given.doer, grammar)
                and _subject(text, found.doer, grammar)
                and _apart(overlap.claim, given.doer, found.doer, grammar)
                and _apart(text, found.doer, given.doer, grammar)
            )
            if turned or other_doer:
                yield overlap.claim[given.start : given.end], text[found.start : found.end]
                return


def _subject(text: str, doer: _Part, grammar: _Grammar) -> bool:
    """Whether a doer is a noun of its own, not an adjective or owner, by its ending and the word before it."""
    before = words(text[max(0, doer.start - _NEAR) : doer.start], grammar.spoken)[-1:]
    owner = re.search(r"s?['’]s?$", text[doer.start : doer.end])
    return not owner and (
        doer.name or not before or before[0].key in grammar.deeds.articles or before[0].key == grammar.deeds.by
    )


def _apart(text: str, doer: _Part, other: _Part, grammar: _Grammar) -> bool:
    """Whether the text has the other part too, but not beside the doer, whom it may describe there ("mayor Soto")."""
    places = [part for part in _parts(text, grammar) if part.same(other)]
    beside = any(grammar.beside.fullmatch(text[min(p.end, doer.end) : max(p.start, doer.start)]) for p in places)
    return bool(places) and not beside


# From where, to where


def _directed(text: str, grammar: _Grammar) -> Iterator[tuple[_Part, frozenset[str], str]]:
    """Yields (part, direction, text from the direction's word on) of each name, number and date after "from", "to"
    ...
    """
    spoken = grammar.spoken
    facts: Sequence[Name | Date | Number] = (*names(text, spoken), *dates(text, spoken), *numbers(text, spoken))
    for start, end in sorted({(fact.start, fact.end) for fact in facts}):
        near = max(0, start - _NEAR)
        match = grammar.directed.search(text[near:start])
        if match:
            stems = frozenset(w.stem for w in words(text[start:end], spoken) if w.key not in spoken.stop_words)
            direction = grammar.deeds.coming if match[1].lower() in grammar.deeds.coming else grammar.deeds.going
            yield _Part(start, end, stems, False), direction, text[near + match.start() : end]


def _turned_round(overlap: Overlap, nearest: int, grammar: _Grammar) -> Iterator[tuple[str, str]]:
    """Yields where the claim has a part as end point that the sentence has as starting point, or the reverse."""
    text = overlap.evidence[nearest]
    told = [found for sentence in overlap.evidence for found in _directed(sentence, grammar)]
    for part, direction, given in _directed(overlap.claim, grammar):
        own = [d for other, d, _ in told if other.same(part)]
        if not own or direction in own:
            continue
        for other, other_direction, found in _directed(text, grammar):
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
        """Whether the same word stands on the same side of both facts."""
        return self.before == other.before and self.word == other.word


def _counted(text: str, grammar: _Grammar) -> Iterator[tuple[int, _Part]]:
    """Yields each number and date of a text, with where it begins, words like "more than" included."""
    for date in dates(text, grammar.spoken):
        stems = frozenset(w.stem for w in words(date.text, grammar.spoken))
        yield date.start, _Part(date.start, date.end, stems, False)
    for number in undated_numbers(text, grammar.spoken):
        if not number.ordinal:
            lead = number.bound_start if number.bound_start >= 0 else number.start
            yield lead, _Part(number.start, number.end, frozenset((str(number.value),)), False)


@lru_cache(maxsize=4096)
def _bound(text: str, grammar: _Grammar) -> tuple[_Bound, ...]:
    facts = sorted(_counted(text, grammar), key=lambda fact: fact[1].start)
    every = words(text, grammar.spoken)
    inside = [w for w in every if any(fact.start <= w.start < fact.end for _, fact in facts)]
    telling = [w for w in every if w.key not in grammar.spoken.stop_words and w not in inside]
    apart = grammar.apart
    found = []
    for lead, fact in facts:
        before = next((w for w in reversed(telling) if w.end <= lead), None)
        after = next((w for w in telling if w.start >= fact.end), None)
        if before is not None and not apart.search(text[before.end : lead]):
            found.append(_Bound(fact, True, before.stem, text[before.start : fact.end]))
        if after is not None and not apart.search(text[fact.end : after.start]):
            found.append(_Bound(fact, False, after.stem, text[fact.start : after.end]))
    return tuple(found)


def _counts_exchanged(overlap: Overlap, nearest: int, grammar: _Grammar) -> Iterator[tuple[str, str]]:
    """Yields where claim and sentence tie the same number or date to different words: "killed 200", "injured 200".

    The claim's number or date must stand in that sentence only, and there never beside the claim's word. In "The
    Greens have 10 seats, Home Rule 2" the word is left out after the 2: the claim then has to name whose it is.
    """
    claimed = {word.stem for word in words(overlap.claim, grammar.spoken)}
    inside = _bound(overlap.evidence[nearest], grammar)
    told = [found for sentence in overlap.evidence for found in _bound(sentence, grammar)]
    for given in _bound(overlap.claim, grammar):
        if any(found.alike(given) and found.fact.same(given.fact) for found in told):
            continue
        own = {found.fact.start for found in inside if found.fact.same(given.fact)}
        rival = next((found for found in inside if found.alike(given) and not found.fact.same(given.fact)), None)
        stands = sum(fact.same(given.fact) for sentence in overlap.evidence for _, fact in _counted(sentence, grammar))
        beside = [found for found in inside if found.fact.start in own]
        left_out = not given.before and any(found.before and found.word in claimed for found in beside)
        left_out = left_out and all(found.before for found in beside)
        if rival is not None and own and stands == len(own) and not left_out:
            yield given.spelled, rival.spelled
            return

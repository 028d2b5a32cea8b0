"""Finds the negations in a text and the words that they deny: "did not win" denies "win"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from index.language.pack import Denials, Language
from qa.text.words import ENGLISH, words


@dataclass(frozen=True)
class DenialPatterns:
    """The compiled patterns of a language's denials."""

    cue: re.Pattern[str]
    spared: re.Pattern[str]
    clause_end: re.Pattern[str]
    maybe: re.Pattern[str]
    left_open: re.Pattern[str]
    unsettled: re.Pattern[str]
    disputed: re.Pattern[str]
    again: re.Pattern[str]


@cache
def patterns(denials: Denials) -> DenialPatterns:
    """Compiles the patterns of a language's denials."""
    return DenialPatterns(
        re.compile(rf"\b(?:{denials.cues})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{denials.spared})\b", re.IGNORECASE),
        re.compile(rf"[,;:.!?()“”\"—–]|\b(?:{denials.clause_ends})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{denials.maybe})\b"),
        re.compile(rf"\b(?:{denials.left_open})\b"),
        re.compile(rf"(?:\W+\w+){{0,2}}?\W+(?:{denials.unsettled})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{denials.disputed})\b", re.IGNORECASE),
        re.compile(rf"(?:{denials.again})", re.IGNORECASE),
    )


_SCOPE = 4
"""Telling words after a denial that it may deny. Chosen by eye."""
_SURELY = 2
"""Telling words after a denial that it surely denies. Chosen by eye."""


@dataclass(frozen=True)
class Negation:
    """A negation, ``text[start:end]``, and the stems of the few words after it that it denies, nearest first."""

    start: int
    end: int
    text: str
    denied: tuple[str, ...]
    before: tuple[str, ...] = ()
    """Where nothing follows it in its clause, or only the verb, the stems of the words before it, nearest first: any of
    them may be denied."""

    @property
    def surely_denied(self) -> tuple[str, ...]:
        """The stems of the first of the words after it, those that it surely denies."""
        return self.denied[:_SURELY]


@lru_cache(maxsize=4096)
def negations(text: str, spoken: Language = ENGLISH) -> tuple[Negation, ...]:
    """The negations of the text in order, each with up to four words that it denies.

    >>> [(n.text, n.denied) for n in negations("He did not win the race, and never spoke.")]
    [('not', ('win', 'race')), ('never', ('spoke',))]

    "not only", "no more than 50" and their like deny nothing, and the "No," at the beginning of an answer does not deny
    what follows. There are none in a language whose file has no denials.

    >>> negations("No, the race was won.")
    ()
    """
    if spoken.denials is None:
        return ()
    known = patterns(spoken.denials)
    spared = [match.span() for match in known.spared.finditer(text)]
    found: list[Negation] = []
    for match in known.cue.finditer(text):
        if any(start <= match.start() < end for start, end in spared):
            continue
        clause = max((end.end() for end in known.clause_end.finditer(text, 0, match.start())), default=0)
        if found and found[-1].start >= clause and known.again.fullmatch(match.group()):
            continue
        rest = text[match.end() :]
        if rest.startswith(",") and not words(text[: match.start()], spoken):
            continue
        stop = known.clause_end.search(rest)
        scope = words(rest[: stop.start()] if stop else rest, spoken)
        telling = [w for w in scope if w.key not in spoken.stop_words and not known.cue.fullmatch(w.text)]
        denied = tuple(w.stem for w in telling)[:_SCOPE]
        before: tuple[str, ...] = ()
        if len(denied) <= spoken.denials.verb_last:  # "He could not." denies what stands before it
            preceding = [w for w in reversed(words(text[: match.start()], spoken)) if w.key not in spoken.stop_words]
            before = tuple(w.stem for w in preceding if w.start >= clause)
            denied = denied or tuple(w.stem for w in preceding[:1])
        found.append(Negation(match.start(), match.end(), match.group(), denied, before))
    return tuple(found)

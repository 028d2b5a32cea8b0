"""Negations in a text and what they deny: "did not win" denies winning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.words import STOP_WORDS, words

_CUE = re.compile(
    r"""\b(?:not|never|no|none|nobody|nothing|nowhere|neither|nor|without|cannot|\w+n['’]t
        |den(?:y|ies|ied|ying)|fail(?:s|ed|ing)?\sto|refus(?:e|es|ed|ing)\sto|unable\sto|declin(?:e|es|ed|ing)\sto
        |hardly|barely|lack(?:s|ed|ing)?|no\slonger|far\sfrom|rather\sthan|instead\sof)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"""\b(?:not\sonly|not\sjust|not\smerely|not\sleast|no\s(?:more|less|fewer)\sthan|no\sdoubt|no\smatter
        |whether\sor\snot        |no\.\s?\d+|not\suntil|nothing\sbut)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[,;:.!?()“”\"—–]|\b(?:but|although|though|because|while|whereas|until|unless|and\sthen)\b", re.IGNORECASE
)
_SCOPE = 4

_OPPOSITES = tuple(
    tuple(frozenset(side.split()) for side in pair.split("/"))
    for pair in (
        "rise rises rose risen rising increase increases increased increasing grew grow grows growing/"
        "fall falls fell fallen falling decrease decreases decreased decreasing shrank declined drop drops dropped",
        "win wins won winning/lose loses lost losing",
        "accept accepts accepted approve approves approved/reject rejects rejected refuse refused",
        "allow allows allowed permit permits permitted legal/"
        "ban bans banned prohibit prohibits prohibited forbid forbids forbade forbidden illegal",
        "true/false untrue",
        "support supports supported supporting/oppose opposes opposed opposing",
        "guilty convicted/innocent acquitted",
        "alive survived survive survives/dead died killed",
        "before/after",
        "above/below",
        "more/less fewer",
        "always/never",
        "open opens opened/close closes closed",
        "present/absent",
        "possible/impossible",
        "north northern/south southern",
        "east eastern/west western",
        "largest biggest highest greatest most/smallest lowest least",
        "increase/reduction decrease",
        "success successful succeeded/failure unsuccessful failed",
    )
)


def opposite(a: str, b: str) -> bool:
    """Whether two folded words mean the contrary: ``rose`` and ``fell``, ``known`` and ``unknown``."""
    if any((a in x and b in y) or (a in y and b in x) for x, y in _OPPOSITES):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) > 3 and any(long == prefix + short for prefix in ("un", "in", "im", "il", "ir", "dis", "non"))


@dataclass(frozen=True)
class Negation:
    """A negation, ``text[start:end]``, and the stems of the few words that it denies, nearest first."""

    start: int
    end: int
    text: str
    denied: tuple[str, ...]


@lru_cache(maxsize=4096)
def negations(text: str) -> tuple[Negation, ...]:
    """The negations of the text in order, each with up to four words that it denies.

    >>> [(n.text, n.denied) for n in negations("He did not win the race, and never spoke.")]
    [('not', ('win', 'race')), ('never', ('spoke',))]

    "not only", "no more than 50" and their like deny nothing.
    """
    spared = [match.span() for match in _NO_DENIAL.finditer(text)]
    found = []
    for match in _CUE.finditer(text):
        if any(start <= match.start() < end for start, end in spared):
            continue
        rest = text[match.end() :]
        stop = _CLAUSE_END.search(rest)
        scope = words(rest[: stop.start()] if stop else rest)
        denied = tuple(w.stem for w in scope if w.key not in STOP_WORDS and not _CUE.fullmatch(w.text))[:_SCOPE]
        if not denied:  # "He could not." denies what stands before it
            denied = tuple(w.stem for w in reversed(words(text[: match.start()])) if w.key not in STOP_WORDS)[:1]
        found.append(Negation(match.start(), match.end(), match.group(), denied))
    return tuple(found)

"""What kind of value a question asks for: a count of something, an amount, an age, a share or a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from qa.text.words import STOP_WORDS, Word, listed, stem, words

Kind = Literal["count", "amount", "age", "share", "date"]

PEOPLE = frozenset(
    stem(word)
    for word in listed(
        "people persons individuals men women children boys girls adults teenagers residents inhabitants citizens "
        "members participants migrants immigrants refugees seekers travellers travelers passengers visitors tourists "
        "guests spectators fans supporters protesters demonstrators marchers strikers workers employees staff "
        "staffers students pupils teachers patients victims casualties survivors dead evacuees villagers townspeople "
        "islanders customers voters prisoners inmates hostages detainees civilians deaths fatalities commuters"
    )
)
"""Stems of nouns that count people, whatever else they say of them; not those on duty ("500 police were sent")."""

STANDS_FOR: dict[str, str] = {
    stem(form): stem(forms[0])
    for forms in map(
        listed,
        (
            "die died dead death deaths dying kill kills killed killing perish perished fatal fatalities",
            "injure injured injuries injuring wound wounded hurt",
            "arrest arrested detain detained",
            "leave left",
            "win won",
            "lose lost",
            "build built",
            "buy bought",
            "sell sold",
            "send sent",
            "take took taken",
            "come came",
            "go went gone",
            "rise rose risen",
            "fall fell fallen",
            "grow grew grown",
            "flee fled",
            "spend spent",
            "pay paid",
            "make made",
            "find found",
            "hold held",
            "begin began begun start started",
            "see saw seen",
            "steal stole stolen",
            "strike struck",
            "speak spoke spoken",
            "drive drove driven",
            "give gave given",
            "shoot shot",
            "stand stood",
            "break broke broken",
            "write wrote written",
            "become became",
            "run ran",
            "live lives lived inhabitants residents population",
        ),
    )
    for form in forms
}
"""For a stem the one that stands for it: irregular forms of a verb, and the few words that news use for one event."""


def alike(stemmed: str) -> str:
    """The stem that stands for this one.

    >>> alike(stem("won")), alike(stem("race"))
    ('win', 'race')
    """
    return STANDS_FOR.get(stemmed, stemmed)


_IRREGULAR = frozenset(listed("people men women children police sheep fish cattle feet teeth mice geese troops dead"))
_ASKING = frozenset(
    listed(
        "many much number count total figure percentage percent share proportion rate year date day month long old "
        "far high tall deep wide fast heavy large big cost toll total overall altogether currently now say said "
        "article articles story stories report reports reported according exactly about approximately"
    )
)
BEFORE_THINGS = frozenset(
    listed(
        "a an the this that these those his her its their our my your of in on at from for by with during after before "
        "near off into through across against between under over around along inside outside within without since"
    )
)
"""Words that a noun phrase begins with or follows."""
_COUNT = re.compile(r"\b(?:how many|(?:what|the) (?:total )?number of)\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_DEATHS = re.compile(r"\bdeath toll\b", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\bhow\b.*\bhow\b|\b(?:by|how many) (?:how )?(?:many )?more\b|\bby how\b", re.IGNORECASE | re.DOTALL
)
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("age", r"\bhow old\b|\bwhat age\b"),
    ("share", r"\b(?:what|which) (?:percent\w*|share|proportion)\b|\bwhat (?:is|was|are|were) the [\w\s-]{0,40}rate\b"),
    ("amount", r"\bhow (?:much|long|far|high|tall|deep|wide|heavy|fast)\b|\bwhat [\w\s-]{0,40}(?:cost|price)\b"),
    ("date", r"^\W*(?:and )?(?:when|(?:in |on |by )?(?:what|which) (?:year|date|day|month))\b"),
)


@dataclass(frozen=True)
class ValueAsked:
    """The kind of value asked for, the stem of the noun that is counted, and the words that say of what."""

    kind: Kind
    noun: str
    topic: tuple[Word, ...]
    """The telling words besides the noun; each stem once."""
    names: frozenset[str]
    """Stems of the topic's words that are names."""
    figures: frozenset[str]
    """Stems of its numbers."""
    happened: frozenset[str]
    """Stems of its words that say what happened or of what sort: those that follow no preposition or article."""

    @property
    def things(self) -> frozenset[str]:
        """The stems of the topic's other words."""
        return frozenset(w.stem for w in self.topic) - self.names - self.figures - self.happened


def value_asked(question: str) -> ValueAsked | None:
    """What kind of value the question asks for; None where it asks for none, or for several.

    >>> found = value_asked("How many people are in the caravan?")
    >>> found.kind, found.noun, [word.key for word in found.topic]
    ('count', 'peopl', ['caravan'])
    """
    if _SEVERAL.search(question):
        return None
    if match := _COUNT.search(question):
        noun = _noun(match["rest"])
        return _asked("count", question, noun) if noun else None
    if _DEATHS.search(question):
        return _asked("count", question, stem("people"), happened=stem("death"))
    for kind, pattern in _KINDS:
        if re.search(pattern, question, re.IGNORECASE):
            return _asked(kind, question, "")
    return None


def _noun(rest: str) -> str:
    """The stem of what is counted: the first plural of the words that follow, up to one that carries no meaning."""
    run: list[Word] = []
    for word in words(rest):
        if word.key in STOP_WORDS:
            break
        if word.key in _IRREGULAR or (word.key.endswith("s") and not word.key.endswith(("ss", "us", "is"))):
            return word.stem
        run.append(word)
    return run[-1].stem if run else ""


def _asked(kind: Kind, question: str, noun: str, happened: str = "") -> ValueAsked:
    every = words(question)
    topic = [w for w in every if w.key not in STOP_WORDS and w.key not in _ASKING and w.stem != noun]
    before = {b: a.key for a, b in pairwise(every)}
    names = frozenset(w.stem for w in topic if w.capital and w is not every[0])
    figures = frozenset(w.stem for w in topic if w.key[0].isdigit() or w.stem[0].isdigit())
    return ValueAsked(
        kind,
        noun,
        tuple({w.stem: w for w in topic}.values()),
        names,
        figures,
        frozenset(w.stem for w in topic if before.get(w) not in BEFORE_THINGS) - names - figures
        | ({happened} if happened else set()),
    )

"""What a question wants to know has happened: "Did the council approve the bridge?", "What happened to the pilot?"

Without a grammar there may be several words that could be its verb; each is tried.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from itertools import pairwise

from index.language import english
from qa.question.kind import BEFORE_THINGS, alike
from qa.text.dates import dates
from qa.text.words import STOP_WORDS, Word, listed, stem, words


def _stems_of(text: str) -> frozenset[str]:
    """Stems of the verbs and adjectives of a list, verbs joined to what belongs to them by a plus sign."""
    return frozenset("+".join((alike(stem(verb)), *rest)) for verb, *rest in (w.split("+") for w in listed(text)))


@dataclass(frozen=True)
class Family:
    """Verbs and adjectives for one outcome and those for its contrary."""

    yes: frozenset[str]
    no: frozenset[str]
    delayed: frozenset[str] = frozenset()
    """What says "not now", for some days."""
    of_one: bool = False
    """Whether they tell what became of their subject, whatever else stands beside them: "survived the crash"."""
    decision: bool = False
    """Whether they say what somebody decided: "voted to approve" is "approved"."""

    @cached_property
    def all(self) -> frozenset[str]:
        return self.yes | self.no | self.delayed


_DECIDED = Family(
    _stems_of("approve accept adopt endorse ratify pass vote+for"),
    _stems_of("reject refuse veto vote+against turn+down throw+out threw+out thrown+out"),
    delayed=_stems_of("postpone delay shelve put+off"),
    decision=True,
)
_ALLOWED = Family(_stems_of("allow permit legalise legalize"), _stems_of("ban prohibit forbid forbade forbidden"))
_JUDGED = Family(_stems_of("convict guilty"), _stems_of("acquit innocent"))
_SURVIVED = Family(_stems_of("survive alive"), _stems_of("die dead kill"), of_one=True)
_WON = Family(_stems_of("win"), _stems_of("lose"), of_one=True)
_ROSE = Family(_stems_of("rise increase grow"), _stems_of("fall decrease decline shrink shrank"), of_one=True)
_OPEN = Family(_stems_of("open reopened"), _stems_of("closed shut"), of_one=True)
_SUCCEEDED = Family(_stems_of("succeed"), _stems_of("fail"), of_one=True)
FAMILIES = (_DECIDED, _ALLOWED, _JUDGED, _SURVIVED, _WON, _ROSE, _OPEN, _SUCCEEDED)
"""Not among them: what follows on each other in time, as release on arrest."""

BE = frozenset(listed("was were is are be been being got"))
CALENDAR = frozenset().union(*english.CALENDAR.weekdays) | frozenset(
    listed("yesterday today morning afternoon evening night week")
)
BETWEEN = (
    BE
    | CALENDAR
    | frozenset(
        listed(
            "has have did does do also then finally now both all not never didn't wasn't weren't isn't aren't hasn't "
            "haven't doesn't don't remain remains remained stay stays stayed found"
        )
    )
)
"""What may stand between a subject and its verb, besides adverbs in -ly and what decides."""
PARTICLES = frozenset(listed("off up out down away back over"))
"""What belongs to a verb and changes it: "called off"."""
NO_NOUN = STOP_WORDS | BEFORE_THINGS
"""What stands in no noun phrase, save at its beginning."""
DETERMINERS = frozenset(listed("a an the this that these those his her its their"))

_YES_NO = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?P<verb>did|does|do|has|have|was|were|is|are|will)\s+(?P<rest>.+)", re.I | re.DOTALL
)
_DECIDE = re.compile(
    r"^\W*(?:what|how) (?:did|has|have) (?P<agent>.+?) (?:decided?|vote[ds]?|ruled?)"
    r" (?:about|on|over|regarding) (?P<thing>.+)",
    re.IGNORECASE,
)
_BECAME = re.compile(r"^\W*what (?:happened to|became of) (?P<thing>.+)", re.IGNORECASE)
_NO_ANSWER = re.compile(r"\b(?:or|how|why|when|who|whom|which|that|if)\b", re.IGNORECASE)
"""In a question: it gives a choice, or asks for more than a yes or a no."""
_ANYBODY = frozenset(listed("anyone anybody someone somebody people"))


@dataclass(frozen=True)
class Times:
    """The times that a text names."""

    years: frozenset[int]
    months: frozenset[int]
    days: frozenset[int]
    weekdays: frozenset[int]

    def meets(self, other: Times) -> bool:
        """Whether both may name one time: where both name years, months, days or weekdays, they share one."""
        return all(not a or not b or a & b for a, b in zip(astuple(self), astuple(other), strict=True))


def times(text: str) -> Times:
    """The times that the text names.

    >>> times("On Monday, 4 May 2020").years
    frozenset({2020})
    """
    found = dates(text)
    return Times(
        *(
            frozenset(v for d in found if (v := getattr(d, part)) is not None)
            for part in ("year", "month", "day", "weekday")
        )
    )


@dataclass(frozen=True)
class Happening:
    """What a question asks about: who did it, to whom or what, and which verbs tell; "" for who is not named.

    All words are stems.
    """

    agent: str
    thing: str
    known: frozenset[str]
    """All telling words of the question."""
    names: frozenset[str]
    family: Family | None
    verb: str
    """The question's own verb, "" where it has none to look for."""
    anybody: bool
    """Whether "anyone" stands for who did or suffered it."""
    several: bool
    """Whether it is of no matter how many: "any passengers"."""
    present: bool
    """Whether it asks for how things are, not for what happened."""
    planned: bool
    """Whether it asks for what will happen."""
    times: Times


def happenings(question: str) -> tuple[Happening, ...]:
    """What the question may ask about, the likeliest first; nothing where it asks for no outcome.

    >>> [(h.agent, h.verb, h.thing) for h in happenings("Did the council approve the bridge?")][0]
    ('council', 'approv', 'bridg')
    """
    if match := _DECIDE.match(question):
        agent, thing = _head(words(match["agent"])), _head(words(match["thing"]))
        every = words(match["agent"] + " " + match["thing"])
        found = (_happening(question, every, agent, thing, f) for f in (_DECIDED, _ALLOWED))
        return tuple(found) if agent and thing else ()
    if match := _BECAME.match(question):
        every = words(match["thing"])
        thing = _head(every)
        return tuple(_happening(question, every, "", thing, f) for f in (_SURVIVED, _JUDGED, _DECIDED) if thing)
    match = _YES_NO.match(question)
    if match is None or _NO_ANSWER.search(match["rest"]):
        return ()
    every, aux = words(match["rest"]), match["verb"].lower()
    verbs = [
        i
        for i, (before, word) in enumerate(pairwise(every), start=1)
        if word.key not in STOP_WORDS
        and not word.capital
        and not word.key[0].isdigit()
        and before.key not in BEFORE_THINGS
    ]
    told = [h for i in verbs if (h := _asked_at(question, every, i, aux)) is not None]
    return tuple(sorted(told, key=lambda h: h.family is None))


def _asked_at(question: str, every: Sequence[Word], i: int, aux: str) -> Happening | None:
    """What is asked if the word there is the verb."""
    verb = alike(every[i].stem)
    after = every[i + 1].key if i + 1 < len(every) else ""
    joined = f"{verb}+{after}"
    family = next((f for f in FAMILIES if joined in f.all), None) or next((f for f in FAMILIES if verb in f.all), None)
    if family is _OPEN and aux not in ("is", "are"):
        family = None  # what has opened may have closed since
    if (family and joined in family.all) or after in PARTICLES:
        verb, rest = joined, every[i + 2 :]
    else:
        rest = every[i + 1 :]
    subject = [w for w in every[:i] if w.key not in BETWEEN]
    anybody = any(w.key in _ANYBODY for w in subject)
    first = _head([w for w in subject if w.key not in _ANYBODY])
    if not first and not anybody:
        return None
    passive = aux in BE or any(w.key in BE for w in every[:i])
    by = next((j for j, w in enumerate(rest) if w.key == "by"), None)
    second = "" if rest and rest[0].key in BEFORE_THINGS - DETERMINERS else _head(rest)
    of_one = family is not None and family.of_one
    if anybody:
        agent, thing = "", ""
    elif passive:
        agent, thing = _head(rest[by + 1 :]) if by is not None and not of_one else "", first
    elif second and not of_one:
        agent, thing = first, second
    else:
        agent, thing = "", first
    told = _happening(question, [w for w in every if w is not every[i]], agent, thing, family, verb)
    several = anybody or any(w.key == "any" for w in subject)
    return replace(told, anybody=anybody, several=several, present=aux in ("is", "are"), planned=aux == "will")


def _happening(
    question: str, every: Sequence[Word], agent: str, thing: str, family: Family | None, verb: str = ""
) -> Happening:
    telling = [w for w in every if w.key not in STOP_WORDS | _ANYBODY | CALENDAR | BETWEEN]
    known = frozenset(alike(w.stem) for w in telling)
    named = frozenset(alike(w.stem) for w in telling if w.capital)
    return Happening(agent, thing, known, named, family, verb, False, False, False, False, times(question))


def _head(phrase: Sequence[Word]) -> str:
    """The stem of the last word of the first noun phrase: "city council" of "the city council of Lund"; "" of none."""
    run: list[Word] = []
    for word in phrase:
        if word.key in NO_NOUN and run:
            break
        if word.key not in NO_NOUN and word.key not in CALENDAR:
            run.append(word)
    return alike(run[-1].stem) if run else ""

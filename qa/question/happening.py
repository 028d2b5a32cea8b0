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
from index.language.english_outcomes import OUTCOMES
from qa.question.comparing import spoken_pattern
from qa.question.kind import BEFORE_THINGS, canonical
from qa.text.dates import dates
from qa.text.words import STOP_WORDS, Word, stem, words


def _stems_of(text: str) -> frozenset[str]:
    """Stems of the verbs and adjectives of a list, verbs joined to what belongs to them by a plus sign."""
    return frozenset("+".join((canonical(stem(verb)), *rest)) for verb, *rest in (w.split("+") for w in text.split()))


@dataclass(frozen=True)
class Family:
    """Verbs and adjectives, as stems, for one outcome and those for its contrary (see index.language.outcomes)."""

    yes: frozenset[str]
    no: frozenset[str]
    delayed: frozenset[str]
    of_one: bool
    decision: bool
    passing: bool

    @cached_property
    def all(self) -> frozenset[str]:
        return self.yes | self.no | self.delayed


FAMILIES = {
    name: Family(
        _stems_of(each.yes), _stems_of(each.no), _stems_of(each.delayed), each.of_one, each.decision, each.passing
    )
    for name, each in OUTCOMES.contraries.items()
}
CALENDAR = frozenset().union(*english.CALENDAR.weekdays) | OUTCOMES.days
BETWEEN = OUTCOMES.being | CALENDAR | OUTCOMES.between
"""What may stand between a subject and its verb, besides adverbs in -ly and what decides."""
NO_NOUN = STOP_WORDS | BEFORE_THINGS
"""What stands in no noun phrase, save at its beginning."""
_ASKED = OUTCOMES.questions
_NO_ANSWER = re.compile(rf"\b(?:{_ASKED.no_answer})\b", re.IGNORECASE)


@dataclass(frozen=True)
class NamedTimes:
    """The times that a text names."""

    years: frozenset[int]
    months: frozenset[int]
    days: frozenset[int]
    weekdays: frozenset[int]

    def meets(self, other: NamedTimes) -> bool:
        """Whether both may name one time: where both name years, months, days or weekdays, they share one."""
        return all(not a or not b or a & b for a, b in zip(astuple(self), astuple(other), strict=True))


def named_times(text: str) -> NamedTimes:
    """The times that the text names.

    >>> named_times("On Monday, 4 May 2020").years
    frozenset({2020})
    """
    found = dates(text)
    return NamedTimes(
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
    times: NamedTimes


def happenings(question: str) -> tuple[Happening, ...]:
    """What the question may ask about, the likeliest first; nothing where it asks for no outcome.

    >>> [(h.agent, h.verb, h.thing) for h in happenings("Did the council approve the bridge?")][0]
    ('council', 'approv', 'bridg')
    """
    if match := spoken_pattern(_ASKED.decision).match(question):
        agent, thing = _head(words(match["agent"])), _head(words(match["thing"]))
        every = words(match["agent"] + " " + match["thing"])
        found = (_happening(question, every, agent, thing, FAMILIES[name]) for name in _ASKED.decisions)
        return tuple(found) if agent and thing else ()
    if match := spoken_pattern(_ASKED.fate).match(question):
        every = words(match["thing"])
        thing = _head(every)
        return tuple(_happening(question, every, "", thing, FAMILIES[name]) for name in _ASKED.fates if thing)
    match = spoken_pattern(_ASKED.yes_no).match(question)
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
    told = [h for i in verbs if (h := _happening_at(question, every, i, aux)) is not None]
    return tuple(sorted(told, key=lambda h: h.family is None))


def _happening_at(question: str, every: Sequence[Word], i: int, aux: str) -> Happening | None:
    """What is asked if the word there is the verb."""
    verb = canonical(every[i].stem)
    after = every[i + 1].key if i + 1 < len(every) else ""
    joined = f"{verb}+{after}"
    family = next((f for f in FAMILIES.values() if joined in f.all), None)
    family = family or next((f for f in FAMILIES.values() if verb in f.all), None)
    if family and family.passing and aux not in _ASKED.present:
        family = None
    if (family and joined in family.all) or after in OUTCOMES.particles:
        verb, rest = joined, every[i + 2 :]
    else:
        rest = every[i + 1 :]
    subject = [w for w in every[:i] if w.key not in BETWEEN]
    anybody = any(w.key in _ASKED.anybody for w in subject)
    first = _head([w for w in subject if w.key not in _ASKED.anybody])
    if not first and not anybody:
        return None
    passive = aux in OUTCOMES.being or any(w.key in OUTCOMES.being for w in every[:i])
    by = next((j for j, w in enumerate(rest) if w.key == "by"), None)
    second = "" if rest and rest[0].key in BEFORE_THINGS - OUTCOMES.determiners else _head(rest)
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
    return replace(told, anybody=anybody, several=several, present=aux in _ASKED.present, planned=aux in _ASKED.future)


def _happening(
    question: str, every: Sequence[Word], agent: str, thing: str, family: Family | None, verb: str = ""
) -> Happening:
    telling = [w for w in every if w.key not in STOP_WORDS | _ASKED.anybody | CALENDAR | BETWEEN]
    known = frozenset(canonical(w.stem) for w in telling)
    named = frozenset(canonical(w.stem) for w in telling if w.capital)
    return Happening(agent, thing, known, named, family, verb, False, False, False, False, named_times(question))


def _head(phrase: Sequence[Word]) -> str:
    """The stem of the last word of the first noun phrase: "city council" of "the city council of Lund"; "" of none."""
    run: list[Word] = []
    for word in phrase:
        if word.key in NO_NOUN and run:
            break
        if word.key not in NO_NOUN and word.key not in CALENDAR:
            run.append(word)
    return canonical(run[-1].stem) if run else ""

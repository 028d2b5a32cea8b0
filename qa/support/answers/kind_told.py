"""Whether an answer has a value of the kind that was asked for: "how old" wants an age, not 22 years of service."""

from __future__ import annotations

import re
from functools import cache

from index.language.detection import rules_for
from index.language.pack import Language
from index.language.parts.counts import Counts
from qa.question.kind import ValueKind, value_asked
from qa.text.dates.reading import dates
from qa.text.negation import negations
from qa.text.numbers.intervals import ages, counts
from qa.text.words import ENGLISH


@cache
def _without_value(known: Counts) -> re.Pattern[str]:
    """The pattern of beginnings of answers that need no value."""
    return re.compile(rf"\W*(?:{known.no_value})\b", re.IGNORECASE)


@cache
def _aged(known: Counts) -> re.Pattern[str]:
    """The pattern of ages given as a bare number: "The captain is 51"."""
    return re.compile(rf"\b(?:{known.being_aged}|{known.turning})\s+\d{{1,3}}\b(?!\s+[^\W\d_])")


@cache
def _rough(known: Counts) -> re.Pattern[str]:
    """The pattern of figures and of words for rough ones: "hundreds of millions", "twice as many"."""
    return re.compile(rf"\d|\b(?:{known.rough})\b", re.IGNORECASE)


def tells_kind(answer: str, question: str) -> bool:
    """Whether the answer has an age, amount, share, count or date where the question asks for one.

    True also where the question asks for none of these, where the answer says that there is none, and in a language
    whose file lacks the words for values. The answer may be in another language than the question.

    >>> tells_kind("She has sailed the route for 22 years.", "How old is the captain?")
    False
    >>> tells_kind("The captain is 51.", "How old is the captain?"), tells_kind("By ferry.", "How did she come?")
    (True, True)
    """
    asked_in = rules_for(question)
    wanted = value_asked(question, asked_in)
    return wanted is None or any(_tells(answer, wanted.kind, spoken) for spoken in {asked_in, rules_for(answer)})


def _tells(answer: str, kind: ValueKind, spoken: Language) -> bool:
    known = spoken.counts
    if known is None or _without_value(known).match(answer) or negations(answer, spoken):
        return True
    return has_kind(answer, kind, spoken)


def has_kind(text: str, kind: ValueKind, spoken: Language = ENGLISH) -> bool:
    """Whether a text in a language has a value of this kind.

    True also for a language whose file lacks the words for values.

    >>> has_kind("I do not want the captain punished.", "age"), has_kind("Nobody is older than 51.", "count")
    (False, True)
    """
    if spoken.counts is None:
        return True
    match kind:
        case "age":
            return bool(ages(text, spoken)) or bool(_aged(spoken.counts).search(text))
        case "amount" | "count" | "share" | "date":  # "in 2019", "at 6:42 a.m.", "some 40"
            has_value = bool(counts(text, spoken)) or bool(dates(text, spoken))
            return has_value or bool(_rough(spoken.counts).search(text))

"""Whether an answer tells a value of the kind that was asked for: "how old" wants an age, not 22 years of service."""

from __future__ import annotations

import re

from index.language.english_counts import COUNTS
from qa.question.kind import Kind, value_asked
from qa.text.dates import dates
from qa.text.negation import negations
from qa.text.values import ages, counts

_WITHOUT_VALUE = re.compile(rf"\W*(?:{COUNTS.no_value})\b", re.IGNORECASE)
"""How an answer begins that needs no value."""

_AGED = re.compile(rf"\b(?:{COUNTS.being_aged}|{COUNTS.turning})\s+\d{{1,3}}\b(?!\s+[a-z])")
"""An age told as a bare number: "The captain is 51"."""

_ROUGH = re.compile(rf"\d|\b(?:{COUNTS.rough})\b", re.IGNORECASE)
"""A figure, or words for a rough one: "hundreds of millions", "twice as many"."""


def tells_kind(answer: str, question: str) -> bool:
    """Whether the answer has an age, amount, share, count or date where the question asks for one.

    So it counts where the question asks for none of these, and where the answer says that there is none.

    >>> tells_kind("She has sailed the route for 22 years.", "How old is the captain?")
    False
    >>> tells_kind("The captain is 51.", "How old is the captain?"), tells_kind("By ferry.", "How did she come?")
    (True, True)
    """
    wanted = value_asked(question)
    return wanted is None or bool(_WITHOUT_VALUE.match(answer) or negations(answer)) or has_kind(answer, wanted.kind)


def has_kind(text: str, kind: Kind) -> bool:
    """Whether a text has a value of this kind.

    >>> has_kind("I do not want the captain punished.", "age"), has_kind("Nobody is older than 51.", "count")
    (False, True)
    """
    match kind:
        case "age":
            return bool(ages(text)) or bool(_AGED.search(text))
        case "amount" | "count" | "share" | "date":  # "in 2019", "at 6:42 a.m.", "some 40"
            return bool(counts(text)) or bool(dates(text)) or bool(_ROUGH.search(text))

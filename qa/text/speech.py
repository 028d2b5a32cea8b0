"""Whether a text has what somebody said."""

from __future__ import annotations

import re
from functools import cache

from index.language.pack import Language
from qa.text.quotation_marks import CLOSED
from qa.text.words import ENGLISH, content, words


@cache
def saying(spoken: Language) -> re.Pattern[str]:
    """The verbs of saying; nothing where none are known."""
    return re.compile(rf"\b(?:{spoken.saying or '(?!)'})\b")


_SPOKEN_WORDS = 3
"""Fewest words in quotation marks that are speech; fewer are what something is called."""


def speaks(text: str, spoken: Language = ENGLISH) -> bool:
    """Whether a text has what somebody said: a verb of saying, or some words in quotation marks that are no title.

    A mark without its fellow begins or ends a quotation of several sentences.

    >>> speaks("The river was high, the captain said."), speaks("The captain of the “River Queen” came.")
    (True, False)
    """
    unpaired = text.count('"') % 2 == 1 or text.count("“") != text.count("”")
    quoted = [inside(match) for match in CLOSED.finditer(text)]
    said = any(len(words(quotation)) >= _SPOKEN_WORDS and not is_title(quotation) for quotation in quoted)
    return unpaired or said or saying(spoken).search(text) is not None


def inside(quotation: re.Match[str]) -> str:
    """The words between the marks of a quotation."""
    return quotation.group()[1:-1]


def is_title(quoted: str) -> bool:
    """Whether quoted words are a title: each has a capital, or is short."""
    return all(w.capital or not w.text.isalpha() or len(w.text) < 3 for w in content(quoted))

"""Verbs of saying, and whether words in quotation marks are speech or a title."""

from __future__ import annotations

import re
from functools import cache

from index.language.pack import Language
from qa.text.words import ENGLISH, content, words


@cache
def saying(spoken: Language) -> re.Pattern[str]:
    """The pattern of a language's verbs of saying; it matches nothing where its file has none."""
    return re.compile(rf"\b(?:{spoken.saying or '(?!)'})\b")


_SPOKEN_WORDS = 3
"""Fewest words in quotation marks that count as speech; fewer are taken for what something is called. Chosen by eye."""


def is_speech(quoted: str, spoken: Language = ENGLISH) -> bool:
    """Whether words in quotation marks are speech: at least three words, and no title.

    >>> is_speech("The bridge is closed"), is_speech("The River Queen"), is_speech("too late")
    (True, False, False)
    """
    return len(words(quoted, spoken)) >= _SPOKEN_WORDS and not is_title(quoted, spoken)


def inside(quotation: re.Match[str]) -> str:
    """The words between the marks of a quotation."""
    return quotation.group()[1:-1]


def is_title(quoted: str, spoken: Language = ENGLISH) -> bool:
    """Whether quoted words are a title: each has a capital, or is short."""
    return all(w.capital or not w.text.isalpha() or len(w.text) < 3 for w in content(quoted, spoken))

"""Matches questions against the patterns (forms) in a language's file."""

from __future__ import annotations

import re
from functools import cache

from index.language.pack import plain
from index.language.parts.asking import Asking


def comparable(text: str) -> str:
    """The text in lower case without accents; every letter keeps its index.

    >>> comparable("¿Cuántos años tiene O’Neill?")
    "¿cuantos anos tiene o'neill?"
    """
    return "".join(plain(letter)[:1] or letter for letter in text.replace("’", "'"))


@cache
def pattern(form: str) -> re.Pattern[str]:
    """A form as a compiled pattern, in which a full stop also matches a line break."""
    return re.compile(form, re.DOTALL)


def begins(question: str, form: str, asking: Asking) -> bool:
    """Whether a question begins with a form, or with a follow-up's lead ("and") and then the form.

    >>> from index.language.registry import language
    >>> begins("And who won?", "who|what", language("en").asking), begins("The winner?", "who", language("en").asking)
    (True, False)
    """
    lead = rf"\W*(?:(?:{asking.lead})\b\W*)?"
    return pattern(rf"{lead}(?:{form})(?!\w)").match(comparable(question)) is not None


@cache
def spoken_pattern(form: str) -> re.Pattern[str]:
    """A form as a compiled pattern for the question as it was typed, in any letter case."""
    return re.compile(form, re.DOTALL | re.IGNORECASE)

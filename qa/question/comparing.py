"""Questions beside the forms that a language's file lists of them."""

from __future__ import annotations

import re
from functools import cache

from index.language.asking import Asking
from index.language.pack import plain


def comparable(text: str) -> str:
    """The text in lower case without accents, each letter where it stood.

    >>> comparable("¿Cuántos años tiene O’Neill?")
    "¿cuantos anos tiene o'neill?"
    """
    return "".join(plain(letter)[:1] or letter for letter in text.replace("’", "'"))


@cache
def pattern(form: str) -> re.Pattern[str]:
    """A form, compiled; its full stop stands for a line break, too."""
    return re.compile(form, re.DOTALL)


def begins(question: str, form: str, asking: Asking) -> bool:
    """Whether a question begins with a form, perhaps after a word by which it follows another.

    >>> from index.language.registry import language
    >>> begins("And who won?", "who|what", language("en").asking), begins("The winner?", "who", language("en").asking)
    (True, False)
    """
    lead = rf"\W*(?:(?:{asking.lead})\b\W*)?"
    return pattern(rf"{lead}(?:{form})(?!\w)").match(comparable(question)) is not None


@cache
def spoken_pattern(form: str) -> re.Pattern[str]:
    """A form that is looked for in the question as it was typed, whatever its letter case."""
    return re.compile(form, re.DOTALL | re.IGNORECASE)

"""The record of a number in a text, which compares with others."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.language.pack import Numbers

CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee"}
"""Signs of currencies and the stems of their names."""
COMMA_DIGITS = r"\d{1,3}(?:[.\u00a0\u202f\u2009'’]\d{3})+(?:,\d+)?(?!\d)|\d+/\d+(?![/\d])|\d+,\d+|\d*\.?\d+"
"""The pattern of digits with a comma before decimals: 1.200,5."""
_ABOUT, _FEWEST_ABOUT = 0.05, 10
"""Share by which a number may differ from one that is given as "about", and the least number of which that holds.
Chosen by eye."""
_ABOVE, _BELOW = 1.25, 0.75
"""How many times a number that is given as "more than" may be meant at most, and one as "up to" at least. Chosen by
eye."""


@dataclass(frozen=True)
class Number:
    """A number in a text, ``text[start:end]``.

    ``unit`` is a known unit (percent, a currency, a length ...) or empty; ``head`` the stem of the noun that
    follows; ``bound`` what stands before it: above ("more than"), below ("up to"), about, or empty.
    """

    start: int
    end: int
    text: str
    value: float
    ordinal: bool = False
    unit: str = ""
    head: str = ""
    bound: str = ""
    uncertain: bool = False
    """True for a lone "one", which may be a pronoun."""
    bound_start: int = -1
    """Index in the text where the words of the bound begin; -1 where there is none."""

    def agrees(self, given: Number) -> bool:
        """Whether this number, found in the evidence, supports the given one.

        The values must be equal; if this one is exact, a given "about" allows 5 %, "more than" or "up to" 25 % on that
        side. Where both have a known unit, it must be the same.
        """
        if self.unit and given.unit and self.unit != given.unit:
            return False
        if {self.bound, given.bound} == {"above", "below"}:
            return False
        if abs(self.value - given.value) <= 1e-6 * max(abs(self.value), 1):
            return True
        if self.ordinal or given.ordinal or given.value == 0 or self.bound in ("above", "below"):
            return False
        ratio = self.value / given.value
        if given.bound == "about":
            return 1 - _ABOUT <= ratio <= 1 + _ABOUT and given.value >= _FEWEST_ABOUT
        if given.bound == "above":
            return 1 <= ratio <= _ABOVE
        if given.bound == "below":
            return _BELOW <= ratio <= 1
        return False


def value_of_digits(digits: str, decimal_comma: bool) -> float:
    """The value of a number in digits, which may be a fraction or have marks between thousands.

    >>> value_of_digits("1.200,5", True), value_of_digits("1,200.5", False), value_of_digits("3/4", False)
    (1200.5, 1200.5, 0.75)
    """
    if "/" in digits:
        top, bottom = digits.split("/")
        return float(top) / float(bottom) if float(bottom) else float(top)
    if decimal_comma and ("," in digits or re.fullmatch(r"\d{1,3}(?:[.\u00a0\u202f\u2009'’]\d{3})+", digits)):
        return float(re.sub(r"[.\u00a0\u202f\u2009'’]", "", digits).replace(",", "."))
    plain = re.sub(r"[,\u00a0\u202f\u2009]", "", digits)
    return float(plain.replace(".", "") if plain.count(".") > 1 else plain)


def bounds(known: Numbers) -> re.Pattern[str]:
    """The pattern of bounds directly before a number; the group that takes part is ``above``, ``below`` or
    ``about``.
    """
    return re.compile(
        rf"(?:(?P<above>{known.above})|(?P<below>{known.below})|(?P<about>{known.about}))\s+\S{{0,2}}$", re.IGNORECASE
    )

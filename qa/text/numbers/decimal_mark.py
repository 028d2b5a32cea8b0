"""Whether a text writes a comma or a full stop before decimals."""

from __future__ import annotations

import re

from index.language.decimal_comma import COMMON_WORDS
from index.language.english.language import NUMBERS

_FEW_DIGITS = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+[.,]\d+")
_LOOKED_AT = 2000
"""Characters of a text whose words are looked at. Round, not fitted."""


def writes_decimal_comma(text: str) -> bool:
    """Whether the text writes 1.200,5 for what English writes 1,200.5: told by its numbers, else by common words.

    >>> [writes_decimal_comma(text) for text in ("Es waren 1.200 Menschen.", "It was 1.200 of 4.", "1.200,50")]
    [True, False, True]
    """
    if not _FEW_DIGITS.search(text):
        return False
    comma = len(re.findall(r"\d\.\d{3},\d", text))
    point = len(re.findall(r"\d,\d{3}\.\d", text))
    if comma != point:
        return comma > point
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", text[:_LOOKED_AT])]
    return sum(word in COMMON_WORDS for word in words) > sum(word in NUMBERS.common_words for word in words)

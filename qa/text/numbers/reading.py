"""Numbers in a text, as values that compare: "41.4 thousand" and "forty-one thousand four hundred" are 41,400."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from index.language.pack import Language
from qa.text.dates.reading import dates
from qa.text.numbers.by_pack import numbers_by
from qa.text.numbers.english import english_numbers
from qa.text.numbers.record import Number
from qa.text.words import ENGLISH

__all__ = ["Number", "numbers", "undated_numbers"]

_GRAMMARS: Mapping[str, Callable[[str], tuple[Number, ...]]] = {ENGLISH.code: english_numbers}
"""Functions that read the numbers of languages with rules of their own; others are read by the words in their file."""


@lru_cache(maxsize=4096)
def numbers(text: str, spoken: Language = ENGLISH) -> tuple[Number, ...]:
    """The numbers of the text in order: digits, words, ordinals, fractions, with currencies, scales and units.

    >>> [(n.value, n.unit) for n in numbers("Forty-one thousand four hundred paid $4.2 million, or 12 percent.")]
    [(41400.0, ''), (4200000.0, 'dollar'), (12.0, 'percent')]

    Words for numbers, units and "more than" are the language's; there are no numbers where its file has none.
    """
    grammar = _GRAMMARS.get(spoken.code)
    return grammar(text) if grammar else numbers_by(text, spoken)


@lru_cache(maxsize=4096)
def undated_numbers(text: str, spoken: Language = ENGLISH) -> tuple[Number, ...]:
    """The numbers of the text in order that are no part of a date.

    >>> [number.text for number in undated_numbers("On 4 May 2020 some 30 came.")]
    ['30']
    """
    days = [(found.start, found.end) for found in dates(text, spoken)]
    return tuple(n for n in numbers(text, spoken) if not any(s < n.end and n.start < e for s, e in days))

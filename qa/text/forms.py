"""The forms of a word: where a text holds a word that was looked for, whatever its ending, case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence


def places(text: str, terms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yields start and end of each word of the text that is a form of one of the terms."""
    plain = [_plain(term) for term in terms]
    for word in re.finditer(r"\w+", text):
        if any(_is_form(_plain(word[0]), term) for term in plain):
            yield word.span()


def holds(text: str, terms: Sequence[str]) -> int:
    """Returns how many of the terms the text holds, in any form.

    >>> holds("Two bridges were closed.", ["bridge", "closing", "tunnel"])
    2
    """
    found = {_plain(text[start:end]) for start, end in places(text, terms)}
    return sum(any(_is_form(word, _plain(term)) for word in found) for term in terms)


def _plain(word: str) -> str:
    """The word without case and accents."""
    split = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def _is_form(word: str, term: str) -> bool:
    """Returns whether two words differ only in their endings, as far as that can be told without a stemmer.

    >>> _is_form("closed", "closing"), _is_form("bridges", "bridge"), _is_form("cats", "cat"), _is_form("the", "they")
    (True, True, True, False)
    """
    short, long = sorted((word, term), key=len)
    if word == term or short.isdigit() or len(short) < 3:
        return word == term
    if len(short) < 5:
        return long in (f"{short}s", f"{short}es", f"{short}ed", f"{short}ing")
    stem = re.sub(r"(?:ing|ed|es|s|e|ly|y)$", "", short)
    return long.startswith(stem) and long[len(stem) :] in _ENDINGS


_ENDINGS = frozenset(("", "s", "es", "ed", "e", "ing", "ings", "y", "ies", "ied", "ly", "er", "ers", "’s"))

"""Finds words of a query in a text in any of their forms, whatever their ending, case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from index.language.detection import rules_for
from index.language.pack import Language


def form_spans(text: str, terms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yields start and end of each word of the text that is a form of any of the terms, by the text's language.

    >>> text = "Auf beiden Brücken ruht der Verkehr, weil eine gesperrt wurde."
    >>> [text[start:end] for start, end in form_spans(text, ["Brücke"])]
    ['Brücken']
    """
    plain, spoken = [_plain(term) for term in terms], rules_for(text)
    for word in re.finditer(r"\w+", text):
        if any(_is_form(_plain(word[0]), term, spoken) for term in plain):
            yield word.span()


def holds(text: str, terms: Sequence[str]) -> int:
    """Returns how many of the terms the text holds in any form.

    >>> holds("Two bridges were closed.", ["bridge", "closing", "tunnel"])
    2
    """
    found, spoken = {_plain(text[start:end]) for start, end in form_spans(text, terms)}, rules_for(text)
    return sum(any(_is_form(word, _plain(term), spoken) for word in found) for term in terms)


def _plain(word: str) -> str:
    """The word without case and accents."""
    split = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def _is_form(word: str, term: str, spoken: Language) -> bool:
    """Returns whether two words of a language differ only in their endings, as far as those are known, or by stem.

    >>> from index.language.registry import language
    >>> english, german = language("en"), language("de")
    >>> _is_form("closed", "closing", english), _is_form("bridges", "bridge", english), _is_form("the", "they", english)
    (True, True, False)
    >>> _is_form("brucken", "brucke", german)
    True
    """
    short, long = sorted((word, term), key=len)
    if word == term or short.isdigit() or len(short) < 3:
        return word == term
    known = spoken.endings
    if known is None:
        return spoken.stem(word) == spoken.stem(term)
    if len(short) < 5:
        return long.startswith(short) and long[len(short) :] in known.of_short
    stem = re.sub(rf"(?:{known.parted})$", "", short)
    return long.startswith(stem) and long[len(stem) :] in known.all

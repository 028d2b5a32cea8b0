"""The words of a quotation, or of the text that it may come from, in a form in which they are compared.

Letter case, composed or separate accents, dashes, invisible characters and hyphens at line ends make no difference.
The signs of a number do: -5 is not 5, $5 not €5, 5% not 5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.text.keyword_tokens import INVISIBLE, UNSPACED
from qa.text.words import fold

_DASH = "-\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_APOSTROPHE = "'\u2018\u2019\u02bb\u02bc\u00b4\u2032\uff07`"
_MONEY = "$€£¥₹₽₩₺₴₪₫₦₱฿¢"
_MARKS = f"{INVISIBLE}\u0300-\u036f"
_LETTER = f"(?:[^\\W\\d_\u02bb\u02bc{UNSPACED}][{_MARKS}]*)"
_PIECE = f"{_LETTER}+(?:[{_APOSTROPHE}]{_LETTER}+)*"
_SOFT_BREAK = "(?<=\u00ad)\\s*\\n\\s*"
_BREAK = f"[{_DASH}]\\s*\\n\\s*"
_NUMBER = rf"""(?:(?<![\w.,{_MARKS}])(?P<sign>[{_DASH}+±~≈<>≤≥])(?=[{_MONEY}]?\d))?
               (?:(?P<before>[{_MONEY}])\s?(?P<inner>[{_DASH}])?)?
               (?P<digits>\d+(?:[.,{INVISIBLE}]+\d+)*)
               (?:\s?(?P<after>[%‰°](?!\d)|[{_MONEY}](?!\s*\d)))?"""


def _words(break_: str) -> re.Pattern[str]:
    whole = rf"{_PIECE}(?:{break_}{_PIECE})*(?:[+#]+(?!\w))?"
    return re.compile(
        rf"\[sic!?\]|(?P<acronym>(?:[^\W\d_]\.){{2,}})|{_NUMBER}|[{UNSPACED}][{_MARKS}]*|{whole}",
        re.VERBOSE | re.IGNORECASE,
    )


_SPLIT, _JOINED = _words(_SOFT_BREAK), _words(f"(?:{_SOFT_BREAK}|{_BREAK})")
_ALONE = re.compile(f"[{UNSPACED}]")
_BROKEN = re.compile(rf"[^\W\d_][{_MARKS}]*{_BREAK}[^\W\d_]")
_UNSEEN = re.compile(rf"[{INVISIBLE}\s]|[{_DASH}]\s*\n")
_STRAIGHT = str.maketrans(dict.fromkeys(_APOSTROPHE, "'"))
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")


@dataclass(frozen=True)
class Quoted:
    """A stretch of text as comparable words with their offsets."""

    text: str
    keys: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @staticmethod
    def of(text: str, start: int = 0, end: int | None = None, joined: bool = False) -> Quoted:
        """The words of ``text[start:end]``; with ``joined``, a word broken by a hyphen at a line's end is one word.

        >>> Quoted.of("The mu\u00adseum lost −5% of U.S. visi-\\ntors", joined=True).keys
        ('the', 'museum', 'lost', '-5%', 'of', 'us', 'visitors')
        """
        pattern = _JOINED if joined else _SPLIT
        found = [m for m in pattern.finditer(text, start, len(text) if end is None else end) if m.group()[0] != "["]
        return Quoted(text, tuple(map(_key, found)), tuple(m.span() for m in found))

    @property
    def reach(self) -> tuple[int, int]:
        """Start of the first word and end of the last one, as offsets into the text."""
        return (self.spans[0][0], self.spans[-1][1]) if self.spans else (0, 0)

    def read(self, first: int, last: int) -> str:
        """Returns the text from word ``first`` up to, but without, word ``last``."""
        return self.text[self.spans[first][0] : self.spans[last - 1][1]] if first < last else ""


def has_broken_words(text: str) -> bool:
    """Whether any word of the text may be broken by a hyphen at a line's end."""
    return _BROKEN.search(text) is not None


def is_unspaced(key: str) -> bool:
    """Whether the comparable word is a letter of a script that puts no spaces between words."""
    return _ALONE.match(key) is not None


def bare(key: str) -> str:
    """The comparable word without the signs around a number: "5" for "$5".

    >>> bare("-5%"), bare("$41,400"), bare("museum")
    ('5', '41,400', 'museum')
    """
    return re.sub(r"^\W+|\W+$", "", key)


def _key(found: re.Match[str]) -> str:
    if found["digits"] is not None:
        sign, before, after = (found[name] or "" for name in ("sign", "before", "after"))
        sign = sign or found["inner"] or ""
        if sign in _DASHES:
            sign = "-"
        if after and after in _MONEY:
            before, after = after, ""  # 5 € and €5
        digits = "".join(str(int(c)) if c.isdecimal() else c for c in _UNSEEN.sub("", found["digits"]))
        return f"{sign}{before}{digits}{after}"
    key = fold(_UNSEEN.sub("", found.group()).translate(_STRAIGHT)).casefold()
    return key.replace(".", "") if found["acronym"] else key  # U.S. and US

"""Words of a text with their places, in forms that compare: folded, and cut to their stem."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

WORD = re.compile(
    r"""(?:[^\W\d_]\.){2,}             # U.S.
      | \d+(?:[.,\u00a0\u202f]\d+)*    # 41,400 and 4.2
      | [^\W\d_]+(?:['’][^\W\d_]+)*    # people's
    """,
    re.VERBOSE,
)


def listed(text: str) -> tuple[str, ...]:
    """The words of a list written as one string, with spaces between."""
    return tuple(text.split())


STOP_WORDS = frozenset(
    listed(
        """a about above after again all also although am an and any are around as at be became because become been
        before being below between both but by can could did do does doing done down during each either else even
        ever every for from further get got had has have having he her here hers herself him himself his how
        however i if in into is it its itself just like may me might more most much must my myself nor of off on
        once one only or other our ours out over own per rather s same shall she should since so some such t than
        that the their theirs them themselves then there these they this those though through thus to too under
        until up upon us very was we were what when where whether which while who whom whose why will with within
        would yet you your yours"""
    )
)
"""Words that carry no fact of their own. Negations are not among them."""

_TRANSLATE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-"})


@dataclass(frozen=True)
class Word:
    """A word of a text, ``text[start:end]``, and its comparable forms.

    >>> words("Montes's trains")
    (Word(start=0, end=8, text="Montes's", key='montes', stem='mont'), Word(start=9, end=15, ...'trains', 'train'))
    """

    start: int
    end: int
    text: str
    key: str
    """Lower case without accents, full stops or possessive: ``José's`` is ``jose``, ``U.S.`` is ``usa``."""
    stem: str

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[0].isupper()


def fold(text: str) -> str:
    """The text in lower case, without accents, with plain quotation marks and hyphens.

    >>> fold("José’s")
    "jose's"
    """
    plain = text.translate(_TRANSLATE)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return plain.lower()


_DIGITS = {
    word: str(value)
    for value, word in enumerate(listed("two three four five six seven eight nine ten eleven twelve"), start=2)
}
_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=65536)
def stem(key: str) -> str:
    """The Porter stem of a folded word (snowballstemmer's English); small numbers in words are digits.

    >>> stem("trains"), stem("five"), stem("41,400")
    ('train', '5', '41400')
    """
    if key[:1].isdigit():
        return re.sub(r"[,\u00a0\u202f]", "", key)
    if key in _DIGITS:
        return _DIGITS[key]
    return str(_stemmer.stemWord(key))


@lru_cache(maxsize=65536)
def _forms(text: str) -> tuple[str, str]:
    key = fold(text).replace(".", "") if text[-1] == "." else fold(text)
    key = key.removesuffix("'s").removesuffix("'")
    if key in ("us", "usa") and text != "us":
        key = "usa"  # not the pronoun
    return key, stem(key)


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """The words and numbers of the text in order; punctuation is left out, hyphens part words."""
    return tuple(Word(m.start(), m.end(), m.group(), *_forms(m.group())) for m in WORD.finditer(text))


def content(text: str) -> tuple[Word, ...]:
    """The words of the text that are no stop words; all of them where nothing else is there."""
    every = words(text)
    return tuple(w for w in every if w.key not in STOP_WORDS) or every

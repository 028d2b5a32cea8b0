"""Words of a text with their offsets, in forms in which they are compared: folded, and as stems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from index.language.pack import Language, plain
from index.language.registry import language

WORD = re.compile(
    r"""(?:[^\W\d_]\.){2,}             # U.S.
      | \d+(?:[.,\u00a0\u202f]\d+)*    # 41,400 and 4.2
      | [^\W\d_]+(?:['’][^\W\d_]+)*    # people's
    """,
    re.VERBOSE,
)


ENGLISH = language("en")

_UNITED_STATES = frozenset(("unit", "state"))
_TRANSLATE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-"})


@dataclass(frozen=True)
class Word:
    """A word of a text, ``text[start:end]``, and its comparable forms.

    >>> [(word.text, word.key, word.stem) for word in words("Montes's trains")]
    [("Montes's", 'montes', 'mont'), ('trains', 'trains', 'train')]
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
    return plain(text.translate(_TRANSLATE))


def flat(text: str) -> str:
    """The text in lower case without accents; every character keeps its index.

    >>> flat("Zwölf Straßen")
    'zwolf straßen'
    """
    if text.isascii():
        return text.lower()
    return "".join(bare if len(bare := plain(character)) == 1 else character for character in text)


@cache
def _digits(spoken: Language) -> dict[str, str]:
    """For each word for two to twelve its number in digits."""
    known = spoken.numbers.words if spoken.numbers else {}
    return {word: str(int(value)) for word, value in known.items() if 2 <= value <= 12}


@lru_cache(maxsize=65536)
def stem(key: str, spoken: Language = ENGLISH) -> str:
    """The Snowball stem of a folded word in a language; small numbers in words are digits.

    >>> stem("trains"), stem("five"), stem("41,400")
    ('train', '5', '41400')
    """
    if key[:1].isdigit():
        return re.sub(r"[,\u00a0\u202f]", "", key)
    return _digits(spoken).get(key) or spoken.stem(key)


@lru_cache(maxsize=65536)
def _forms(text: str, spoken: Language) -> tuple[str, str]:
    key = fold(text).replace(".", "") if text[-1] == "." else fold(text)
    key = key.removesuffix("'s").removesuffix("'")
    if key in ("us", "usa") and text != "us":
        key = "usa"  # not the pronoun
    return key, stem(key, spoken)


def _word(text: str, start: int, spoken: Language) -> Word:
    """The word ``text``, which begins at ``start``, without a short word joined to it: "Aldmoor" of "d’Aldmoor"."""
    folded = fold(text)
    elided = next((len(short) for short in spoken.elisions if folded.startswith(short) and folded != short), 0)
    return Word(start + elided, start + len(text), text[elided:], *_forms(text[elided:], spoken))


@lru_cache(maxsize=4096)
def words(text: str, spoken: Language = ENGLISH) -> tuple[Word, ...]:
    """The words and numbers of the text in order; punctuation is left out, hyphens part words."""
    return tuple(_word(m.group(), m.start(), spoken) for m in WORD.finditer(text))


def any_words(text: str) -> tuple[Word, ...]:
    """The words of a text in any language, to be counted or compared as they are written; their stems do not count."""
    return words(text, ENGLISH)


def content(text: str, spoken: Language = ENGLISH) -> tuple[Word, ...]:
    """The words of the text without stop words; all words where it has nothing else."""
    every = words(text, spoken)
    return tuple(w for w in every if w.key not in spoken.stop_words) or every


@lru_cache(maxsize=4096)
def stems(text: str, spoken: Language = ENGLISH) -> frozenset[str]:
    """The stems of all words of the text; the United States are also the USA, and the other way round."""
    found = {w.stem for w in words(text, spoken)}
    if "usa" in found:
        found |= _UNITED_STATES
    elif found >= _UNITED_STATES:
        found.add("usa")
    return frozenset(found)

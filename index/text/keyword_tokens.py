"""Text as the keyword index takes it, in passages and in queries: SQLite's tokenizer splits words where readers do not.

A soft hyphen, a zero-width space or a hyphen at a line's end would make two words of one; and in a script without
spaces between words a whole clause would be one word.
"""

from __future__ import annotations

import re
import unicodedata

from index.language.pack import plain
from index.language.registry import language

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
"""Characters that nobody sees, as a class of a regular expression: joiners, marks of direction, soft hyphens."""
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17b3\u17b6-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""The letters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, Japanese and Chinese."""

_HIDDEN = re.compile(rf"[{INVISIBLE}]")
_PARTED = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011]\s*\n\s*(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(rf"([{UNSPACED}])")


def searchable(text: str, code: str | None = None) -> str:
    r"""The text with its words whole, and with spaces between the letters of scripts that have none.

    In languages other than English each word is stemmed; ``code`` is the text's language. English is stemmed by SQLite.

    >>> searchable("The mu\u00adseum of Lo\u0308wen was re-\nopened"), searchable("修好学校").split()
    ('The museum of Löwen was reopened', ['修', '好', '学', '校'])
    """
    if text.isascii() and "-" not in text:
        return with_stems(text, code)
    whole = with_stems(_PARTED.sub("", _HIDDEN.sub("", unicodedata.normalize("NFKC", text))), code)
    return whole if whole.isascii() else _LETTER.sub(r" \1 ", whole)


def searchable_alike(code: str | None, other: str | None) -> bool:
    """Whether a text is indexed the same whichever of two languages, given by their codes, it is in.

    >>> searchable_alike("en", None), searchable_alike("de", "de-AT"), searchable_alike("de", "en")
    (True, True, False)
    """
    one, two = language(code or "en"), language(other or "en")
    return one is two or (one.stemmer is None and two.stemmer is None)


def with_stems(text: str, code: str | None) -> str:
    """The text with each word replaced by its stem in the language ``code``; unchanged for English or None.

    >>> with_stems("Die Brücken sind gesperrt", "de"), with_stems("The bridges are closed", "en")
    ('die bruck sind gesperrt', 'The bridges are closed')
    """
    known = language(code or "en")
    if known.code == "en" or known.stemmer is None:
        return text
    return _WORD.sub(lambda found: known.stem(_bare(found.group())), text)


def _bare(word: str) -> str:
    """The word in lower case; Latin letters lose their accents, which not everyone types."""
    bare = plain(word)
    return bare if bare.isascii() else word.lower()

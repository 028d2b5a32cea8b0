"""The page's own words in other languages: a catalogue a language in ``ui/words``.

A catalogue gives for each of the page's words, as they stand in English, those of its language; ``#`` stands for a
number in them, ``@`` for a date ("Since @: # articles"), and in a sentence about an error ``*`` for any words. On the
page, and in a report, a browser puts them in place by ``static/words.js``, in the language that its reader prefers;
articles, questions and answers stay as they are. What is taken out of the page is said in the language of its question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from index.language.detection import rules_for
from index.language.pack import Language
from qa.text.dates.reading import date_in_words
from qa.text.words import ENGLISH
from ui.html.files import STATIC
from ui.html.markup import page_words

WORDS = Path(__file__).parents[1] / "words"

_NUMBER = re.compile(r"\d+")
_MARK = re.compile("[#@*]")


@cache
def catalogues() -> dict[str, dict[str, str]]:
    """Every catalogue by the code of its language (``de``)."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(WORDS.glob("*.json"))}


def words_script(said_in: str | None = None) -> str:
    """The script that puts the words in place; only the words that stand in the markup ``said_in``, where it is given.

    It stands above all that it is to translate.
    """
    known = catalogues()
    if said_in is not None:
        text = " ".join(unescape(said_in).split())
        known = {
            code: {word: said for word, said in words.items() if all(part in text for part in _MARK.split(word))}
            for code, words in known.items()
        }
    listed = json.dumps(known, ensure_ascii=False).replace("</", "<\\/")
    return f"const CATALOGUES = {listed};\n{(STATIC / 'words.js').read_text('utf-8')}"


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

    def pages(self, pages: Sequence[int]) -> str:
        """The first and the last page of something in words; empty where there are none.

        >>> AS_WRITTEN.pages((1, 2)), wording_of("Wann wurde die Brücke gesperrt?").pages((3, 3))
        ('pages 1–2', 'Seite 3')
        """
        words = page_words(pages)
        numbers = iter(_NUMBER.findall(words))
        return re.sub("#", lambda _: next(numbers, ""), self.said(_NUMBER.sub("#", words)))


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

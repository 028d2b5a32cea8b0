"""Words of a question that stand in no article, written as the articles write a word very like them."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from index.language.detection import rules_for
from index.language.pack import Language
from index.library import Library
from qa.text.words import Word, content, words

_SHORTEST, _SHORTEST_NAME = 5, 6
"""Letters of a word, and of one with a capital, that may be written otherwise: "Jansen" may well be another than
"Hansen", and of short words too many are alike. Chosen by eye."""
_TWICE_FROM = 8
"""Letters from which two may differ."""
_MOST_LOOKED_UP = 30
"""Stems looked up for one word, and passages that hold them."""


def respelled(question: str, library: Library) -> str:
    """The question, its words that no passage holds replaced by those of the articles that differ in a letter or two.

    A word that is one token of the embedder is left: it is right, and only the articles do not use it. So is the whole
    question where no article is in its language. An "exmaple" becomes the "example" that some article has.
    """
    changed, reached = "", 0
    spoken = rules_for(question)
    for word in content(question, spoken) if library.speaks(spoken.code) else ():
        other = _respelling(word, library, spoken)
        if other:
            changed += question[reached : word.start] + other
            reached = word.end
    return changed + question[reached:]


def _respelling(word: Word, library: Library, spoken: Language) -> str | None:
    letters = len(word.text)
    least = _SHORTEST_NAME if word.capital else _SHORTEST
    if letters < least or not word.text.isalpha() or library.embedder.count_tokens(word.key) == 1:
        return None
    if library.holds([word.text]):
        return None
    most = 1 + (letters >= _TWICE_FROM)
    # The index holds stems: those that the word may have begun with, then the words of the articles that have them.
    begun = [
        term
        for term in library.terms(_SHORTEST - 1, letters + most)
        if term[0] == word.key[0] and OSA.distance(term, word.key[: len(term)], score_cutoff=most + 1) <= most + 1
    ]
    likely = sorted(begun, key=lambda term: -len(term))[:_MOST_LOOKED_UP]
    near = [
        (OSA.distance(word.key, other.key, score_cutoff=most), other.text)
        for passage in library.words(likely, _MOST_LOOKED_UP)
        for other in words(passage.text, spoken)
        if other.key[0] == word.key[0]
    ]
    distance, text = min(near, default=(most + 1, ""))
    return text if distance <= most else None

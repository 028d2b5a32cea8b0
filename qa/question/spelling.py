"""Corrects words of a question that stand in no article to very similar ones that do."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from index.language.detection import rules_for
from index.language.pack import Language
from index.library import Library
from qa.text.words import Word, content, words

_SHORTEST, _SHORTEST_NAME = 5, 6
"""Fewest letters of a word that is corrected, and of one with a capital: "Jansen" may well be someone else than
"Hansen", and too many short words are alike. Chosen by eye."""
_TWICE_FROM = 8
"""Letters from which a word may differ in two letters. Chosen by eye."""
_MOST_LOOKED_UP = 30
"""Similar stems that are looked up for one word, and passages with them, at most. Round, not fitted."""


def respelled(question: str, library: Library) -> str:
    """The question, with words that no passage holds replaced by words of the articles that differ in a letter or two.

    A word that is a single token of the embedder is kept: it is spelled right, only no article uses it. The question is
    unchanged where no article is in its language. So "exmaple" becomes "example" if an article has that.
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

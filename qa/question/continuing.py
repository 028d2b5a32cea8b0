"""What the articles tell about a follow-up: whether it belongs to the question before, and what that one was about."""

from __future__ import annotations

from index.language.pack import Language
from index.library import Library
from qa.records import Turn
from qa.text.words import content, words

_LOOKED_AT = 3
"""Passages on the question before that are looked up: an answer seldom rests on more. Chosen by eye."""
_MOST_TERMS = 40
"""Words of a question and its answer by which these are looked up. Round, not fitted."""


def is_told_with(question: str, last: Turn, library: Library, spoken: Language) -> bool:
    """Whether the articles on the turn before (``last``) hold most of the question's words, weighted by rarity.

    True also where that cannot be told: no article is in the question's language, or none holds any of its words.
    """
    if not library.speaks(spoken.code):
        return True
    asked = {word.stem: word.key for word in content(question, spoken)}
    told = {word.stem for text in texts_on(last, library, spoken) for word in words(text, spoken)}
    weights = {form: library.rarity(key) for form, key in asked.items() if library.holds([key])}
    return not weights or 2 * sum(weight for form, weight in weights.items() if form in told) > sum(weights.values())


def texts_on(turn: Turn, library: Library, spoken: Language) -> list[str]:
    """The texts of the articles on a turn, found by the words of its question and answer, the nearest first."""
    about = dict.fromkeys(word.key for word in content(f"{turn.question} {turn.answer}", spoken))
    near = library.words(list(about)[:_MOST_TERMS], _LOOKED_AT)
    return [library.article(article_id).text for article_id in dict.fromkeys(each.article_id for each in near)]

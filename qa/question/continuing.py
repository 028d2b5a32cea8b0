"""What the articles tell of a question and the one before: whether of both together, and what thing it was about."""

from __future__ import annotations

from index.language.pack import Language
from index.library import Library
from qa.records import Turn
from qa.text.words import content, words

_LOOKED_AT = 3
"""Passages looked for that tell of the question before: an answer seldom rests on more."""
_MOST_TERMS = 40
"""Words of a question and its answer that are looked for."""


def is_told_with(question: str, last: Turn, library: Library, spoken: Language) -> bool:
    """Whether articles that tell of the turn before hold most of what the question speaks of.

    Each word of the library counts as much as it tells passages apart. True where no article is in the language of the
    question, or holds any of its words, so that nothing can be told.
    """
    if not library.speaks(spoken.code):
        return True
    asked = {word.stem: word.key for word in content(question, spoken)}
    told = {word.stem for text in texts_on(last, library, spoken) for word in words(text, spoken)}
    weights = {form: library.rarity(key) for form, key in asked.items() if library.holds([key])}
    return not weights or 2 * sum(weight for form, weight in weights.items() if form in told) > sum(weights.values())


def texts_on(turn: Turn, library: Library, spoken: Language) -> list[str]:
    """The texts of the articles that tell of a turn, by the words of its question and answer, the nearest first."""
    about = dict.fromkeys(word.key for word in content(f"{turn.question} {turn.answer}", spoken))
    near = library.words(list(about)[:_MOST_TERMS], _LOOKED_AT)
    return [library.article(article_id).text for article_id in dict.fromkeys(each.article_id for each in near)]

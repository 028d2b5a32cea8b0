"""Recognises questions whose answer has several parts: a list, what each of two says, a comparison."""

from __future__ import annotations

from index.language.detection import rules_for
from qa.question.comparing import comparable, pattern


def asks_for_several(question: str) -> bool:
    """Whether the question asks for several things, as far as its words tell.

    >>> asks_for_several("Who scored the goals?"), asks_for_several("Which are the two villages affected?")
    (True, True)
    >>> asks_for_several("What is the name of his boat?"), asks_for_several("Who was the first captain?")
    (False, False)
    >>> asks_for_several("What happens to the ferry?"), asks_for_several("Who owns the three mills?")
    (False, False)
    >>> asks_for_several("Name all members."), asks_for_several("Why do they travel in caravans at all?")
    (True, False)
    """
    forms = rules_for(question).questions
    if forms is None:
        return False
    asked = comparable(question)
    begins = pattern(rf"\W*(?:{forms.begins_several})\b").match(asked)
    return bool(begins or pattern(rf"\b(?:{forms.several})\b").search(asked))

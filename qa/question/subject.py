"""Finds the thing that a question is about: "the bridge" of "When did the bridge close?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language.pack import Language
from qa.question.comparing import spoken_pattern

_MOST_WORDS = 5
"""Most words of a thing's name, with its article. Chosen by eye."""


def subject(question: str, texts: Sequence[str], spoken: Language) -> str:
    """The longest run of words after the question's verb that stands in one of the texts; "" where none does.

    The question alone does not tell where the name ends: "the night train" of "Did the night train stop?".

    >>> from index.language.registry import language
    >>> subject("When does the night train stop?", ["It is the night train of Lakeline."], language("en"))
    'the night train'
    >>> subject("Who closed the bridge?", ["The bridge was closed."], language("en"))
    ''
    """
    asked = spoken.asking
    found = spoken_pattern(asked.references.subject).match(question) if asked else None
    if found is None:
        return ""
    some = found["subject"].rstrip(" ?").split()[:_MOST_WORDS]
    told = "\n".join(texts).casefold()
    for count in range(len(some), 1, -1):
        name = " ".join(some[:count])
        if re.search(rf"\b{re.escape(name.casefold())}\b", told):
            return name
    return ""

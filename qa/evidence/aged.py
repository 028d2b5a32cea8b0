"""Sentences that surely tell how old somebody is: an age stands right beside the name that the question asks about."""

from __future__ import annotations

import re

from index.language.detection import rules_for
from qa.question.kind import value_asked
from qa.text.names import names
from qa.text.numbers.intervals import ages

_BESIDE = re.compile(r"\s*[,(]?\s*(?:\w+\s+){0,2}", re.UNICODE)
"""What may stand between a name and its age: "Ruiz, 41", "Ruiz is 41", "Ruiz (41)"."""


def tells_age(sentence: str, question: str) -> bool:
    """Whether the question asks for the age of somebody by name, and the sentence has it right after that name.

    The last word of the name is enough. A question that says more ("when she left") asks for another age.

    >>> tells_age("Ruiz, 41, has led the rescuers for 12 years.", "How old is Ana Ruiz?")
    True
    >>> tells_age("Ruiz met Per Lind, 41, on Monday.", "How old is Ana Ruiz?")
    False
    >>> tells_age("Ruiz, 41, has led the rescuers for 12 years.", "How old was Ana Ruiz when she began?")
    False
    """
    spoken = rules_for(question)
    wanted = value_asked(question, spoken)
    if wanted is None or wanted.kind != "age" or not wanted.names or wanted.things or wanted.happened:
        return False
    asked = {name.keys[-1] for name in names(question, spoken) if name.keys}
    beside = [name for name in names(sentence, spoken) if name.keys and name.keys[-1] in asked]
    return any(
        name.end <= age.start and _BESIDE.fullmatch(sentence[name.end : age.start])
        for name in beside
        for age in ages(sentence, spoken)
    )

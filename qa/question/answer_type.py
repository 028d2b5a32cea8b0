"""What type of thing a question expects, and whether a text has one: a number, a date, a name or a statement."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from index.language.detection import rules_for
from qa.question.comparing import comparable, pattern
from qa.question.kind import value_asked
from qa.text.dates import dates
from qa.text.names import names
from qa.text.speech import speaks
from qa.text.words import words

AnswerType = Literal["number", "date", "name", "statement"]


@lru_cache(maxsize=1024)
def answer_type(question: str) -> AnswerType | None:
    """The type that the question's words tell; None where they tell none.

    >>> answer_type("How many ships came?"), answer_type("When did they sail?"), answer_type("Who was on board?")
    ('number', 'date', 'name')
    >>> answer_type("What did the captain say?"), answer_type("What do the articles say about him?")
    ('statement', None)
    >>> answer_type("Seit wann fährt die Fähre?"), answer_type("¿A quién eligió el consejo de la ciudad?")
    ('date', 'name')
    """
    spoken = rules_for(question)
    forms = spoken.questions
    if forms is None:
        return None
    value = value_asked(question, spoken)
    if value is not None:
        return "date" if value.kind == "date" else "number"
    kinds: tuple[tuple[AnswerType, str], ...] = (
        ("number", forms.number),
        ("date", forms.date),
        ("statement", forms.statement),
        ("name", forms.name),
    )
    asked = comparable(question)
    return next((kind for kind, form in kinds if pattern(rf"\W*(?:[\w'’-]+\s+)?(?:{form})\b").match(asked)), None)


def has_answer_type(text: str, question: str) -> bool:
    """Whether the text has a thing of the type that the question expects, and which the question does not name itself.

    False where the question's words tell no type.
    """
    wanted = answer_type(question)
    if wanted is None:
        return False
    spoken = rules_for(question)
    if wanted == "statement":
        return speaks(text, spoken)
    given = {word.stem for word in words(question, spoken)}
    if wanted == "name":
        return any(not given & {word.stem for word in words(name.text, spoken)} for name in names(text, spoken))
    figures = any(word.stem[0].isdigit() and word.stem not in given for word in words(text, spoken))
    return figures and (wanted == "number" or bool(dates(text, spoken)))

"""What type of thing a question expects, and whether a text has one: a number, a date, a name or a statement."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from index.language.detection import rules_for
from index.language.pack import Questions, plain
from qa.question.kind import value_asked
from qa.support.quotations import speaks
from qa.text.dates import dates
from qa.text.names import names
from qa.text.words import fold, words

AnswerType = Literal["number", "date", "name", "statement"]

_NAME = re.compile(
    r"\b(?:who|whom|whose|where)\b"
    r"|\b(?:what|which) (?:\w+ )?(?:person|people|man|woman|king|queen|president|minister|author|artist|scientist|team|"
    r"company|organi[sz]ation|university|school|city|town|village|country|nation|state|region|county|continent|island|"
    r"river|lake|sea|mountain|place|street)\b"
)
_STATEMENT = re.compile(
    r"\bwhat (?:did|does|do|has|have|had) (?!(?:the |these |those )?(?:articles?|stor(?:y|ies)|news|sources?|texts?)\b)"
    r".+ (?:say|said|tell|told|state|stated|write|written|explain|explained)\b"
)


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
    if (forms := rules_for(question).questions) is not None:
        return _by_forms(question, forms)
    value = value_asked(question)
    if value is not None:
        return "date" if value.kind == "date" else "number"
    folded = fold(question)
    if _STATEMENT.search(folded):
        return "statement"
    return "name" if _NAME.search(folded) else None


def _by_forms(question: str, forms: Questions) -> AnswerType | None:
    kinds: tuple[tuple[AnswerType, str], ...] = (
        ("number", forms.number),
        ("date", forms.date),
        ("name", forms.name),
        ("statement", forms.statement),
    )
    first = plain(question)
    return next((kind for kind, form in kinds if re.match(rf"\W*(?:[\w'’-]+\s+)?(?:{form})\b", first)), None)


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

"""Recognises requests for longer answers: a summary, a timeline, a comparison."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from index.language.detection import rules_for
from index.language.pack import Language
from index.language.parts.asking import Asking
from qa.question.comparing import comparable, pattern

LongerAnswer = Literal["summary", "timeline", "comparison"]


@dataclass(frozen=True)
class Request:
    """A request for a longer answer, and its one or two topics; an empty topic means the articles themselves."""

    kind: LongerAnswer
    topics: tuple[str, ...]
    places: tuple[tuple[int, int], ...] = field(default=(), compare=False, repr=False)
    """Start and end of each topic in the question, including words like "the articles about"."""


def requested(question: str) -> Request | None:
    """The request in a question; None where it asks for no longer answer.

    >>> requested("Summarize the articles about the flood in Aldmoor.")
    Request(kind='summary', topics=('the flood in Aldmoor',))
    >>> requested("Compare the harvest in Wexcombe with the one in Holm")
    Request(kind='comparison', topics=('the harvest in Wexcombe', 'the one in Holm'))
    >>> requested("Fasse bitte die Artikel über die Flut in Aldmoor kurz zusammen.")
    Request(kind='summary', topics=('die Flut in Aldmoor',))
    >>> requested("Who wrote the summary of the flood?") is None
    True
    """
    return requested_in(question, rules_for(question))


def requested_in(question: str, spoken: Language) -> Request | None:
    """The request in a question, read as one in this language.

    >>> from index.language.registry import language
    >>> requested_in("Resume eso", language("es"))
    Request(kind='summary', topics=('eso',))
    """
    asking = spoken.asking
    if asking is None:
        return None
    asked = comparable(question.rstrip(" .?!"))
    kinds: tuple[tuple[LongerAnswer, tuple[str, ...]], ...] = (
        ("summary", asking.summary),
        ("timeline", asking.timeline),
        ("comparison", asking.comparison),
    )
    for kind, forms in kinds:
        for form in forms:
            if match := pattern(rf"\W*(?:(?:{asking.begging}),?\s+)*{form}").fullmatch(asked):
                places = tuple(match.span(name) for name in match.groupdict())
                return Request(kind, tuple(_topic(question[a:b], asking) for a, b in places), places)
    return None


def _topic(text: str, asking: Asking) -> str:
    """The topic of a request without words like "the articles about"."""
    text = text.strip(" .?!")
    of = pattern(asking.articles).match(comparable(text))
    return text[of.end() :] if of else text

"""Questions for how things stand now: what was told last answers them, be it told once and the earlier often."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.language.detection import rules_for
from qa.evidence.sections import Section
from qa.evidence.selecting import Place
from qa.question.comparing import comparable, pattern

_LATEST = 2.0
"""Log odds that being told last adds to a sentence, and being told first takes from it, at the most. By eye."""


def asks_for_latest(question: str) -> bool:
    """Whether the words of a question ask for how things stand now.

    >>> asks_for_latest("What is the latest figure for the injured?"), asks_for_latest("Who won the cup final?")
    (True, False)
    >>> asks_for_latest("Wie hoch ist die Quote jetzt?"), asks_for_latest("How much is it from now on?")
    (True, False)
    """
    forms = rules_for(question).questions
    return forms is not None and pattern(rf"\b(?:{forms.latest})\b").search(comparable(question)) is not None


def latest_first(question: str, sections: Sequence[Section]) -> Callable[[Place], float]:
    """What is added to the log odds of a sentence that it answers: more, the later its article was published.

    0 for all where the question does not ask for how things stand now.
    """
    if not asks_for_latest(question):
        return lambda place: 0.0
    how_new = newer([section.published for section in sections])
    of_article = {section.article_id: new for section, new in zip(sections, how_new, strict=True)}
    return lambda place: _LATEST * of_article.get(place.article_id, 0.0)


def newer(published: Sequence[str | None]) -> list[float]:
    """For each day, how many more of the days are earlier than are later, as a share; 0 where there is none.

    >>> newer(["2024-03-12", "2024-04-04", None, "2024-03-12"])
    [-0.3333333333333333, 0.6666666666666666, 0.0, -0.3333333333333333]
    """
    days = [day[:10] for day in published if day]
    return [
        sum((day[:10] > other) - (day[:10] < other) for other in days) / len(days) if day else 0.0 for day in published
    ]

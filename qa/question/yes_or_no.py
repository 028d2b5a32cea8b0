"""Questions that are answered with yes or no, and what a language model leans to before it words its answer.

A small model says yes to nearly everything that is asked this way. How much it leans to yes tells more: shown the
sentences that prove the answer to 90 questions of our own, a 1.5B model said no to 25 in a hundred of those that it had
to; taken for a yes from ``YES_FROM`` on, to 75, and yes to 71 of the others. A 0.5B model's leaning told nothing.
"""

from __future__ import annotations

from index.language.detection import rules_for
from qa.question.comparing import comparable, pattern

YES_OR_NO = "Answer yes or no."
"""What the model is told then."""
YES_FORMS = ("Yes", "yes", " Yes", " yes")
NO_FORMS = ("No", "no", " No", " no")
YES_FROM = 1.5
"""By how much the logarithm of the probability of a yes must exceed that of a no."""


def yes_or_no(question: str) -> tuple[str, str]:
    """The two words with which an answer begins, in the language of the question; in English where its own are unknown.

    >>> yes_or_no("Wurde die Brücke gestern gesperrt?")
    ('Ja', 'Nein')
    """
    asking = rules_for(question).asking
    return (asking.yes, asking.no) if asking else ("Yes", "No")


def asks_yes_or_no(question: str) -> bool:
    """Whether yes or no answers the question.

    >>> [asks_yes_or_no(q) for q in ("Did the mill close?", "Is it cheaper by bus or by train?", "Who won?")]
    [True, False, False]
    >>> asks_yes_or_no("Und wurde die Brücke gesperrt?")
    True
    """
    asking = rules_for(question).asking
    if asking is None:
        return False
    asked = comparable(question)
    begins = pattern(rf"\W*(?:(?:{asking.lead})\b\W*)?(?:{asking.verbs})\b")
    return bool(begins.match(asked)) and not pattern(rf"\b(?:{asking.choice})\b").search(asked)

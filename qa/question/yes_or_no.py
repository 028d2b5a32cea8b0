"""Questions that are answered with yes or no, and which of them a language model leans to before it words its answer.

A small model says yes to nearly everything that is asked this way. What it has in mind before its first word tells
more: a probe of that is fitted for the models that have one, by ``tests/bench/fit_yes_or_no.py``; of others, how much
more probable a yes is to them than a no.
"""

from __future__ import annotations

import threading
from pathlib import Path

from index.language.asking import Asking
from index.language.detection import rules_for
from qa.confidence.probe import probe_of_model
from qa.llm.protocol import Leans, Prompt
from qa.question.comparing import begins, comparable, pattern

COEFFICIENTS = Path(__file__).with_name("yes_or_no.npz")
"""A probe for each model fitted."""

YES_OR_NO = "Answer yes or no."
"""What the model is told then."""
YES_FORMS = ("Yes", "yes", " Yes", " yes")
NO_FORMS = ("No", "no", " No", " no")
YES_FROM = 1.5
"""By how much the logarithm of the probability of a yes must exceed that of a no, of a model without a probe. So taken,
a 1.5B model told yes from no in 67 of a hundred questions of our own, as many of each; a 0.5B model could not."""


def says_yes(model: Leans, prompt: Prompt, stop: threading.Event) -> bool:
    """Whether the model rather says yes than no to a prompt that asks for one of them."""
    if (probe := probe_of_model(COEFFICIENTS, model.name)) is not None:
        return bool(probe.log_odds(model.state(prompt, stop)) > 0)
    return model.leaning(prompt, YES_FORMS, NO_FORMS, stop) >= YES_FROM


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
    return asking is not None and begins(question, asking.verbs, asking) and not gives_choice(question, asking)


def gives_choice(question: str, asking: Asking) -> bool:
    """Whether a question names what to choose from: "by bus or by train"."""
    return pattern(rf"\b(?:{asking.choice})\b").search(comparable(question)) is not None

"""Recognises yes-or-no questions, and tells whether a language model leans to yes or no before it writes.

A small model says yes to nearly every such question. Its state before the first word tells more: a probe of that was
fitted for some models by ``tests/bench/fit_yes_or_no.py``. For others, the probabilities of a yes and a no decide.
"""

from __future__ import annotations

import threading
from pathlib import Path

from index.language.detection import rules_for
from index.language.parts.asking import Asking
from qa.confidence.probe import probe_of_model
from qa.llm.protocol import Leans, Prompt
from qa.question.comparing import begins, comparable, pattern

COEFFICIENTS = Path(__file__).with_name("yes_or_no.npz")
"""The fitted probes, by model."""

YES_OR_NO = "Answer yes or no."
"""The instruction that the model is given."""
YES_FORMS = ("Yes", "yes", " Yes", " yes")
NO_FORMS = ("No", "no", " No", " no")
YES_FROM = 1.5
"""How far the log probability of a yes must exceed that of a no, for a model without a probe. With this value a 1.5B
model told yes from no in 67 of a hundred questions of our own, half of each kind; a 0.5B model could not."""


def says_yes(model: Leans, prompt: Prompt, stop: threading.Event) -> bool:
    """Whether the model leans to yes rather than no at the end of a prompt that asks for one of them."""
    if (probe := probe_of_model(COEFFICIENTS, model.name)) is not None:
        return bool(probe.log_odds(model.state(prompt, stop)) > 0)
    return model.leaning(prompt, YES_FORMS, NO_FORMS, stop) >= YES_FROM


def yes_or_no(question: str) -> tuple[str, str]:
    """The words for yes and no with which an answer begins, in the question's language if known, else in English.

    >>> yes_or_no("Wurde die Brücke gestern gesperrt?")
    ('Ja', 'Nein')
    """
    asking = rules_for(question).asking
    return (asking.yes, asking.no) if asking else ("Yes", "No")


def asks_yes_or_no(question: str) -> bool:
    """Whether the question is answered by yes or no.

    >>> [asks_yes_or_no(q) for q in ("Did the mill close?", "Is it cheaper by bus or by train?", "Who won?")]
    [True, False, False]
    >>> asks_yes_or_no("Und wurde die Brücke gesperrt?")
    True
    """
    asking = rules_for(question).asking
    return asking is not None and begins(question, asking.verbs, asking) and not gives_choice(question, asking)


def gives_choice(question: str, asking: Asking) -> bool:
    """Whether a question names alternatives: "by bus or by train"."""
    return pattern(rf"\b(?:{asking.choice})\b").search(comparable(question)) is not None

"""Checks a question that a person asks, before anything else is done with it."""

from __future__ import annotations

from index.errors import InputError
from index.reading.letters.letters import clean

LONGEST_QUESTION = 2_000
"""Characters of a question: a longer one would leave too little of the language model's context to the evidence. Round,
not fitted."""


def checked_question(question: str) -> str:
    """The question with composed letters, as articles are read, and without white space around it.

    Raises InputError: nothing is left, or more than LONGEST_QUESTION characters.

    >>> checked_question(" Who won? ")
    'Who won?'
    >>> checked_question("Who won in Lo\\u0308wen?")
    'Who won in Löwen?'
    """
    question = clean(question).strip()
    if not question:
        raise InputError("The question is empty; type what you want to know.")
    if len(question) > LONGEST_QUESTION:
        raise InputError(f"The question has {len(question):,} characters; shorten it to at most {LONGEST_QUESTION:,}.")
    return question

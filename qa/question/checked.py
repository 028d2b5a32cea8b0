"""What may be asked: a question of a person, before anything is made of it."""

from __future__ import annotations

from index.errors import InputError
from index.reading.letters import clean

LONGEST_QUESTION = 2_000
"""Characters; more would leave the evidence too little of what a language model can read."""


def checked(question: str) -> str:
    """The question in the letters that articles are read in, without white space around it.

    Raises InputError: nothing is left, or more than a question's length.

    >>> checked(" Who won? ")
    'Who won?'
    >>> checked("Who won in Lo\\u0308wen?")
    'Who won in Löwen?'
    """
    question = clean(question).strip()
    if not question:
        raise InputError("The question is empty; type what you want to know.")
    if len(question) > LONGEST_QUESTION:
        raise InputError(f"The question has {len(question):,} characters; shorten it to at most {LONGEST_QUESTION:,}.")
    return question

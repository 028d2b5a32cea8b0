"""From a follow-up to a question that can be searched by itself, by rules: no second call of the language model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.records import Turn
from qa.text.names import names
from qa.text.words import content

_OF = {"his", "her", "their", "its"}
"""Pronouns that stand for a name with 's where a noun follows."""
_PRONOUN = re.compile(
    r"\b(?:he|she|they|it|him|them|his|her|their|its|this|that(?= (?:one|person|place)\b))\b", re.IGNORECASE
)
_LEAD = re.compile(r"^\s*(?:and|but|so|then)\b[\s,]*|^\s*what about\b", re.IGNORECASE)
_FEW_WORDS = 1
"""Telling words that a question needs at least one more of to be searched by itself."""


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question with what earlier ones let it leave unsaid: a name for its pronoun, or else their topic.

    Questions that name somebody, or have neither a pronoun nor too few words to be searched by, stay as they are.

    >>> standalone("How old is he?", [Turn("Who is José Luis Montes?", "A migrant.")])
    'How old is José Luis Montes?'
    >>> standalone("And in May?", [Turn("What was the unemployment rate in April?", "4.9 percent.")])
    'And in May? (What was the unemployment rate in April?)'
    """
    if not history:
        return question
    pronoun = _PRONOUN.search(question)
    if pronoun and not names(question):
        name = _last_name(history)
        if name:
            possessive = pronoun[0].lower() in _OF and re.match(r"\s+\w", question[pronoun.end() :])
            return f"{question[: pronoun.start()]}{name}{'’s' if possessive else ''}{question[pronoun.end() :]}"
    too_short = len(content(question)) <= _FEW_WORDS and not names(question)
    if pronoun or _LEAD.match(question) or too_short:
        return f"{question} ({history[-1].question})"
    return question


def _last_name(history: Sequence[Turn]) -> str:
    """The longest name of the latest turn that has one; its question counts before its answer."""
    for turn in reversed(history):
        for text in (turn.question, turn.answer):
            found = [name.text for name in names(text) if name.certain]
            if found:
                return max(found, key=len)
    return ""

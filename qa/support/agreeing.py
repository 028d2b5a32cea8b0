"""Whether an answer's yes or no agrees with the sentence that it begins: small models say yes to "Did she refuse?"."""

from __future__ import annotations

import re

from index.text.sentences import sentences
from qa.text.names import unnamed
from qa.text.negation import negations

_YES = re.compile(r"yes(?=[,;:.]? )", re.IGNORECASE)
_DENIED = 2
"""Words after a denial that it denies for sure."""


def agreeing(answer: str, question: str) -> str:
    """The answer with no for the yes that it begins with, where its first sentence denies what was asked.

    >>> agreeing("Yes, Ana Ruiz refused to resign.", "Did Ana Ruiz resign?")
    'No, Ana Ruiz refused to resign.'
    >>> agreeing("Yes, she resigned.", "Did Ana Ruiz resign?")
    'Yes, she resigned.'
    """
    begins = _YES.match(answer)
    if begins is None:
        return answer
    first = sentences(answer)[0].text
    asked = {word.stem for word in unnamed(question)}
    denies = asked & _denied(first) - _denied(question)
    return f"No{answer[begins.end() :]}" if denies else answer


def _denied(text: str) -> set[str]:
    return {stem for negation in negations(text) for stem in negation.denied[:_DENIED]}

"""The reader's say in a verdict: whether a text states a claim, of the same thing and with the same force."""

from __future__ import annotations

import math

from qa.question.kind import canonical
from qa.records import Support
from qa.text.names import unnamed
from qa.text.words import content, stems

UNSTATED_BELOW, STATED_FROM = -2.0, 0.0
"""The reader's log odds below which a claim is unsupported, and from which it may be supported.

Of 349 right and as many wrong answers kept apart, 1 and 21 in 100 lie below the first, 22 and 79 below the second."""
STATED_ALONE_FROM = -1.0
"""``STATED_FROM`` for a claim that answers no question: of right and wrong claims 7 and 49 in 100 lie below."""
HEARD_FROM = 2.0
"""The reader's log odds from which a claim may say in other words than the text what the question asks. Chosen by
eye."""


def stricter(
    support: Support, score: float, odds: float | None, stated_from: float = STATED_FROM
) -> tuple[Support, float]:
    """The verdict of the words and the reader's log odds together, and the lower of their probabilities.

    >>> stricter("supported", 0.9, -0.8)
    ('partly', 0.31002551887238755)
    >>> stricter("supported", 0.9, None)
    ('supported', 0.9)
    """
    if odds is None:
        return support, score
    least = min(score, 1 / (1 + math.exp(-odds)))
    if odds < UNSTATED_BELOW:
        return "unsupported", least
    if odds < stated_from and support == "supported":
        return "partly", least
    return support, least


def repeats_unheard(claim: str, question: str, text: str) -> bool:
    """Whether the claim repeats a word of the question, other than a name, that the text has in no form.

    A small model takes over what the question wrongly supposes. So do 28 of the 349 wrong answers kept apart, and 13 of
    the right ones, which say it in another word than the text.

    >>> repeats_unheard("She was fired over the delay.", "Why was Ana Ruiz fired?", "Ana Ruiz left after the delay.")
    True
    """
    heard = set(map(canonical, stems(text)))
    asked = {canonical(word.stem) for word in unnamed(question)}
    return bool(asked & {canonical(word.stem) for word in content(claim)} - heard)

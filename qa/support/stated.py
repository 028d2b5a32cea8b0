"""The reader's say in a verdict: whether a text states a claim, of the same thing and with the same force."""

from __future__ import annotations

import math

from qa.records import Support

UNSTATED_BELOW, STATED_FROM = -2.0, -0.5
"""The reader's log odds below which a claim is unsupported, and from which it may be supported.

Of 349 right and as many wrong answers kept apart, 1 and 21 in 100 lie below the first, 14 and 66 below the second."""
STATED_ALONE_FROM = -1.0
"""The same of a claim that answers no question: 7 and 49 in 100 lie below."""


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

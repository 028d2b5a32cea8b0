"""How the reader's doubt that a text states a claim changes the verdict."""

from __future__ import annotations

import math
from dataclasses import dataclass

from qa.records import Support


@dataclass(frozen=True)
class Doubt:
    """Thresholds on the reader's log odds that a text states a claim."""

    supported_from: float
    """Below this, a claim is at most partly supported."""
    unsupported_below: float
    """Below this, it is unsupported."""


ANSWERING = Doubt(supported_from=0.0, unsupported_below=-2.0)
"""For a claim that answers a question. Of 349 right and as many wrong answers kept apart, 22 and 79 in 100 lie below
the first threshold, 1 and 21 below the second."""
ALONE = Doubt(supported_from=-1.0, unsupported_below=-math.inf)
"""For a claim that answers no question: the reader may doubt it, but not refuse it. Of the answers above without their
questions 7 right and 49 wrong in 100 lie below; but of 1,188 claims that state a passage (``tests/bench/claims``) 42,
of those that keep its words 2 and of those in other words 85, and of as many that state it wrongly 43: the reader
rather tells how near the words are."""
ALONE_ABROAD = Doubt(supported_from=-2.0, unsupported_below=-math.inf)
"""The same where claim or text are in another language than English, the one that the reader was trained on. Of true
claims in German, Spanish and French that keep the article's words 4 in 100 lie below, of those in other words 93,
whether true or false (half "a" of ``tests/bench/abroad``): so much that the reader may doubt, and refuse nothing."""


def stricter(support: Support, score: float, odds: float | None, doubt: Doubt = ANSWERING) -> tuple[Support, float]:
    """The verdict by words (``support``, ``score``) and by the reader's log odds together, and the lower probability.

    >>> stricter("supported", 0.9, -0.8)
    ('partly', 0.31002551887238755)
    >>> stricter("supported", 0.9, None)
    ('supported', 0.9)
    """
    if odds is None:
        return support, score
    least = min(score, 1 / (1 + math.exp(-odds)))
    if odds < doubt.unsupported_below:
        return "unsupported", least
    if odds < doubt.supported_from and support == "supported":
        return "partly", least
    return support, least

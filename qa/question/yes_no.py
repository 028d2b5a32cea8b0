"""Questions that want a yes or a no, and which of the two the articles rather say."""

from __future__ import annotations

import re
from typing import Literal

from qa.reader.protocol import Reader, Text

_ASKS = re.compile(
    r"^\W*(?:(?:and|but|so|then|also)\b\W*)?"
    r"(?:is|are|was|were|am|do|does|did|has|have|had|will|would|can|could|should|may|might|must)(?:n['’]t)?\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\bor\b(?! not\b)", re.IGNORECASE)


def asks_yes_or_no(question: str) -> bool:
    """Whether a question is answered by yes or no.

    >>> [asks_yes_or_no(q) for q in ("Did anyone die?", "So is he for it or not?", "Is it red or blue?", "Who died?")]
    [True, True, False, False]
    """
    return bool(_ASKS.match(question)) and not _CHOICE.search(question)


def leaning(question: str, text: Text, reader: Reader) -> Literal["Yes", "No"] | None:
    """What the text rather answers; None where the reader cannot tell, or hardly."""
    yes, no = reader.stated(question, "Yes.", text), reader.stated(question, "No.", text)
    if yes is None or no is None or abs(yes - no) < LEAST_APART:
        return None
    return "Yes" if yes > no else "No"


LEAST_APART = 1.0
"""Log odds that yes and no must lie apart."""

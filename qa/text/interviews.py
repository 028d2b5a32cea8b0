"""Finds an interviewer's questions in an article that consists of questions and answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ASKED = re.compile(r"[*_]*[QFP][*_]*\s?[:.][*_]*\s")
"""How the interviewer's lines begin: "Q" of question, "F" of Frage, "P" of pregunta."""
_ANSWERED = re.compile(r"[*_]*[AR][*_]*\s?[:.][*_]*\s")
"""How the lines with answers begin."""
_LINE = re.compile(r"[^\n]*\S[^\n]*")


def asked_lines(text: str) -> Sequence[tuple[int, int]]:
    """Start and end of each line of the interviewer's; none where the text has no line with an answer.

    >>> text = "Q: How close was it?\\nA: Very close."
    >>> [text[start:end] for start, end in asked_lines(text)], asked_lines("Q: How close was it?")
    (['Q: How close was it?'], [])
    """
    lines = list(_LINE.finditer(text))
    if not any(_ANSWERED.match(line.group()) for line in lines):
        return []
    return [line.span() for line in lines if _ASKED.match(line.group())]

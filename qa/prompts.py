"""Every text the language model is given and every sentence Byline says by itself."""

from __future__ import annotations

from collections.abc import Sequence

SYSTEM = "Answer the question from the articles in one short sentence."
"""What the model is told before anything else; it never changes, so it is read once."""

REFUSAL = "The articles do not say."
"""The whole answer when the articles do not hold one."""


QUOTED = "The articles’ own words: “{quote}”"
"""Stands in place of what the model wrote where the articles do not support it."""


def evidence_text(headlines_and_passages: Sequence[tuple[str, str]]) -> str:
    r"""The passages as the model is shown them, each under its headline.

    >>> evidence_text([("Storm hits Aldmoor", "Two bridges were closed.")])
    'Storm hits Aldmoor\nTwo bridges were closed.\n\n'
    """
    return "".join(
        f"{passage}\n\n" if passage.startswith(headline) else f"{headline}\n{passage}\n\n"
        for headline, passage in headlines_and_passages
    )


def question_text(question: str) -> str:
    """The question as it follows the evidence."""
    return f"Question: {question}"

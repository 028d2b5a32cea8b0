"""Every text the language model is given and every sentence Byline says by itself."""

from __future__ import annotations

from collections.abc import Sequence

from qa.text.orders import text_without_orders

SYSTEM = "Answer the question from the articles in one short sentence."
"""What the model is told before anything else; it never changes, so it is read once."""

REFUSAL = "The articles do not say."
"""The whole answer when the articles do not hold one."""

QUOTED = "The articles’ own words: “{quote}”"
"""Stands in place of what the model wrote where the articles do not support it."""

QUOTED_TOO = "And: “{quote}”"
"""Stands after that where another sentence may be the one."""


def passage_text(headline: str, passage: str) -> str:
    r"""A passage as the model is shown it, under its headline, without sentences that give the model orders.

    >>> passage_text("Storm hits Aldmoor", "Two bridges were closed.")
    'Storm hits Aldmoor\nTwo bridges were closed.\n\n'
    """
    headline, passage = text_without_orders(headline), text_without_orders(passage)
    return f"{passage}\n\n" if passage.startswith(headline) else f"{headline}\n{passage}\n\n"


def question_text(question: str, sentences: Sequence[str] = ()) -> str:
    r"""The question as it follows the passage, after the sentences that are nearest to it.

    >>> question_text("Which bridges?", ["Two bridges were closed."])
    'Two bridges were closed.\n\nQuestion: Which bridges?'
    """
    return "".join(f"{sentence}\n" for sentence in sentences) + "\n" * bool(sentences) + f"Question: {question}"

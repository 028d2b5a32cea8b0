"""A passage under the headline of its article."""

from __future__ import annotations


def with_headline(headline: str, text: str) -> str:
    """A text with its article's headline before it, as it is embedded and ranked: the headline tells whom "he" means.

    >>> with_headline("Storm hits Aldmoor", "Two bridges were closed.")
    'Storm hits Aldmoor: Two bridges were closed.'
    """
    return f"{headline}: {text}" if headline else text

"""Finds sentences of a live report, in which each entry stands under its time of day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.records import Article, Sentence
from index.text.sentences import article_sentences

_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d\d)(?:\s*([ap])\.?m\b\.?)?", re.IGNORECASE)


def names_a_time(question: str) -> bool:
    """Whether the question names a time of day.

    >>> names_a_time("What happened at 1.15 p.m.?"), names_a_time("What happened at noon?")
    (True, False)
    """
    return bool(_CLOCK.search(question))


def told_at(article: Article, question: str) -> Iterator[Sentence]:
    """Yields the article's sentences below a line that is only the time of day that the question names.

    >>> story = Article("live", "Live", None, None, None, "12:00\\nAll is quiet.\\n1.15 pm\\nThe hall opens.")
    >>> [sentence.text for sentence in told_at(story, "What happened at 13:15?")]
    ['The hall opens.']
    """
    asked = {_minute(found) for found in _CLOCK.finditer(question)}
    is_asked = False
    for sentence in article_sentences(article):
        if heading := _CLOCK.fullmatch(sentence.text.strip()):
            is_asked = _minute(heading) in asked
        elif is_asked:
            yield sentence


def _minute(found: re.Match[str]) -> tuple[int, int]:
    """The hour, of 24, and the minute."""
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    return (hour % 12 + 12 * (half == "p") if half else hour), minute

"""Scores answers by key words: coarse, but the same for every program; ``desk/README.md`` tells what a key is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from index.language.pack import plain
from qa.records import Answer

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_POINT = re.compile(r"(?<!\d)\.|\.(?!\d)")


def right(question: dict[str, Any], answer: Answer) -> bool:
    """Whether an answer has every key of ``all_of`` and none of ``none_of``; a refusal is right where it should be."""
    if question["kind"] == "unanswerable" or not answer.answered:
        return not answer.answered and (question["kind"] == "unanswerable" or bool(question.get("refusal_ok")))
    text = compared(answer.text)
    every: list[str | list[str]] = question["all_of"]
    met = all(any(has(text, key) for key in ([keys] if isinstance(keys, str) else keys)) for keys in every)
    return met and not any(has(text, key) for key in question["none_of"])


def has(text: str, key: str) -> bool:
    """Whether a text, as it is compared, has a key.

    >>> has(compared("The bridge was closed."), "clos*"), has(compared("It was closed."), "^closed")
    (True, False)
    """
    begins = "^" if key.startswith("^") else r"(?<!\S)"
    ends = r"\S*" if key.endswith("*") else ""
    return re.search(begins + re.escape(compared(key)) + ends + r"(?!\S)", text) is not None


def compared(text: str) -> str:
    """A text without case, accents, articles, punctuation and the commas of numbers.

    >>> compared("The Café seats 1,200; entry is €2.50.")
    'cafe seats 1200 entry is euros 2.50'
    """
    folded = _THOUSANDS.sub("", plain(text.lower())).replace("€", " euros ").replace("%", " percent ")
    folded = re.sub(r"['’‘]", "", folded)
    words = re.sub(r"[^\w.]|_", " ", _POINT.sub(" ", folded))
    return " ".join(_ARTICLES.sub(" ", words).split())


def of_keys(questions: Sequence[dict[str, Any]], answers: Sequence[Answer]) -> dict[str, str]:
    """How many answers are right by kind of question and in all; nothing where the questions have no keys."""
    scored = [(q["kind"], right(q, a)) for q, a in zip(questions, answers, strict=True) if "all_of" in q]
    told = {}
    for kind in dict.fromkeys(kind for kind, _ in scored):
        of = [is_right for each, is_right in scored if each == kind]
        told[f"right by keys, {kind}"] = f"{sum(of)} of {len(of)}"
    if scored:
        told["right by keys, all"] = f"{sum(is_right for _, is_right in scored)} of {len(scored)}"
    return told

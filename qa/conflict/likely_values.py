"""Finds the values in the sentences that most probably answer a question, whatever their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language.english_counts import COUNTS
from index.library import Library
from qa.conflict.stated_values import StatedValue, is_aside, noun_words
from qa.evidence.selecting import Candidate
from qa.question.kind import PEOPLE, ValueAsked, value_asked
from qa.text.values import Value, ages, counts, days, noun_start, without_wholes

LIKELY, CLOSE = 0.0, 1.5
"""Log odds from which a sentence is taken to state the answer, and by how much it may be less probable than the best.
Chosen by eye."""

_SIZE = re.compile(rf"\b(?:{COUNTS.size})\b", re.IGNORECASE)


def likely_values(question: str, candidates: Sequence[Candidate], library: Library) -> list[StatedValue]:
    """Returns the value in the likeliest sentence of each article; none where the question asks for no value.

    ``candidates`` are sentences that were read for the question, the likeliest first. A sentence with several
    different values is left out, unless only one of them counts what is asked for.
    """
    wanted = value_asked(question)
    if wanted is None and not _SIZE.search(question):
        return []
    least = max(LIKELY, candidates[0].score - CLOSE) if candidates else LIKELY
    found: dict[str, StatedValue] = {}
    for candidate in candidates:
        article_id, sentence = candidate.place.article_id, candidate.place.sentence
        if candidate.score < least or article_id in found:
            continue
        values = [v for v in _values(sentence.text, wanted) if not is_aside(sentence.text[: v.start])]
        if values and all(v.agrees(values[0]) for v in values):
            article = library.article(article_id)
            found[article_id] = StatedValue(article, sentence, values[0], sure=True, rank=candidate.score)
    return list(found.values())


def _values(text: str, wanted: ValueAsked | None) -> list[Value]:
    """Returns the values in a text of the kind that is asked for; of counts those of the noun asked for, if any."""
    kind = wanted.kind if wanted else "count"
    if kind == "age":
        return list(ages(text))
    if kind == "date":
        return list(days(text))
    if kind == "share":
        return [v for v in counts(text) if v.measure == "percent"]
    if kind == "amount":
        return [v for v in counts(text) if v.measure]
    plain = without_wholes(text, [v for v in counts(text) if not v.measure])
    return [v for v in plain if wanted and _counts(text, v, wanted.noun)] or plain


def _counts(text: str, value: Value, noun: str) -> bool:
    after = {word.stem for word in noun_words(text, noun_start(text, value))}
    return noun in after or bool(noun in PEOPLE and after & PEOPLE)

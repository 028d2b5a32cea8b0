"""Finds the values in the sentences that most probably answer a question, whatever their words."""

from __future__ import annotations

from collections.abc import Sequence

from index.language.detection import rules_for
from index.language.pack import Language
from index.library import Library
from qa.conflict.stated_values import (
    StatedValue,
    dimension_in,
    is_anothers,
    is_aside,
    is_of_another_dimension,
    noun_words,
    values_of_kind,
)
from qa.evidence.selecting import Candidate
from qa.question.comparing import spoken_pattern
from qa.question.kind import ValueAsked, people, value_asked
from qa.text.numbers.intervals import Value, counts, noun_start, without_wholes
from qa.text.words import stem

LIKELY, CLOSE = 0.0, 1.5
"""Log odds from which a sentence is taken to state the answer, and by how much they may be below the best sentence's.
Chosen by eye."""


def likely_values(question: str, candidates: Sequence[Candidate], library: Library) -> list[StatedValue]:
    """Returns the value in the likeliest sentence of each article; none where the question asks for no value.

    ``candidates`` are the sentences that the reader scored for the question, the likeliest first. A sentence with
    several different values is left out, unless only one of them counts what is asked for. Each is read by the rules of
    its article's language, which need not be the question's.
    """
    asked_in = rules_for(question)
    wanted = value_asked(question, asked_in)
    if wanted is None and not _asks_size(question, asked_in):
        return []
    least = max(LIKELY, candidates[0].score - CLOSE) if candidates else LIKELY
    found: dict[str, StatedValue] = {}
    for candidate in candidates:
        article_id, sentence = candidate.place.article_id, candidate.place.sentence
        if candidate.score < least or article_id in found:
            continue
        article = library.article(article_id)
        spoken = rules_for(article.text)
        every = _values(sentence.text, wanted, spoken)
        asked = wanted.names if wanted else frozenset()
        values = [v for v in every if not is_aside(sentence.text[: v.start], spoken)]
        values = [v for v in values if not is_anothers(sentence.text, v, asked, spoken)]
        dimension = dimension_in(question, asked_in) if spoken is asked_in else None
        values = [v for v in values if not is_of_another_dimension(sentence.text, v, dimension, spoken)]
        if values and all(v.agrees(values[0]) for v in values):
            found[article_id] = StatedValue(article, sentence, values[0], True, candidate.score, spoken)
    stated = list(found.values())
    return [each for each in stated if not _counts_others(stated[0], each)]


def _counts_others(likeliest: StatedValue, other: StatedValue) -> bool:
    """Returns whether two sentences in one language count different people, as their nouns say: marchers, employees."""
    if likeliest.spoken is not other.spoken:
        return False
    one, two = _people_counted(likeliest), _people_counted(other)
    return bool(one and two) and not one & two


def _people_counted(stated: StatedValue) -> frozenset[str]:
    """Returns the stems that say which people a value counts; none where it counts nobody, or people of any kind."""
    spoken = stated.spoken
    text = stated.sentence.text
    after = {word.stem for word in noun_words(text, noun_start(text, stated.value, spoken), spoken)} & people(spoken)
    anybody = {stem(word, spoken) for word in spoken.counts.people} if spoken.counts else set()
    return frozenset() if after & anybody else frozenset(after)


def _asks_size(question: str, spoken: Language) -> bool:
    return spoken.counts is not None and spoken_pattern(rf"\b(?:{spoken.counts.size})\b").search(question) is not None


def _values(text: str, wanted: ValueAsked | None, spoken: Language) -> list[Value]:
    """Returns the values in a text of the kind that is asked for; of counts those of the noun asked for, if any."""
    if wanted and wanted.kind != "count":
        return values_of_kind(text, wanted.kind, spoken)
    plain = without_wholes(text, [v for v in counts(text, spoken) if not v.measure], spoken)
    return [v for v in plain if wanted and _counts(text, v, wanted, spoken)] or plain


def _counts(text: str, value: Value, wanted: ValueAsked, spoken: Language) -> bool:
    """Returns whether a value counts the noun that is asked for, or people where people are asked for."""
    after = {word.stem for word in noun_words(text, noun_start(text, value, spoken), spoken)}
    same = spoken is wanted.spoken and wanted.noun in after
    return same or bool(wanted.noun in people(wanted.spoken) and after & people(spoken))

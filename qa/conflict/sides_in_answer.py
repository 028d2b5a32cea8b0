"""Adds a disagreement to an answer: each value with its sources, the latest first where it replaces the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.language.detection import rules_for
from qa.conflict.disagreement import Side
from qa.conflict.stated_values import StatedValue
from qa.prompts import in_quotes, publisher_line, told_before, told_differently
from qa.records import Answer, AnswerSentence, Citation, Conflict, ConflictValue
from qa.text.dates.reading import date_in_words
from qa.text.numbers.reading import numbers

_NEAR = 240
"""Characters before and after a sentence within which another figure in the article is of the same thing.
Chosen by eye."""


def with_conflict(answer: Answer, sides: Sequence[Side]) -> Answer:
    """Returns the answer with the disagreement added, if there is one, its citations numbered after the answer's."""
    if not sides:
        return answer
    numbers = {(c.article_id, c.start, c.end): c.number for c in answer.citations}
    citations = list(answer.citations)
    values = []
    for side in sides:
        marks = []
        for s in side.statements:
            place = (s.article.id, s.sentence.start, s.sentence.end)
            if place not in numbers:
                numbers[place] = max(numbers.values(), default=0) + 1
                reprints = len(side.stories[s.article.id])
                citations.append(Citation.of(numbers[place], s.article, s.sentence, reprints))
            marks.append(numbers[place])
        others = frozenset().union(*side.stories.values()) - side.stories.keys()
        values.append(ConflictValue(side.value, tuple(marks), len(side.stories), len(others)))
    conflict = Conflict(answer.standalone, tuple(values))
    answer = replace(answer, conflict=conflict, citations=tuple(citations))
    untold = [value for value in values if value.value not in answer.text]
    if not (untold and answer.text):
        return answer
    if not _supersedes(sides):
        return _with_values(answer, values)
    return _latest_first(answer, values) if values[0] in untold else _with_earlier(answer, values[1:])


def _supersedes(sides: Sequence[Side]) -> bool:
    """Returns whether the latest value replaces the others, all of which were published on earlier days.

    It does where one outlet gave them all, and where the latest article has the other figures beside its own.
    """
    told = [[s.article for s in side.statements] for side in sides]
    outlets = {article.outlet for articles in told for article in articles}
    days = [{article.published for article in articles} for articles in told]
    if None in days[0] or any(days[0] & others for others in days[1:]):
        return False
    return (len(outlets) == 1 and None not in outlets) or _tells_others(sides)


def _tells_others(sides: Sequence[Side]) -> bool:
    """Returns whether the newest statement has the figures of the other sides near its own."""
    newest = sides[0].statements[0]
    if not isinstance(newest, StatedValue):
        return False
    at = newest.sentence
    near = newest.article.text[max(0, at.start - _NEAR) : at.end + _NEAR]
    told = {number.value for number in numbers(near, newest.spoken)}
    others = [s for side in sides[1:] for s in side.statements]
    return all(isinstance(s, StatedValue) and s.figure in told for s in others)


def _latest_first(answer: Answer, values: Sequence[ConflictValue]) -> Answer:
    """Returns an answer that gave an outdated value as the sentence with the latest value, then the earlier ones."""
    latest, *earlier = values
    quote = in_quotes(answer.citation(latest.citations[0]).quote)
    told = told_before(answer.question, _with_sources(answer, earlier))
    sentences = (
        AnswerSentence(quote, 0, len(quote), "quoted", latest.citations[:1]),
        AnswerSentence(told, len(quote) + 1, len(quote) + 1 + len(told), "supported", _marks(earlier)),
    )
    return replace(answer, text=f"{quote} {told}", sentences=sentences)


def _with_earlier(answer: Answer, earlier: Sequence[ConflictValue]) -> Answer:
    """Returns the answer, which gives the latest value, with a sentence added that gives the earlier ones."""
    told = told_before(answer.question, _with_sources(answer, earlier))
    return answer.followed_by(told, "supported", _marks(earlier))


def _with_values(answer: Answer, values: Sequence[ConflictValue]) -> Answer:
    """Returns the answer with a sentence added that gives every value, with its outlet and date."""
    sentence = told_differently(answer.question, _with_sources(answer, values))
    return answer.followed_by(sentence, "supported", _marks(values))


def _marks(values: Sequence[ConflictValue]) -> tuple[int, ...]:
    """Returns the numbers of the values' citations, each once."""
    return tuple(dict.fromkeys(number for value in values for number in value.citations))


def _with_sources(answer: Answer, values: Sequence[ConflictValue]) -> str:
    """Returns each value with the outlet and, as the question's language has it, the date of its newest statement."""
    spoken = rules_for(answer.question)
    cited = [(value.value, answer.citation(value.citations[0])) for value in values]
    return "; ".join(
        f"{value} ({publisher_line(each.outlet or each.title, date_in_words(each.published or '', spoken))})"
        for value, each in cited
    )

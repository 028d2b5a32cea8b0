"""Proposes questions made of the library's own sentences, for a person to confirm."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

from index.language.detection import rules_for
from index.language.pack import Language
from index.language.parts.asking import NEVER
from index.records import Article, Sentence
from index.text.furniture import furniture
from index.text.sentences import article_sentences
from qa.evaluation.questions import Question, Span
from qa.prompts import missing
from qa.question.comparing import comparable
from qa.text.dates.reading import dates
from qa.text.dates.record import Date
from qa.text.names import names

_NAME = re.compile(r"(?<=[a-zß-öø-ÿ,] )[A-ZÀ-ÖØ-Þ][\w’'-]+(?: [A-ZÀ-ÖØ-Þ][\w’'-]+)+")
"""Two capitalized words or more that do not begin the sentence."""
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*$")
_GAP = "____"
_SHORTEST_WORDS, _LONGEST_WORDS = 8, 40
"""A shorter sentence tells too little to be found by; a longer one is no question a person would read. Chosen by
eye."""


def draft_questions(articles: Iterable[Article], count: int, seed: int = 0) -> list[Question]:
    """At most ``count`` questions for a date, number or name left out of a sentence, drawn at random, one per sentence.

    They keep the sentence's words, so they are drafts: a person is to reword, confirm or drop each before it counts.

    >>> text = "Storm news\\n\\nThe bridge over the Aldwater was closed for 36 hours after the storm."
    >>> question, = draft_questions([Article("storm", "Storm news", None, None, None, text)], 5)
    >>> question.text
    'Which number is missing: "The bridge over the Aldwater was closed for ____ hours after the storm."'
    >>> question.answers, question.evidence
    (('36',), (Span(article_id='storm', start=56, end=58),))
    """
    proposals = [
        proposal
        for article in articles
        for sentence in _story(article)
        if (proposal := _propose(article.id, sentence, rules_for(article.text)))
    ]
    drawn = sorted(random.Random(seed).sample(range(len(proposals)), min(count, len(proposals))))
    return [proposals[number] for number in drawn]


def _story(article: Article) -> Iterator[Sentence]:
    """The sentences of an article that are neither site furniture nor headings."""
    marked = furniture(article.text, article.repeated)
    for sentence in article_sentences(article):
        if _SENTENCE_END.search(sentence.text) and not any(start <= sentence.start < end for start, end in marked):
            yield sentence


def _propose(article_id: str, sentence: Sentence, spoken: Language) -> Question | None:
    text = sentence.text
    if not _SHORTEST_WORDS <= len(text.split()) <= _LONGEST_WORDS:
        return None
    for what, start, end in _askable(text, spoken):
        # An answer that the rest of the sentence gives away is no question.
        if text.count(text[start:end]) == 1:
            span = Span(article_id, sentence.start + start, sentence.start + end)
            return Question(
                id=f"draft-{article_id}-{span.start}",
                text=missing(what, text[:start] + _GAP + text[end:], spoken),
                answers=(text[start:end],),
                articles=(article_id,),
                evidence=(span,),
                draft=True,
            )
    return None


def _askable(text: str, spoken: Language) -> Iterator[tuple[Literal["date", "number", "name"], int, int]]:
    """Yields what may be left out of a text, with start and end: its first date, number and name, the surest first."""
    for day in dates(text, spoken):
        if _is_written_out(day, spoken):
            yield "date", day.start, day.start + len(day.text.rstrip("."))
            break
    if number := _number(spoken).search(text):
        yield "number", *number.span()
    if spoken.names and spoken.names.nouns_are_capital:
        named = [name for name in names(text, spoken) if name.certain and " " in name.text and name.start]
        yield from (("name", name.start, name.end) for name in named[:1])
    elif name := _NAME.search(text):
        yield "name", *name.span()


def _is_written_out(day: Date, spoken: Language) -> bool:
    """Whether a date has its day, and its month by the whole name."""
    if not (day.day and day.month and spoken.calendar):
        return False
    forms = spoken.calendar.months[day.month - 1]
    whole = max(map(len, forms))
    return any(len(form) == whole and form in comparable(day.text) for form in forms)


@cache
def _number(spoken: Language) -> re.Pattern[str]:
    """A number in digits, with its scale, currency or percent sign."""
    scales = "|".join(spoken.numbers.scales) if spoken.numbers else NEVER
    return re.compile(rf"(?<![\w.,])[$€£]?\d+(?:[.,]\d+)*(?: (?i:{scales})\b| ?[%€])?(?!\w)")

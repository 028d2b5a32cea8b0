"""Questions proposed from the library's own sentences, for a person to confirm."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator

from index.language.english import CALENDAR
from index.records import Article, Sentence
from index.text.furniture import furniture
from index.text.sentences import sentences
from qa.evaluation.questions import Question, Span

_MONTHS = "|".join(max(forms, key=len).capitalize() for forms in CALENDAR.months)
_PATTERNS = (
    ("date", re.compile(rf"\b(?:\d{{1,2}} (?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}}\b(?!,\d))(?:,? \d{{4}})?\b")),
    ("number", re.compile(r"(?<![\w.,])[$€£]?\d+(?:[.,]\d+)*(?: (?:million|billion|trillion)| ?%)?(?![\w])")),
    ("name", re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+")),
)
"""What may be asked for, the surest first; a name is two capitalized words or more that do not begin the sentence."""

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*$")
_GAP = "____"
_SHORTEST_WORDS, _LONGEST_WORDS = 8, 40
"""A shorter sentence tells too little to be found by; a longer one is no question a person would read."""


def draft_questions(articles: Iterable[Article], count: int, seed: int = 0) -> list[Question]:
    """At most ``count`` questions asking for a date, number or name in a sentence, drawn at random, one a sentence.

    They keep the sentence's words, so they are drafts: a person is to reword, confirm or drop each before it counts.

    >>> text = "Storm news\\n\\nThe bridge over the Aldwater was closed for 36 hours after the storm."
    >>> question, = draft_questions([Article("storm", "Storm news", None, None, None, text)], 5)
    >>> question.text
    'Which number is missing: "The bridge over the Aldwater was closed for ____ hours after the storm."'
    >>> question.answers, question.evidence
    (('36',), (Span(article_id='storm', start=56, end=58),))
    """
    proposals = [
        proposal for article in articles for sentence in _story(article) if (proposal := _propose(article.id, sentence))
    ]
    drawn = sorted(random.Random(seed).sample(range(len(proposals)), min(count, len(proposals))))
    return [proposals[number] for number in drawn]


def _story(article: Article) -> Iterator[Sentence]:
    """The sentences of an article that are neither site furniture nor headings."""
    marked = furniture(article.text, article.repeated)
    for sentence in sentences(article.text):
        if _SENTENCE_END.search(sentence.text) and not any(start <= sentence.start < end for start, end in marked):
            yield sentence


def _propose(article_id: str, sentence: Sentence) -> Question | None:
    if not _SHORTEST_WORDS <= len(sentence.text.split()) <= _LONGEST_WORDS:
        return None
    for what, pattern in _PATTERNS:
        found = pattern.search(sentence.text)
        # An answer that the rest of the sentence gives away is no question.
        if found and sentence.text.count(found.group()) == 1:
            gap = sentence.text[: found.start()] + _GAP + sentence.text[found.end() :]
            span = Span(article_id, sentence.start + found.start(), sentence.start + found.end())
            return Question(
                id=f"draft-{article_id}-{span.start}",
                text=f'Which {what} is missing: "{gap}"',
                answers=(found.group(),),
                articles=(article_id,),
                evidence=(span,),
                draft=True,
            )
    return None

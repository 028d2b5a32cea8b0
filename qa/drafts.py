"""Questions proposed from the library's own sentences, for a person to confirm."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

from index.records import Sentence
from qa.questions import Question, Span

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_PATTERNS = (
    ("date", re.compile(rf"\b(?:\d{{1,2}} (?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}}\b(?!,\d))(?:,? \d{{4}})?\b")),
    ("number", re.compile(r"(?<![\w.,])[$€£]?\d+(?:[.,]\d+)*(?: (?:million|billion|trillion)| ?%)?(?![\w])")),
    ("name", re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+")),
)
"""What may be asked for, the surest first; a name is two capitalized words or more that do not begin the sentence."""

_GAP = "____"
_SHORTEST_WORDS, _LONGEST_WORDS = 8, 40
"""A shorter sentence tells too little to be found by; a longer one is no question a person would read."""


def draft_questions(sentences: Iterable[tuple[str, Sentence]], count: int, seed: int = 0) -> list[Question]:
    """At most ``count`` questions asking for a date, number or name in a sentence, drawn at random, at most one each.

    ``sentences`` are pairs of an article's id and a sentence of it. The questions are drafts: they keep the sentence's
    words, so a person is to reword, confirm or drop each before it counts.

    >>> text = "The bridge over the Aldwater was closed for 36 hours after the storm."
    >>> question, = draft_questions([("storm", Sentence(100, 169, text))], 5)
    >>> question.text
    'Which number is missing: "The bridge over the Aldwater was closed for ____ hours after the storm."'
    >>> question.answers, question.evidence
    (('36',), (Span(article_id='storm', start=144, end=146),))
    """
    proposals = [proposal for article_id, sentence in sentences if (proposal := _propose(article_id, sentence))]
    drawn = sorted(random.Random(seed).sample(range(len(proposals)), min(count, len(proposals))))
    return [proposals[number] for number in drawn]


def _propose(article_id: str, sentence: Sentence) -> Question | None:
    text = sentence.text.strip()
    if "\n" in text or not _SHORTEST_WORDS <= len(text.split()) <= _LONGEST_WORDS:
        return None
    for what, pattern in _PATTERNS:
        found = pattern.search(sentence.text)
        # An answer that the rest of the sentence gives away is no question.
        if found and sentence.text.count(found.group()) == 1:
            gap = (sentence.text[: found.start()] + _GAP + sentence.text[found.end() :]).strip()
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

"""Ranks the sentences of hits by their nearness to a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import cache

from index.language.detection import rules_for
from index.language.pack import Language
from index.records import Hit, Sentence, SentenceHit
from qa.text.words import ENGLISH, content, stems, words

_AMONG = 3
"""Passages, the best ones, whose sentences are ranked. Chosen by eye."""

_COSINE_ALONE = 0.3
"""Factor of the cosine of a sentence without any of the question's words; with all of them it is 1 more. By eye."""

_RANK = 0.05
"""Subtracted from a sentence's nearness for each rank of its passage. Chosen by eye."""

_BEFORE = 0.3
"""Weight of the question's words that only the sentence before has, beside 1 for the sentence's own: "he" and "this"
mean what that one names. Without it the first sentence held the answer to 384 of 489 questions instead of 391."""

_SHORTEST = 4
"""Words that a text without a full stop needs to be a statement. Chosen by eye."""


@dataclass(frozen=True)
class Place:
    """A sentence in its article; two sentences with equal words are two places."""

    article_id: str
    sentence: Sentence


@dataclass(frozen=True)
class Candidate:
    """A place that may hold the answer, and its score before anything is written."""

    place: Place
    score: float


class Nearness:
    """How near a sentence is to a question: its cosine times the share of the question's words that it has.

    Of the nearest sentences by cosine alone, 64 in a hundred held the answer, by this product, less _RANK, 78 (291
    questions of one half of a development set; 67 and 77 of the 198 of the other half).
    """

    def __init__(self, question: str, rarity: Callable[[str], float]) -> None:
        """``rarity`` returns a word's weight (see Library.rarity)."""
        self._spoken = rules_for(question)
        self._weight = {word.stem: rarity(word.text) for word in content(question, self._spoken)}
        self.whole = sum(self._weight.values()) or 1.0
        """The weight of all its words."""

    def share(self, text: str) -> float:
        """The share of the question's words that the text has, weighted by rarity."""
        return self._of_words(stems(text, self._spoken))

    def of(self, found: SentenceHit) -> float:
        """The nearness of a sentence, at most 1.3; higher is nearer."""
        return found.cosine * (_COSINE_ALONE + self.share(found.sentence.text))

    def ranked(self, hits: Sequence[Hit]) -> list[Candidate]:
        """The sentences of the best hits, the one that most likely holds the answer first.

        Besides nearness count the hit's rank and what the sentence before it says. The first sentence held the answer
        to 453 of 633 questions of three development sets; to 460 where it also counts what type of answer the question
        expects, for which forms of questions would have to be listed in every language.
        """
        candidates = []
        for rank, hit in enumerate(hits[:_AMONG]):
            before: Set[str] = frozenset()
            for found in hit.sentences:
                own = stems(found.sentence.text, self._spoken)
                score = self.of(found) - _RANK * rank + _BEFORE * (self._of_words(own | before) - self._of_words(own))
                candidates.append(Candidate(Place(hit.passage.article_id, found.sentence), score))
                before = own
        return sorted(candidates, key=lambda candidate: -candidate.score)

    def _of_words(self, found: Set[str]) -> float:
        return sum(self._weight[stem] for stem in self._weight.keys() & found) / self.whole


@cache
def _of_dates(spoken: Language) -> frozenset[str]:
    """Words of a line that is only a date."""
    known = spoken.calendar
    return frozenset().union(*known.months, *known.weekdays, known.beside) if known else frozenset()


def states_nothing(text: str, spoken: Language = ENGLISH) -> bool:
    """Whether a text is no statement: a question, a mere time or date, a byline, or a heading of a word or two.

    >>> [states_nothing(text) for text in ("13:15", "27 May 2024", "By Ana Ruiz", "22 euros.", "Nobody was hurt.")]
    [True, True, True, False, False]
    """
    every = words(text, spoken)
    if text.endswith(("?", "？", "؟")) or not every:
        return True
    ended = text.rstrip("”\"'’)*_ 」』").endswith((".", "!", ":", "。", "！", "।", "۔"))
    telling = [word for word in every if not word.text[0].isdigit() and word.key not in _of_dates(spoken)]
    return not telling or (not ended and (len(every) < _SHORTEST or every[0].key in spoken.sentences.bylines))

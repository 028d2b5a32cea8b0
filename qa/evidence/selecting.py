"""From hits to the evidence that the model is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from index.language.detection import rules_for
from index.language.english import CALENDAR
from index.records import Hit, Sentence, SentenceHit
from qa.question.answer_type import answer_type, has_answer_type
from qa.text.words import content, stems, words

_AMONG = 3
"""Passages that key sentences are taken from."""

_COSINE_ALONE = 0.3
"""What a sentence's cosine counts for where it has none of the question's words."""

_RANK = 0.05
"""What a sentence of the next passage must be nearer by to come first."""

_BEFORE = 0.3
"""What the words of the question count that only the sentence before has: "he" and "this" mean what it names."""

_EXPECTED = 0.15
"""What a thing of the type that the question expects counts: a number, a date or a name."""

_SAID = 0.5
"""What a thing of the expected type counts where a statement is asked for: the question's words tell who made it, and
nothing of what it says."""

_SHORTEST = 4
"""Words of a statement without a full stop."""
_OF_DATES = frozenset(max(forms, key=len) for forms in (*CALENDAR.months, *CALENDAR.weekdays)) | CALENDAR.beside

_NOTHING_NEW = 1.0
"""What a sentence loses that answers nothing: a question, or a headline without a telling word but the question's."""


@dataclass(frozen=True)
class Place:
    """A sentence of a hit and the article it stands in; two equal sentences stay two places."""

    article_id: str
    sentence: Sentence


@dataclass(frozen=True)
class Candidate:
    """A place that may hold the answer, and how much speaks for it before anything is written."""

    place: Place
    score: float


class Nearness:
    """How near a sentence is to a question: its cosine times the share of the question's words that it has.

    Of the nearest sentences by cosine alone, 64 in a hundred held the answer, by this product, less _RANK, 78 (291
    questions of one half of a development set; 67 and 77 of the 198 of the other half).
    """

    def __init__(self, question: str, rarity: Callable[[str], float]) -> None:
        """``rarity`` weighs a word (see Library.rarity)."""
        self._question = question
        self._spoken = rules_for(question)
        self._weight = {word.stem: rarity(word.text) for word in content(question, self._spoken)}
        self.whole = sum(self._weight.values()) or 1.0
        """The weight of all its words."""
        self._expected = _SAID if answer_type(question) == "statement" else _EXPECTED

    def share(self, text: str) -> float:
        """The share of the question that the text has, its words weighed by how rare they are."""
        return self._of_words(stems(text, self._spoken))

    def of(self, found: SentenceHit) -> float:
        """Higher is nearer; 1.3 is the most."""
        return found.cosine * (_COSINE_ALONE + self.share(found.sentence.text))

    def ranked(self, hits: Sequence[Hit]) -> list[Candidate]:
        """The sentences of the best hits, the one that most likely holds the answer first.

        Besides nearness count the hit's rank, what the sentence before it says and the type of answer expected. With
        these the first sentence held the answer to 80 and 79 in a hundred questions of the two halves.
        """
        candidates = []
        for rank, hit in enumerate(hits[:_AMONG]):
            before: Set[str] = frozenset()
            for found in hit.sentences:
                own = stems(found.sentence.text, self._spoken)
                score = self.of(found) - _RANK * rank
                score += _BEFORE * (self._of_words(own | before) - self._of_words(own))
                score += self._expected * has_answer_type(found.sentence.text, self._question)
                score -= _NOTHING_NEW * self._tells_nothing(found.sentence.text)
                candidates.append(Candidate(Place(hit.passage.article_id, found.sentence), score))
                before = own
        return sorted(candidates, key=lambda candidate: -candidate.score)

    def _tells_nothing(self, text: str) -> bool:
        return text.endswith("?") or all(word.stem in self._weight for word in content(text, self._spoken))

    def _of_words(self, found: Set[str]) -> float:
        return sum(self._weight[stem] for stem in self._weight.keys() & found) / self.whole


def states_nothing(text: str) -> bool:
    """Whether a text is no statement: a question, a time or date alone, a byline, a heading of a word or two.

    >>> [states_nothing(text) for text in ("13:15", "27 May 2024", "By Ana Ruiz", "22 euros.", "Nobody was hurt.")]
    [True, True, True, False, False]
    """
    every = words(text)
    if text.endswith(("?", "？", "؟")) or not every:
        return True
    ended = text.rstrip("”\"'’)*_ 」』").endswith((".", "!", ":", "。", "！", "।", "۔"))
    telling = [word for word in every if not word.text[0].isdigit() and word.key not in _OF_DATES]
    return not telling or (not ended and (len(every) < _SHORTEST or every[0].key == "by"))

"""What the reader finds in the sections that a search brought up: which sentences answer, and how surely any does."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.library import Library
from index.records import Hit
from qa.confidence.regression import fitted
from qa.evidence.sections import Section, sections
from qa.evidence.selecting import Candidate, Nearness, Place, states_nothing
from qa.reader.protocol import Reader, Reading, Text
from qa.records import Evidence
from qa.text.names import names
from qa.text.orders import is_order
from qa.text.words import content

SECTIONS = 3
"""Sections that are read for a question: each takes a quarter of a second on two cores."""

MODEL = Path(__file__).with_name("finding_model.json")
SENTENCE_MODEL = Path(__file__).with_name("sentence_model.json")

_CLOSE = 1.5
"""Log odds by which a sentence may be less probable than the best one and still be told with it."""


@dataclass(frozen=True)
class Finding:
    """What was found for a question."""

    sections: tuple[Section, ...]
    """As read, that with the most probable sentence first."""
    candidates: tuple[Candidate, ...]
    """Every sentence of them, the most probable first; its score is the log odds of its belonging to the answer."""
    held: float
    """The probability that the sections answer the question."""

    @property
    def best(self) -> Section:
        """The section with the most probable sentence."""
        return self.sections[0]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The best section whole, then what there is of the chosen sentences in the others; numbered from 1."""
        chosen = {candidate.place for candidate in self.chosen}
        found = []
        for section in self.sections:
            for passage in section.passages:
                of = tuple(s for s in section.sentences if passage.start <= s.start < passage.end)
                kept = of if section is self.best else tuple(s for s in of if Place(section.article_id, s) in chosen)
                found += [(passage, kept)] if kept else []
        return tuple(Evidence(number, passage, kept) for number, (passage, kept) in enumerate(found, start=1))

    @property
    def chosen(self) -> list[Candidate]:
        """The sentences that the answer is to be made of, best first: those nearly as probable as the best one."""
        best = self.candidates[0].score if self.candidates else _NONE
        return [c for c in self.candidates if c.score >= max(best - _CLOSE, min(best, -1.0))][:MOST_CHOSEN]


MOST_CHOSEN = 5
"""Sentences shown to the model right before the question."""


def finding(
    question: str, hits: Sequence[Hit], nearness: Nearness, reader: Reader, library: Library, most: int = SECTIONS
) -> Finding:
    """Reads the sections of the best hits for the question.

    Raises InputError: an article is gone meanwhile.
    """
    found = sections(hits, library, most)
    cosines = {(hit.passage.article_id, near.sentence.start): near.cosine for hit in hits for near in hit.sentences}
    texts = [Text(section.title, tuple(s.text for s in section.sentences)) for section in found]
    readings = reader.read(question, texts)
    scored = [
        each
        for rank, (section, reading) in enumerate(zip(found, readings, strict=True))
        for each in _scored(section, reading, rank, nearness, cosines)
    ]
    scored.sort(key=lambda each: -each.candidate.score)
    order = list(dict.fromkeys(each.rank for each in scored)) or list(range(len(found)))
    signs = {
        "text": max(reading.answers for reading in readings),
        "best_text": readings[order[0]].answers,
        "best_sentence": scored[0].odds if scored else _NONE,
        "best": scored[0].candidate.score if scored else _NONE,
    }
    held = fitted(MODEL).probability(signs)
    return Finding(tuple(found[i] for i in order), tuple(each.candidate for each in scored), held)


@dataclass(frozen=True)
class _Scored:
    """A candidate, the reader's log odds of it, and the rank of its section."""

    candidate: Candidate
    odds: float
    rank: int


def _scored(
    section: Section, reading: Reading, rank: int, nearness: Nearness, cosines: Mapping[tuple[str, int], float]
) -> Iterator[_Scored]:
    """The section's sentences that state something and give no orders, with all that speaks for each, weighed."""
    weigh = fitted(SENTENCE_MODEL)
    for sentence, odds in zip(section.sentences, reading.sentences, strict=True):
        if is_order(sentence.text) or states_nothing(sentence.text) or sentence.text == section.title:
            continue
        signs = {
            "sentence": odds,
            "text": reading.answers,
            "cosine": cosines.get((section.article_id, sentence.start), _UNKNOWN_COSINE),
            "words": nearness.share(sentence.text),
            "rank": float(rank),
        }
        yield _Scored(Candidate(Place(section.article_id, sentence), log_odds(weigh.probability(signs))), odds, rank)


_NONE = -9.0
"""Log odds where no sentence states anything."""


def names_what_is_nowhere(question: str, library: Library) -> bool:
    """Whether the question names something of which no word stands in any passage: then no article answers it."""
    return any(name.certain and not library.words(words_of(name.text), 1) for name in names(question))


def words_of(text: str) -> list[str]:
    """The words of a name that tell it, as the keyword index takes them.

    >>> words_of("University of Aldmoor")
    ['university', 'aldmoor']
    """
    return [word.key for word in content(text)]


def log_odds(probability: float) -> float:
    """The logarithm of the odds, at most 7 either way.

    >>> log_odds(0.5)
    0.0
    """
    kept = min(max(probability, 1e-3), 1 - 1e-3)
    return math.log(kept / (1 - kept))


_UNKNOWN_COSINE = 0.2
"""Of a sentence that the search did not bring up: it lies below all that it did."""

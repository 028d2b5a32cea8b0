"""The likeliest sections read a second time, by the model that writes, which tells more surely what of them answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qa.confidence.regression import fitted, log_odds
from qa.evidence.finding import Finding
from qa.evidence.sections import Section
from qa.evidence.selecting import Candidate, Place
from qa.llm.halt import Halt
from qa.llm.protocol import LanguageModel, Looks, ReadsAhead
from qa.prompts import SYSTEM
from qa.reader.second import is_reader, read_again

MODEL = Path(__file__).with_name("rereading_model.json")
"""Weighs what speaks for a sentence by the first reading and by the second."""

MOST = 3
"""Sections read again; of one that the model knows it has to read the question alone."""

_NEAREST = 1e-3
"""A probability nearer to 0 or 1 is taken as this near: log odds are at most 7 either way. Round, not fitted."""


def reread(model: LanguageModel, found: Finding, question: str, stop: Halt) -> Finding:
    """What was found, its sentences weighed anew by what the model makes of the likeliest sections that it knows.

    Unchanged with a model that does not tell where it looks.
    """
    if not isinstance(model, Looks) or not is_reader(model):
        return found
    again: dict[Place, Again] = {}
    for section in found.sections[:MOST]:
        if not isinstance(model, ReadsAhead) or model.knows(SYSTEM, section.shown()):
            again |= of_section(model, section, question, stop)
    return weighed_again(found, again)


@dataclass(frozen=True)
class Again:
    """What a second reading says of a sentence, as log odds."""

    sentence: float
    """That it belongs to the answer."""
    section: float
    """That its section answers."""


def of_section(model: Looks, section: Section, question: str, stop: Halt) -> dict[Place, Again]:
    """What a second reading says of the sentences of a section that the model is shown."""
    told = read_again(model, question, section.shown(), [sentence.text for sentence in section.sentences], stop)
    if told is None:
        return {}
    places = [Place(section.article_id, sentence) for sentence in section.sentences]
    return {
        place: Again(odds, told.answers) for place, odds in zip(places, told.sentences, strict=True) if odds is not None
    }


def weighed_again(found: Finding, again: Mapping[Place, Again]) -> Finding:
    """What was found with the sentences in the order of what speaks for them by both readings."""
    weigh = fitted(MODEL)

    def score(candidate: Candidate) -> float:
        of = again.get(candidate.place)
        return log_odds(weigh.probability(signs_of(candidate, of)), _NEAREST) if of else candidate.score

    candidates = sorted((replace(each, score=score(each)) for each in found.candidates), key=lambda each: -each.score)
    return replace(found, candidates=tuple(candidates), sections=_best_first(found.sections, candidates))


def signs_of(candidate: Candidate, again: Again) -> dict[str, float]:
    """What speaks for a sentence by both readings."""
    return {"first": candidate.score, "second": again.sentence, "section": again.section}


def _best_first(sections: Sequence[Section], candidates: Sequence[Candidate]) -> tuple[Section, ...]:
    """The sections in the order of their likeliest sentence."""
    rank: dict[tuple[str, int], int] = {}
    for number, candidate in enumerate(candidates):
        for section in sections:
            if section.article_id == candidate.place.article_id and candidate.place.sentence in section.sentences:
                rank.setdefault((section.article_id, section.passages[0].start), number)
    last = len(candidates)
    return tuple(sorted(sections, key=lambda each: rank.get((each.article_id, each.passages[0].start), last)))

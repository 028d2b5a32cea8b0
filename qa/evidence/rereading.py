"""Reads the likeliest sections a second time, with the model that writes: it tells more surely what answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from index.language.detection import rules_for
from qa.confidence.in_mind import InMind
from qa.confidence.regression import fitted, log_odds
from qa.evidence.finding import Finding, by_likeliest
from qa.evidence.latest import latest_first
from qa.evidence.sections import Section
from qa.evidence.selecting import Candidate, Place
from qa.llm.halt import Halt
from qa.llm.protocol import LanguageModel, Looks, Prompt, ReadsAhead
from qa.reader.second import is_reader, prompt_of, read_again
from qa.text.words import ENGLISH

MODEL = Path(__file__).with_name("rereading_model.json")
"""Coefficients for a sentence's log odds by both readings. They put a sentence first that proves the answer of .90 of
86 questions of news; weights fitted anew on 139 questions, with what a middle layer tells of the section, of .86."""
MODEL_HELD = Path(__file__).with_name("rereading_held_model.json")
"""Coefficients for the probability that the question is answered, after the second reading."""

MOST = 3
"""Sections read again: with 2, 3 and 4 the likeliest sentence proves the answer to .66, .68 and .68 of the questions of
``tests/bench/desk3``, with none to .59."""
_SURE_FROM, _AHEAD = 1.0, 0.5
"""Log odds of the likeliest sentence from which no further section is read again, if it is so far ahead of the next:
so 2.3 instead of 3 of them are read for a question, and the likeliest sentence proves the answer to as many questions
of ``tests/bench/desk3`` and of another set of news, and to one less of 65 of desk."""
_PATIENCE = 2.0
"""The likeliest section is read again even if it is new, where that takes at most so many times as long as the first
word may; the others where they are known. Round, not fitted."""

DENIED_FROM = -1.0
"""Log odds from which a section denies what the question takes for granted, where no section answers more surely: of 40
such questions on four sets of news that the probe was not fitted on, 22 were told so, and of 252 that are answered 9.
Chosen by eye."""

_NEAREST = 1e-3
"""A probability nearer to 0 or 1 is taken as this near: log odds are at most 7 either way. Round, not fitted."""


def reread(model: LanguageModel, found: Finding, question: str, stop: Halt) -> Finding:
    """What was found, weighed anew by what the model makes of the likeliest sections.

    Unchanged with a model that is no second reader, and where the question is not in English: all this was fitted in
    English.
    """
    if not isinstance(model, Looks) or not is_reader(model) or rules_for(question) is not ENGLISH:
        return found
    return weighed_again(found, read_likeliest(model, found, question, stop))


def read_likeliest(model: Looks, found: Finding, question: str, stop: Halt) -> dict[Place, Again]:
    """What the second reading makes of the sentences of the likeliest sections, by place."""
    again: dict[Place, Again] = {}
    weighed = found
    for section in found.sections[:MOST]:
        if again and _is_sure(weighed):
            break
        patience = _PATIENCE if section is found.best else 0.0
        prompt = prompt_of(question, section.shown())
        if not isinstance(model, ReadsAhead) or model.affords(prompt, patience):
            again |= of_section(model, section, prompt, stop)
            weighed = weighed_again(found, again)
    return again


def _is_sure(found: Finding) -> bool:
    """Whether the likeliest sentence surely belongs to the answer, and clearly more so than the next one."""
    first, *others = (candidate.score for candidate in found.candidates[:2])
    return first >= _SURE_FROM and all(first - other >= _AHEAD for other in others)


@dataclass(frozen=True)
class Again:
    """What the second reading makes of a sentence."""

    sentence: float
    """The log odds that it belongs to the answer."""
    section: InMind
    """What its section is to the question."""


def of_section(model: Looks, section: Section, prompt: Prompt, stop: Halt) -> dict[Place, Again]:
    """What the second reading makes of the sentences of a section that the prompt shows, by place."""
    told = read_again(model, prompt, [sentence.text for sentence in section.sentences], stop)
    if told is None:
        return {}
    places = [Place(section.article_id, sentence) for sentence in section.sentences]
    return {
        place: Again(odds, told.section) for place, odds in zip(places, told.sentences, strict=True) if odds is not None
    }


def weighed_again(found: Finding, again: Mapping[Place, Again]) -> Finding:
    """What was found with the sentences in the order of what speaks for them by both readings, and how probably they
    answer."""
    if not again:
        return found
    weigh, late = fitted(MODEL), latest_first(found.question, found.sections)

    def score(candidate: Candidate) -> float:
        of = again.get(candidate.place)
        if of is None:
            return candidate.score
        signs = {"first": candidate.score, "second": of.sentence, "section": of.section.tells}
        return log_odds(weigh.probability(signs), _NEAREST) + late(candidate.place)

    candidates = sorted((replace(each, score=score(each)) for each in found.candidates), key=lambda each: -each.score)
    sections = [of.section for of in again.values()]
    answers, denies = (max(odds) for odds in zip(*((of.answers, of.denies) for of in sections), strict=True))
    held = fitted(MODEL_HELD).probability(signs_of_holding(answers))
    weighed = replace(
        found,
        candidates=tuple(candidates),
        sections=by_likeliest(found.sections, candidates),
        is_denied=denies > max(answers, DENIED_FROM),
    )
    is_told = weighed.is_denied or _is_sure(weighed)
    if not (is_told or all(_is_read(section, again) for section in found.sections[:MOST])):
        held = max(held, found.held)  # what there was no time to read again may answer
    return replace(weighed, held=held)


def _is_read(section: Section, again: Mapping[Place, Again]) -> bool:
    """Whether a section was read a second time."""
    return any(Place(section.article_id, sentence) in again for sentence in section.sentences)


def signs_of_holding(surest: float) -> dict[str, float]:
    """What tells whether the question is answered: the log odds of the section that answers most surely.

    How probable it was by the first reading tells no more: fitted beside this on 160 questions of news that the probe
    was not fitted on, it had a weight of .02.
    """
    return {"section": surest}

"""The ways to have a language model write an answer from what was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from index.language.detection import language_of
from index.text.sentences import sentences
from qa.evidence.finding import Finding
from qa.evidence.selecting import Place
from qa.listed import MEMBER
from qa.llm.halt import Halt
from qa.llm.protocol import LanguageModel, Leans, Piece, Prompt, Reading, ReadsAhead
from qa.prompts import SYSTEM, question_text, text_to_lean_by
from qa.question.several import asks_for_several
from qa.question.yes_or_no import YES_OR_NO, asks_yes_or_no, says_yes, yes_or_no

MOST_TOKENS = 120
"""Most tokens of one answer: three or four sentences. Round, not fitted."""

_ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "۔", "؟")
"""Marks at the end of a sentence."""


def unbroken(text: str, tokens: int) -> str:
    """The written text without a last sentence that was cut off at MOST_TOKENS; an only sentence is kept.

    >>> unbroken("Two bridges closed. The mayor of Ald", MOST_TOKENS), unbroken("Two bri", MOST_TOKENS)
    ('Two bridges closed.', 'Two bri')
    """
    if tokens < MOST_TOKENS or text.rstrip("”“»«\"'’)*_ ").endswith(_ENDS):
        return text
    found = sentences(text, code=language_of(text).code)
    return text[: found[-1].start].rstrip() if len(found) > 1 else text


def write_from_section(model: LanguageModel, found: Finding, question: str, stop: Halt) -> Iterator[Reading | Piece]:
    """Writes an answer from the best section and the chosen sentences.

    This comes first, for the section may be read already: of 320 answers to three sets of news as many were right as
    where the likeliest sentences alone came first unless one surely answered. Where the model is too slow to read a
    whole section, it reads as many of the likeliest sentences as it can.
    """
    best = found.best
    chosen = [candidate.place for candidate in reversed(found.chosen)]  # the likeliest right before the question
    if not (isinstance(model, Leans) and model.is_small):
        own = {Place(best.article_id, sentence) for sentence in best.sentences}
        chosen = [place for place in chosen if place not in own]
    asked = question_text(question, [place.sentence.text for place in chosen])
    begins = _beginning(model, found, question, stop)
    whole = Prompt(SYSTEM, best.shown(), asked, begins)
    yield from model.answer(_affordable(model, whole, found, question), MOST_TOKENS, stop)


def write_from_excerpt(model: LanguageModel, found: Finding, question: str, stop: Halt) -> Iterator[Reading | Piece]:
    """Writes an answer from the likeliest sentences of all sections alone."""
    begins = _beginning(model, found, question, stop)
    whole = Prompt(SYSTEM, found.excerpt(len(found.likeliest)), question_text(question), begins)
    yield from model.answer(_affordable(model, whole, found, question), MOST_TOKENS, stop)


def _affordable(model: LanguageModel, whole: Prompt, found: Finding, question: str) -> Prompt:
    """The prompt ``whole``, or if reading it takes too long, one with as many of the likeliest sentences as fit."""
    if not isinstance(model, ReadsAhead) or model.affords(whole):
        return whole
    parts = (found.excerpt(most) for most in range(len(found.likeliest), 0, -1))
    shorter = [replace(whole, passage=part, question=question_text(question)) for part in parts]
    return next(filter(model.affords, shorter), shorter[-1])


def _beginning(model: LanguageModel, found: Finding, question: str, stop: Halt) -> str:
    """What the answer is to begin with: the mark of a list's first member where several things are asked for, or yes or
    no where that is asked; nothing where neither is, or the model cannot be told how to begin.
    """
    if not isinstance(model, Leans) or model.is_small:
        return ""
    if asks_yes_or_no(question):
        yes, no = yes_or_no(question)
        prompt = Prompt(YES_OR_NO, "", found.proof + text_to_lean_by(question))
        return f"{yes if says_yes(model, prompt, stop) else no},"
    return MEMBER.strip() if asks_for_several(question) else ""

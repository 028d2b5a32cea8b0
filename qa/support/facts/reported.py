"""Finds claims that the evidence only reports: as untrue, as another speaker's words, or as somebody's opinion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from index.language.pack import Language
from index.language.parts.speech import Speech
from qa.support.facts.overlap import CLOSE, Overlap
from qa.text.negation import negations, patterns
from qa.text.quotations.marks import CLOSED
from qa.text.saying import Attribution, attributions
from qa.text.words import content, stems, words

_WITHIN = 0.75
"""Share of a claim's words that a sentence must have, besides who says it. Chosen by eye."""
_NEARLY_AS_NEAR = 0.1
"""A sentence may also state the claim if its share of the claim's words is at most so much lower. Chosen by eye."""
_TO_THE_VERB = 30
"""Most characters between a speaker and the verb. Round, not fitted."""


def disputed(overlap: Overlap) -> Iterator[tuple[str, str]]:
    """Yields (claim's words, evidence's words) where the evidence has what the claim says only as somebody's untruth.

    >>> evidence = "The minister rejected a claim by the union that the dam is unsafe."
    >>> list(disputed(Overlap("The dam is unsafe.", (evidence,))))
    [('The dam is unsafe.', 'rejected a claim by the union that')]
    """
    spoken = overlap.language
    if spoken.denials is None or negations(overlap.claim, spoken) or _is_reported(overlap.claim, spoken):
        return
    known = patterns(spoken.denials)
    if not overlap.evidence or known.disputed.search(overlap.claim):
        return
    found = []
    for i in _nearest(overlap):
        said = known.disputed.search(overlap.evidence[i])
        if said is None or not overlap.is_reported(overlap.evidence[i], said.start(), said.end()):
            return
        found.append(said.group())
    if found:
        yield overlap.claim, found[0]


def said_by_others(overlap: Overlap) -> Iterator[tuple[str, None]]:
    """Yields (claim's words, None) where the claim has somebody say what the nearest sentence has somebody else say.

    Speakers with names are compared by ``quotations``, beside this file. No rule can tell for certain whether "the
    union" and "the company" differ, so no words of the evidence are given. Speakers for others ("spokesman") are not
    compared.

    >>> list(said_by_others(Overlap("The mayor said the dam held.", ("The dam held, the engineer said.",))))
    [('The mayor', None)]
    """
    spoken = overlap.language
    if spoken.speech is None:
        return
    claimed = next(attributions(overlap.claim, spoken), None)
    if claimed is None or claimed.kind != "noun" or not overlap.evidence:
        return
    telling = _telling(claimed.text, spoken, spoken.speech)
    shares = overlap.shares_without(claimed.start, claimed.end)
    nearest = int(shares.argmax())
    if not telling or shares[nearest] < CLOSE:
        return
    sentence = overlap.evidence[nearest]
    outside = CLOSED.sub(lambda match: " " * len(match.group()), sentence)
    others = list(attributions(outside, spoken, beside_quotes=outside != sentence))
    if telling & stems(sentence, spoken):
        return
    known = patterns(spoken.denials) if spoken.denials else None
    is_disputed = known and known.disputed.search(sentence) and not known.disputed.search(overlap.claim)
    by_others = len(others) == 1 and others[0].kind == "noun" and _telling(others[0].text, spoken, spoken.speech)
    if is_disputed or by_others:
        yield claimed.text, None


def told_as_fact(overlap: Overlap) -> Iterator[tuple[str, None]]:
    """Yields (claim, None) where the claim states as a fact what the sentences nearest to it attribute to somebody.

    That counts where a verb of contending is used ("argued"), or the speaker takes a side ("the union said").

    >>> list(told_as_fact(Overlap("The dam is unsafe.", ("Residents claim that the dam is unsafe.",))))
    [('The dam is unsafe.', None)]
    >>> list(told_as_fact(Overlap("The dam is unsafe.", ("The dam is unsafe, the water board said.",))))
    []
    """
    spoken = overlap.language
    if spoken.speech is None or not overlap.evidence or _is_reported(overlap.claim, spoken):
        return
    if all(_is_contended(overlap, overlap.evidence[i], spoken.speech) for i in _nearest(overlap) or (0,)):
        yield overlap.claim, None


def _nearest(overlap: Overlap) -> list[int]:
    """Indices of the sentences that may state the claim."""
    best = float(overlap.shares.max(initial=0))
    return [i for i, share in enumerate(overlap.shares) if share >= max(CLOSE, best - _NEARLY_AS_NEAR)]


def _is_reported(claim: str, spoken: Language) -> bool:
    """Whether the claim itself attributes its statement to somebody, or quotes."""
    says = spoken.speech is not None and _saying_anything(spoken.speech).search(claim) is not None
    return says or CLOSED.search(claim) is not None


def _is_contended(overlap: Overlap, sentence: str, speech: Speech) -> bool:
    """Whether the sentence has somebody contend what the claim says, or somebody who takes a side say it."""
    spoken = overlap.language
    claimed = {word.stem for word in overlap.words}
    for said in attributions(sentence, spoken):
        is_of_a_side = said.kind == "noun" and any(word.key in speech.sides for word in words(said.text, spoken))
        if not is_of_a_side and not _contends(sentence, said, speech):
            continue
        told = f"{sentence[: said.start]} {sentence[said.end :]}"
        if len(claimed & stems(told, spoken)) >= _WITHIN * len(claimed) > 0:
            return True
    return False


def _contends(sentence: str, said: Attribution, speech: Speech) -> bool:
    """Whether a verb of contending has this subject, right after or right before it."""
    verb = _contending(speech)
    return bool(
        verb.search(sentence, said.end, said.end + _TO_THE_VERB)
        or verb.search(sentence, max(0, said.start - _TO_THE_VERB), said.start)
    )


@cache
def _contending(speech: Speech) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{speech.contending})\b")


@cache
def _saying_anything(speech: Speech) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{speech.anything}|{speech.reporting}|{speech.contending})\b")


def _telling(called: str, spoken: Language, speech: Speech) -> frozenset[str]:
    """The stems of what a speaker is called, without words for those who speak for others."""
    return frozenset(word.stem for word in content(called, spoken) if word.key not in speech.for_others)

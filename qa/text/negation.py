"""Negations in a text and what they deny ("did not win" denies winning), and where claim and evidence part in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qa.support.contraries import contrary
from qa.support.overlap import ALIKE, CLOSE, NEARER, Overlap
from qa.text.words import STOP_WORDS, WORD, fold, stem, words

_CUE = re.compile(
    r"""\b(?:not|never|no|none|nobody|nothing|nowhere|neither|nor|without|cannot|\w+n['’]t
        |den(?:y|ies|ied|ying)|fail(?:s|ed|ing)?\sto|refus(?:e|es|ed|ing)\sto|unable\sto|declin(?:e|es|ed|ing)\sto
        |hardly|barely|lack(?:s|ed|ing)?|no\slonger|far\sfrom|rather\sthan|instead\sof)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"""\b(?:not\sonly|not\sjust|not\smerely|not\sleast|no\s(?:more|less|fewer)\sthan|no\sdoubt|no\smatter
        |whether\sor\snot        |no\.\s?\d+|not\suntil|nothing\sbut)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_MAYBE = re.compile(
    r"""\b(?:may|might|reportedly|allegedly|alleged|suspected(?:\sof)?|accused\sof|charged\swith
        |(?:plan|hope|want|threaten|intend|expect|vow|promis|try|tri|attempt)(?:s|ed|es|e|ing)?\sto
        |(?:likely|expected|about|ready|set)\sto|considering)\b""",
    re.VERBOSE,
)
"""Words without which what is only possible, planned or said of somebody reads as a fact."""
_LEFT_OPEN = re.compile(r"\b(?:will|would|could|can|should|if|whether|suspect\w*|accus\w*|alleg\w*|to)\b")
_CLAUSE_END = re.compile(
    r"[,;:.!?()“”\"—–]|\b(?:but|although|though|because|while|whereas|until|unless|and\sthen)\b", re.IGNORECASE
)
_SCOPE = 4


@dataclass(frozen=True)
class Negation:
    """A negation, ``text[start:end]``, and the stems of the few words that it denies, nearest first."""

    start: int
    end: int
    text: str
    denied: tuple[str, ...]


@lru_cache(maxsize=4096)
def negations(text: str) -> tuple[Negation, ...]:
    """The negations of the text in order, each with up to four words that it denies.

    >>> [(n.text, n.denied) for n in negations("He did not win the race, and never spoke.")]
    [('not', ('win', 'race')), ('never', ('spoke',))]

    "not only", "no more than 50" and their like deny nothing.
    """
    spared = [match.span() for match in _NO_DENIAL.finditer(text)]
    found = []
    for match in _CUE.finditer(text):
        if any(start <= match.start() < end for start, end in spared):
            continue
        rest = text[match.end() :]
        stop = _CLAUSE_END.search(rest)
        scope = words(rest[: stop.start()] if stop else rest)
        denied = tuple(w.stem for w in scope if w.key not in STOP_WORDS and not _CUE.fullmatch(w.text))[:_SCOPE]
        if not denied:  # "He could not." denies what stands before it
            denied = tuple(w.stem for w in reversed(words(text[: match.start()])) if w.key not in STOP_WORDS)[:1]
        found.append(Negation(match.start(), match.end(), match.group(), denied))
    return tuple(found)


def denied_otherwise(overlap: Overlap) -> Iterator[tuple[str, str | None]]:
    """(claim's words, evidence's words) where one denies what the sentences nearest to the claim affirm, or vice versa.

    Only beside a sentence that tells the same thing: what a distant one leaves undenied says nothing.
    """
    shares = overlap.shares
    best = float(shares.max(initial=0))
    if best < CLOSE:
        return
    near = [i for i, share in enumerate(shares) if share >= max(CLOSE, best - NEARER)]
    nearest = [i for i in near if shares[i] >= best - 0.1]
    claimed = negations(overlap.claim)
    for negation in claimed:
        put_in = best >= ALIKE and all(
            _put_in(overlap, i, negation) and not _as_often(overlap.evidence[i], overlap.claim, negation)
            for i in nearest
        )
        if put_in or not any(_denies(overlap.evidence[i], negation) for i in near):
            yield _phrase(overlap.claim, negation), None
    claim_stems = {w.stem for w in words(overlap.claim)}
    denied = {d for negation in claimed for d in negation.denied}
    for i in nearest:
        sentence = overlap.evidence[i]
        for negation in negations(sentence):
            heads = set(negation.denied[:2])
            left_out = (
                heads and heads <= claim_stems and not heads & denied and not _weakly_said(overlap.claim, negation)
            )
            left_out = left_out and not any(_affirms(overlap.evidence[k], heads) for k in nearest)
            only_here = all(overlap.evidence[k] == sentence for k in nearest)
            taken_out = _taken_out(overlap, i, negation) if only_here else None
            if left_out or (taken_out is not None and not _as_often(overlap.claim, sentence, negation)):
                yield taken_out or " ".join(_spelled(overlap.claim, heads)), _phrase(sentence, negation)
                return


def stated_as_fact(overlap: Overlap) -> Iterator[tuple[str, str]]:
    """(claim's words, evidence's words) where the sentence nearest to the claim says "may resign" of "resigned"."""
    if not overlap.evidence:
        return
    sentence = int(overlap.shares.argmax())
    for edit in overlap.edits(sentence):
        given, found = overlap.sides(sentence, edit)
        if len(words(given)) > 2 or overlap.shares_without(edit.start, edit.end)[sentence] < ALIKE:
            continue
        maybe = _MAYBE.search(found)
        if maybe is None or len(words(found)) > len(words(maybe.group())) + 2:
            continue
        if _MAYBE.search(overlap.claim) or _LEFT_OPEN.search(overlap.claim):
            continue
        after = words(overlap.claim[edit.start :])[: max(1, len(words(given)))]
        if after:
            told = words(overlap.evidence[sentence][edit.found_start :])[: len(words(found)) + (not given)]
            yield (
                overlap.claim[edit.start + after[0].start : edit.start + after[-1].end],
                overlap.evidence[sentence][edit.found_start : edit.found_start + told[-1].end],
            )
            return


def _put_in(overlap: Overlap, sentence: int, negation: Negation) -> bool:
    """Whether the claim differs from the sentence, at the negation's place, by hardly more than the negation."""
    for edit in overlap.edits(sentence):
        given, found = overlap.sides(sentence, edit)
        if edit.start <= negation.start < edit.end and len(words(given)) <= 2 >= len(words(found)):
            return not negations(found)
    return False


def _taken_out(overlap: Overlap, sentence: int, negation: Negation) -> str | None:
    """The same the other way round: the sentence has the negation, the claim leaves it out.

    Gives what stands in its place, which may be the verb in another form: "paid" in that of "failed to pay".
    """
    most = len(words(negation.text)) + 1
    for edit in overlap.edits(sentence):
        given, found = overlap.sides(sentence, edit)
        if edit.found_start <= negation.start < edit.found_end and len(words(given)) <= 2 and len(words(found)) <= most:
            told = negations(given) or any(contrary(a.key, b.key) for a in words(given) for b in words(found))
            alike = overlap.shares_without(edit.start, edit.end)[sentence] >= ALIKE
            return given if alike and not told else None
    return None


def _as_often(text: str, other: str, negation: Negation) -> bool:
    """Whether a text denies the negation's word as often as another text does."""
    first = set(negation.denied[:1])
    times, others = (sum(bool(first & set(n.denied)) for n in negations(t)) for t in (text, other))
    return bool(first) and times >= others


def _denies(sentence: str, negation: Negation) -> bool:
    """Whether the sentence denies one of the same words, or says the contrary of one."""
    inside = negations(sentence)
    if any(set(n.denied) & set(negation.denied) for n in inside):
        return True
    keys = [w.key for w in words(sentence)]
    return any(
        contrary(key, stem_) or (stem(key) != stem_ and _un(key, stem_)) for key in keys for stem_ in negation.denied
    )


def _un(key: str, denied: str) -> bool:
    return any(key.startswith(prefix + denied) for prefix in ("un", "in", "im", "dis", "non"))


def _weakly_said(claim: str, negation: Negation) -> bool:
    """Whether the claim itself has the denying word or a contrary: "denied", "failed to", "unable"."""
    keys = [w.key for w in words(claim)]
    first = fold(negation.text).split()[0]
    return stem(first) in {stem(k) for k in keys} or any(_un(k, d) for d in negation.denied for k in keys)


def _affirms(sentence: str, heads: set[str]) -> bool:
    inside = {w.stem for w in words(sentence)}
    return heads <= inside and not any(set(n.denied) & heads for n in negations(sentence))


def _phrase(text: str, negation: Negation) -> str:
    after = list(WORD.finditer(text, negation.end))[:2]
    return text[negation.start : after[-1].end() if after else negation.end]


def _spelled(claim: str, stems: set[str]) -> list[str]:
    return [w.text for w in words(claim) if w.stem in stems]

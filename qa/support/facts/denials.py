"""Finds where claim and evidence differ in what they deny, or in what they state as a fact."""

from __future__ import annotations

from collections.abc import Iterator

from index.language.pack import Language
from qa.support.facts.contraries import contrary
from qa.support.facts.overlap import CLOSE, NEARER, NEARLY_THE_SAME, Overlap
from qa.text.negation import Negation, negations, patterns
from qa.text.words import WORD, any_words, fold, stem, words


def denied_otherwise(overlap: Overlap) -> Iterator[tuple[str, str | None]]:
    """Yields pairs (claim's words, evidence's words or None) of which one denies what the other affirms.

    The claim is compared with the sentences nearest to it, and only where these tell the same thing.
    """
    spoken = overlap.language
    shares = overlap.shares
    best = float(shares.max(initial=0))
    if best < CLOSE:
        return
    near = [i for i, share in enumerate(shares) if share >= max(CLOSE, best - NEARER)]
    nearest = [i for i in near if shares[i] == best]
    claimed = negations(overlap.claim, spoken)
    for negation in claimed:
        put_in = best >= NEARLY_THE_SAME and all(
            _put_in(overlap, i, negation) and not _as_often(overlap.evidence[i], overlap.claim, negation, spoken)
            for i in nearest
        )
        if put_in or not any(_denies(overlap.evidence[i], negation, spoken) for i in near):
            yield _phrase(overlap.claim, negation), None
    claim_stems = {w.stem for w in words(overlap.claim, spoken)}
    denied = {d for negation in claimed for d in negation.denied}
    for i in nearest:
        sentence = overlap.evidence[i]
        for negation in negations(sentence, spoken):
            heads = set(negation.surely_denied)
            left_out = (
                heads
                and heads <= claim_stems
                and not {*heads, *negation.before} & denied
                and not _weakly_said(overlap.claim, negation, spoken)
            )
            left_out = left_out and not any(_affirms(overlap.evidence[k], heads, spoken) for k in nearest)
            only_here = all(overlap.evidence[k] == sentence for k in nearest)
            taken_out = _taken_out(overlap, i, negation) if only_here else None
            if left_out or (taken_out is not None and not _as_often(overlap.claim, sentence, negation, spoken)):
                yield taken_out or " ".join(_spelled(overlap.claim, heads, spoken)), _phrase(sentence, negation)
                return
            if not claimed and _leaves_it_open(overlap, sentence, negation):
                yield overlap.claim, _phrase(sentence, negation)
                return


def stated_as_fact(overlap: Overlap) -> Iterator[tuple[str, str]]:
    """Yields pairs (claim's words, evidence's words) where the claim states as a fact ("resigned") what the sentence
    nearest to it calls only possible ("may resign").
    """
    if not overlap.evidence or overlap.language.denials is None:
        return
    known = patterns(overlap.language.denials)
    possible = known.maybe
    sentence = int(overlap.shares.argmax())
    for edit in overlap.edits(sentence):
        given, found = overlap.sides(sentence, edit)
        if overlap.shares_without(edit.start, edit.end)[sentence] < NEARLY_THE_SAME:
            continue
        maybe = possible.search(found)
        if maybe is None or len(any_words(found)) > len(any_words(maybe.group())) + 2:
            continue
        if possible.search(overlap.claim) or known.left_open.search(overlap.claim):
            continue
        after = any_words(overlap.claim[edit.start :])[: max(1, len(any_words(given)))]
        if after:
            told = any_words(overlap.evidence[sentence][edit.found_start :])[: len(any_words(found)) + (not given)]
            yield (
                overlap.claim[edit.start + after[0].start : edit.start + after[-1].end],
                overlap.evidence[sentence][edit.found_start : edit.found_start + told[-1].end],
            )
            return


def _leaves_it_open(overlap: Overlap, sentence: str, negation: Negation) -> bool:
    """Returns whether the sentence says that what the claim states is not shown: "no evidence that"."""
    spoken = overlap.language
    unsettled = patterns(spoken.denials).unsettled.match(sentence, negation.end) if spoken.denials else None
    return unsettled is not None and overlap.is_reported(sentence, negation.start, unsettled.end())


def _put_in(overlap: Overlap, sentence: int, negation: Negation) -> bool:
    """Returns whether the claim's negation is nearly the only difference between claim and sentence at that place."""
    for edit in overlap.edits(sentence):
        given, found = overlap.sides(sentence, edit)
        if edit.start <= negation.start < edit.end and len(any_words(given)) <= 2 >= len(any_words(found)):
            return not negations(found, overlap.language)
    return False


def _taken_out(overlap: Overlap, sentence: int, negation: Negation) -> str | None:
    """Returns the claim's words in the place of a negation of the sentence; None where more than the negation differs.

    They may be the verb in another form: "paid" in the place of "failed to pay".
    """
    spoken = overlap.language
    most = len(any_words(negation.text)) + 1
    for edit in overlap.edits(sentence):
        given, found = overlap.sides(sentence, edit)
        if (
            edit.found_start <= negation.start < edit.found_end
            and len(any_words(given)) <= 2
            and len(any_words(found)) <= most
        ):
            pairs = ((a.key, b.key) for a in any_words(given) for b in any_words(found))
            told = negations(given, spoken) or any(contrary(a, b, spoken) for a, b in pairs)
            alike = overlap.shares_without(edit.start, edit.end)[sentence] >= NEARLY_THE_SAME
            return given if alike and not told else None
    return None


def _as_often(text: str, other: str, negation: Negation, spoken: Language) -> bool:
    """Returns whether a text denies the first word of the negation at least as often as another text does."""
    first = set(negation.denied[:1])
    here, there = (sum(bool(first & set(n.denied)) for n in negations(t, spoken)) for t in (text, other))
    return bool(first) and here >= there


def _denies(sentence: str, negation: Negation, spoken: Language) -> bool:
    """Returns whether the sentence denies one of the words that the negation denies, or has a contrary of one."""
    inside = negations(sentence, spoken)
    if any({*n.denied, *n.before} & set(negation.denied) for n in inside):
        return True
    keys = [w.key for w in words(sentence, spoken)]
    return any(
        contrary(key, denied, spoken) or (stem(key, spoken) != denied and _un(key, denied, spoken))
        for key in keys
        for denied in negation.denied
    )


def _un(key: str, denied: str, spoken: Language) -> bool:
    """Whether a folded word is the denied word with a prefix that makes its contrary: "unable" of "able"."""
    return spoken.denials is not None and any(key.startswith(prefix + denied) for prefix in spoken.denials.prefixes)


def _weakly_said(claim: str, negation: Negation, spoken: Language) -> bool:
    """Returns whether the claim has the denying word itself, or a word with a denying prefix: "denied", "unable"."""
    keys = [w.key for w in words(claim, spoken)]
    first = fold(negation.text).split()[0]
    return stem(first, spoken) in {stem(k, spoken) for k in keys} or any(
        _un(k, d, spoken) for d in negation.denied for k in keys
    )


def _affirms(sentence: str, heads: set[str], spoken: Language) -> bool:
    inside = {w.stem for w in words(sentence, spoken)}
    return heads <= inside and not any(set(n.denied) & heads for n in negations(sentence, spoken))


def _phrase(text: str, negation: Negation) -> str:
    after = list(WORD.finditer(text, negation.end))[:2]
    return text[negation.start : after[-1].end() if after else negation.end]


def _spelled(claim: str, stems: set[str], spoken: Language) -> list[str]:
    return [w.text for w in words(claim, spoken) if w.stem in stems]

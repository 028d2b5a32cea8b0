"""Reads from articles what became of what a question asks about, by the order of words (see qa/question/sought.py).

It does for German, Spanish and French what ``reported_outcomes`` does for English. A clause counts only if, besides its
verb, it has nothing but what the question names and words that do not change its meaning: silence is better than a
false alarm.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.language.parts.outcomes import OrderedOutcomes
from index.records import Article, Hit
from qa.conflict.reported_outcomes import ReportedOutcome, patterns_of, told_clauses
from qa.question.comparing import spoken_pattern
from qa.question.kind import canonical
from qa.question.sought import Deed, Sought, deeds, is_telling
from qa.text.dates.reading import dates
from qa.text.names import names
from qa.text.negation import Negation, negations
from qa.text.numbers.reading import numbers
from qa.text.words import Word, words


def outcomes_in_order(asked: Sought, article: Article, hits: Sequence[Hit]) -> tuple[ReportedOutcome, ...]:
    """The outcomes that an article reports, read by the order of words; none without ``ordered_outcomes``.

    Only passages in the language of the question are read; none are returned where the article reports both outcomes.
    """
    spoken = asked.spoken
    known, patterns = spoken.ordered_outcomes, patterns_of(spoken)
    if known is None or patterns is None:
        return ()
    found = [
        ReportedOutcome(article, at.sentence, clause.strip().rstrip("."), *told, at.cosine, spoken)
        for hit in hits
        for at, clause in told_clauses(asked, article, hit, spoken, patterns)
        if (told := _outcome_of(asked, clause, known)) is not None
    ]
    return tuple(found) if len({each.holds for each in found}) == 1 else ()


def _outcome_of(asked: Sought, clause: str, known: OrderedOutcomes) -> tuple[bool, bool] | None:
    """Returns whether a clause says that the outcome happened, and whether it tells of a delay; None if neither."""
    every = words(clause, asked.spoken)
    deed = _deed(asked, every, known)
    if deed is None or not _is_in_order(asked, every, known):
        return None
    verb = every[deed.word]
    denials = [n for n in negations(clause, asked.spoken) if not n.start <= verb.start < n.end]
    denied = bool(denials)
    if denied and not _denies(asked, every, deed, denials, known):
        return None
    if _has_more(asked, clause, every, deed, denials, known):
        return None
    return asked.family.told(deed.key, denied, asked.verb) if asked.family else (not denied, False)


def _deed(asked: Sought, every: Sequence[Word], known: OrderedOutcomes) -> Deed | None:
    """Returns the one verb of a clause that tells the outcome asked about; None if there is none, or several."""
    family = asked.family
    if family is None:
        verb, _, particle = asked.verb.partition("+")
        last = len(every) - 1 if particle and every[-1].key == particle else None
        own = [i for i, word in enumerate(every) if canonical(word.stem, asked.spoken) == verb]
        found = [Deed(i, last, asked.verb, None) for i in own if not particle or last is not None]
    else:
        is_now = any(word.key in known.present for word in every)
        found = deeds(every, (family,), asked.spoken) if is_now or not family.passing else []
    if len(found) != 1:
        return None
    (deed,) = found
    is_another = deed.particle is None and deed.word < len(every) - 1 and every[-1].key in known.particles
    return None if is_another else deed


def _is_in_order(asked: Sought, every: Sequence[Word], known: OrderedOutcomes) -> bool:
    """Returns whether whoever the question names has the same part in the deed as in the question.

    That is told by order: the first and last of those named stand in the question's order, or in the reverse one where
    only one of clause and question is passive.
    """
    places: dict[str, int] = {}
    for i, word in enumerate(every):
        places.setdefault(canonical(word.stem, asked.spoken), i)
    things = [stem for stem in asked.named if stem not in asked.names]
    named = [places[stem] for stem in (things if len(things) > 1 else asked.named) if stem in places]
    passive = any(word.key in known.passive for word in every)
    is_turned = asked.passive is not None and passive != asked.passive
    if len(named) < 2:
        return bool(named) and not is_turned
    return (named[0] < named[-1]) != is_turned


def _denies(
    asked: Sought, every: Sequence[Word], deed: Deed, denials: Sequence[Negation], known: OrderedOutcomes
) -> bool:
    """Returns whether the denials of a clause deny its verb as a whole, and nothing else.

    No telling word may stand between them and the verb, except one that is itself denied: "no passengers".
    """
    first, last = denials[0], denials[-1]
    verb = every[deed.word]
    end = every[deed.particle] if deed.particle is not None else None
    if known.ends_with_denial and first.start > verb.end:
        after = [word for word in every if word.start >= last.end and word is not end]
        return len(denials) == 1 and not after
    between = [word for word in every if first.end <= word.start < verb.start]
    between = [word for word in between if not any(n.start <= word.start < n.end for n in denials)]
    if spoken_pattern(known.no).fullmatch(first.text):
        return all(not is_telling(word, asked.spoken) or _is_named(word, asked) for word in between)
    return last.end <= verb.start and not any(is_telling(word, asked.spoken) for word in between)


def _is_named(word: Word, asked: Sought) -> bool:
    return canonical(word.stem, asked.spoken) in asked.known


def _has_more(
    asked: Sought,
    clause: str,
    every: Sequence[Word],
    deed: Deed,
    denials: Sequence[Negation],
    known: OrderedOutcomes,
) -> bool:
    """Returns whether the clause speaks of something that the question does not name.

    Days and numbers are ignored, and in a clause without denials circumstances too: "with a narrow majority".
    """
    out = [(each.start, each.end) for each in denials]
    out += [(each.start, each.end) for each in dates(clause, asked.spoken)]
    out += [(each.start, each.end) for each in numbers(clause, asked.spoken)]
    sure = [(name.start, name.end) for name in names(clause, asked.spoken) if name.certain]
    is_circumstance = False
    for i, word in enumerate(every):
        if _is_named(word, asked):
            is_circumstance = False
        elif word.key in known.circumstance:
            is_circumstance = True
        elif (
            i not in (deed.word, deed.particle)
            and is_telling(word, asked.spoken)
            and not word.key.endswith(known.adverbs)
            and not any(start <= word.start < end for start, end in out)
        ):
            is_name = any(start <= word.start < end for start, end in sure)
            if denials or is_name or not is_circumstance:
                return True
    return False

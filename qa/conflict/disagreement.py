"""Finds where articles give different values or outcomes for what a question asks, and which article states which.

Showing a disagreement where there is none is worse than missing one, so whatever is in doubt is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from index.language.detection import rules_for
from index.library import Library
from index.records import Article, Hit
from qa.conflict.likely_values import likely_values
from qa.conflict.reported_outcomes import LEAD, ReportedOutcome, reported_outcomes
from qa.conflict.stated_values import StatedValue, by_article, stated_values
from qa.conflict.told_in_order import outcomes_in_order
from qa.evidence.selecting import Candidate
from qa.question.happening import Happening, happenings
from qa.question.kind import value_asked
from qa.question.sought import Sought, sought
from qa.text.names import name_keys

SAME_MAGNITUDE = 10.0
"""Values that differ by more than this factor are taken for values of different things. Chosen by eye."""
SHARED_NAMES = 2
"""Names that two articles must share to be about the same event, where the question has none; one is enough where both
name it at their beginning. Chosen by eye."""


_Stated = TypeVar("_Stated", StatedValue, ReportedOutcome)


@dataclass(frozen=True)
class Side:
    """One of the values that articles disagree on, in words, and the statements that give it.

    The statements are sorted newest first, one for each story and figure.
    """

    value: str
    statements: tuple[StatedValue | ReportedOutcome, ...]
    stories: dict[str, frozenset[str]]
    """For the id of each statement's article, the ids of the articles that print the same story."""


def disagreement(
    question: str, hits: Sequence[Hit], library: Library, read: Sequence[Candidate] = ()
) -> tuple[Side, ...]:
    """Returns the sides of a disagreement among the found passages on what is asked, newest first; none if they agree.

    ``read`` are the sentences that the reader scored for the question, the likeliest first.
    """
    return (
        _of_values(question, stated_values(question, hits, library), library)
        or _of_values(question, likely_values(question, read, library), library)
        or _of_outcomes(question, hits, library)
    )


def _of_values(question: str, every: Sequence[StatedValue], library: Library) -> tuple[Side, ...]:
    sure = [s for s in every if s.sure]
    if not sure:
        return ()
    best = max(sure, key=lambda s: s.rank)
    named = bool(_names_in(question))
    every = [s for s in every if _comparable(best, s) and (named or _one_event(best.article, s.article))]
    groups = grouped(every)
    apart = [g for g in groups if any(not s.agrees(t) for s in g for o in groups if o is not g for t in o)]
    sides = [_side(sorted(g, key=_age), library, _worded) for g in apart]
    if len(sides) < 2 or len({s.article.id for g in apart for s in g}) < 2:
        return ()
    return tuple(sorted(sides, key=lambda side: _age(side.statements[0])))


def _of_outcomes(question: str, hits: Sequence[Hit], library: Library) -> tuple[Side, ...]:
    """Returns the sides of a disagreement on what happened, by the first reading of the question that has two sides."""
    asked_for = happenings(question) or sought(question)
    passages = by_article(hits) if asked_for else {}
    sources = {article_id: library.article(article_id) for article_id in passages}
    for happening in asked_for:
        every = [
            o for article_id, found in passages.items() for o in _outcomes_of(happening, sources[article_id], found)
        ]
        yes, no = [o for o in every if o.holds], [o for o in every if not o.holds]
        pairs = [
            (a, b)
            for a in yes
            for b in no
            if a.contradicts(b) and (happening.names or _one_event(a.article, b.article))
        ]
        if pairs:
            sides = [
                _side(sorted(dict.fromkeys(side), key=_age), library, _newest) for side in zip(*pairs, strict=True)
            ]
            return tuple(sorted(sides, key=lambda side: _age(side.statements[0])))
    return ()


def _outcomes_of(asked: Happening | Sought, article: Article, hits: Sequence[Hit]) -> tuple[ReportedOutcome, ...]:
    if isinstance(asked, Sought):
        return outcomes_in_order(asked, article, hits)
    return reported_outcomes(asked, article, hits)


def _comparable(best: StatedValue, other: StatedValue) -> bool:
    """Returns whether two values may be of one thing: they measure the same, and are not too far apart."""
    a, b = best.value, other.value
    if a.measure != b.measure:
        return False
    if a.measure in ("date", "day", "age") or not (a.high and b.high):
        return True
    return max(a.high, b.high) / min(a.high, b.high) <= SAME_MAGNITUDE


def _names_in(question: str) -> frozenset[str]:
    wanted = value_asked(question, rules_for(question))
    return wanted.names if wanted else frozenset()


def _one_event(a: Article, b: Article) -> bool:
    """Returns whether two articles share names, as articles on one event do; on two events of a kind they need not."""
    if _names_of(a.text[:LEAD]) & _names_of(b.text[:LEAD]):
        return True
    mine, others = _names_of(a.text), _names_of(b.text)
    return len(mine & others) >= min(SHARED_NAMES, len(mine), len(others))


def _names_of(text: str) -> frozenset[str]:
    return name_keys(text, rules_for(text))


def grouped(every: Sequence[StatedValue]) -> list[list[StatedValue]]:
    """Groups statements that agree; two exact values that differ are never in one group."""
    groups: list[list[StatedValue]] = []
    exact = [s for s in every if s.value.exact]
    rough = sorted((s for s in every if not s.value.exact), key=lambda s: s.value.width, reverse=True)
    for s in (*exact, *rough):
        near = [g for g in groups if any(s.value.agrees(o.value) for o in g)]
        if near:
            min(near, key=lambda g: min(abs(o.value.low - s.value.low) for o in g)).append(s)
        else:
            groups.append([s])
    return groups


def _age(statement: StatedValue | ReportedOutcome) -> tuple[int, float]:
    """Returns a sort key: newest first, those without a date last; on one day the nearest to the question first."""
    published = re.sub(r"\D", "", statement.article.published or "")[:8]
    return -int(published or 0), -statement.rank


def _newest(group: Sequence[ReportedOutcome]) -> str:
    return group[0].clause


def _side(group: Sequence[_Stated], library: Library, worded: Callable[[Sequence[_Stated]], str]) -> Side:
    """Makes a side of a group of statements; of several reprints of one story it keeps the newest."""
    stories: dict[str, frozenset[str]] = {}
    shown: dict[tuple[str, float], _Stated] = {}
    for s in group:
        story = next((first for first, others in stories.items() if s.article.id in others), s.article.id)
        if story == s.article.id:
            stories.setdefault(story, library.reprints(story))
            shown.setdefault((story, s.figure), s)
    return Side(worded(list(shown.values())), tuple(shown.values()), stories)


def _worded(group: Sequence[StatedValue]) -> str:
    """Returns the value of statements that agree, as an article writes it, or the range of several values."""
    exact = [s.value for s in group if s.value.exact]
    if exact or len({s.value.stated for s in group}) == 1:
        text = (exact or [group[0].value])[0].text
        return text[0].lower() + text[1:] if text[0].isalpha() and not exact else text
    low, *_, high = sorted((s.value for s in group), key=lambda v: v.stated)
    known = group[0].spoken.counts
    return (known.span if known else "{low}–{high}").format(low=low.number, high=high.number)

"""Splits a question that asks several things into questions that are asked one by one."""

from __future__ import annotations

import re

from index.language.detection import rules_for
from index.language.parts.asking import Asking
from qa.question.comparing import comparable, pattern

MOST_PARTS = 4
"""Questions that one is split into at most; one of more stays whole. Chosen by eye."""

_FEWEST_WORDS = 4
"""Words that each of two questions in one sentence must have: "When and where did it happen?" stays whole. Chosen by
eye."""


def parts(question: str) -> tuple[str, ...]:
    """The questions that a question consists of, in order; the question alone where it asks one thing.

    A later one may leave something unsaid, as a follow-up does; ``qa.question.followups.in_context`` completes it.

    >>> parts("When did the mill close, and who owned it until then?")
    ('When did the mill close?', 'who owned it until then?')
    >>> parts("What do Ana Ruiz and the mayor each say about the mill?")
    ('What does Ana Ruiz say about the mill?', 'What does the mayor say about the mill?')
    >>> parts("Who owns the mill and the bakery?")
    ('Who owns the mill and the bakery?',)
    >>> parts("Wann schloss die alte Mühle und wem gehörte sie bis dahin?")
    ('Wann schloss die alte Mühle?', 'wem gehörte sie bis dahin?')
    """
    asked = " ".join(question.split()).rstrip("?! ")
    several = re.split(r"(?<=[^\W\d]{2})\s?\?+ (?=[\w¿])", asked)
    asking = rules_for(question).asking
    if len(several) == 1 and asking is not None:
        several = _of_each(asked, asking) or _of_two(asked, asking) or several
    if not 1 < len(several) <= MOST_PARTS:
        return (question,)
    return tuple(f"{part.rstrip('?! ')}?" for part in several)


def _of_each(asked: str, asking: Asking) -> list[str]:
    """A question for each of several named together: "What do A and B each say?". None where only one is named."""
    shared = asking.shared
    if shared is None:
        return []
    compared = comparable(asked)
    several = rf"{shared.named}(?:,\s{shared.named})*,?\s(?:{asking.joining})\s{shared.named}"
    for verbs, after in (
        (shared.each_verbs, rf"\s(?:{shared.each})\s(?P<after>.+)"),
        (shared.verbs, rf"\s(?P<after>(?:{shared.stands})\b.+)"),
    ):
        before = rf"(?P<before>\W*(?:{asking.words})\b(?:\s\w+){{0,2}}?)\s(?P<verb>{verbs})"
        if match := pattern(rf"{before}\s(?P<list>{several}){after}").fullmatch(compared):
            given = {name: asked[slice(*match.span(name))] for name in match.groupdict()}
            verb = shared.singular.get(match["verb"], given["verb"])
            each = re.split(rf",\s(?:{asking.joining})\s|,\s|\s(?:{asking.joining})\s", given["list"])
            return [f"{given['before']} {verb} {one} {given['after']}" for one in each]
    return []


def _of_two(asked: str, asking: Asking) -> list[str]:
    """The two questions in one sentence, if each can be asked by itself, unlike "and when?"; else none."""
    second = asking.second or rf"(?=\S+(?:\s\S+){{{_FEWEST_WORDS - 1}}})¿?(?:{asking.words})\b.+"
    form = rf"\W*(?:{asking.words}|{asking.verbs})\b.+?(?P<between>,?\s(?:{asking.joining})\s)(?P<other>{second})"
    match = pattern(form).fullmatch(comparable(asked))
    if match is None:
        return []
    one, other = asked[: match.start("between")], asked[match.start("other") :]
    return [one, other] if len(one.split()) >= _FEWEST_WORDS else []

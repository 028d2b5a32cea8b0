"""A question that asks several things, as the questions it is made of, each to be asked by itself."""

from __future__ import annotations

import re

from index.language.detection import rules_for
from qa.question.by_pack import parts_by
from qa.text.words import words

MOST_PARTS = 4
"""Questions that one may be made of; of more, all are asked as one."""

_ASKS = r"who|whom|whose|what|what's|when|where|why|how|which"
_VERBS = r"is|are|was|were|do|does|did|has|have|had|will|would|can|could|should"
_SECOND = re.compile(
    rf"^(?P<one>\W*(?:{_ASKS}|{_VERBS})\b.+?),? and "
    rf"(?P<other>(?:{_ASKS})\b(?: \S+){{3,}}|(?:{_VERBS}) (?:he|she|it|they|there|any\w*) .+)$",
    re.IGNORECASE | re.DOTALL,
)
_FEWEST_WORDS = 4
"""Words of a first question that is one: not "When and where did it happen?"."""
_SINGULAR = {"do": "does", "are": "is", "were": "was", "have": "has"}
_NAMED = r"(?:(?:the|a|an) )?(?:[\w’'.-]+ ){0,3}?[\w’'.-]+"
_STANDS = "say think believe want stand claim argue propose suggest expect blame demand plan promise"


def _of_several(verbs: str, after: str) -> re.Pattern[str]:
    """What asks the same of several named, with one of the verbs before them and what follows them."""
    return re.compile(
        rf"^(?P<before>\W*(?:{_ASKS})\b(?: \w+){{0,2}}?) (?P<verb>{verbs}) "
        rf"(?P<list>{_NAMED}(?:, {_NAMED})*,? and {_NAMED}) {after}$",
        re.IGNORECASE | re.DOTALL,
    )


_EACH = _of_several("do|did|are|were|have", r"each (?P<after>.+)")
_SEVERAL = _of_several("do|did", rf"(?P<after>(?:{'|'.join(_STANDS.split())})\b.+)")
_BETWEEN = re.compile(r", and |, | and ")


def parts(question: str) -> tuple[str, ...]:
    """The questions that a question is made of, in their order; itself alone where it asks one thing.

    A later one may leave unsaid what the first says, as a follow-up does (see qa.question.followups).

    >>> parts("When did the mill close, and who owned it until then?")
    ('When did the mill close?', 'who owned it until then?')
    >>> parts("What do Ana Ruiz and the mayor each say about the mill?")
    ('What does Ana Ruiz say about the mill?', 'What does the mayor say about the mill?')
    >>> parts("Who owns the mill and the bakery?")
    ('Who owns the mill and the bakery?',)
    """
    asked = " ".join(question.split()).rstrip("?! ")
    several = re.split(r"(?<=[^\W\d]{2})\s?\?+ (?=[\w¿])", asked)
    asking = rules_for(question).asking
    if len(several) == 1:
        several = (parts_by(asked, asking) if asking else _of_each(asked) or _of_two(asked)) or several
    if not 1 < len(several) <= MOST_PARTS:
        return (question,)
    return tuple(f"{part.rstrip('?! ')}?" for part in several)


def _of_each(asked: str) -> list[str]:
    """The same asked of each of several named: "What do A and B each say?"."""
    match = _EACH.match(asked) or _SEVERAL.match(asked)
    if match is None:
        return []
    verb = _SINGULAR.get(match["verb"].lower(), match["verb"])
    return [f"{match['before']} {verb} {one} {match['after']}" for one in _BETWEEN.split(match["list"])]


def _of_two(asked: str) -> list[str]:
    """Two questions of which each can be asked by itself: not "and when?", nor "and how many each?"."""
    match = _SECOND.match(asked)
    return [match["one"], match["other"]] if match and len(words(match["one"])) >= _FEWEST_WORDS else []

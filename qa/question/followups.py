"""From a follow-up to a question that can be searched by itself, by rules: no second call of the language model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from index.language.detection import detected, rules_for
from index.library import Library
from qa.question.by_pack import standalone_by
from qa.question.continuing import is_told_with
from qa.records import Turn
from qa.text.names import names
from qa.text.words import STOP_WORDS, content, words

_PERSON = re.compile(r"\b(?P<of>his|her(?=\s+\w))\b|\b(?:he|she|him|her)\b", re.IGNORECASE)
_THING = re.compile(
    r"\b(?P<of>its|their)\b|\b(?:they|them|it)\b"
    r"|\b(?:this|that|these|those)\b(?!\s+(?:week|month|year|day|morning|evening|time|season|summer|winter|spring|autumn)\b)",
    re.IGNORECASE,
)
_POINTING = ("this", "that", "these", "those")
_AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|shall|should|may|might|must)(?:n[’']t)?"
_SPOKEN_OF = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:the|a|an|every|each|some|any|no|most|all)\s+(?P<noun>[\w-]+)",
        rf"\b(?:which|whose|how\s+(?:many|much))\s+(?!{_AUXILIARY}\b)(?P<noun>[\w-]+)\s+\w",
        rf"(?:^\W*|\b(?:when|where|why|how(?:\s+(?:long|often|far|soon|fast))?)\s+){_AUXILIARY}\s+(?P<noun>[\w-]+)",
        rf"\b(?:who|whom|what)(?:\s+{_AUXILIARY}|[’']s)\s+(?P<noun>[\w-]+(?<!ed|en)(?<!ing))\b",
        r"^\W*(?:(?:when|where|why|who|what)\s+)?(?!how\b)(?P<noun>[\w-]+)\s+[\w-]+\W*$",
    )
)
"""Where a question has a noun of its own: "the mayor", "how many people died", "when do bees fly"."""
_CLAUSE = re.compile(
    r"\b(?:the|a|an)\s+(?:[\w-]+\s+){1,2}(?P<that>that)\b|(?P<before>[\w-]+)\s+(?P<joining>that)\s+\S+\s+\w"
    r"|\b(?P<those>those|that)\s+(?:who|whose|that|which|of|in|on|at|with|without|from|under|over)\b",
    re.IGNORECASE,
)
"""What may join a clause or stand for a noun: "the boat that sank", "say that bridges close", "those who fled"."""
_OF_NOUN = re.compile(rf"\s+(?!{_AUXILIARY}\b)\w{{3,}}")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)[‘'][^’']*[’'](?!\w)")
_EMPTY_IT = re.compile(r"\b(?:is|was|does|did|will|has) it\b.{0,40}\b(?:that|to|who|rain|snow|take)\b", re.IGNORECASE)
"""What "it" stands for nothing in: "is it true that", "how long does it take"."""
_LEAD = re.compile(r"^\s*(?:and|but|so|then|or|also)\b[\s,]*", re.IGNORECASE)
_ABOUT = re.compile(r"^\s*(?:(?:and|but|so)\b[\s,]*)?(?:what|how) about\b\s*", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"^(?P<word>in|on|at|for|from|by|during|after|before|since|until)\s+(?P<rest>.+)$", re.IGNORECASE
)
_ONE = re.compile(
    r"^(?:which |what )?(?:is |was |were |are )?the (?P<rank>(?:most|least) \w+|\w+est)(?: ones?)?$", re.IGNORECASE
)
_SUPERLATIVE = re.compile(r"\bthe (?:(?:most|least) \w+|\w+est)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\bhow many (?P<noun>(?:[\w-]+ ){0,2}?(?:[\w-]+s|people|police|children|men|women))\b", re.IGNORECASE
)
_ASKS_WHOM = re.compile(
    r"^\W*(?:and\s+)?(?:who|whom|whose|which (?:\w+ )?(?:man|woman|person|player|minister))\b", re.IGNORECASE
)
_OWNING = re.compile(r"[’']s\b.*$|(?<=s)[’']$", re.DOTALL)
"""What follows a name that owns something: "Ana Ruiz’s own"."""
_LONGEST_THING = 6
"""Words of an answer that may stand in the place of a pronoun."""
_FEW_WORDS = 2
"""Telling words that a question needs at least one more of to be searched by itself."""
_MOST_POINTING = 4
"""Telling words of a question whose "they" is surely of the question before; of more, it may be people in general."""


def standalone(question: str, history: Sequence[Turn], library: Library | None = None) -> str:
    """The question with what earlier ones let it leave unsaid; a question that can be asked alone stays as it is.

    A person's name stands for "he" and "she", a short answer or what was counted for "it" and "they"; "and in May?"
    and "the most expensive one?" take the place of their like in the question before. Where none of these holds, the
    question before stands behind a dash.

    Of a question that may go on with the one before and may be asked alone ("When did the bridge close?") the
    articles of the ``library`` decide; without one, it goes on.

    >>> standalone("How old is he?", [Turn("Who wrote it?", "José Luis Montes.")])
    'How old is José Luis Montes?'
    >>> standalone("Why were they sent?", [Turn("How many federal police did Mexico send?", "500.")])
    'Why were the federal police sent?'
    >>> standalone("And in May?", [Turn("What was the jobless rate in April?", "4.9 percent.")])
    'What was the jobless rate in May?'
    """
    if not history:
        return question
    # "Und im Mai?" is too short to tell its language by.
    spoken = rules_for(question if detected(question) else history[-1].question)
    if spoken.asking is not None:
        return standalone_by(question, history, spoken, spoken.asking, library)
    last = history[-1]
    if like := _like_before(question, last):
        return like
    unsaid = _unsaid(question)
    if unsaid == "nothing" or (unsaid == "maybe" and library and not is_told_with(question, last, library, spoken)):
        return question
    return _named(question, history) or f"{_LEAD.sub('', question)} — {last.question}"


def in_context(part: str, before: Sequence[Turn]) -> str:
    """A part of a question with what the parts before let it leave unsaid: without a name it is about the same thing.

    >>> in_context("how many do the records show?", [Turn("How many complaints did Wexmoor admit to?", "A few.")])
    'how many do the records show? — How many complaints did Wexmoor admit to?'
    """
    alone = standalone(part, before[-1:])
    if alone != part or not before or any(name.certain for name in names(part, rules_for(part))):
        return alone
    return f"{part} — {before[0].question}"


def _unsaid(question: str) -> Literal["nothing", "maybe", "surely"]:
    """Whether a question points to what stands before it, or has too few words to be searched by.

    >>> [_unsaid(q) for q in ("Who sank the boat that left Alba?", "Did the mayor keep her post?", "And why?")]
    ['nothing', 'maybe', 'surely']
    """
    pronouns = [pronoun for of in (_PERSON, _THING) for pronoun in _pronouns(question, of)]
    telling = len(content(question))
    if pronouns:
        points = any(not _is_told(question, pronoun) for pronoun in pronouns)
        return "surely" if telling <= (_MOST_POINTING if points else _FEW_WORDS) else "maybe"
    if any(name.certain for name in names(question)):
        return "nothing"
    leads, few = bool(_LEAD.match(question)), telling <= _FEW_WORDS
    if not (leads or few):
        return "nothing"
    return "surely" if few and (leads or not _speaks_of(question)) else "maybe"


def _pronouns(question: str, of: re.Pattern[str]) -> list[re.Match[str]]:
    """The pronouns that stand for something: none in a quotation, none that joins a clause."""
    left_out = [match.span() for match in _QUOTED.finditer(question)]
    if of is _THING:
        if _EMPTY_IT.search(question):
            return []
        left_out += [
            match.span(kind)
            for match in _CLAUSE.finditer(question)
            for kind in ("that", "joining", "those")
            if (match["before"] or "boat").lower() not in STOP_WORDS
        ]
    return [match for match in of.finditer(question) if not any(a <= match.start() < b for a, b in left_out)]


def _is_told(question: str, pronoun: re.Match[str]) -> bool:
    """Whether what the pronoun stands for may stand before it in the question: "Did the mayor say she would go?"."""
    before = question[: pronoun.start()]
    may_be = pronoun.group().lower() not in _POINTING
    return may_be and (_speaks_of(before) or any(name.certain for name in names(before)))


def _speaks_of(text: str) -> bool:
    """Whether the text names a thing or people by a noun."""
    return any(match["noun"].lower() not in STOP_WORDS for pattern in _SPOKEN_OF for match in pattern.finditer(text))


def _like_before(question: str, last: Turn) -> str | None:
    """The question before with a part replaced: "And in May?", "And the most expensive one?"."""
    rest = _ABOUT.sub("", _LEAD.sub("", question)).strip(" ?.!")
    if _LEAD.match(question) is None and _ABOUT.match(question) is None:
        return None
    if (one := _ONE.match(rest)) and (before := _SUPERLATIVE.search(last.question)):
        return last.question[: before.start()] + f"the {one['rank']}" + last.question[before.end() :]
    part = _PREPOSITION.match(rest)
    if part and len(words(rest)) <= _LONGEST_THING:
        found = list(re.finditer(rf"\b{part['word']}\s+[^,?]+", last.question, re.IGNORECASE))
        if found:
            return f"{last.question[: found[-1].start()]}{rest}{last.question[found[-1].end() :]}"
        return f"{last.question.rstrip(' ?')} {rest}?"
    return None


def _named(question: str, history: Sequence[Turn]) -> str | None:
    """The question with a name, or a thing, in the place of its first pronoun."""
    if persons := _pronouns(question, _PERSON):
        name = _person(history)
        return _put(question, persons[0], name) if name and not any(n.certain for n in names(question)) else None
    things = _pronouns(question, _THING)
    if not things or (things[0].group().lower() in _POINTING and _OF_NOUN.match(question, things[0].end())):
        return None
    thing = _thing(history[-1])
    return _put(question, things[0], thing) if thing else None


def _put(question: str, pronoun: re.Match[str], thing: str) -> str:
    of = "’s" if pronoun["of"] else ""
    return f"{question[: pronoun.start()]}{thing}{of}{question[pronoun.end() :]}"


def _person(history: Sequence[Turn]) -> str:
    """The person last spoken of: an answer to "who", else the longest name of the latest turn that has one."""
    for turn in reversed(history):
        asks_whom = _ASKS_WHOM.match(turn.question)
        for text in (turn.answer, turn.question) if asks_whom else (turn.question, turn.answer):
            found = [_OWNING.sub("", name.text) for name in names(text) if name.certain or asks_whom]
            found = [name for name in found if name.lower() not in ("yes", "no")]
            if found:
                return found[0] if asks_whom and text is turn.answer else max(found, key=len)
    return ""


def _thing(last: Turn) -> str:
    """What "it" or "they" stands for: what was counted, or a short answer that is no number; empty where unknown."""
    if counted := _COUNTED.search(last.question):
        return f"the {counted['noun']}"
    answer = last.answer.strip(" .!")
    few = words(answer)
    if not few or len(few) > _LONGEST_THING or any(word.text[0].isdigit() for word in few):
        return ""
    if few[0].key in ("yes", "no", "because", "by", "in", "on", "at", "from", "to"):
        return ""
    return re.sub(r"^(?:A|An|The)\b", "the", answer)

"""From a follow-up to a question that can be searched by itself, by rules: no second call of the language model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language.detection import detected, rules_for
from qa.question.by_pack import standalone_by
from qa.records import Turn
from qa.text.names import names
from qa.text.words import content, words

_PERSON = re.compile(r"\b(?P<of>his|her(?=\s+\w))\b|\b(?:he|she|him|her)\b", re.IGNORECASE)
_THING = re.compile(
    r"\b(?P<of>its|their)\b|\b(?:they|them|it)\b"
    r"|\b(?:this|that|these|those)\b(?!\s+(?:week|month|year|day|morning|evening|time|season|summer|winter|spring|autumn)\b)",
    re.IGNORECASE,
)
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


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question with what earlier ones let it leave unsaid; a question that can be asked alone stays as it is.

    A person's name stands for "he" and "she", a short answer or what was counted for "it" and "they"; "and in May?"
    and "the most expensive one?" take the place of their like in the question before. Where none of these holds, the
    question before stands behind a dash.

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
        return standalone_by(question, history, spoken, spoken.asking)
    last = history[-1]
    for resolved in (_like_before(question, last), _named(question, history)):
        if resolved is not None:
            return resolved
    if not _leaves_unsaid(question):
        return question
    return f"{_LEAD.sub('', question)} — {last.question}"


def in_context(part: str, before: Sequence[Turn]) -> str:
    """A part of a question with what the parts before let it leave unsaid: without a name it is about the same thing.

    >>> in_context("how many do the records show?", [Turn("How many complaints did Wexmoor admit to?", "A few.")])
    'how many do the records show? — How many complaints did Wexmoor admit to?'
    """
    alone = standalone(part, before[-1:])
    if alone != part or not before or any(name.certain for name in names(part, rules_for(part))):
        return alone
    return f"{part} — {before[0].question}"


def _leaves_unsaid(question: str) -> bool:
    """Whether a question points to what stands before it, or has too few words to be searched by."""
    if _PERSON.search(question) or (_THING.search(question) and not _EMPTY_IT.search(question)):
        return True
    known = any(name.certain for name in names(question))
    return not known and (bool(_LEAD.match(question)) or len(content(question)) <= _FEW_WORDS)


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
    pronoun = _PERSON.search(question)
    if pronoun:
        name = _person(history)
        return _put(question, pronoun, name) if name and not any(n.certain for n in names(question)) else None
    pronoun = _THING.search(question)
    if pronoun is None or _EMPTY_IT.search(question):
        return None
    thing = _thing(history[-1])
    return _put(question, pronoun, thing) if thing else None


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

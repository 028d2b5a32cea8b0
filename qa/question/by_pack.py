"""Questions in the languages that have packs: whether yes or no answers them, of which parts they are made, what they
leave to the question before, and the longer answers that they ask for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from index.language.pack import Asking, Language, plain
from index.library import Library
from qa.question.continuing import is_told_with
from qa.records import Turn
from qa.text.names import names
from qa.text.words import content

LongerAnswer = Literal["summary", "timeline", "comparison"]

_FEWEST_WORDS = 4
"""Words of each of two questions that are one sentence."""
_FEW_WORDS = 2
"""Telling words that a question needs at least one more of to be searched by itself."""
_LONGEST_TAIL = 6
"""Words that may take the place of a time or place in the question before."""


def asks_yes_or_no_by(question: str, asking: Asking) -> bool:
    """Whether yes or no answers the question.

    >>> from index.language.registry import language
    >>> asking = language("de").asking
    >>> [asks_yes_or_no_by(q, asking) for q in ("Und wurde die Brücke gesperrt?", "Ist er jung oder alt?", "Wer kam?")]
    [True, False, False]
    """
    asked = _comparable(question)
    begins = _pattern(rf"\W*(?:(?:{asking.lead})\s)?(?:{asking.verbs})\b")
    return bool(begins.match(asked)) and not _pattern(rf"\b(?:{asking.choice})\b").search(asked)


def parts_by(question: str, asking: Asking) -> list[str]:
    """The two questions that one sentence asks; none where it asks one thing.

    >>> from index.language.registry import language
    >>> parts_by("Wann schloss die alte Mühle und wem gehörte sie bis dahin", language("de").asking)
    ['Wann schloss die alte Mühle', 'wem gehörte sie bis dahin']
    """
    asks = rf"(?:(?:{asking.prepositions})\s)?(?:{asking.words})\b"
    pattern = _pattern(
        rf"\W*(?:{asks}|(?:{asking.verbs})\b).+?(?P<between>,?\s(?:{asking.joining})\s)(?P<other>¿?{asks}.+)"
    )
    match = pattern.fullmatch(_comparable(question))
    if match is None:
        return []
    one, other = question[: match.start("between")], question[match.start("other") :]
    return [one, other] if all(len(part.split()) >= _FEWEST_WORDS for part in (one, other)) else []


def standalone_by(
    question: str, history: Sequence[Turn], spoken: Language, asking: Asking, library: Library | None = None
) -> str:
    """The question with what the one before lets it leave unsaid; one that can be asked alone stays as it is.

    Of one that may be both, the articles of the ``library`` decide; without one, it goes on with the one before.

    >>> from index.language.registry import language
    >>> german = language("de")
    >>> before = [Turn("Wie hoch war die Arbeitslosenquote im April?", "4,9 Prozent.")]
    >>> standalone_by("Und im Mai?", before, german, german.asking)
    'Wie hoch war die Arbeitslosenquote im Mai?'
    """
    last = history[-1]
    lead = _pattern(rf"\W*(?:{asking.about}|{asking.lead})\s").match(_comparable(question))
    rest = question[lead.end() :] if lead else question
    if lead and (like := _in_place(rest.strip(" ¿?.!"), last.question, asking)):
        return like
    named = any(name.certain for name in names(question, spoken))
    telling = len(content(question, spoken))
    person = _own(asking.person).search(question)
    points = bool((lead or person) and not named) or bool(_own(asking.pointing).search(question))
    if not points and (named or telling > _FEW_WORDS):
        return question
    surely = telling < _FEW_WORDS or (points and not named and telling <= _FEW_WORDS + 1)
    if not surely and library and not is_told_with(question, last, library, spoken):
        return question
    if person and not named and (name := _person(last, spoken)):
        return f"{question[: person.start()]}{name}{question[person.end() :]}"
    return f"{rest} — {last.question}"


def request_by(question: str, asking: Asking) -> tuple[LongerAnswer, tuple[str, ...]] | None:
    """What longer answer is asked for, and about what; None where something else is asked.

    >>> from index.language.registry import language
    >>> request_by("Fasse bitte die Artikel über die Flut in Aldmoor kurz zusammen.", language("de").asking)
    ('summary', ('die Flut in Aldmoor',))
    """
    question = question.strip(" .¿?¡!")
    asked = _comparable(question)
    kinds: tuple[tuple[LongerAnswer, tuple[str, ...]], ...] = (
        ("summary", asking.summary),
        ("timeline", asking.timeline),
        ("comparison", asking.comparison),
    )
    for kind, forms in kinds:
        for form in forms:
            if match := _pattern(rf"(?:(?:{asking.begging}),?\s)*{form}").fullmatch(asked):
                return kind, tuple(_topic(question[slice(*match.span(name))], asking) for name in match.groupdict())
    return None


def _topic(text: str, asking: Asking) -> str:
    """What is spoken of, without a mention of the articles that speak of it."""
    of = _pattern(asking.articles).match(_comparable(text))
    return text[of.end() :] if of else text


def _in_place(rest: str, before: str, asking: Asking) -> str | None:
    """The question before with a time or place in the place of another one; None where the rest is none."""
    part = _pattern(rf"(?P<word>{asking.prepositions})\s\S.*").fullmatch(_comparable(rest))
    if part is None or len(rest.split()) > _LONGEST_TAIL:
        return None
    found = list(_pattern(rf"\b{part['word']}\s[^\s,?]+(?:\s\d+)*").finditer(_comparable(before)))
    if found:
        return before[: found[-1].start()] + rest + before[found[-1].end() :]
    return f"{before.rstrip(' ?')} {rest}?"


def _person(last: Turn, spoken: Language) -> str:
    """The person last spoken of: the longest name of the answer, else of the question; empty where there is none."""
    for text in (last.answer, last.question):
        if found := [name.text for name in names(text, spoken) if name.certain]:
            return max(found, key=len)
    return ""


def _comparable(text: str) -> str:
    """The text as patterns without accents compare it, letter for letter where it stood."""
    return "".join(plain(letter)[:1] or letter for letter in text.replace("’", "'"))


@cache
def _own(forms: str) -> re.Pattern[str]:
    """One of the words by itself; not at the end of a compound, as "il" in French "est-il"."""
    return re.compile(rf"(?<![\w-])(?:{forms})\b", re.IGNORECASE)


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)

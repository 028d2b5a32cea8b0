"""What kind of value a question asks for: a count of something, an amount, an age, a share or a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from index.language.asking import Values
from index.language.english_asking import VALUES
from index.language.pack import Language
from qa.question.comparing import spoken_pattern
from qa.text.words import ENGLISH, STOP_WORDS, Word, stem, words

Kind = Literal["count", "amount", "age", "share", "date"]

PEOPLE = frozenset(map(stem, VALUES.people))
"""Stems of nouns that count people, whatever else they say of them."""

STANDS_FOR: dict[str, str] = {stem(form): stem(line.split()[0]) for line in VALUES.one_event for form in line.split()}
"""For a stem the one that stands for it: irregular forms of a verb, and the few words that news use for one event."""


def canonical(stemmed: str) -> str:
    """The stem that stands for this one.

    >>> canonical(stem("won")), canonical(stem("race"))
    ('win', 'race')
    """
    return STANDS_FOR.get(stemmed, stemmed)


BEFORE_THINGS = VALUES.before_things
"""Words that a noun phrase begins with or follows."""


@dataclass(frozen=True)
class ValueAsked:
    """The kind of value asked for, the stem of the noun that is counted, and the words that say of what."""

    kind: Kind
    noun: str
    topic: tuple[Word, ...]
    """The telling words besides the noun; each stem once."""
    names: frozenset[str]
    """Stems of the topic's words that are names."""
    figures: frozenset[str]
    """Stems of its numbers."""
    happened: frozenset[str]
    """Stems of its words that say what happened or of what sort: those that follow no preposition or article."""

    @property
    def things(self) -> frozenset[str]:
        """The stems of the topic's other words."""
        return frozenset(w.stem for w in self.topic) - self.names - self.figures - self.happened


def value_asked(question: str, spoken: Language = ENGLISH) -> ValueAsked | None:
    """What kind of value the question asks for; None where it asks for none, or for several.

    So it is in a language of which it is not known how values are asked for.

    >>> found = value_asked("How many people are in the caravan?")
    >>> found.kind, found.noun, [word.key for word in found.topic]
    ('count', 'peopl', ['caravan'])
    """
    known = spoken.questions.values if spoken.questions else None
    if known is None or _anywhere(known.several).search(question):
        return None
    if match := spoken_pattern(rf"\b(?:{known.count})\s+(?P<rest>.+)").search(question):
        noun = _noun(match["rest"], known)
        return _value("count", question, noun, known) if noun else None
    if _anywhere(known.deaths).search(question):
        return _value("count", question, stem(known.person), known, happened=stem(known.death))
    kinds: tuple[tuple[Kind, str], ...] = (("age", known.age), ("share", known.share), ("amount", known.amount))
    for kind, form in kinds:
        if _anywhere(form).search(question):
            return _value(kind, question, "", known)
    is_date = spoken_pattern(rf"\W*(?:{known.date})\b").match(question)
    return _value("date", question, "", known) if is_date else None


def _anywhere(form: str) -> re.Pattern[str]:
    return spoken_pattern(rf"\b(?:{form})\b")


def _noun(rest: str, known: Values) -> str:
    """The stem of what is counted: the first plural of the words that follow, up to one that carries no meaning."""
    run: list[Word] = []
    for word in words(rest):
        if word.key in STOP_WORDS:
            break
        if word.key in known.plurals or (word.key.endswith("s") and not word.key.endswith(("ss", "us", "is"))):
            return word.stem
        run.append(word)
    return run[-1].stem if run else ""


def _value(kind: Kind, question: str, noun: str, known: Values, happened: str = "") -> ValueAsked:
    every = words(question)
    topic = [w for w in every if w.key not in STOP_WORDS and w.key not in known.asking and w.stem != noun]
    before = {b: a.key for a, b in pairwise(every)}
    names = frozenset(w.stem for w in topic if w.capital and w is not every[0])
    figures = frozenset(w.stem for w in topic if w.key[0].isdigit() or w.stem[0].isdigit())
    return ValueAsked(
        kind,
        noun,
        tuple({w.stem: w for w in topic}.values()),
        names,
        figures,
        frozenset(w.stem for w in topic if before.get(w) not in known.before_things) - names - figures
        | ({happened} if happened else set()),
    )

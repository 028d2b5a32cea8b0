"""What kind of value a question asks for (a count, amount, age, share or date), and of what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from index.language.pack import Language
from index.language.parts.asking import Values
from qa.question.comparing import spoken_pattern
from qa.text.names import names
from qa.text.words import ENGLISH, Word, fold, stem, stems, words

ValueKind = Literal["count", "amount", "age", "share", "date"]


def _values_of(spoken: Language) -> Values | None:
    """How values are asked for in a language; None where that is not known."""
    return spoken.questions.values if spoken.questions else None


@cache
def people(spoken: Language = ENGLISH) -> frozenset[str]:
    """Stems of nouns for people, general ("people") or special ("passengers"); none where the language's file has
    none.
    """
    known = _values_of(spoken)
    return frozenset(stem(word, spoken) for word in known.people) if known else frozenset()


@cache
def _standing_for(spoken: Language) -> dict[str, str]:
    """Maps a stem to the one compared in its place: of irregular verbs, and of words that news use for one event."""
    known = _values_of(spoken)
    lines = (fold(line).split() for line in known.one_event) if known else ()
    return {stem(form, spoken): stem(line[0], spoken) for line in lines for form in line}


def canonical(stemmed: str, spoken: Language = ENGLISH) -> str:
    """The stem by which words of the same meaning are compared: irregular forms, and words that news use alike.

    >>> canonical(stem("won")), canonical(stem("race"))
    ('win', 'race')
    """
    return _standing_for(spoken).get(stemmed, stemmed)


def canonical_stems(text: str, spoken: Language = ENGLISH) -> frozenset[str]:
    """The canonical stems of all words of a text."""
    return frozenset(canonical(each, spoken) for each in stems(text, spoken))


def before_things(spoken: Language = ENGLISH) -> frozenset[str]:
    """Words that begin a noun phrase or stand before one, such as articles; none where the language's file has none."""
    known = _values_of(spoken)
    return known.before_things if known else frozenset()


@dataclass(frozen=True)
class ValueAsked:
    """The value that a question asks for: its kind, the stem of the noun that is counted, and the topic it is about."""

    kind: ValueKind
    noun: str
    topic: tuple[Word, ...]
    """The question's telling words besides the noun, each stem once."""
    names: frozenset[str]
    """Stems of the topic's words that are names."""
    figures: frozenset[str]
    """Stems of the topic's numbers."""
    happened: frozenset[str]
    """Stems of the topic's words that follow no article or preposition: they tell what happened, or of what sort."""
    spoken: Language
    """The language of the question."""

    @property
    def things(self) -> frozenset[str]:
        """The stems of the topic's other words."""
        return frozenset(w.stem for w in self.topic) - self.names - self.figures - self.happened


@lru_cache(maxsize=1024)
def value_asked(question: str, spoken: Language = ENGLISH) -> ValueAsked | None:
    """The value that the question asks for; None where it asks for none, or for several.

    None too in a language whose file does not tell how values are asked for.

    >>> found = value_asked("How many people are in the caravan?")
    >>> found.kind, found.noun, [word.key for word in found.topic]
    ('count', 'peopl', ['caravan'])
    """
    known = _values_of(spoken)
    if known is None or _anywhere(known.several).search(question):
        return None
    if match := spoken_pattern(rf"\b(?:{known.count})\s+(?P<rest>.+)").search(question):
        noun = _noun(match["rest"], known, spoken)
        return _value("count", question, noun, known, spoken) if noun else None
    if _anywhere(known.deaths).search(question):
        return _value("count", question, stem(known.person, spoken), known, spoken, stem(known.death, spoken))
    kinds: tuple[tuple[ValueKind, str], ...] = (("age", known.age), ("share", known.share), ("amount", known.amount))
    for kind, form in kinds:
        if _anywhere(form).search(question):
            return _value(kind, question, "", known, spoken)
    is_date = spoken_pattern(rf"\W*(?:{known.date})\b").match(question)
    return _value("date", question, "", known, spoken) if is_date else None


def _anywhere(form: str) -> re.Pattern[str]:
    return spoken_pattern(rf"\b(?:{form})\b")


def _noun(rest: str, known: Values, spoken: Language) -> str:
    """The stem of what is counted: the first plural in ``rest``, the words after "how many", up to a stop word.

    Where nouns have capital letters, the first word with one is what is counted.
    """
    run: list[Word] = []
    nouns_are_capital = spoken.names is not None and spoken.names.nouns_are_capital
    for word in words(rest, spoken):
        if word.key in spoken.stop_words:
            break
        is_plural = word.key.endswith(known.plural_endings) and not word.key.endswith(known.singular_endings)
        if word.key in known.plurals or is_plural or (nouns_are_capital and word.capital):
            return word.stem
        run.append(word)
    return run[-1].stem if run else ""


def _value(
    kind: ValueKind, question: str, noun: str, known: Values, spoken: Language, happened: str = ""
) -> ValueAsked:
    every = words(question, spoken)
    topic = [w for w in every if w.key not in spoken.stop_words and w.key not in known.asking and w.stem != noun]
    before = {b: a.key for a, b in pairwise(every)}
    named = _named(question, topic, before, spoken)
    figures = frozenset(w.stem for w in topic if w.key[0].isdigit() or w.stem[0].isdigit())
    return ValueAsked(
        kind,
        noun,
        tuple({w.stem: w for w in topic}.values()),
        named,
        figures,
        frozenset(w.stem for w in topic if before.get(w) not in known.before_things) - named - figures
        | ({happened} if happened else set()),
        spoken,
    )


def _named(question: str, topic: Sequence[Word], before: Mapping[Word, str], spoken: Language) -> frozenset[str]:
    """Stems of the topic's words that are names: they have a capital letter and do not begin the question.

    ``before`` has the key of the word before each. Where nouns have capital letters, only what is surely a name counts.
    """
    if spoken.names is None or not spoken.names.nouns_are_capital:
        return frozenset(w.stem for w in topic if w.capital and w in before)
    found = [name for name in names(question, spoken) if name.certain]
    return frozenset(
        w.stem
        for w in topic
        if before.get(w) not in spoken.names.determiners and any(n.start <= w.start < n.end for n in found)
    )

"""Reads what outcome a question asks about, in languages that are read by the order of words (``ordered_outcomes``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.language.detection import rules_for
from index.language.pack import Language
from index.language.parts.outcomes import OrderedOutcomes
from qa.question.comparing import begins, spoken_pattern
from qa.question.happening import Family, NamedTimes, families, named_times
from qa.question.kind import canonical
from qa.question.yes_or_no import gives_choice
from qa.text.dates.reading import dates
from qa.text.names import name_keys
from qa.text.words import Word, words


@dataclass(frozen=True)
class Deed:
    """A verb or adjective for an outcome in a clause; ``word`` and ``particle`` are indices of the clause's words."""

    word: int
    particle: int | None
    """The word that belongs to the verb and ends its clause: "ab" of "lehnte … ab"."""
    key: str
    family: Family | None
    """The contraries that it belongs to; None where it belongs to none."""


@dataclass(frozen=True)
class Sought:
    """An outcome that a question asks about: whom and what it names, in order, and its verb; all words are stems."""

    named: tuple[str, ...]
    names: frozenset[str]
    """Those of ``named`` that are words of names."""
    family: Family | None
    verb: str
    """The question's own verb; "" where it has none, as in "What happened to …?"."""
    passive: bool | None
    """Whether the question is passive; None where that does not matter."""
    times: NamedTimes
    spoken: Language
    """The language of the question; it has ``ordered_outcomes``."""

    @property
    def known(self) -> frozenset[str]:
        """All telling words of the question but its verb."""
        return frozenset(self.named)


def sought(question: str) -> tuple[Sought, ...]:
    """The outcomes that a question may ask about, the likeliest first; none where it asks about none.

    There are none either in a language without ``ordered_outcomes``.

    >>> (found,) = sought("Hat der Rat die Brücke genehmigt?")
    >>> found.named, found.verb, found.passive
    (('rat', 'bruck'), 'genehmigt', False)
    """
    spoken = rules_for(question)
    known = spoken.ordered_outcomes
    return tuple(_found(question, known, spoken)) if known else ()


def _found(question: str, known: OrderedOutcomes, spoken: Language) -> Iterator[Sought]:
    every = families(tuple(known.contraries.items()), spoken)
    if match := spoken_pattern(known.decision).match(question):
        agent, thing = words(match["agent"], spoken), words(match["thing"], spoken)
        for name in known.decisions:
            yield _sought(question, (*agent, *thing), every[name], "", False, spoken)
    elif match := spoken_pattern(known.fate).match(question):
        for name in known.fates:
            yield _sought(question, words(match["thing"], spoken), every[name], "", None, spoken)
    elif _wants_yes_or_no(question, spoken):
        yield from _of_yes_or_no(question, known, every.values(), spoken)


def _wants_yes_or_no(question: str, spoken: Language) -> bool:
    """Whether yes or no answers a question: it begins with no question word, and gives no choice."""
    asking = spoken.asking
    return asking is not None and not begins(question, asking.words, asking) and not gives_choice(question, asking)


def _of_yes_or_no(question: str, known: OrderedOutcomes, every: Iterable[Family], spoken: Language) -> Iterator[Sought]:
    asked = words(question, spoken)
    passive = any(word.key in known.passive for word in asked)
    found = deeds(asked, every, spoken)
    if len(found) == 1:
        (deed,) = found
        rest = [word for i, word in enumerate(asked) if i not in (deed.word, deed.particle)]
        family = deed.family
        if family and family.passing and not any(word.key in known.present for word in asked):
            family = None
        of_one = family is not None and family.of_one
        yield _sought(question, rest, family, deed.key, None if of_one else passive, spoken)
    elif not found:
        match = next((m for form in known.deeds if (m := spoken_pattern(form).match(question))), None)
        verb = next((word for word in asked if match and word.start == match.start("deed")), None)
        if verb and verb.key not in spoken.stop_words | known.beside:
            rest = [word for word in asked if word is not verb]
            yield _sought(question, rest, None, canonical(verb.stem, spoken), passive, spoken)


def deeds(every: Sequence[Word], known: Iterable[Family], spoken: Language) -> list[Deed]:
    """The verbs and adjectives of these families in a clause; its last word may be the particle of a verb."""
    found = []
    for i, word in enumerate(every):
        stemmed, last = canonical(word.stem, spoken), len(every) - 1
        for family in known:
            if i < last and (joined := f"{stemmed}+{every[last].key}") in family.all:
                found.append(Deed(i, last, joined, family))
            elif stemmed in family.all:
                found.append(Deed(i, None, stemmed, family))
    return found


def _sought(
    question: str,
    rest: Iterable[Word],
    family: Family | None,
    verb: str,
    passive: bool | None,
    spoken: Language,
) -> Sought:
    out = [(day.start, day.end) for day in dates(question, spoken)]
    named = name_keys(question, spoken)
    telling = [word for word in rest if is_telling(word, spoken) and not any(a <= word.start < b for a, b in out)]
    return Sought(
        tuple(dict.fromkeys(canonical(word.stem, spoken) for word in telling)),
        frozenset(canonical(word.stem, spoken) for word in telling if word.key in named),
        family,
        verb,
        passive,
        named_times(question, spoken),
        spoken,
    )


def is_telling(word: Word, spoken: Language) -> bool:
    """Whether a word can name who does a deed, to whom, or how: no stop word, number or word that changes nothing."""
    known = spoken.ordered_outcomes
    beside = known.beside | known.present if known else frozenset()
    return word.key not in spoken.stop_words | beside and not word.key[0].isdigit()

"""How a language says that something happened, that it did not, or that the contrary did, as data.

A field of type ``str`` holds alternatives of a regular expression in the language's own spelling; letter case does not
matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Contrary:
    """Verbs and adjectives for one outcome (``yes``) and its contrary (``no``): "approve", "reject".

    Words are parted by spaces; a plus sign joins a verb to its particle.
    """

    yes: str
    no: str
    delayed: str = ""
    """Words for a delay: neither outcome yet."""
    of_one: bool = False
    """Whether the verbs tell what became of their subject, whatever their object: "survived the crash"."""
    decision: bool = False
    """Whether the verbs tell a decision, so that "voted to approve" means "approved"."""
    passing: bool = False
    """Whether the outcome may change later: what has opened may be closed again."""


@dataclass(frozen=True, eq=False)
class Deeds:
    """Words by which a sentence tells who does what to whom, and from where to where; its parts are names and nouns."""

    idle: frozenset[str]
    """Words that may stand between two parts without changing who does what."""
    articles: frozenset[str]
    joining: frozenset[str]
    """Words that join two parts which do or suffer the same: "and"."""
    mutual: frozenset[str]
    """Verbs that are as true with the two parts exchanged, or that say nothing about them."""
    by: str
    """Stands before the doer of a passive verb: "by"."""
    coming: frozenset[str]
    """Words before a starting point, or the first of two values: "from"."""
    going: frozenset[str]
    """Words before an end point, or the second of two values: "to"."""
    before_value: str
    """Words that may stand between these words and a number."""
    apart: str
    """Words that may stand between a number and what it counts."""
    not_quite: str
    """Words right before an office or the like that make it another: "deputy", "former"."""
    of_another: str
    """Phrases that name somebody by their relation to another: "the brother of"."""
    beside: str
    """Articles between a person and a description of them: "the" of "Soto, the mayor"."""


@dataclass(frozen=True, eq=False)
class OutcomeQuestions:
    """How a question asks for an outcome. The first three are patterns of whole questions."""

    yes_no: str
    """For a yes or no; groups ``verb`` and ``rest``."""
    decision: str
    """For what somebody decided; groups ``agent`` and ``thing``."""
    fate: str
    """For what became of something; group ``thing``."""
    no_answer: str
    """Words of a question that gives a choice, or asks for more than yes or no."""
    present: frozenset[str]
    """Verbs that ask for how things are."""
    future: frozenset[str]
    """Verbs that ask for what will happen."""
    decisions: tuple[str, ...]
    """Names of the contraries that a question for a decision may mean, the likeliest first."""
    fates: tuple[str, ...]
    """The same of a question for what became of something."""
    anybody: frozenset[str]
    """Words for whoever did or suffered it: "anyone"."""


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Words by which a clause tells an outcome: it is read word by word, as subject, verb and object."""

    contraries: Mapping[str, Contrary]
    questions: OutcomeQuestions
    being: frozenset[str]
    """Forms of "to be": with them a verb is passive."""
    staying: frozenset[str]
    """Verbs that, like "to be", say how something is: "stay"."""
    days: frozenset[str]
    """Days and times of day, besides the names of weekdays."""
    between: frozenset[str]
    """What may stand between a subject and its verb, besides adverbs, days and forms of "to be"."""
    undenied: frozenset[str]
    """Those of ``between`` that may not stand between a negation and what it denies."""
    particles: frozenset[str]
    """Words that belong to a verb and change its meaning: "off" of "called off"."""
    determiners: frozenset[str]
    doubt: str
    """Words by which a sentence does not plainly report what has just happened."""
    nobody: frozenset[str]
    general: frozenset[str]
    """Nouns that mean nobody at all after "no": "people"."""
    future: frozenset[str]
    present: frozenset[str]
    """Verbs that say how things are now."""
    deciding: frozenset[str]
    """Verbs before what was decided: "voted to"."""
    denying: frozenset[str]
    """Verbs before what was not done: "failed to"."""
    placing: frozenset[str]
    """Prepositions of the place where only a part of something is."""
    plain: frozenset[str]
    """Words before a noun that do not make it another thing."""
    plans: frozenset[str]
    """Nouns like "plans": who approves plans for a bridge approves the bridge."""
    tying: frozenset[str]
    """Prepositions after which a noun belongs to the one before: "the mayor of Lomond"."""
    limiting: frozenset[str]
    """Prepositions after a noun that make it another thing: "the bridge of Lomond"."""
    joining: frozenset[str]
    """Words between two subjects of a verb, or between two verbs: "and"."""
    adverbs: tuple[str, ...]
    """How adverbs end."""
    no_verbs: tuple[str, ...]
    """Endings of words that are no verbs in a sentence although they have a verb's stem: "closing", "removal"."""
    killing: frozenset[str]
    """Active forms that tell the fate of their object, not of their subject: "killed two passengers"."""
    by: str
    """Stands before the doer of a passive verb: "by"."""
    infinitive: str
    """Stands between a verb of ``deciding`` or ``denying`` and the other verb: "to" of "voted to"."""
    not_before_infinitive: str
    """May stand before ``infinitive`` and denies it: "not" of "voted not to"."""
    no: str
    """Stands before a noun and denies it: "no bridge"."""
    no_one: str
    """The stop word that may be a subject after ``no``: "one" of "no one"."""
    any_number: str
    """Says that the number does not matter: "any passengers"."""
    before_days: str
    """Stands before a day: "on"."""
    plans_for: str
    """Stands between a noun of ``plans`` and its purpose: "for"."""


@dataclass(frozen=True, eq=False)
class OrderedOutcomes:
    """Words by which a clause tells an outcome: it is read by the order alone in which it names those concerned.

    ``contraries`` lists every form of each verb; a particle after a plus sign stands at the end of its clause.
    """

    contraries: Mapping[str, Contrary]
    deeds: tuple[str, ...]
    """Yes-or-no questions with a verb that has no known contrary; group ``deed`` is the verb."""
    decision: str
    """A question for what somebody decided; groups ``agent`` and ``thing``."""
    fate: str
    """A question for what became of something; group ``thing``."""
    decisions: tuple[str, ...]
    """Names of the contraries that a question for a decision may mean, the likeliest first."""
    fates: tuple[str, ...]
    """The same of a question for what became of something."""
    passive: frozenset[str]
    """Auxiliaries of the passive, in which the doer is named after whoever suffers the deed."""
    present: frozenset[str]
    """Verbs that say how things are now."""
    particles: frozenset[str]
    """Words at the end of a clause that belong to its verb and change its meaning: "aus" of "fiel aus"."""
    beside: frozenset[str]
    """Words beside a noun or verb that do not change what it means: "new", "mayor", "found" of "found dead"."""
    circumstance: frozenset[str]
    """Prepositions of circumstances that do not limit the deed: "with a narrow majority"."""
    no: str
    """Stands before a noun and denies it: "no passengers"."""
    ends_with_denial: bool
    """Whether a denial may stand at the end of its clause: "genehmigte die Brücke nicht"."""
    adverbs: tuple[str, ...]
    """How adverbs end."""
    doubt: str
    """Words by which a sentence does not plainly report what has just happened."""

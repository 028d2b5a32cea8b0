"""How a language says that something happened, that it did not, or that its contrary did, as data.

Patterns are alternatives of regular expressions in the language's own spelling; letter case is of no matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Contrary:
    """Verbs and adjectives for one outcome and for its contrary; a plus sign joins a verb to its particle."""

    yes: str
    no: str
    delayed: str = ""
    """What says "not now", for some days."""
    of_one: bool = False
    """Whether they tell what became of their subject, whatever else stands beside them: "survived the crash"."""
    decision: bool = False
    """Whether they say what somebody decided: "voted to approve" is "approved"."""
    passing: bool = False
    """Whether it may have changed since: what has opened may be closed again."""


@dataclass(frozen=True, eq=False)
class Deeds:
    """Words by which a sentence tells who does what to whom, and from where to where."""

    idle: frozenset[str]
    """Words between two parts that do not change who does what."""
    articles: frozenset[str]
    joining: frozenset[str]
    """Words by which two parts do or suffer the same."""
    mutual: frozenset[str]
    """What is as true with the two parts exchanged, or says nothing about them."""
    by: str
    """What the doer follows where the deed is passive."""
    coming: frozenset[str]
    """What the beginning of a way, or the first of two values, follows: "from"."""
    going: frozenset[str]
    """What its end follows: "to"."""
    before_value: str
    """Words between these and a number, as alternatives of a regular expression."""
    apart: str
    """Words that part a number from what it is of, likewise."""
    not_quite: str
    """Words right before what somebody or something is that make another of it, likewise: "deputy", "former"."""
    of_another: str
    """What names somebody by another, likewise: "the brother of"."""
    beside: str
    """Articles between a person and what describes them, likewise: "Soto, the mayor"."""


@dataclass(frozen=True, eq=False)
class OutcomeQuestions:
    """How a question asks for an outcome."""

    yes_no: str
    """A question that yes or no answers; groups ``verb``, ``rest``."""
    decision: str
    """A question for what somebody decided; groups ``agent``, ``thing``."""
    fate: str
    """A question for what became of something; group ``thing``."""
    no_answer: str
    """Words of a question that gives a choice, or asks for more than a yes or a no."""
    present: frozenset[str]
    """Verbs that ask for how things are."""
    future: frozenset[str]
    """Verbs that ask for what will happen."""
    decisions: tuple[str, ...]
    """Names of the contraries that a question for a decision may mean, the likeliest first."""
    fates: tuple[str, ...]
    """The same of a question for what became of something."""
    anybody: frozenset[str]


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Words by which a clause tells an outcome."""

    contraries: Mapping[str, Contrary]
    questions: OutcomeQuestions
    being: frozenset[str]
    """Forms of "to be": with them a verb is passive."""
    staying: frozenset[str]
    """What says, as they do, how something is."""
    days: frozenset[str]
    """Days and times of day, besides the names of weekdays."""
    between: frozenset[str]
    """What may stand between a subject and its verb, besides adverbs, days and forms of "to be"."""
    undenied: frozenset[str]
    """Those of them that may not stand between a negation and what it denies."""
    particles: frozenset[str]
    """What belongs to a verb and changes it: "called off"."""
    determiners: frozenset[str]
    doubt: str
    """What makes a sentence no plain report of the present news."""
    nobody: frozenset[str]
    general: frozenset[str]
    """After "no": nobody at all."""
    future: frozenset[str]
    present: frozenset[str]
    """Verbs that say how things are now."""
    deciding: frozenset[str]
    """Before what was decided: "voted to"."""
    denying: frozenset[str]
    """Before what was not done: "failed to"."""
    placing: frozenset[str]
    """What the place of a part follows."""
    plain: frozenset[str]
    """Words before a noun that do not make it another thing."""
    plans: frozenset[str]
    """What is decided together with what it is for: "approved plans for the bridge"."""
    tying: frozenset[str]
    """Prepositions that tie a noun to the one before it: "the mayor of Lomond"."""
    limiting: frozenset[str]
    """Prepositions behind a noun that make it another thing: "the bridge of Lomond"."""
    joining: frozenset[str]
    """Words between two subjects of a verb, or two things done."""
    adverbs: tuple[str, ...]
    """How adverbs end."""
    no_verbs: tuple[str, ...]
    """How words end that tell no deed, whatever their stem: "closing", "removal"."""
    killing: frozenset[str]
    """Forms, not passive, that tell of their object what other verbs tell of their subject: "killed two passengers"."""
    by: str
    """What the doer follows where the deed is passive."""
    infinitive: str
    """What a verb follows that another one says is decided, or not done: "voted to"."""
    not_before_infinitive: str
    """What may stand before it: "voted not to"."""
    no: str
    """What denies a noun: "no bridge"."""
    no_one: str
    """The stop word that may be a subject: "no one"."""
    any_number: str
    """What says that no matter how many are meant: "any passengers"."""
    before_days: str
    """What a day follows: "on"."""
    plans_for: str
    """What ties a plan to what it is for."""


@dataclass(frozen=True, eq=False)
class OrderedOutcomes:
    """How a language tells outcomes, whose sentences are read by the order in which they name those concerned alone.

    Of the contraries every form is listed; a particle after a plus sign stands at the end of its clause.
    """

    contraries: Mapping[str, Contrary]
    deeds: tuple[str, ...]
    """Questions that yes or no answers, of which no contrary is known; group ``deed`` is the verb."""
    decision: str
    """A question for what somebody decided; groups ``agent``, ``thing``."""
    fate: str
    """A question for what became of something; group ``thing``."""
    decisions: tuple[str, ...]
    """Names of the contraries that a question for a decision may mean, the likeliest first."""
    fates: tuple[str, ...]
    """The same of a question for what became of something."""
    passive: frozenset[str]
    """Verbs of the passive, in which who does a deed is named after whom it is done to."""
    present: frozenset[str]
    """Verbs that say how things are now."""
    particles: frozenset[str]
    """Ends of clauses that belong to a verb and change it: "fiel aus"."""
    beside: frozenset[str]
    """Words beside a noun or verb that make nothing else of it: "new", "mayor", "found" dead."""
    circumstance: frozenset[str]
    """Prepositions of what does not limit a deed: "with a narrow majority"."""
    no: str
    """What denies a noun: "no passengers"."""
    ends_with_denial: bool
    """Whether a denial may stand at the end of its clause: "genehmigte die Brücke nicht"."""
    adverbs: tuple[str, ...]
    """How adverbs end."""
    doubt: str
    """What makes a sentence no plain report of the present news."""

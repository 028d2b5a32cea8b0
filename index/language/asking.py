"""How questions are asked in a language, as data: what they ask for, of what they are made, and what they leave unsaid.

Where nothing else is said, a text is the alternatives of a regular expression, in lower case and without accents, as
questions are compared with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

NEVER = r"(?!)"
"""A regular expression of what a language does not have: no text matches it."""


@dataclass(frozen=True, eq=False)
class Values:
    """What tells that a question asks for a count, an amount, an age, a share or a date, and of what."""

    count: str
    """Before the noun that is counted: "how many"."""
    deaths: str
    """What asks for a count of the dead without naming them: "death toll"."""
    several: str
    """Questions for several values, of which none is taken for the one asked for."""
    age: str
    share: str
    amount: str
    date: str
    people: frozenset[str]
    """Nouns that count people, whatever else they say of them."""
    person: str
    """The one of them that says no more."""
    death: str
    plurals: frozenset[str]
    """Plurals that do not end as others do."""
    plural_endings: tuple[str, ...]
    """How a plural ends."""
    singular_endings: tuple[str, ...]
    """How a singular ends that looks like one: "bus"."""
    asking: frozenset[str]
    """Words that ask, and tell nothing of what is asked for."""
    before_things: frozenset[str]
    """Words that a noun phrase begins with or follows."""
    one_event: tuple[str, ...]
    """Words that the news use for one event, and the forms of a verb that no stemmer joins; each line is one."""
    counting: str
    """A question for a count, of ``{counted}``."""
    counting_vowel: str = ""
    """The same where what is counted begins with a vowel; empty where it is asked for alike."""


@dataclass(frozen=True, eq=False)
class Questions:
    """Words of questions by what they ask for."""

    several: str
    """Several things; it may stand anywhere."""
    begins_several: str = NEVER
    """Several things, where a question begins so: "list"."""
    latest: str = NEVER
    """How things stand now, in letters as they are compared; it may stand anywhere."""
    values: Values | None = None
    """Numbers and dates."""


@dataclass(frozen=True, eq=False)
class References:
    """What may take the place of a word that stands for something named before; letter case is of no matter.

    Their group ``of``, if it takes part, says that they own something: "their".
    """

    thing: str = NEVER
    """Pronouns that stand for a thing, or for several."""
    empty: str = NEVER
    """What holds such a pronoun that stands for nothing: "is it true that"."""
    clause: str = NEVER
    """Where such a word joins a clause, or stands before what it names; each in a group.

    The group ``before``, which may be missing, is a word before it that does not join if it is a stop word."""
    showing: frozenset[str] = frozenset()
    """Those of them that may show a noun: "this"."""
    of_noun: str = NEVER
    """What follows one of these that shows a noun."""
    nouns: tuple[str, ...] = ()
    """Where a question has a noun of its own; group ``noun``. Without them, only names tell that it has."""
    asks_whom: str = ""
    """What begins a question that a person's name answers; without it, answers are looked through before questions."""
    owner: str = NEVER
    """What follows a name that owns something."""
    owning: str = ""
    """What makes an owner of a name: "’s"."""
    no_names: frozenset[str] = frozenset()
    """Answers with a capital that are no names: "yes"."""
    subject: str = NEVER
    """A question about a thing that it names right after the verb; group ``subject`` begins with that name."""
    several: str = NEVER
    """Of such pronouns those that stand for several things."""
    plural: str = NEVER
    """The last word of what names several things."""
    sentence: str = NEVER
    """A word that makes a whole sentence of a short answer, which then names no thing."""
    no_things: frozenset[str] = frozenset()
    """First words of answers that name no thing: "because"."""
    counted: str = NEVER
    """What names a counted thing; group ``noun``."""
    rank: str = NEVER
    """A thing told from its like by its rank alone: "the most expensive one"; group ``rank``."""
    ranked: str = NEVER
    """What names a thing by its rank, anywhere in a question: "the cheapest"."""
    definite: str = ""
    """The article of what is known already."""
    articles: str = NEVER
    """Articles that it takes the place of."""


@dataclass(frozen=True, eq=False)
class Shared:
    """How one thing is asked of several that are named: "What do Ana Ruiz and the mayor each say about it?"."""

    each: str
    """"each"."""
    each_verbs: str
    """Verbs before the names, where that word follows them."""
    verbs: str
    """The same, where it does not."""
    stands: str
    """Then what follows the names: verbs that each of them does alone, as "say" or "demand"."""
    named: str
    """One of those named, with its article."""
    singular: Mapping[str, str]
    """The verbs as they stand before one name."""


When = Literal["in", "since", "after", "before", "until"]


@dataclass(frozen=True, eq=False)
class Restricting:
    """How a question names the outlet, or the days, of the articles that it is to be answered from.

    Letter case is of no matter.
    """

    outlet: tuple[str, ...]
    """Forms with the name of an outlet in the place of ``{name}``."""
    article: str
    """Articles before such a name, which belong to it or are left out, as alternatives of a regular expression."""
    generic: str
    """A word at the end of such a name that may be left out: "News"."""
    published: str
    """Words after which a day is that of publication."""
    prepositions: Mapping[str, When]
    """Words before a day in lower case, with the days that they mean: it itself, or those before or after it."""
    alone: str
    """Those of them that mean so without a word that articles were published."""


@dataclass(frozen=True, eq=False)
class Owner:
    """What may own a thing that is spoken of in the same question; letter case matters."""

    noun: str
    """A noun with what shows its gender or number: "der Verein"."""
    possessive: str
    """Possessives of what such a noun owns, with what has to stand around them: "seinen"."""
    where: str
    """Before a noun or name that is rather a place or a time: "in der Stadt"."""


@dataclass(frozen=True, eq=False)
class Asking:
    """How somebody asks, and what a question leaves to those before it.

    What a longer answer is to be about stands in groups: ``one``, and ``other`` where two are compared.
    """

    words: str
    """What a question for a fact begins with: "wer", "in welchem Jahr"."""
    verbs: str
    """Verbs that begin a question which yes or no answers."""
    choice: str
    """"or"."""
    joining: str
    """"and"."""
    yes: str
    no: str
    """Both as an answer begins with them."""
    lead: str
    """Words before a question that follows another and leaves unsaid what that one says: "und", "was ist mit"."""
    prepositions: str
    """Before a time or place that takes the place of another: "und im Mai?"."""
    person: str
    """Pronouns whose place a person's name can take, group ``of`` if it owns something; with their accents."""
    pointing: str
    """Pronouns that point to what stands before, whatever it is; with their accents."""
    begging: str
    """Words before a request: "bitte", "kannst du"."""
    articles: str
    """A mention of the articles that speak of what is asked about."""
    summary: tuple[str, ...]
    timeline: tuple[str, ...]
    comparison: tuple[str, ...]
    about: str = NEVER
    """Words before one that may be asked alone: "what about"."""
    tail: str = r"[^\s,?]+(?:\s\d+)*"
    """How far such a time or place reaches after its preposition."""
    who_says: str = NEVER
    """What asks for no more than who says what the answer before says: "who said so"."""
    who_said: str = NEVER
    """How a question begins that asks whose the words are which it quotes: "who said"."""
    second: str = ""
    """What a second question in one sentence begins with, to its end; else any question with a word for one."""
    shared: Shared | None = None
    owners: tuple[Owner, ...] = ()
    """Of the possessives among what points, what may own the thing instead of what stood before."""
    references: References = field(default_factory=References)

"""How questions are asked in a language, as data: what they ask for, their forms, and what follow-ups leave unsaid.

Where nothing else is said, a field of type ``str`` holds alternatives of a regular expression, in lower case and
without accents, which is matched against the question in that form (see qa/question/comparing.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

NEVER = r"(?!)"
"""A regular expression that matches no text: for what a language does not have."""


@dataclass(frozen=True, eq=False)
class Values:
    """How a question asks for a value: a pattern for each kind of value, and the words that tell of what it is."""

    count: str
    """Asks for a number of things; the noun that is counted follows: "how many"."""
    deaths: str
    """Asks for the number of dead without a noun for them: "death toll"."""
    several: str
    """Asks for several values: such a question is taken to ask for none of them."""
    age: str
    share: str
    amount: str
    date: str
    people: frozenset[str]
    """Nouns for people, general ("people") or special ("passengers")."""
    person: str
    """The most general of these nouns."""
    death: str
    plurals: frozenset[str]
    """Plurals that do not end as others do."""
    plural_endings: tuple[str, ...]
    """How a plural ends."""
    singular_endings: tuple[str, ...]
    """How a singular ends that looks like one: "bus"."""
    asking: frozenset[str]
    """Words of a question that only ask, and so are no part of its topic."""
    before_things: frozenset[str]
    """Words that begin a noun phrase or stand before one, such as articles and prepositions."""
    one_event: tuple[str, ...]
    """Words that news use for the same event, or forms of one verb that no stemmer joins; each entry is one group."""
    counting: str
    """A whole question that asks for the number of ``{counted}``."""
    counting_vowel: str = ""
    """The same where what is counted begins with a vowel; empty where that makes no difference."""


@dataclass(frozen=True, eq=False)
class Questions:
    """How a question asks for several things, or for a value."""

    several: str
    """Asks for several things, wherever in the question it stands."""
    begins_several: str = NEVER
    """Asks for several things where a question begins with it: "list"."""
    latest: str = NEVER
    """Asks for how things stand now, wherever in the question it stands."""
    values: Values | None = None
    """How it asks for numbers and dates; None where that is not known."""


@dataclass(frozen=True, eq=False)
class References:
    """How a follow-up refers to something named before, and what may replace the reference, in any letter case.

    In the patterns for pronouns a group ``of`` that takes part marks a possessive: "their".
    """

    thing: str = NEVER
    """Pronouns that stand for a thing, or for several."""
    empty: str = NEVER
    """Phrases in which such a pronoun stands for nothing: "is it true that"."""
    clause: str = NEVER
    """Matches such a word, in a group, where it joins a clause or stands before the noun it belongs to.

    An optional group ``before`` is the word before it; if that is a stop word, it does not join a clause."""
    showing: frozenset[str] = frozenset()
    """Those of the pronouns that may stand before a noun: "this"."""
    of_noun: str = NEVER
    """What follows such a pronoun that stands before a noun."""
    nouns: tuple[str, ...] = ()
    """Patterns for a noun of the question's own, group ``noun``; without any, only names tell that it has one."""
    asks_whom: str = ""
    """Begins a question that a person's name answers; without it, people are sought in answers before questions."""
    owner: str = NEVER
    """What follows a name that owns something."""
    owning: str = ""
    """The ending that makes a possessive of a name: "’s"."""
    no_names: frozenset[str] = frozenset()
    """Answers with a capital that are no names: "yes"."""
    subject: str = NEVER
    """A question that names its thing right after the verb; group ``subject`` begins with that name."""
    several: str = NEVER
    """The pronouns that stand for several things."""
    plural: str = NEVER
    """The last word of what names several things."""
    sentence: str = NEVER
    """A word, such as a verb, by which a short answer is a whole sentence and so names no thing."""
    no_things: frozenset[str] = frozenset()
    """First words of answers that name no thing: "because"."""
    counted: str = NEVER
    """What names a counted thing; group ``noun``."""
    rank: str = NEVER
    """A reference to a thing by its rank alone: "the most expensive one"; group ``rank``."""
    ranked: str = NEVER
    """The same anywhere in a question, with or without a noun: "the cheapest"."""
    definite: str = ""
    """The definite article."""
    articles: str = NEVER
    """Articles that the definite one replaces where a thing was named before."""


@dataclass(frozen=True, eq=False)
class Shared:
    """How one thing is asked of several that are named: "What do Ana Ruiz and the mayor each say about it?"."""

    each: str
    """"each"."""
    each_verbs: str
    """Verbs before the names, where "each" follows the names."""
    verbs: str
    """Verbs before the names, where no "each" follows."""
    stands: str
    """Then the verbs that must follow the names: what each does alone, such as "say" or "demand"."""
    named: str
    """One of the names, with its article."""
    singular: Mapping[str, str]
    """For each of the verbs its form before a single name."""


When = Literal["in", "since", "after", "before", "until"]


@dataclass(frozen=True, eq=False)
class Restricting:
    """How a question names the outlet, or the days, of the articles that it is to be answered from.

    Letter case is of no matter.
    """

    outlet: tuple[str, ...]
    """Patterns that name an outlet, which stands in the place of ``{name}``."""
    article: str
    """Articles that may or may not stand before an outlet's name."""
    generic: str
    """A word at the end of such a name that may be left out: "News"."""
    published: str
    """Words after which a day is that of publication."""
    prepositions: Mapping[str, When]
    """Words before a day, in lower case, and which days they mean: that day, or those before or after it."""
    alone: str
    """Those of the prepositions that restrict the question even where it has no word for "published"."""


@dataclass(frozen=True, eq=False)
class Owner:
    """How a question names the owner of what a possessive stands before, so that it is no follow-up; case matters."""

    noun: str
    """A noun with what shows its gender or number: "der Verein"."""
    possessive: str
    """Possessives of what such a noun owns, with what has to stand around them: "seinen"."""
    where: str
    """Before a noun or name that is rather a place or a time: "in der Stadt"."""


@dataclass(frozen=True, eq=False)
class Asking:
    """The forms of questions and requests, and of follow-ups that leave something unsaid.

    In ``summary``, ``timeline`` and ``comparison`` the topic is the group ``one``, and ``other`` for the second one.
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
    """"Yes" and "no" as an answer begins with them."""
    lead: str
    """Begins a follow-up that leaves unsaid what the question before says: "und", "was ist mit"."""
    prepositions: str
    """Stands before a time or place that replaces the one in the question before: "und im Mai?"."""
    person: str
    """Pronouns that a person's name can replace; group ``of`` marks a possessive. With their accents."""
    pointing: str
    """Pronouns that refer to something said before, of whatever kind. With their accents."""
    begging: str
    """Words before a request: "bitte", "kannst du"."""
    articles: str
    """Words in a request for "the articles about" its topic."""
    summary: tuple[str, ...]
    timeline: tuple[str, ...]
    comparison: tuple[str, ...]
    about: str = NEVER
    """Begins a follow-up of few words that may also be asked alone: "what about"."""
    tail: str = r"[^\s,?]+(?:\s\d+)*"
    """The time or place after such a preposition."""
    who_says: str = NEVER
    """A whole question for whoever says what the answer before says: "who said so"."""
    who_said: str = NEVER
    """Begins a question for whoever said the words that it quotes: "who said"."""
    second: str = ""
    """A second question in one sentence, from its first word to its end; empty: it begins with a question word."""
    shared: Shared | None = None
    owners: tuple[Owner, ...] = ()
    """What may own the thing of a possessive within the same question."""
    references: References = field(default_factory=References)

"""How a language says that somebody says something, and how it names people, as data.

Patterns are alternatives of regular expressions in the language's own spelling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Subjects:
    """What stands between who says something and the verb of saying, and what somebody is called besides a name."""

    between: str
    """Words between a subject and its verb."""
    not_said: str
    """Words before a verb that tells of nobody: passives, negations, wishes, and those whom no rule can tell."""
    prepositions: str
    """Words after which a name is no subject."""
    article: str
    of_one: str
    """Prepositions that join two names to one: "University of Aldmoor"."""
    nouns: str
    """What somebody is called: "the water board", "residents"."""
    of_noun: str
    """Prepositions behind the noun itself: "the head of the water board"."""
    no_nouns: str
    """Words that such a phrase does not hold."""
    before_nouns: str
    """Conjunctions before it."""
    after_nouns: str
    """Words that end it."""
    before_name: str
    """What may stand between a verb and the name behind it: "fire chief"."""
    pronouns: str
    joined: tuple[str, ...]
    """What a verb follows whose subject stands before another verb: " and"."""
    relative: str
    """Between a name, a comma and what is told of it: " who"."""


@dataclass(frozen=True, eq=False)
class Speech:
    """Verbs of saying beside those that say something wherever they stand, and their subjects."""

    reporting: str
    """After which something is reported, with or without quotation marks."""
    beside_quotes: str
    """Those that say something only beside quotation marks: goals are added, buses called."""
    anything: str
    """All forms of saying, asking, wishing and thinking: what follows is no plain fact."""
    once: str
    """Those that stand beside a speaker's name in any text."""
    contending: str
    """Verbs of saying what others may dispute: "claims", "argued"."""
    to: str
    """What a speaker follows: "according to"."""
    subjects: Subjects
    written: frozenset[str]
    """What says something and is nobody."""
    for_others: frozenset[str]
    """Words for those who speak for somebody else, or for many: "spokesman", "officials"."""
    sides: frozenset[str]
    """Words for those who speak for a side of a dispute: "union", "critics"."""
    numbers: frozenset[str]
    """Numbers of people, and words for some or others of them, who are nobody to be named."""


@dataclass(frozen=True, eq=False)
class People:
    """What stands beside and in the names of people."""

    roles: frozenset[str]
    """Titles and roles before a name, which are no part of it."""
    organised: frozenset[str]
    """A name with one of these words is no person's."""
    agents: str
    """How words for what people do end."""
    first_names: frozenset[str]
    """Names that end like them."""
    pronouns: Mapping[str, frozenset[str]]
    """For a pronoun those that stand for nobody for whom it does."""
    age: str
    """What follows an age beside a name."""
    relative: str
    """"who"."""

"""How a language attributes statements to somebody, and how it names people, as data.

A field of type ``str`` holds alternatives of a regular expression in the language's own spelling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Subjects:
    """What stands between a speaker and the verb of saying, and how speakers are named other than by a name."""

    between: str
    """Words that may stand between a subject and its verb."""
    not_said: str
    """Words before a verb that has no speaker: passives, negations, wishes, and subjects that no rule can identify."""
    prepositions: str
    """Words after which a name is not the subject."""
    article: str
    of_one: str
    """Prepositions that join two names into one: "University of Aldmoor"."""
    nouns: str
    """Nouns for speakers: "the water board", "residents"."""
    of_noun: str
    """Prepositions that continue such a phrase: "the head of the water board"."""
    no_nouns: str
    """Words that such a phrase never contains."""
    before_nouns: str
    """Conjunctions before it."""
    after_nouns: str
    """Words that end it."""
    before_name: str
    """What may stand between a verb and the name after it: "fire chief"."""
    pronouns: str
    joined: tuple[str, ...]
    """What stands before a second verb with the same subject: " and"."""
    relative: str
    """Begins a clause about a name, after a comma: " who"."""


@dataclass(frozen=True, eq=False)
class Speech:
    """Verbs of saying that count only in some places (others are in ``Language.saying``), and their subjects."""

    reporting: str
    """Verbs that report something, with or without quotation marks."""
    beside_quotes: str
    """Verbs that report something only beside quotation marks: goals are added, and buses called, too."""
    anything: str
    """All forms of saying, asking, wishing and thinking, after which no plain fact is stated."""
    beside_names: str
    """Verbs beside which two words with capital letters are a speaker's name; beside others stands much else."""
    once: str
    """Verbs that stand beside a speaker's name in texts of any kind."""
    contending: str
    """Verbs of saying what others may dispute: "claims", "argued"."""
    to: str
    """Stands before a speaker: "according to"."""
    subjects: Subjects
    written: frozenset[str]
    """Things that "say" something and are no speakers, such as reports."""
    for_others: frozenset[str]
    """Words for people who speak for somebody else, or for many: "spokesman", "officials"."""
    sides: frozenset[str]
    """Words for people who take a side in a dispute: "union", "critics"."""
    numbers: frozenset[str]
    """Numbers, "some", "others" and the like, which name no certain speaker."""


@dataclass(frozen=True, eq=False)
class People:
    """Words by which people are told from organisations and places, and a pronoun's person from another's."""

    roles: frozenset[str]
    """Titles and roles that stand before a name and are no part of it."""
    organised: frozenset[str]
    """Words of names that are no person's: of organisations and places."""
    agents: str
    """Endings of words for what people do."""
    first_names: frozenset[str]
    """First names that end like such words."""
    pronouns: Mapping[str, frozenset[str]]
    """For each pronoun those that never stand for the same person."""
    age: str
    """Follows an age beside a name."""
    relative: str
    """"who"."""

"""How a language says of numbers what they are of, as data: alternatives of regular expressions, in any letter case."""

from __future__ import annotations

from dataclasses import dataclass

from index.language.asking import NEVER


@dataclass(frozen=True, eq=False)
class Counts:
    """Words beside numbers in a sentence."""

    to: str
    """Between the two ends of a range; so the next, where ``between`` stands before."""
    also: str
    """"and"."""
    between: str
    opening: str
    """Before a number that goes on to another without being a range with it: "rose from 3 to 5"."""
    limit: str
    """Words, after one of these, that belong to neither end: "to as many as 5"."""
    age_after: str
    """What stands after an age and a space or hyphen: "years old"."""
    age_before: str
    """What stands before an age: "aged"."""
    being_aged: str
    """Verbs before an age that stands alone: "is 51"."""
    aged: str
    """The same, and what else may stand before one: "turned", "now"."""
    turning: str
    """Other words before an age that stands alone: "turns 51"."""
    people_too: frozenset[str]
    """What stands for people although it is no word for them: "jobs"."""
    no_value: str
    """How an answer begins that says yes or no, or that there is none."""
    rough: str
    """Words for a figure that is not told: "hundreds", "twice"."""
    of_all: str
    """Between a part and the whole that it is of: "26 of the 65"."""
    more: frozenset[str]
    """After a number: it is only what comes on top of another, or is missing to it."""
    aside: str
    """Before a value that does not hold of the whole or not any more: it is denied, left behind, or a part."""
    not_aside: str
    """Words that end what such a word belongs to."""
    without_noun: str
    """Before a number that goes without its noun: "a caravan of 4,000", "the toll rose to 12"."""
    only: str
    """Words that may stand between."""
    people: frozenset[str]
    """People, by words that say no more of them."""
    span: str
    """Several figures that agree, as one: from the lowest, ``{low}``, to the highest, ``{high}``."""
    beside_age: str = ""
    """What may follow an age between commas or in brackets, with the space before it: " ans"."""
    durations: frozenset[str] = frozenset()
    """Units of time, in every form: what a figure is of that counts nothing else."""
    changing: str = NEVER
    """Before the amount of a change and before what it came to: "by", "to"."""
    each: str = NEVER
    """Between a figure and the time that it is of: "a" of "200 a day"."""
    size: str = NEVER
    """What asks how large something is, without a noun that is counted."""

"""The words beside numbers in a language, which tell what a number counts, as data.

A field of type ``str`` holds alternatives of a regular expression; letter case does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.language.parts.asking import NEVER


@dataclass(frozen=True, eq=False)
class Counts:
    """The words beside the numbers of a sentence."""

    to: str
    """Stands between the two ends of a range: "to"."""
    also: str
    """Stands there where ``between`` comes before: "and"."""
    between: str
    """Stands before the first of two such numbers: "between"."""
    opening: str
    """Stands before the first of two numbers that are no range: "from" of "rose from 3 to 5"."""
    limit: str
    """Words between ``to`` and the second number: "as many as" of "to as many as 5"."""
    age_after: str
    """Stands after an age, and a space or hyphen: "years old"."""
    age_before: str
    """Stands before an age: "aged"."""
    being_aged: str
    """Verbs before an age without ``age_after``: "is 51"."""
    aged: str
    """Those verbs, and other words that may stand before such an age: "turned", "now"."""
    turning: str
    """Further words before such an age: "turns 51"."""
    people_too: frozenset[str]
    """Words that stand for people although they name something else: "jobs"."""
    no_value: str
    """Begins an answer that needs no value: yes, no, or that there is none."""
    rough: str
    """Words for a figure that is not given exactly: "hundreds", "twice"."""
    of_all: str
    """Stands between a part and its whole: "of the" of "26 of the 65"."""
    more: frozenset[str]
    """Words after a number that is only added to another, or missing from it: "more"."""
    aside: str
    """Stands before a value that is not the answer: it is denied, outdated, or only a part of the whole."""
    not_aside: str
    """Words that end the reach of ``aside``."""
    without_noun: str
    """Stands before a number without a noun: "a caravan of 4,000", "the toll rose to 12"."""
    only: str
    """Words that may stand between it and the number."""
    people: frozenset[str]
    """General nouns for people."""
    span: str
    """How several figures that agree are written as one, from the lowest ``{low}`` to the highest ``{high}``."""
    beside_age: str = ""
    """May follow an age between commas or in brackets, with the space before it: " ans"."""
    durations: frozenset[str] = frozenset()
    """Units of time, in every form."""
    changing: str = NEVER
    """Stands before the amount of a change ("by") or before the value that it led to ("to")."""
    each: str = NEVER
    """Stands between a figure and its unit of time: "a" of "200 a day"."""
    dimensions: tuple[str, ...] = ()
    """Words after a length that say which one it is, those of one dimension on a line: "deep depth"."""
    size: str = NEVER
    """Asks how large something is, without a noun that is counted."""

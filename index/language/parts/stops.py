"""Where a full stop ends no sentence, as data: abbreviations, numbers, and the words after them.

Names and abbreviations travel: what a language has here holds in texts of every language. ``Sentences`` has what holds
in its own alone. Words are in their own spelling, without the full stop.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.language.parts.asking import NEVER


@dataclass(frozen=True, eq=False)
class FullStops:
    """Words beside a full stop, by which it is told whether a sentence ends there."""

    before_a_name: frozenset[str] = frozenset()
    """Abbreviations that never end a sentence: something always follows them."""
    before_a_number: frozenset[str] = frozenset()
    """Abbreviations that end none where a number follows."""
    before_a_number_endings: tuple[str, ...] = ()
    """How longer ones end: "str" of "Bahnhofstr. 5"."""
    months: frozenset[str] = frozenset()
    """Short names of months."""
    maybe_last: frozenset[str] = frozenset()
    """Abbreviations that may end a sentence: they do when a word follows that usually begins one."""
    spaced: str = NEVER
    """Pattern of abbreviations of several letters that never end a sentence: "e. g"."""
    after_clock: frozenset[str] = frozenset()
    """Words after "a.m." that do not begin a sentence."""
    starters: frozenset[str] = frozenset()
    """Words that usually begin a sentence."""
    after_ordinal: frozenset[str] = frozenset()
    """Words after a number with a full stop that make it an ordinal: "3. Oktober"."""
    before_ordinal: str = NEVER
    """Pattern of words before one, whatever their letter case: "dem"."""

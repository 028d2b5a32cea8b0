"""A date of a text, as far as it is given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Date:
    """A date of a text, ``text[start:end]``, as far as it is given: year, month, day, weekday (0 is Monday).

    A decade ("the 1990s") has its first year and ``decade`` true.
    """

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    decade: bool = False

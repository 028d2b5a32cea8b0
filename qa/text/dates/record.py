"""The record of a date in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Date:
    """A full or partial date in a text, ``text[start:end]``; what it does not give is None; weekday 0 is Monday.

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

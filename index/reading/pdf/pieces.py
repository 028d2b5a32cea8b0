"""From the letters on a page to pieces of its lines: letters that follow each other without a wide gap.

Lengths are in the page's points, with y rising.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

_WIDEST_SPACE = 1.6
"""A gap between two letters of a line, in letter heights, from which on they stand in two columns or cells.
Chosen by eye."""
_NARROWEST_SPACE = 0.15
"""A gap, in letter heights, that may be one between two words. Chosen by eye."""
_SURE_SPACE = 0.25
"""A gap, in letter heights, that is one between two words even where the file has no space there. Chosen by eye."""
_ON_ONE_LINE = 0.3
"""Share of the smaller of two letters' heights in which both stand, where they are on one line. Chosen by eye."""
_SMALL, _RAISED, _NEAR_MARK = 0.8, 0.15, 0.2
"""Height of a footnote's mark at most, how far it is raised at least, and how far its digits stand apart at most, in
heights of the letters before it. Chosen by eye."""
_MARK = re.compile(r"\[\d+\]")
_BULLET = re.compile("[\ue000-\uf8ff](?= )")
"""A letter of a font of symbols, as it stands before the items of a list."""


class Letter(NamedTuple):
    """A letter with its box on the page: the height of its font, and its own width."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class TextRun:
    """Letters that follow each other in one line of one column."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    gaps: tuple[tuple[int, float, float], ...] = ()
    """Spaces between its words: where in the text the next word begins, and the space's left and right end."""

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def pieces(letters: Iterable[Letter]) -> list[TextRun]:
    """Groups letters, given in the file's order, to runs within one line and without a gap as between columns."""
    found: list[TextRun] = []
    run: _Run | None = None
    for letter in letters:
        text = letter.text
        if text.isspace():
            if run is not None and text in "\r\n":
                found += run.piece()
                run = None
            elif run is not None:
                run.texts.append(" ")
        elif run is not None and run.takes(letter):
            run.add(letter)
        else:
            if run is not None:
                found += run.piece()
            run = _Run(letter)
    return found + (run.piece() if run is not None else [])


class _Run:
    """A run of letters to which letters are added; its box is that of its largest letters."""

    def __init__(self, first: Letter) -> None:
        self.texts = [first.text]
        self.gaps: list[tuple[int, float, float]] = []
        """As of a piece, with the number of letters before each."""
        self.left, self.bottom, self.right, self.top = first.left, first.bottom, first.right, first.top

    def takes(self, letter: Letter) -> bool:
        """Returns whether a letter belongs to the run: on its line, and no further from its end than a word space."""
        size, height = letter.top - letter.bottom, self.top - self.bottom
        overlap = (letter.top if letter.top < self.top else self.top) - (
            letter.bottom if letter.bottom > self.bottom else self.bottom
        )
        larger = max(size, height, 1.0)
        return (
            overlap > _ON_ONE_LINE * min(size, height) and -larger < letter.left - self.right < _WIDEST_SPACE * larger
        )

    def add(self, letter: Letter) -> None:
        """Adds a letter; a small raised digit after a word or number becomes a footnote mark: ``[3]``."""
        size, height = letter.top - letter.bottom, self.top - self.bottom
        gap = letter.left - self.right
        if gap >= _NARROWEST_SPACE * height:
            self.gaps.append((len(self.texts), self.right, letter.left))
        if size < _SMALL * height:
            is_mark = letter.text.isdigit() and letter.bottom > self.bottom + _RAISED * height
            if is_mark and gap < _NEAR_MARK * height and _MARK.fullmatch(self.texts[-1]):
                self.texts[-1] = f"{self.texts[-1][:-1]}{letter.text}]"
            else:
                self.texts.append(f"[{letter.text}]" if is_mark else letter.text)
        else:
            if gap > _SURE_SPACE * size:
                self.texts.append(" ")
            self.texts.append(letter.text)
            self.left = min(self.left, letter.left)
            if size >= height:
                self.bottom, self.top = letter.bottom, letter.top
        self.right = max(self.right, letter.right)

    def piece(self) -> list[TextRun]:
        """Returns the run with single spaces, None where it is blank."""
        text = " ".join("".join(self.texts).split())
        text = f"•{text[1:]}" if _BULLET.match(text) else text
        gaps = tuple((self._place(number), left, right) for number, left, right in self.gaps)
        return [TextRun(text, self.left, self.bottom, self.right, self.top, gaps)] if text else []

    def _place(self, number: int) -> int:
        """Returns where in the piece's text the words behind so many letters begin."""
        return len(" ".join("".join(self.texts[:number]).split())) + 1

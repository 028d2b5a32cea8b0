"""From the letters on a page to its text in reading order: lines, columns, rows of tables, paragraphs.

Lengths are in the page's points, with y rising. Columns are found as in recursive cuts of a page along its white space
(Nagy and Seth, "Hierarchical representation of optically scanned documents", 1984).
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.reading.tables import table_lines

_WIDEST_SPACE = 1.6
"""A gap between two letters of a line, in letter heights, from which on they stand in two columns or cells.
Chosen by eye."""
_FEWEST_LINES, _FEWEST_LETTERS = 3, 18
"""Lines of a column at least, and letters of its middle line: shorter ones are cells of a table. Chosen by eye."""
_MOST_ACROSS = 0.4
"""Share of lines that may cross the white space between two columns: headlines, wide tables. Chosen by eye."""
_MARK = re.compile(r"\[\d+\]")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")


class Letter(NamedTuple):
    """A letter with its box on the page: the height of its font, and its own width."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Piece:
    """Letters that follow each other in one line of one column."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def pieces(letters: Iterable[Letter]) -> list[Piece]:
    """Groups letters, given in the file's order, to runs within one line and without a gap as between columns."""
    found: list[Piece] = []
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
        self.left, self.bottom, self.right, self.top = first.left, first.bottom, first.right, first.top

    def takes(self, letter: Letter) -> bool:
        """Returns whether a letter belongs to the run: on its line, and no further from its end than a word space."""
        size, height = letter.top - letter.bottom, self.top - self.bottom
        overlap = (letter.top if letter.top < self.top else self.top) - (
            letter.bottom if letter.bottom > self.bottom else self.bottom
        )
        larger = max(size, height, 1.0)
        return overlap > 0.3 * min(size, height) and -larger < letter.left - self.right < _WIDEST_SPACE * larger

    def add(self, letter: Letter) -> None:
        """Adds a letter; a small raised digit after a word or number becomes a footnote mark: ``[3]``."""
        size, height = letter.top - letter.bottom, self.top - self.bottom
        gap = letter.left - self.right
        if size < 0.8 * height:
            is_mark = letter.text.isdigit() and letter.bottom > self.bottom + 0.15 * height
            if is_mark and gap < 0.2 * height and _MARK.fullmatch(self.texts[-1]):
                self.texts[-1] = f"{self.texts[-1][:-1]}{letter.text}]"
            else:
                self.texts.append(f"[{letter.text}]" if is_mark else letter.text)
        else:
            if gap > 0.25 * size:
                self.texts.append(" ")
            self.texts.append(letter.text)
            self.left = min(self.left, letter.left)
            if size >= height:
                self.bottom, self.top = letter.bottom, letter.top
        self.right = max(self.right, letter.right)

    def piece(self) -> list[Piece]:
        """Returns the run with single spaces, None where it is blank."""
        text = " ".join("".join(self.texts).split())
        return [Piece(text, self.left, self.bottom, self.right, self.top)] if text else []


def columns(found: Sequence[Piece]) -> list[list[list[Piece]]]:
    """Returns the columns in reading order, each as its rows from the top; a row is one piece, or a table's cells."""
    gutter = _gutter(found)
    if gutter is None:
        return [_rows(found)] if found else []
    ordered: list[list[list[Piece]]] = []
    band: list[Piece] = []
    for piece in [*sorted(found, key=lambda piece: -piece.middle), None]:
        if piece is not None and not piece.left < gutter < piece.right:
            band.append(piece)
            continue
        for side in ([each for each in band if each.right <= gutter], [each for each in band if each.left >= gutter]):
            ordered += columns(side)
        band = []
        if piece is not None:
            ordered.append([[piece]])
    return ordered


def headline(found: Sequence[Piece]) -> str | None:
    """Returns the lines in the largest letters of a page, joined; None where they are hardly larger than most."""
    largest = max((piece.height for piece in found), default=0.0)
    if not found or largest < 1.2 * statistics.median(piece.height for piece in found):
        return None
    lines = [piece for row in _rows(found) for piece in row if piece.height > 0.95 * largest]
    words = " ".join(piece.text for piece in lines[:3])
    return words if 8 <= len(words) <= 200 else None


def _gutter(found: Sequence[Piece]) -> float | None:
    """Returns the x of the middle of the white space between two columns of prose; None where there is none."""
    if len(found) < 2 * _FEWEST_LINES:
        return None
    best: tuple[int, float] | None = None
    edges = sorted({round(piece.left, 0) for piece in found})
    for edge in edges:
        before = [piece.right for piece in found if piece.right <= edge + 1]
        if not before:
            continue
        gutter = (max(before) + edge) / 2
        left = [piece for piece in found if piece.right <= gutter]
        right = [piece for piece in found if piece.left >= gutter]
        across = len(found) - len(left) - len(right)
        if across <= _MOST_ACROSS * len(found) and _is_column(left) and _is_column(right) and _are_beside(left, right):
            best = min(best or (across, gutter), (across, gutter))
    return best[1] if best else None


def _is_column(side: Sequence[Piece]) -> bool:
    return len(side) >= _FEWEST_LINES and statistics.median(len(piece.text) for piece in side) >= _FEWEST_LETTERS


def _are_beside(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Returns whether two groups of pieces stand side by side for at least three lines."""
    top = min(max(piece.top for piece in side) for side in (left, right))
    bottom = max(min(piece.bottom for piece in side) for side in (left, right))
    return top - bottom > 2.5 * statistics.median(piece.height for piece in left)


def _rows(found: Sequence[Piece]) -> list[list[Piece]]:
    """Returns the pieces as lines from the top, those of one line from the left."""
    rows: list[list[Piece]] = []
    for piece in sorted(found, key=lambda piece: -piece.middle):
        if rows and abs(rows[-1][0].middle - piece.middle) < 0.4 * min(rows[-1][0].height, piece.height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def paragraphs(rows: Sequence[Sequence[Piece]]) -> list[str]:
    """Returns the rows of a column as paragraphs with their line breaks, and rows of tables as lines with headings."""
    found: list[str] = []
    for run in _runs(rows):
        if len(run) > 1 and len(run[0]) > 1:
            found += _table(run)
        else:
            found += _prose([_one(row) for row in run])
    return found


def _runs(rows: Sequence[Sequence[Piece]]) -> Iterator[list[Sequence[Piece]]]:
    """Groups rows that follow each other to those with several cells (tables) and those with one."""
    run: list[Sequence[Piece]] = []
    for row in rows:
        if run and (len(run[0]) > 1) != (len(row) > 1):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _one(row: Sequence[Piece]) -> Piece:
    text = " ".join(piece.text for piece in row)
    return Piece(text, row[0].left, row[0].bottom, row[-1].right, row[0].top)


def _table(rows: Sequence[Sequence[Piece]]) -> list[str]:
    """Returns the rows of a table as lines, with headings if the first row has one per column and no number."""
    cells = _cells(rows)
    if len(cells) > 1 and all(cells[0]) and not any(re.search(r"\d", cell) for cell in cells[0][1:]):
        return table_lines(cells)
    return [" | ".join(cell for cell in row if cell) for row in cells]


def _cells(rows: Sequence[Sequence[Piece]]) -> list[list[str]]:
    """Returns the texts of a table by rows and columns; a piece is in the column whose heading is nearest to it."""
    heads = max(rows[:2], key=len)
    table = []
    for row in rows:
        cells = ["" for _ in heads]
        for piece in row:
            at = min(range(len(heads)), key=lambda number: _distance(heads[number], piece))
            cells[at] = f"{cells[at]} {piece.text}".strip()
        table.append(cells)
    return table


def _distance(head: Piece, piece: Piece) -> float:
    if min(head.right, piece.right) > max(head.left, piece.left):
        return 0.0
    return min(abs(head.left - piece.left), abs(head.right - piece.right))


def _prose(lines: Sequence[Piece]) -> list[str]:
    """Groups the lines of a column to paragraphs."""
    pitches = [upper.bottom - lower.bottom for upper, lower in itertools.pairwise(lines)]
    usual = statistics.median([pitch for pitch in pitches if pitch > 0] or [0.0])
    found: list[list[Piece]] = []
    for line in lines:
        if found and _goes_on(found[-1], line, usual, max(each.right for each in lines)):
            found[-1].append(line)
        else:
            found.append([line])
    return ["\n".join(line.text for line in paragraph) for paragraph in found]


def _goes_on(paragraph: Sequence[Piece], line: Piece, usual: float, right: float) -> bool:
    """Returns whether a line continues a paragraph: at the usual distance, in the same size, and no new beginning."""
    last = paragraph[-1]
    pitch = last.bottom - line.bottom
    if pitch > 1.35 * usual + 1 or abs(line.height - last.height) > 0.15 * last.height:
        return False
    ended = bool(_SENTENCE_END.search(last.text))
    if line.left > last.left + 0.7 * line.height and len(paragraph) > 1 and ended:
        return False  # an indented first line
    short = last.right < right - 6 * line.height
    return not (short and (ended or line.text[:1].isupper()))

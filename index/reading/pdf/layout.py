"""From the pieces of lines on a page to its text in reading order: columns, rows of tables, paragraphs.

Lengths are in the page's points, with y rising. Columns are found as in recursive cuts of a page along its white space
(Nagy and Seth, "Hierarchical representation of optically scanned documents", 1984).
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Sequence

from index.reading.pdf.pieces import TextRun
from index.reading.pdf.tables import Row, head_of, lines_of, row_groups, under, with_line_above

_FEWEST_LINES, _FEWEST_LETTERS = 3, 18
"""Lines of a column at least, and letters of its middle line: shorter ones are cells of a table. Chosen by eye."""
_MOST_ACROSS = 0.4
"""Share of lines that may cross the white space between two columns: headlines, wide tables. Chosen by eye."""
_HEADLINE_HEIGHT, _AS_LARGE = 1.2, 0.95
"""How many times the usual height of letters a headline has at least, and as a share of the largest the height that
still belongs to it. Chosen by eye."""
_FEWEST_OF_HEADLINE, _MOST_OF_HEADLINE, _HEADLINE_LINES = 8, 200, 3
"""Characters of a headline, and lines of it that are taken. Chosen by eye."""
_LINES_BESIDE = 2.5
"""Heights of a line for which two columns stand side by side: three lines. Chosen by eye."""
_SAME_LINE = 0.4
"""Distance of the middles of two pieces of one line, in heights of the lower one. Chosen by eye."""
_PITCH, _HEIGHT_CHANGE = 1.35, 0.15
"""Distance of two lines of one paragraph, in usual distances, and share by which their heights may differ. Chosen by
eye."""
_INDENT, _SHORT_OF_END = 0.7, 6
"""Heights of a line by which a first line is indented, and by which a last line ends before the others. Chosen by
eye."""
_BULLET = re.compile(r"[•▪◦‣●○■]\s")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")


def columns(found: Sequence[TextRun]) -> list[list[list[TextRun]]]:
    """Returns the columns in reading order, each as its rows from the top; a row is one piece, or a table's cells."""
    gutter = _gutter(found)
    if gutter is None:
        return [_rows(found)] if found else []
    ordered: list[list[list[TextRun]]] = []
    band: list[TextRun] = []
    tables = {id(piece): table for table in _tables_across(found, gutter) for row in table for piece in row}
    for piece in [*sorted(found, key=lambda piece: -piece.middle), None]:
        table = tables.get(id(piece))
        if piece is not None and table is None and not piece.left < gutter < piece.right:
            band.append(piece)
            continue
        for side in ([each for each in band if each.right <= gutter], [each for each in band if each.left >= gutter]):
            ordered += columns(side)
        band = []
        if table is not None:
            ordered += [] if table in ordered else [table]
        elif piece is not None:
            ordered.append([[piece]])
    return ordered


def _tables_across(found: Sequence[TextRun], gutter: float) -> list[list[list[TextRun]]]:
    """Returns the tables that stand across two columns: lines of three cells or more, with no prose on either side."""

    def is_across(row: Sequence[TextRun]) -> bool:
        return len(row) > 2 and row[0].right <= gutter <= row[-1].left

    groups = [list(group) for across, group in itertools.groupby(_rows(found), is_across) if across]
    return [group for group in groups if len(group) >= _FEWEST_LINES and not _is_prose_beside(group, gutter)]


def _is_prose_beside(rows: Sequence[Sequence[TextRun]], gutter: float) -> bool:
    sides = ([piece for row in rows for piece in row if (piece.left < gutter) is before] for before in (True, False))
    return any(_is_column(side) for side in sides)


def headline(found: Sequence[TextRun]) -> str | None:
    """Returns the lines in the largest letters of a page, joined; None where they are hardly larger than most."""
    largest = max((piece.height for piece in found), default=0.0)
    if not found or largest < _HEADLINE_HEIGHT * statistics.median(piece.height for piece in found):
        return None
    lines = [piece for row in _rows(found) for piece in row if piece.height > _AS_LARGE * largest]
    words = " ".join(piece.text for piece in lines[:_HEADLINE_LINES])
    return words if _FEWEST_OF_HEADLINE <= len(words) <= _MOST_OF_HEADLINE else None


def _gutter(found: Sequence[TextRun]) -> float | None:
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


def _is_column(side: Sequence[TextRun]) -> bool:
    return len(side) >= _FEWEST_LINES and statistics.median(len(piece.text) for piece in side) >= _FEWEST_LETTERS


def _are_beside(left: Sequence[TextRun], right: Sequence[TextRun]) -> bool:
    """Returns whether two groups of pieces stand side by side for at least three lines."""
    top = min(max(piece.top for piece in side) for side in (left, right))
    bottom = max(min(piece.bottom for piece in side) for side in (left, right))
    return top - bottom > _LINES_BESIDE * statistics.median(piece.height for piece in left)


def _rows(found: Sequence[TextRun]) -> list[list[TextRun]]:
    """Returns the pieces as lines from the top, those of one line from the left."""
    rows: list[list[TextRun]] = []
    for piece in sorted(found, key=lambda piece: -piece.middle):
        first = rows[-1][0] if rows else None
        if first and abs(first.middle - piece.middle) < _SAME_LINE * min(first.height, piece.height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def paragraphs(rows: Sequence[Row], head: Row | None = None) -> tuple[list[str], Row | None]:
    """Returns the rows of a column as paragraphs with their line breaks, and rows of tables as lines with headings.

    ``head`` are the headings of the table that the column or page before ends with, which may go on in this one; those
    of the table that this one ends with are returned, too.
    """
    found: list[str] = []
    last = head
    prose: list[Row] = []
    for number, (is_table, run) in enumerate(row_groups(rows)):
        if not is_table:
            found += _prose([_one(row) for row in prose])
            prose, last = run, None
            continue
        table = under(head, run) if head is not None and number == 0 else run
        if prose and (joined := with_line_above(prose[-1], run)):
            table, prose = joined, prose[:-1]
        found += _prose([_one(row) for row in prose])
        found += lines_of(table)[len(table) - len(run) :]
        prose, last = [], head_of(table)
    return found + _prose([_one(row) for row in prose]), last


def _one(row: Sequence[TextRun]) -> TextRun:
    text = " ".join(piece.text for piece in row)
    return TextRun(text, row[0].left, row[0].bottom, row[-1].right, row[0].top)


def _prose(lines: Sequence[TextRun]) -> list[str]:
    """Groups the lines of a column to paragraphs."""
    pitches = [upper.bottom - lower.bottom for upper, lower in itertools.pairwise(lines)]
    usual = statistics.median([pitch for pitch in pitches if pitch > 0] or [0.0])
    found: list[list[TextRun]] = []
    for line in lines:
        if found and _goes_on(found[-1], line, usual, max(each.right for each in lines)):
            found[-1].append(line)
        else:
            found.append([line])
    return ["\n".join(line.text for line in paragraph) for paragraph in found]


def _goes_on(paragraph: Sequence[TextRun], line: TextRun, usual: float, right: float) -> bool:
    """Returns whether a line continues a paragraph: at the usual distance, in the same size, and no new beginning."""
    last = paragraph[-1]
    pitch = last.bottom - line.bottom
    if pitch > _PITCH * usual + 1 or abs(line.height - last.height) > _HEIGHT_CHANGE * last.height:
        return False
    if _BULLET.match(line.text):
        return False
    ended = bool(_SENTENCE_END.search(last.text))
    if line.left > last.left + _INDENT * line.height and len(paragraph) > 1 and ended:
        return False  # an indented first line
    short = last.right < right - _SHORT_OF_END * line.height
    return not (short and (ended or line.text[:1].isupper()))

"""Finds the tables among the lines of a page by the white space that goes down through several lines.

Between the cells of a row the space may be no wider than between two words; that it stands at one place in line after
line tells the columns. Lengths are in the page's points.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.reading.pdf.pieces import TextRun
from index.reading.tables import is_head, table_lines

_NARROWEST, _WIDE = 0.15, 0.9
"""Widths of a strip between two columns, in letter heights: of any, and of one that is told by its width alone.
Chosen by eye."""
_LARGER = 1.25
"""How much larger the distance between two rows is than between two lines of one cell. Chosen by eye."""
_NEAR = 2
"""Letter heights that a heading may be beside the cells of its column. Chosen by eye."""
_NUMBER = re.compile(r"[^\w\s]{0,2}\s?\d|[^\w\s]$|n/?a$", re.IGNORECASE)
_MARK = re.compile(r"[^\w\s]+|\(?\w{1,3}[.)]")
"""What stands before the items of a list."""

Row = Sequence[TextRun]
Strip = tuple[float, float]


def row_groups(rows: Sequence[Row]) -> Iterator[tuple[bool, list[Row]]]:
    """Groups the lines of a column, from the top, to tables and what is none; the lines of a table come as cells."""
    others: list[Row] = []
    first = 0
    while first < len(rows):
        found = _best(rows, first)
        if found is None:
            others.append(rows[first])
            first += 1
            continue
        start, end, strips = found
        others += rows[first:start]
        yield from _untold(others)
        others = []
        yield True, [_cut(row, strips) for row in rows[start:end]]
        first = end
    yield from _untold(others)


def _untold(rows: Sequence[Row]) -> Iterator[tuple[bool, list[Row]]]:
    """Groups lines by whether they stand in several pieces, as cells do that are far from each other."""
    for has_cells, group in itertools.groupby(rows, lambda row: len(row) > 1):
        run = list(group)
        yield has_cells and len(run) > 1, run


def _best(rows: Sequence[Row], first: int) -> tuple[int, int, list[Strip]] | None:
    """Returns the table that begins at a line, or the better one that begins within it: its lines and its strips."""
    best = _longest(rows, first)
    if best is None:
        return None
    for start in range(first + 1, min(best[1], first + 4)):
        other = _longest(rows, start)
        if other is not None and _worth(other) > _worth(best):
            best = other
    return best


def _worth(found: tuple[int, int, list[Strip]]) -> int:
    start, end, strips = found
    return (end - start) * len(strips)


def _longest(rows: Sequence[Row], start: int) -> tuple[int, int, list[Strip]] | None:
    strips = _gaps(rows[start])
    best: tuple[int, int, list[Strip]] | None = None
    for end in range(start + 2, len(rows) + 1):
        height = rows[end - 1][0].height
        strips = _common(strips, _gaps(rows[end - 1]), _NARROWEST * height)
        inner = [strip for strip in strips if not math.isinf(strip[0]) and not math.isinf(strip[1])]
        if not inner:
            break
        told = _apart([strip for strip in inner if _parts_columns(strip, rows[start:end])], rows[start:end])
        if told and len(_filled(rows[start], told) | {0}) > len(told) and len(_filled(rows[end - 1], told)) > 1:
            found = (start, end, told)
            best = found if best is None or _worth(found) > _worth(best) else best
        elif best is None and end > start + 2:
            break
    return best


def _filled(row: Row, strips: Sequence[Strip]) -> set[int]:
    """Returns the numbers of the columns in which a line has something."""
    return {sum(strip[1] <= piece.left for strip in strips) for piece in _cut(row, strips)}


def _gaps(row: Row) -> list[Strip]:
    """Returns where a line has no letters, from the left; before and behind it there are none without end."""
    found = [(-math.inf, row[0].left)]
    for at, piece in enumerate(row):
        found += [(left, right) for _, left, right in piece.gaps]
        found.append((piece.right, row[at + 1].left if at + 1 < len(row) else math.inf))
    return found


def _common(some: Sequence[Strip], others: Sequence[Strip], narrowest: float) -> list[Strip]:
    pairs = ((max(one[0], other[0]), min(one[1], other[1])) for one in some for other in others)
    return [(left, right) for left, right in pairs if right - left >= narrowest]


def _parts_columns(strip: Strip, rows: Sequence[Row]) -> bool:
    """Returns whether white space parts two columns: it is wide, or numbers stand behind it but in a first line."""
    sides = [_sides(row, strip) for row in rows]
    both = [(before, behind) for before, behind in sides if before and behind]
    if len(both) < 2 or all(_MARK.fullmatch(before[-1].text) for before, _ in both):
        return False
    if strip[1] - strip[0] >= _WIDE * max(row[0].height for row in rows):
        return True
    return len(both) > 2 and all(_NUMBER.match(behind[0].text) for _, behind in both[1:])


def _apart(strips: Sequence[Strip], rows: Sequence[Row]) -> list[Strip]:
    """Leaves out the narrower of two strips between which only one line has something, as a heading of two words."""
    kept: list[Strip] = []
    filled = [_filled(row, strips) for row in rows]
    for number, strip in enumerate(strips):
        if not kept or sum(number in columns for columns in filled) > 1:
            kept.append(strip)
        elif strip[1] - strip[0] > kept[-1][1] - kept[-1][0]:
            kept[-1] = strip
    return kept


def _sides(row: Row, strip: Strip) -> tuple[list[TextRun], list[TextRun]]:
    parts = _cut(row, [strip])
    return [part for part in parts if part.right <= strip[0]], [part for part in parts if part.left >= strip[1]]


def _cut(row: Row, strips: Sequence[Strip]) -> list[TextRun]:
    """Cuts the pieces of a line at the gaps through which strips go."""
    cells: list[TextRun] = []
    for piece in row:
        begin, left = 0, piece.left
        for at, gap_left, gap_right in piece.gaps:
            if any(gap_left <= strip[0] and strip[1] <= gap_right for strip in strips):
                cells.append(replace(piece, text=piece.text[begin:at].rstrip(), left=left, right=gap_left, gaps=()))
                begin, left = at, gap_right
        cells.append(replace(piece, text=piece.text[begin:], left=left, gaps=()))
    return cells


def head_of(rows: Sequence[Row]) -> Row | None:
    """Returns the row of headings of a table; None where its first row is none."""
    return rows[0] if len(rows) > 1 and is_head(_cells(rows)[0]) else None


def under(head: Row, rows: Sequence[Row]) -> list[Row]:
    """Returns the rows of a table below the headings of one that it goes on with, if it does.

    It has none of its own, as many cells in a row, and each of its columns stands below a heading, or above.
    """
    if head_of(rows) is not None or max(map(len, rows)) != len(head):
        return list(rows)
    full = [row for row in rows if len(row) == len(head)]
    near = _NEAR * head[0].height
    if any(_distance(heading, cell) > near for row in full for heading, cell in zip(head, row, strict=True)):
        return list(rows)
    up = rows[0][0].middle + (rows[0][0].middle - rows[1][0].middle) - head[0].middle
    return [[replace(cell, bottom=cell.bottom + up, top=cell.top + up) for cell in head], *rows]


def with_line_above(line: Row, rows: Sequence[Row]) -> list[Row] | None:
    """Returns the rows of a table, its headings with those before them that stand in the line above, over some each.

    None where the line above is none of headings: each has to stand in the middle over its columns, or all at their
    left. One left of them all is that of the first column.
    """
    if head_of(rows) is None:
        return None
    first, height = max(rows[:2], key=len)[0], line[0].height
    below = [cell for cell in rows[0] if cell.left > first.right]
    labels = [piece for piece in line if piece.left <= first.right]
    over = line[len(labels) :]
    each = len(below) // max(len(over), 1)
    if len(over) < 2 or each < 2 or each * len(over) != len(below) or len(labels) + len(rows[0]) - len(below) > 1:
        return None
    groups = [below[at : at + each] for at in range(0, len(below), each)]
    pairs = list(zip(over, groups, strict=True))
    centred = all(abs(one.left + one.right - group[0].left - group[-1].right) < 2 * height for one, group in pairs)
    at_left = all(abs(one.left - group[0].left) < height for one, group in pairs)
    is_near = 0 < line[0].middle - rows[0][0].middle < _NEAR * (rows[0][0].middle - rows[1][0].middle)
    if not (is_near and (centred or at_left) and is_head(["", *(one.text for one in over)])):
        return None
    headings = [replace(cell, text=f"{one.text} {cell.text}") for one, group in pairs for cell in group]
    begun = [cell for cell in rows[0] if cell not in below]
    begun += [replace(one, bottom=below[0].bottom, top=below[0].top) for one in labels]
    return [[*begun, *headings], *rows[1:]]


def lines_of(rows: Sequence[Row]) -> list[str]:
    """Returns the rows of a table as lines, with headings if the first row has them."""
    cells = _joined(_cells(rows), [row[0].middle for row in rows])
    if len(cells) > 1 and is_head(cells[0]):
        return table_lines(cells)
    return [" | ".join(cell for cell in row if cell) for row in cells]


def _cells(rows: Sequence[Row]) -> list[list[str]]:
    """Returns the texts of a table by lines and columns; a piece is in the column whose heading is nearest to it."""
    heads = max(rows[:2], key=len)
    table = []
    for row in rows:
        cells = ["" for _ in heads]
        for piece in row:
            at = min(range(len(heads)), key=lambda number: _distance(heads[number], piece))
            cells[at] = f"{cells[at]} {piece.text}".strip()
        table.append(cells)
    return table


def _distance(head: TextRun, piece: TextRun) -> float:
    if min(head.right, piece.right) > max(head.left, piece.left):
        return 0.0
    return min(abs(head.left - piece.left), abs(head.right - piece.right))


def _joined(lines: Sequence[list[str]], middles: Sequence[float]) -> list[list[str]]:
    """Joins the lines of cells that go on over several lines: those nearer to each other than rows are.

    ``middles`` is the height on the page of each line.
    """
    pitches = [upper - lower for upper, lower in itertools.pairwise(middles)]
    nearest = min(pitches, default=0.0)
    parts_rows = [pitch > _LARGER * nearest for pitch in pitches]
    if sum(parts_rows) < 2:
        return list(lines)
    groups: list[list[list[str]]] = [[lines[0]]]
    for parts, line in zip(parts_rows, lines[1:], strict=True):
        if parts:
            groups.append([line])
        else:
            groups[-1].append(line)
    return [row for group in groups for row in _one_row(group)]


def _one_row(lines: Sequence[list[str]]) -> list[list[str]]:
    """Returns lines merged to one row of a table where a column has words in one line alone; else a row each."""
    columns = list(zip(*lines, strict=True))
    if not any(sum(map(bool, column)) == 1 for column in columns):
        return list(lines)
    return [[" ".join(filter(None, column)) for column in columns]]

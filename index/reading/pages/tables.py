"""Tables of web pages made plain: one row of headings, a cell in each row and column, captions before the table.

Cells that go over several rows or columns, headings in two rows and captions would hide which heading a cell has.
"""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from index.reading.tables import LONGEST_REPEATED, is_head

_MOST_COLUMNS = 64
"""Of a table; one with more is no table to be read. Round, not fitted."""
_MOST_TIMES, _FROM_CELLS = 8, 2000
"""How many times its own cells a table may have where each is told in every row and column that it goes over, if that
makes so many cells or more: a page made to fill the memory has a thousand times. Chosen by eye."""
_LONGEST_HEADING = 80
"""Letters of a heading. Chosen by eye."""
_SPACES = re.compile(r"\s+")

Grid = list[list[Any]]
"""The cells of a table by rows and columns, all rows of one width: an element where its cell begins, the same element
again where the cell goes on downwards, None where it goes on to the right and where there is none."""


def make_tables_plain(tree: Any) -> None:
    """Rewrites the data tables of an HTML tree; one in whose head no headings are found stays as it is."""
    for figure in list(tree.iter("figure")):
        caption = next(figure.iter("figcaption"), None)
        if caption is not None and next(figure.iter("table"), None) is not None:
            figure.tag, caption.tag = "div", "p"
    for table in list(tree.iter("table")):
        if table.xpath("boolean(.//table | .//h1)"):
            continue  # it lays out the page
        _join_lines(table)
        grid = _grid(table)
        heads = _heads(grid)
        if heads is None:
            continue
        begin, end = heads
        captions = [_words(cell) for cell in table.iter("caption")]
        captions += [_words(cell) for row in grid[:begin] for cell in row[:1]]
        for words in filter(None, captions):
            table.addprevious(_made(table, "p", words))
        headings = [_made(table, "th", words) for words in _headings(grid[begin:end])]
        for child in list(table):
            table.remove(child)
        table.append(_row(table, headings))
        table.extend(_row(table, cells) for cells in _plain_cells(table, grid[end:]))


def _join_lines(table: Any) -> None:
    """Makes spaces of the line breaks in the source of a table, which trafilatura takes for such of the text."""
    for element in table.iter():
        element.text = (element.text or "").replace("\n", " ")
        if element is not table:
            element.tail = (element.tail or "").replace("\n", " ")


def _grid(table: Any) -> Grid:
    """The cells of a table; empty where it is too wide or too large, or has no two rows and columns."""
    rows: Grid = []
    own = filled = 0
    going_on: dict[int, tuple[Any, int]] = {}
    for element in table.iter("tr"):
        row: list[Any] = []
        new = element.iterchildren("td", "th")
        begun, going_on = going_on, {}
        while len(row) <= _MOST_COLUMNS:
            at = len(row)
            cell, rest = begun.get(at, (None, 0))
            if at not in begun:
                cell = next(new, None)
                if cell is None and at > max(begun, default=-1):
                    break
                own += cell is not None
                rest = _span(cell, "rowspan") if cell is not None else 1
            width = _span(cell, "colspan") if cell is not None else 1
            if cell is not None and rest > 1:
                going_on[at] = (cell, rest - 1)
            row += [cell, *[None] * (width - 1)]
        rows.append(row)
        filled += len(row)
        if filled > max(_MOST_TIMES * own, _FROM_CELLS):
            return []
    width = max(map(len, rows), default=0)
    if len(rows) < 2 or not 2 <= width <= _MOST_COLUMNS:
        return []
    return [row + [None] * (width - len(row)) for row in rows]


def _span(cell: Any, name: str) -> int:
    given = (cell.get(name) or "1").strip()
    return max(1, min(int(given), 1000)) if given.isascii() and given.isdigit() and len(given) < 9 else 1


def _heads(grid: Grid) -> tuple[int, int] | None:
    """The first row of headings and the first one behind them; None where there are none, or nothing below them."""
    begin = sum(1 for _ in itertools.takewhile(_is_caption, grid))
    end = begin + sum(1 for _ in itertools.takewhile(_is_of_headings, grid[begin:]))
    if begin == end < len(grid) and _is_over_figures(grid[begin], grid[begin + 1 :]):
        end += 1
    return (begin, end) if begin < end < len(grid) else None


def _is_caption(row: Sequence[Any]) -> bool:
    """Whether a row is one cell over the whole width."""
    return row[0] is not None and row[1:].count(None) == len(row) - 1 and bool(_words(row[0]))


def _is_of_headings(row: Sequence[Any]) -> bool:
    """Whether all cells of a row are headings; the first may be empty, and of any kind then."""
    cells = [cell for at, cell in enumerate(row) if cell is not None and (at or _words(cell))]
    return bool(cells) and all(cell.tag == "th" and len(_words(cell)) <= _LONGEST_HEADING for cell in cells)


def _is_over_figures(row: Sequence[Any], below: Sequence[Sequence[Any]]) -> bool:
    """Whether a row that is not marked as one of headings stands over a column that has a figure in each row.

    A year may be the heading of a column, but over one column alone it rather is the first of its figures.
    """
    words = ["" if cell is None else _words(cell) for cell in row]
    if not below or not is_head(words) or max(map(len, words)) > _LONGEST_HEADING:
        return False
    if any(cell is not None and cell.tag == "th" for cell in row) or (len(row) == 2 and re.search(r"\d", words[1])):
        return False
    columns = zip(*below, strict=True)
    next(columns)
    return any(all(cell is not None and re.search(r"\d", _words(cell)) for cell in column) for column in columns)


def _headings(rows: Grid) -> list[str]:
    """The heading of each column, of several rows from above: ``2019`` over ``Boats`` gives ``2019 Boats``."""
    shown: Grid = [
        list(itertools.accumulate(row, lambda before, cell: before if cell is None else cell)) for row in rows
    ]
    return [
        " ".join(_words(cell) for cell, _ in itertools.groupby(column) if cell is not None)
        for column in zip(*shown, strict=True)
    ]


def _plain_cells(table: Any, rows: Grid) -> Iterator[list[Any]]:
    """The cells of each row, elements of their own that go over no other; long words are told in one row alone."""
    told: set[Any] = set()
    for row in rows:
        cells = [table.makeelement("td") if cell is None or cell in told else copy.deepcopy(cell) for cell in row]
        new = (cell for cell in row if cell is not None and cell not in told)
        told.update(cell for cell in new if len(_words(cell)) > LONGEST_REPEATED)
        for cell in cells:
            cell.tag, cell.tail = "td", None
            for name in ("rowspan", "colspan"):
                cell.attrib.pop(name, None)
        yield cells


def _row(table: Any, cells: Sequence[Any]) -> Any:
    row = table.makeelement("tr")
    row.extend(cells)
    return row


def _made(table: Any, tag: str, words: str) -> Any:
    element = table.makeelement(tag)
    element.text = words
    return element


def _words(cell: Any) -> str:
    return _SPACES.sub(" ", "".join(cell.itertext())).strip()

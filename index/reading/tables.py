"""Tables as text: a line for each row, each cell with its column's heading, so that a line is understood alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST_REPEATED = 80
"""Letters of a cell that is told in each row that it goes over; longer words are no label of rows. Chosen by eye."""
_YEAR = re.compile(r"(?:\D*\s)?(?:1[5-9]|20)\d\d(?:\s?[/–-]\s?\d{2,4})?(?:\s\D*)?")


def cell_headings(headings: Sequence[str]) -> list[str]:
    """The headings put before the cells of a row; the first cell, which names what the row is about, has none.

    >>> cell_headings(["Port", "Boats", ""])
    ['', 'Boats: ', '']
    """
    return ["" if at == 0 or not heading else f"{heading.rstrip(':')}: " for at, heading in enumerate(headings)]


def is_head(row: Sequence[str]) -> bool:
    """Whether a table's first row holds the headings of its columns: one over each but the first, and no figures.

    >>> is_head(["", "2019", "2020"]), is_head(["Port", "Boats"]), is_head(["East", "12"]), is_head(["East", ""])
    (True, True, False, False)
    """
    return len(row) > 1 and all(cell and (not re.search(r"\d", cell) or _YEAR.fullmatch(cell)) for cell in row[1:])


def one_head(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The rows with a head of two rows as one: the headings of the first go over the empty cells right of them.

    Every row below such a head has figures.

    >>> one_head([["Port", "2019", "", "2020", ""], ["Port", "In", "Out", "In", "Out"], ["East", "1", "2", "3", "4"]])
    [['Port', '2019 In', '2019 Out', '2020 In', '2020 Out'], ['East', '1', '2', '3', '4']]
    """
    if len(rows) < 3 or not is_head(rows[1]) or is_head(rows[0]) or len(rows[0]) != len(rows[1]):
        return list(rows)
    if not all(any(re.search(r"\d", cell) for cell in row[1:]) for row in rows[2:]):
        return list(rows)
    wide = [next(filter(None, reversed(rows[0][1 : at + 1])), "") for at in range(1, len(rows[0]))]
    if not is_head(["", *wide]):
        return list(rows)
    pairs = zip([rows[0][0], *wide], rows[1], strict=True)
    return [[" ".join(dict.fromkeys(filter(None, pair))) for pair in pairs], *rows[2:]]


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table whose first row holds the headings; empty cells are left out.

    >>> table_lines([["Port", "Boats", "Crew"], ["East", "12", "40"], ["West", "", "9"]])
    ['Port | Boats | Crew', 'East | Boats: 12 | Crew: 40', 'West | Crew: 9']
    """
    if not rows:
        return []
    before = cell_headings(rows[0])
    headed = [
        [(before[at] if at < len(before) else "") + cell if cell else "" for at, cell in enumerate(row)]
        for row in rows[1:]
    ]
    return [" | ".join(cell for cell in row if cell) for row in [rows[0], *headed]]

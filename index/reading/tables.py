"""Tables as text: a line for each row, each cell with its column's heading, so that a line is understood alone."""

from __future__ import annotations

from collections.abc import Sequence


def cell_headings(headings: Sequence[str]) -> list[str]:
    """What stands before each cell of a row: nothing before the first, which names what the row is about.

    >>> cell_headings(["Port", "Boats", ""])
    ['', 'Boats: ', '']
    """
    return ["" if at == 0 or not heading else f"{heading.rstrip(':')}: " for at, heading in enumerate(headings)]


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

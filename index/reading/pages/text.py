"""The text of a tree of elements: a block a paragraph, a table's row a line, its cells with their headings."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from index.reading.tables import cell_headings

_BLOCKS = re.compile(
    r"p|head|item|quote|row|list|table|code|body|div|section|article|main|aside|header|footer|nav|h[1-6]|li|ul|ol|dl|dt|dd|tr"
    r"|blockquote|pre|figure|figcaption|form|fieldset|address|hr|br|lb|option|details|summary"
)
"""Elements that begin a line of their own, in HTML and in trafilatura's own XML."""
_CELLS = frozenset({"cell", "td", "th"})
_UNSEEN = frozenset({"script", "title"})
_BREAK, _INNER = "\u2028", "\u2029"
"""What parts two lines, and two blocks within a cell."""
_NEEDLESS = re.compile(rf"(^|[|:])[\s{_INNER}]+|[\s{_INNER}]+(?=\|)")
SPACES = re.compile(r"[ \t\r\n\f\v]+")


def text_of_tree(tree: Any, keep_lines: bool = False) -> str:
    """Returns the text of an element tree, its blocks parted by blank lines, the cells of a table row by `` | ``.

    ``keep_lines``: a line break in the source parts paragraphs, as in trafilatura's XML; in HTML it is a space.
    """
    headings = {cell: words for table in tree.iter("table") for cell, words in _headed_cells(table)}
    pieces: list[str] = []
    inside = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = str(element.tag)
        edge = "" if not _BLOCKS.fullmatch(tag) else _INNER if inside else _BREAK
        if event == "start":
            before = headings.get(element, "")
            pieces.append(edge if tag not in _CELLS else "" if before is None else " | ")
            pieces.append(before or "")
            pieces.append("" if tag in _UNSEEN else element.text or "")
            inside += element in headings
        else:
            inside -= element in headings
            pieces.append(edge)
            pieces.append("" if element is tree else element.tail or "")
    lines = re.split(rf"[{_BREAK}\n]" if keep_lines else _BREAK, "".join(pieces))
    return "\n\n".join(line for line in map(_line, lines) if line)


def _line(words: str) -> str:
    """Returns a line with single spaces, and with semicolons between the blocks of one table cell."""
    parts = _NEEDLESS.sub(r"\1 ", words).split(_INNER)
    return "; ".join(part for part in (SPACES.sub(" ", part).strip() for part in parts) if part).strip(" |")


def _headed_cells(table: Any) -> list[tuple[Any, str | None]]:
    """Returns the cells of a data table, each with the heading to set before it; empty without a row of headings.

    The heading of a cell that is empty is None: such a cell is left out.
    """
    rows = [[cell for cell in row if cell.tag in _CELLS] for row in table.iter("row", "tr")]
    if len(rows) < 2 or len(rows[0]) < 2 or not all(_is_heading(cell) for cell in rows[0]):
        return []
    cells = [cell for row in rows for cell in row]
    if table.xpath(".//table | .//h1") or any(cell.get("colspan") or cell.get("rowspan") for cell in cells):
        return []
    before = cell_headings([SPACES.sub(" ", "".join(cell.itertext())).strip() for cell in rows[0]])
    headed: list[tuple[Any, str | None]] = [(cell, "") for cell in rows[0]]
    return headed + [
        (cell, (before[at] if at < len(before) else "") if "".join(cell.itertext()).strip() else None)
        for row in rows[1:]
        for at, cell in enumerate(row)
    ]


def _is_heading(cell: Any) -> bool:
    return bool(cell.tag == "th" or cell.get("role") == "head")

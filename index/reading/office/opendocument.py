"""OpenDocument text (.odt): the text as it stands when every tracked change is accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from index.reading.archive import Archive, archive
from index.reading.format import Document
from index.reading.office.blocks import Paragraph, Table, document_of
from index.reading.pages.markup import small_print
from index.reading.tables import LONGEST_REPEATED

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAWN = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_COVERED = f"{_TABLE}covered-table-cell"
"""What stands where a cell goes on from the left or from above."""
_CELLS = (f"{_TABLE}table-cell", _COVERED)
_ROWS_AROUND = tuple(_TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))
_MOST_COLUMNS = 63
"""Of a table; a row ends with an empty cell that is repeated a thousand times."""
_LEFT_OUT = frozenset(_TEXT + name for name in ("tracked-changes", "bookmark-ref", "annotation")) | {
    f"{_FO}annotation",
    f"{_TEXT}table-of-content",
}


def read_opendocument(file: BinaryIO) -> Document:
    """Reads the article of an .odt, its notes last. Raises Unreadable: it is damaged or holds no text."""
    with archive(file) as parts:
        root = parts.xml("content.xml")
        body = root.find(f"{_FO}body/{_FO}text")
        reading = _Reading(dict(_special_styles(root)))
        blocks = list(reading.blocks(body)) if body is not None else []
        return document_of([*blocks, *reading.notes], _properties(parts))


def _properties(parts: Archive) -> dict[str, str]:
    if "meta.xml" not in parts.names():
        return {}
    names = {"title": "title", "creator": "author", "initial-creator": "author", "language": "language"}
    found = ((str(element.tag).rpartition("}")[2], element.text or "") for element in parts.xml("meta.xml").iter())
    return {names[name]: value for name, value in found if name in names}


def _special_styles(root: Any) -> Iterator[tuple[str, str]]:
    """Returns the names of the styles that strike out, raise or lower text, and which of these each does."""
    for style in root.iter(f"{_STYLE}style"):
        for properties in style.iter(f"{_STYLE}text-properties"):
            position = properties.get(f"{_STYLE}text-position") or ""
            if (properties.get(f"{_STYLE}text-line-through-style") or "none") != "none":
                yield style.get(f"{_STYLE}name"), "struck"
            elif position.startswith(("super", "sub")):
                yield style.get(f"{_STYLE}name"), "sup" if position.startswith("super") else "sub"


class _Reading:
    """The blocks of one document, and the notes met among them."""

    def __init__(self, styles: dict[str, str]) -> None:
        self._styles = styles
        self.notes: list[Paragraph] = []

    def blocks(self, parent: Any) -> Iterator[Paragraph | Table]:
        """Yields paragraphs and tables in their order, what stands in a box after the paragraph that holds the box."""
        for element in parent:
            if element.tag in _PARAGRAPHS:
                name = (element.get(f"{_TEXT}style-name") or "").casefold()
                heading = name == "title" or element.get(f"{_TEXT}outline-level") == "1"
                yield Paragraph(self._text(element), heading)
                for box in _boxes(element):
                    yield from self.blocks(box)
            elif element.tag == f"{_TABLE}table":
                yield Table(tuple(self._table_rows(element)))
            elif element.tag not in _LEFT_OUT and isinstance(element.tag, str):
                yield from self.blocks(element)

    def _table_rows(self, table: Any) -> Iterator[tuple[str, ...]]:
        """Yields the rows of a table; a cell over several rows is in each, one over several columns in the first."""
        above: dict[int, tuple[str, int]] = {}
        for row in _rows(table):
            cells: list[str] = []
            begun, above = above, {}
            for cell in row.iterchildren(*_CELLS):
                at = len(cells)
                words, left = begun.get(at, ("", 0)) if cell.tag == _COVERED else ("", 0)
                if not left:
                    words = "; ".join(text for each in cell.iter(*_PARAGRAPHS) if (text := self._text(each).strip()))
                    left = _number(cell, "number-rows-spanned")
                if left > 1:
                    above[at] = (words if len(words) <= LONGEST_REPEATED else "", left - 1)
                cells += [words] * min(_number(cell, "number-columns-repeated"), _MOST_COLUMNS)
            yield tuple(cells)

    def _text(self, element: Any, before: str = "") -> str:
        words = element.text or ""
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _LEFT_OUT and not _is_box(child):
                words += self._special(child, before + words)
            words += child.tail or ""
        return words

    def _special(self, child: Any, before: str) -> str:
        if child.tag == f"{_TEXT}s":
            return " "
        if child.tag in (f"{_TEXT}line-break", f"{_TEXT}tab"):
            return "\n" if child.tag.endswith("break") else "\t"
        if child.tag == f"{_TEXT}note":
            return self._note(child)
        special = self._styles.get(child.get(f"{_TEXT}style-name") or "", "")
        if special == "struck":
            return ""
        words = self._text(child, before)
        return small_print(words, before[-20:], special) if special in ("sup", "sub") else words

    def _note(self, note: Any) -> str:
        """Keeps a note for the end, and returns the mark that stands for it in the text."""
        mark = f"[{len(self.notes) + 1}]"
        self.notes.append(Paragraph(mark))  # so that a note within it has the next number
        body = note.find(f"{_TEXT}note-body")
        words = " ".join(self._text(each).strip() for each in body.iter(*_PARAGRAPHS)) if body is not None else ""
        self.notes[int(mark[1:-1]) - 1] = Paragraph(f"{mark} {words}".strip())
        return mark


def _number(cell: Any, name: str) -> int:
    """Returns an attribute of a cell that counts rows or columns; 1 where it counts none."""
    given = cell.get(f"{_TABLE}{name}") or ""
    return int(given) if given.isascii() and given.isdigit() else 1


def _boxes(element: Any) -> Iterator[Any]:
    """Yields the boxes and drawings in a paragraph, which may hold paragraphs of their own."""
    for child in element.iterchildren("*"):
        if _is_box(child):
            yield child
        else:
            yield from _boxes(child)


def _is_box(element: Any) -> bool:
    return bool(element.tag.startswith(_DRAWN)) and element.tag != f"{_DRAWN}a"  # which is a link around something


def _rows(table: Any) -> Iterator[Any]:
    """Yields the rows of a table, without those of tables within its cells."""
    for child in table.iterchildren(f"{_TABLE}table-row", *_ROWS_AROUND):
        if child.tag in _ROWS_AROUND:
            yield from _rows(child)
        else:
            yield child

"""Word's .docx: the text as it stands when every tracked change is accepted. Macros are not looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from index.reading.archive import Archive, archive
from index.reading.format import Document
from index.reading.office.blocks import Paragraph, Table, document_of
from index.reading.pages.markup import small_print
from index.reading.tables import LONGEST_REPEATED

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same once more, for programs that do not know the first form of it."""
_REMOVED = frozenset(_W + name for name in ("del", "moveFrom", "instrText", "delText"))
_AROUND = frozenset(_W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "dir", "bdo"))
"""Elements that stand around others without being seen."""
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SPACES = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_MOST_COLUMNS = 63
"""Of a table, as Word has them."""
_NOTES = {_W + "footnoteReference": "word/footnotes.xml", _W + "endnoteReference": "word/endnotes.xml"}


def read_word(file: BinaryIO) -> Document:
    """Reads the article of a .docx, its notes last. Raises Unreadable: it is damaged or holds no text."""
    with archive(file) as parts:
        body = parts.xml("word/document.xml").find(f"{_W}body")
        reading = _Reading(parts)
        blocks = list(reading.blocks(body)) if body is not None else []
        return document_of([*blocks, *reading.notes()], core_properties(parts))


def core_properties(parts: Archive) -> dict[str, str]:
    """Title, author and language of the file, where it states them."""
    if "docProps/core.xml" not in parts.names():
        return {}
    names = {"title": "title", "creator": "author", "language": "language"}
    found = ((str(element.tag).rpartition("}")[2], element.text or "") for element in parts.xml("docProps/core.xml"))
    return {names[name]: value for name, value in found if name in names}


class _Reading:
    """The blocks of one document, and the notes that they refer to."""

    def __init__(self, parts: Archive) -> None:
        self._texts = {tag: _notes_in(parts, name) for tag, name in _NOTES.items()}
        self._referred: list[Any] = []

    def blocks(self, parent: Any) -> Iterator[Paragraph | Table]:
        """Yields paragraphs and tables in their order, what stands in a box after the paragraph that holds the box."""
        before = ""
        for element in parent:
            if element.tag == f"{_W}p":
                text = before + self._text(element)
                before = text if _goes_on(element) else ""
                if not before:
                    yield Paragraph(text, heading=_style(element) in ("title", "titel", "heading1", "berschrift1"))
                for box in _boxes(element):
                    yield from self.blocks(box)
            elif element.tag == f"{_W}tbl":
                yield Table(tuple(self._rows(element)))
            elif element.tag in _AROUND:
                yield from self.blocks(element)
        if before:
            yield Paragraph(before)

    def notes(self) -> list[Paragraph]:
        """Returns the notes that were referred to, each with the mark that stands in the text."""
        found = []
        for number, (tag, name) in enumerate(self._referred, start=1):
            element = self._texts[tag].get(name)
            words = " ".join(self._text(each).strip() for each in element.iter(f"{_W}p")) if element is not None else ""
            found.append(Paragraph(f"[{number}] {words.strip()}" if words.strip() else ""))
        return found

    def _rows(self, table: Any) -> Iterator[tuple[str, ...]]:
        """Yields the rows of a table; a cell over several rows is in each, one over several columns in the first."""
        above: list[str] = []
        for row in _within(table, f"{_W}tr"):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            cells: list[str] = []
            for cell in _within(row, f"{_W}tc"):
                merged = cell.find(f"{_W}tcPr/{_W}vMerge")
                goes_on = merged is not None and merged.get(f"{_W}val") != "restart" and len(cells) < len(above)
                words = above[len(cells)] if goes_on else self._cell(cell)
                cells.append(words if not goes_on or len(words) <= LONGEST_REPEATED else "")
                cells += [""] * (_columns(cell) - 1)
            above = cells
            yield tuple(cells)

    def _cell(self, cell: Any) -> str:
        return "; ".join(text for paragraph in cell.iter(f"{_W}p") if (text := self._text(paragraph).strip()))

    def _text(self, element: Any) -> str:
        """Returns the text of a paragraph, without deleted and struck-out words, superscripts apart from numbers."""
        words = ""
        for child in element:
            if child.tag in _REMOVED:
                continue
            if child.tag == f"{_W}r":
                words += self._run(child, words)
            elif child.tag in _AROUND or child.tag in (f"{_W}hyperlink", f"{_W}fldSimple"):
                words += self._text(child)
            elif str(child.tag).startswith(_FORMULA):
                words += "".join(letters.text or "" for letters in child.iter(f"{_FORMULA}t"))
        return words

    def _run(self, run: Any, before: str) -> str:
        properties = run.find(f"{_W}rPr")
        if properties is not None and any(_is_on(properties, name) for name in ("strike", "dstrike", "vanish")):
            return ""
        words = "".join(self._part(part) for part in run if part.tag not in _REMOVED)
        raised = properties.find(f"{_W}vertAlign") if properties is not None else None
        place = raised.get(f"{_W}val") if raised is not None else ""
        if place in ("superscript", "subscript"):
            return small_print(words, before[-20:], "sup" if place == "superscript" else "sub")
        return words

    def _part(self, part: Any) -> str:
        if part.tag == f"{_W}t":
            return part.text or ""
        if part.tag == f"{_W}ruby":  # how the words are spoken stands above them
            return "".join(map(self._text, part.iter(f"{_W}rubyBase")))
        if part.tag in _NOTES:
            self._referred.append((part.tag, part.get(f"{_W}id")))
            return f"[{len(self._referred)}]"
        return _SPACES.get(part.tag, "")


def _notes_in(parts: Archive, name: str) -> dict[str, Any]:
    return {note.get(f"{_W}id"): note for note in parts.xml(name)} if name in parts.names() else {}


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return (style.get(f"{_W}val") or "").casefold() if style is not None else ""


def _goes_on(paragraph: Any) -> bool:
    """Returns whether the end of a paragraph was deleted, so that the next goes on in its line."""
    return paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None


def _boxes(element: Any) -> Iterator[Any]:
    """Yields the contents of the text boxes in a paragraph, each once."""
    if next(element.iter(f"{_W}txbxContent"), None) is None:
        return
    for child in element:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag != _FALLBACK:
            yield from _boxes(child)


def _within(parent: Any, tag: str) -> Iterator[Any]:
    """Yields the children of this kind; those of a table within a cell are not the outer table's."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            yield from _within(child, tag)


def _columns(cell: Any) -> int:
    """Returns over how many columns a cell goes."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = span.get(f"{_W}val") or "" if span is not None else ""
    return min(int(value), _MOST_COLUMNS) if value.isascii() and value.isdigit() and int(value) > 0 else 1


def _is_on(properties: Any, name: str) -> bool:
    found = properties.find(f"{_W}{name}")
    return found is not None and found.get(f"{_W}val") not in ("0", "false", "off")

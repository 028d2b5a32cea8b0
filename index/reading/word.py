"""Word's .docx: the text as it stands when every tracked change is accepted. Macros are not looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from index.reading.archive import Archive, archive
from index.reading.format import Document
from index.reading.markup import small_print
from index.reading.office import Paragraph, Table, document_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_REMOVED = frozenset(_W + name for name in ("del", "moveFrom", "instrText", "delText", "footnoteReference"))
_SPACES = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}


def read_word(file: BinaryIO) -> Document:
    """Reads the article of a .docx. Raises Unreadable: it is damaged or holds no text."""
    with archive(file) as parts:
        body = parts.xml("word/document.xml").find(f"{_W}body")
        blocks = list(_blocks(body)) if body is not None else []
        return document_of(blocks, core_properties(parts))


def core_properties(parts: Archive) -> dict[str, str]:
    """Title, author and language of the file, where it states them."""
    if "docProps/core.xml" not in parts.names():
        return {}
    names = {"title": "title", "creator": "author", "language": "language"}
    found = ((str(element.tag).rpartition("}")[2], element.text or "") for element in parts.xml("docProps/core.xml"))
    return {names[name]: value for name, value in found if name in names}


def _blocks(parent: Any) -> Iterator[Paragraph | Table]:
    for element in parent:
        if element.tag == f"{_W}p":
            style = element.find(f"{_W}pPr/{_W}pStyle")
            name = (style.get(f"{_W}val") or "").casefold() if style is not None else ""
            yield Paragraph(_text(element), heading=name in ("title", "titel", "heading1", "berschrift1"))
        elif element.tag == f"{_W}tbl":
            rows = [
                row
                for row in element.iter(f"{_W}tr")
                if not row.xpath(".//*[local-name()='trPr']/*[local-name()='del']")
            ]
            yield Table(tuple(tuple(_cell(cell) for cell in row.iter(f"{_W}tc")) for row in rows))
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag", f"{_W}customXml"):
            yield from _blocks(element)


def _cell(cell: Any) -> str:
    return "; ".join(text for paragraph in cell.iter(f"{_W}p") if (text := _text(paragraph).strip()))


def _text(element: Any) -> str:
    """Returns the text of a paragraph, without deleted and struck-out words, superscripts apart from numbers."""
    words = ""
    for child in element:
        if child.tag in _REMOVED:
            continue
        if child.tag == f"{_W}r":
            words += _run(child, words)
        elif child.tag in (f"{_W}hyperlink", f"{_W}ins", f"{_W}moveTo", f"{_W}smartTag", f"{_W}sdt", f"{_W}sdtContent"):
            words += _text(child)
    return words


def _run(run: Any, before: str) -> str:
    properties = run.find(f"{_W}rPr")
    if properties is not None and any(_is_on(properties, name) for name in ("strike", "dstrike", "vanish")):
        return ""
    words = "".join(
        (part.text or "") if part.tag == f"{_W}t" else _SPACES.get(part.tag, "")
        for part in run
        if part.tag not in _REMOVED
    )
    raised = properties.find(f"{_W}vertAlign") if properties is not None else None
    place = raised.get(f"{_W}val") if raised is not None else ""
    if place in ("superscript", "subscript"):
        return small_print(words, before[-20:], "sup" if place == "superscript" else "sub")
    return words


def _is_on(properties: Any, name: str) -> bool:
    found = properties.find(f"{_W}{name}")
    return found is not None and found.get(f"{_W}val") not in ("0", "false", "off")

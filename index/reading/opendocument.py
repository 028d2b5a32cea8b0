"""OpenDocument text (.odt): the text as it stands when every tracked change is accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from index.reading.archive import Archive, archive
from index.reading.format import Document
from index.reading.markup import small_print
from index.reading.office import Paragraph, Table, document_of

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_LEFT_OUT = frozenset(_TEXT + name for name in ("tracked-changes", "note", "bookmark-ref", "annotation")) | {
    f"{_FO}annotation",
    f"{_TEXT}table-of-content",
}


def read_opendocument(file: BinaryIO) -> Document:
    """Reads the article of an .odt. Raises Unreadable: it is damaged or holds no text."""
    with archive(file) as parts:
        root = parts.xml("content.xml")
        body = root.find(f"{_FO}body/{_FO}text")
        styles = dict(_special_styles(root))
        return document_of(list(_blocks(body, styles)) if body is not None else [], _properties(parts))


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


def _blocks(parent: Any, styles: dict[str, str]) -> Iterator[Paragraph | Table]:
    for element in parent:
        if element.tag in _PARAGRAPHS:
            name = (element.get(f"{_TEXT}style-name") or "").casefold()
            heading = name == "title" or element.get(f"{_TEXT}outline-level") == "1"
            yield Paragraph(_text(element, styles), heading)
        elif element.tag == f"{_TABLE}table":
            rows = (row for row in element.iter(f"{_TABLE}table-row"))
            yield Table(tuple(tuple(_cell(cell, styles) for cell in row.iter(f"{_TABLE}table-cell")) for row in rows))
        elif element.tag not in _LEFT_OUT and isinstance(element.tag, str):
            yield from _blocks(element, styles)


def _cell(cell: Any, styles: dict[str, str]) -> str:
    return "; ".join(text for each in cell.iter(*_PARAGRAPHS) if (text := _text(each, styles).strip()))


def _text(element: Any, styles: dict[str, str], before: str = "") -> str:
    words = element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            words += _special(child, styles, before + words)
        words += child.tail or ""
    return words


def _special(child: Any, styles: dict[str, str], before: str) -> str:
    if child.tag == f"{_TEXT}s":
        return " "
    if child.tag in (f"{_TEXT}line-break", f"{_TEXT}tab"):
        return "\n" if child.tag.endswith("break") else "\t"
    special = styles.get(child.get(f"{_TEXT}style-name") or "", "")
    if special == "struck":
        return ""
    words = _text(child, styles, before)
    return small_print(words, before[-20:], special) if special in ("sup", "sub") else words

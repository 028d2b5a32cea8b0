"""Rich Text Format (.rtf), version 1.9.1: the text as it stands when every tracked change is accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from index.reading.format import Document, Unreadable
from index.reading.office.blocks import Paragraph, Table, document_of
from index.reading.pages.markup import small_print

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_NO_RTF = "is damaged or no RTF: get it anew and add it again."
_NOT_OF_TEXT = (
    "colortbl stylesheet pict object header headerl headerr headerf footer footerl footerr footerf themedata datastore"
    " listtable listoverridetable rsidtbl generator fldinst bkmkstart bkmkend listtext pntext nonshppict xmlnstbl"
    " annotation sp atnid atnauthor comment"
)
_UNSEEN = frozenset(_NOT_OF_TEXT.split())
"""Groups whose text is none of the document's."""
_SEEN_GROUPS = ("\\footnote", "\\shpinst", "\\shptxt")
"""Groups marked as such that may be passed over, and have text of the document all the same."""
_PROPERTIES = ("title", "author")
_SEEN_AS = {
    "tab": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "nestcell": "; ",
}
_SIGNS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}"}
_UNSAID = ("deleted", "strike", "striked", "v")
"""Properties of text that is crossed out or hidden."""
_CODE_PAGES = {
    128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251,
    222: 874, 238: 1250,
}  # fmt: skip
"""Of a font's character set, where it is not the file's."""


@dataclass(frozen=True)
class _Group:
    """The state that holds within a pair of braces."""

    into: str = ""
    """Where its text goes: the name of a property, of a table of fonts or of a note; empty for the document."""
    is_seen: bool = True
    unsaid: frozenset[str] = frozenset()
    skips: int = 1
    """Characters that stand for a letter in Unicode, for programs that do not know those."""
    font: int = -1
    raised: str = ""
    in_table: bool = False
    is_heading: bool = False


@dataclass
class _Reading:
    """A document as far as it has been read: its finished blocks, and the paragraph, row and box that are open."""

    blocks: list[Paragraph | Table] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    words: str = ""
    row: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    code_page: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    before_aside: list[str] = field(default_factory=list)
    """The text before each note or box that has begun."""
    boxes: list[Paragraph] = field(default_factory=list)

    def end_paragraph(self, group: _Group) -> None:
        if group.into:
            self.words += " "
        elif group.in_table:
            self.words += "; "
        else:
            self.end_table()
            self.blocks += [Paragraph(self.words.strip(), group.is_heading), *self.boxes]
            self.words, self.boxes = "", []

    def end_cell(self) -> None:
        self.row.append(self.words.strip(" ;"))
        self.words = ""

    def end_row(self) -> None:
        self.rows.append(tuple(self.row))
        self.row = []

    def end_table(self) -> None:
        if self.rows:
            self.blocks.append(Table(tuple(self.rows)))
            self.rows = []

    def begin_aside(self) -> None:
        self.before_aside.append(self.words)
        self.words = ""

    def end_aside(self, kind: str) -> None:
        """Ends a note, for which a mark stands in the text, or a box, which follows the paragraph that holds it."""
        said, mark = " ".join(self.words.split()), ""
        if kind == "footnote":
            mark = f"[{len(self.notes) + 1}]"
            self.notes.append(Paragraph(f"{mark} {said}"))
        else:
            self.boxes.append(Paragraph(said))
        self.words = self.before_aside.pop() + mark


def read_rich_text(file: BinaryIO) -> Document:
    """Reads the article of an .rtf, its notes last. Raises Unreadable: it is damaged or holds no text."""
    data = file.read().decode("latin-1")
    if not data.lstrip().startswith("{\\rtf"):
        raise Unreadable(_NO_RTF)
    reading = _Reading()
    for group, text in _pieces(data, reading):
        if group.into in _PROPERTIES:
            reading.properties[group.into] = reading.properties.get(group.into, "") + text
        else:
            reading.words += small_print(text, reading.words[-20:], group.raised) if group.raised else text
    while reading.before_aside:
        reading.end_aside("shptxt")
    if reading.row:
        reading.end_row()
    reading.end_paragraph(_Group())
    return document_of([*reading.blocks, *reading.notes], reading.properties)


def _pieces(data: str, reading: _Reading) -> Iterator[tuple[_Group, str]]:
    """Yields each stretch of text with the state that holds for it; carries out the control words in between."""
    groups = [_Group()]
    place, skip, raw = 0, 0, bytearray()
    while token := _TOKEN.match(data, place):
        place = token.end()
        group = groups[-1]
        if token["hex"]:
            if skip:
                skip -= 1
            else:
                raw.append(int(token["hex"], 16))
            continue
        if raw:
            yield from _seen(group, raw.decode(reading.fonts.get(group.font, reading.code_page), "replace"))
            raw.clear()
        if token["brace"] == "{":
            groups.append(group)
            skip = 0
        elif token["brace"]:
            skip = 0
            if len(groups) > 1:
                groups.pop()
            if group.into in ("footnote", "shptxt") and groups[-1].into != group.into:
                reading.end_aside(group.into)
        elif token["word"] == "bin":
            place += max(int(token["number"] or 0), 0)
        elif token["word"] == "u":
            yield from _seen(group, chr(int(token["number"] or 0) % 0x10000))
            skip = group.skips
        elif token["word"]:
            groups[-1] = _changed(group, token["word"], int(token["number"] or 1), reading)
            yield from _seen(groups[-1], _SEEN_AS.get(token["word"], ""))
        elif token["sign"] == "*":
            if not data.startswith(_SEEN_GROUPS, place):
                groups[-1] = replace(group, is_seen=False)
        elif token["sign"]:
            yield from _seen(group, _SIGNS.get(token["sign"], ""))
        elif token["text"]:
            text, skip = token["text"][skip:], max(skip - len(token["text"]), 0)
            yield from _seen(group, text)


def _seen(group: _Group, text: str) -> Iterator[tuple[_Group, str]]:
    if text and group.is_seen and not group.unsaid and group.into not in ("fonts", "info"):
        yield group, text


def _changed(group: _Group, word: str, number: int, reading: _Reading) -> _Group:
    """Returns the state after a control word, and carries out in the document what it asks for."""
    if word in _UNSEEN:
        return replace(group, is_seen=False)
    if word == "fonttbl":
        return replace(group, into="fonts")
    if word in _PROPERTIES and group.into == "info":
        return replace(group, into=word)
    if word == "info":
        return replace(group, into=word)
    if word in ("footnote", "shptxt") and group.is_seen:
        reading.begin_aside()
        return replace(group, into=word, in_table=False, raised="")
    if word in ("par", "sect", "page", "cell", "row") and group.is_seen:
        _end(word, group, reading)
        return group
    return _with_property(group, word, number, reading)


def _end(word: str, group: _Group, reading: _Reading) -> None:
    if word == "cell":
        reading.end_cell()
    elif word == "row":
        reading.end_row()
    else:
        reading.end_paragraph(group)


def _with_property(group: _Group, word: str, number: int, reading: _Reading) -> _Group:
    """Returns the state after a control word that is about text; code pages are noted in ``reading``."""
    if word == "ansicpg":
        reading.code_page = _codec(number, reading.code_page)
    elif word == "fcharset" and number in _CODE_PAGES:
        reading.fonts[group.font] = _codec(_CODE_PAGES[number], reading.code_page)
    elif word == "f":
        return replace(group, font=number)
    elif word == "uc":
        return replace(group, skips=max(number, 0))
    elif word == "pard":
        return replace(group, in_table=False, is_heading=False)
    elif word == "plain":
        return replace(group, unsaid=frozenset(), raised="")
    elif word == "intbl":
        return replace(group, in_table=True)
    elif word == "outlinelevel":
        return replace(group, is_heading=number == 0)
    elif word in ("super", "sub", "nosupersub"):
        return replace(group, raised={"super": "sup", "sub": "sub"}.get(word, "") if number else "")
    elif word in _UNSAID:
        return replace(group, unsaid=group.unsaid | {word} if number else group.unsaid - {word})
    return group


def _codec(page: int, otherwise: str) -> str:
    try:
        "".encode(f"cp{page}")
    except LookupError:
        return otherwise
    return f"cp{page}"

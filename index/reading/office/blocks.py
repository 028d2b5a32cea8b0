"""The blocks of a document as text: paragraphs and tables, as word processors know them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.reading.format import EMPTY, Document, Unreadable
from index.reading.letters.letters import clean, one_line
from index.reading.metadata.bylines import stated
from index.reading.stated import by, is_headline_of, language_code
from index.reading.tables import is_head, one_head, table_lines

_FIRST_BLOCKS = 8
"""Blocks among which the headline stands, if one is marked as a heading. Round, not fitted."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``heading`` where it is a title or heading of the document."""

    text: str
    heading: bool = False


@dataclass(frozen=True)
class Table:
    """The cells of a table by rows."""

    rows: tuple[tuple[str, ...], ...]


def document_of(blocks: Sequence[Paragraph | Table], properties: Mapping[str, str]) -> Document:
    """Makes a document of blocks; title, author and language are the file's properties where the text states none.

    The dates among the properties tell when the file was made, not when the article was published.
    Raises Unreadable: it is empty.
    """
    text = "\n\n".join(line for block in blocks for line in _lines(block) if line)
    if not text:
        raise Unreadable(EMPTY)
    first = [block for block in blocks[:_FIRST_BLOCKS] if isinstance(block, Paragraph)]
    headings = [one_line(block.text) for block in first if block.heading]
    title = one_line(properties.get("title") or "")
    heading = next((each for each in headings if each), "")
    told = stated(text, {"title": heading} if heading else {}, "heading")
    if not heading and is_headline_of(title, text):
        told = by("file properties", title=title).otherwise(told)
    author, language = one_line(properties.get("author") or ""), language_code(properties.get("language") or "")
    return Document(text, told.otherwise(by("file properties", author=author, language=language)))


def _lines(block: Paragraph | Table) -> list[str]:
    if isinstance(block, Paragraph):
        return [clean(block.text).strip()]
    rows = [[one_line(cell) for cell in row] for row in block.rows]
    filled = max((at for row in rows for at, cell in enumerate(row, start=1) if cell), default=0)
    rows = [row[:filled] for row in rows if any(row)]
    captions = list(itertools.takewhile(lambda row: sum(map(bool, row)) == 1, rows))
    rows = [list(row) for row in one_head(rows[len(captions) :])]
    before = [" ".join(filter(None, row)) for row in captions]
    if len(rows) > 1 and is_head(rows[0]) and len({len(row) for row in rows}) == 1:
        return before + table_lines(rows)
    return before + [" | ".join(cell for cell in row if cell) for row in rows]

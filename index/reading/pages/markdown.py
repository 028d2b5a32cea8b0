"""Markdown as a person reads it: paragraphs without their marks."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.reading.pages.markup import small_print
from index.reading.pages.webpages import visible_text
from index.reading.tables import table_lines

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*$")
_STRUCK_TAG = re.compile(r"<(?P<close>/?)(?:del|s|strike)\b", re.IGNORECASE)
_SMALL_TAG = re.compile(r"<(?P<close>/?)(?P<tag>sup|sub)\b", re.IGNORECASE)
_DEEP = re.compile(r"\s*(?:[>*+-][ \t]*){40}")
_PARSER = MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table", "strikethrough"])


def read_markdown(text: str) -> tuple[str, str | None]:
    """Returns the text without its marks, and its first top heading.

    Paragraphs, items of a list and rows of a table are parted by blank lines. A line that ends in mid-sentence is
    joined with the next; one that ends a sentence stays a line, for many write a paragraph a line.

    >>> read_markdown("# Rain\\n\\nIt *rained*\\nall [day](https://example.org).")
    ('Rain\\n\\nIt rained all day.', 'Rain')
    """
    blocks: list[str] = []
    heading: str | None = None
    open_item = ""
    opened = ""
    row: list[str] = []
    rows: list[list[str]] = []
    for token in _PARSER.parse(text):
        words = ""
        if token.type == "list_item_open":
            open_item = f"{token.info}{token.markup} " if token.info else f"{token.markup} "
        elif token.type == "inline":
            words = _inline(token)
            if opened == "h1" and heading is None:
                heading = words
            if opened in ("th", "td"):
                row.append(words)
                words = ""
        elif token.type == "tr_close":
            rows.append(row)
            row = []
        elif token.type == "table_close":
            blocks += [line for line in table_lines(rows) if line]
            rows = []
        elif token.type in ("fence", "code_block"):
            words = token.content.strip("\n")
        elif token.type == "html_block":
            words = visible_text(token.content)
        opened = token.tag if token.nesting == 1 else opened
        if words:
            blocks.append(open_item + words)
            open_item = ""
    return "\n\n".join(blocks) or _unmarked(text), heading


def _unmarked(text: str) -> str:
    """Returns the text without marks that are nested so deep that the parser gives up."""
    return text.lstrip("> -*+\t\n").strip() if _DEEP.match(text) else ""


def _inline(token: Token) -> str:
    """Returns the text of a paragraph or heading, with that of links, without pictures and struck-out text."""
    words: list[str] = []
    struck, small = 0, ""
    for child in token.children or []:
        struck += _change(child, "s", _STRUCK_TAG)
        tag = _SMALL_TAG.match(child.content) if child.type == "html_inline" else None
        if tag:
            small = "" if tag["close"] else tag["tag"].lower()
        if struck > 0:
            continue
        if child.type in ("text", "code_inline"):
            words.append(small_print(child.content, "".join(words[-3:]), small) if small else child.content)
        elif child.type == "softbreak":
            words.append("\n" if _SENTENCE_END.search("".join(words)[-4:]) else " ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and child.content.startswith("<br")):
            words.append("\n")
    return re.sub(" {2,}", " ", "".join(words)).strip()


def _change(child: Token, name: str, tag: re.Pattern[str]) -> int:
    """Returns 1 where an element of this name opens, -1 where it closes, else 0."""
    if child.type in (f"{name}_open", f"{name}_close"):
        return child.nesting
    found = tag.match(child.content) if child.type == "html_inline" else None
    return 0 if found is None else -1 if found["close"] else 1

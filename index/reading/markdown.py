"""Markdown as a person reads it: paragraphs without their marks, and the fields of the front matter."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.reading.webpages import visible_text

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<fields>(?:[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_FIELD = re.compile(r"(?P<key>\w[\w -]*):[ \t]*(?P<value>\S[^\n]*)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*$")
_PARSER = MarkdownIt("commonmark").enable("table")


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The ``key: value`` fields between ``---`` lines at the top, and the text after them.

    >>> front_matter("---\\ntitle: Rain\\n---\\nIt rained.")
    ({'title': 'Rain'}, 'It rained.')
    """
    found = _FRONT_MATTER.match(text)
    fields = {field["key"]: field["value"].strip() for field in _FIELD.finditer(found["fields"])} if found else {}
    return (fields, text[found.end() :]) if found and fields else ({}, text)


def read_markdown(text: str) -> tuple[str, str | None]:
    """The text without its marks, and its first top heading.

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
            words, row = " | ".join(row), []
        elif token.type in ("fence", "code_block"):
            words = token.content.strip("\n")
        elif token.type == "html_block":
            words = visible_text(token.content)
        opened = token.tag if token.nesting == 1 else opened
        if words:
            blocks.append(open_item + words)
            open_item = ""
    return "\n\n".join(blocks), heading


def _inline(token: Token) -> str:
    """The words of a paragraph or heading: what links and emphasis hold, without pictures and HTML tags."""
    words = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type == "softbreak":
            words.append("\n" if _SENTENCE_END.search("".join(words)[-4:]) else " ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and child.content.startswith("<br")):
            words.append("\n")
    return "".join(words).strip()

"""Markdown, with or without front matter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.reading.format import EMPTY, Document, Format, Unreadable
from index.reading.letters.decoding import decoded_text
from index.reading.metadata.bylines import stated


def _read(file: BinaryIO) -> Iterator[Document]:
    from index.reading.metadata.front_matter import front_matter
    from index.reading.pages.markdown import read_markdown

    fields, body = front_matter(decoded_text(file))
    body, heading = read_markdown(body)
    if not body:
        raise Unreadable(EMPTY)
    told = stated(body, {"title": heading, **fields} if heading else fields)
    if "title" in fields and told.title != body.split("\n", 1)[0]:
        body = f"{told.title}\n\n{body}"
    yield Document(body, told)


FORMAT = Format((".md", ".markdown"), _read, rank=1)

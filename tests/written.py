"""Files that a test writes and reads back, and the pages that it writes into them."""

from __future__ import annotations

from pathlib import Path

from index.reading.files import Source, read
from index.records import Article

FERRY = (
    "<p>The ferry to Skarholm ran aground on Tuesday with 81 people on board, the coast guard said.</p>"
    "<p>Nobody was hurt, and the wind had fallen by noon, said Tilde Munk of the harbour office.</p>"
)

STORY = (
    "The harbour was closed on Monday after rain fell on 3 May 2011, the mayor said. Nobody was hurt.\n\n"
    "More rain is expected on June 3, 2012. Officials said so."
)


def article(folder: Path, content: str | bytes, name: str = "storm.txt") -> Article:
    """What is read of a file with this content; a name of several files tells them apart, the id is always "storm"."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return read(Source("storm", path))


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


def text_of_hall(folder: Path, said: str) -> str:
    """What is read of a page with a sentence that says this, in markup, of a hall."""
    return article(
        folder, ferry_page(said=f"On Monday the hall {said}, as the keeper told all visitors."), "a.html"
    ).text


def ferry_page(head: str = "", top: str = "", said: str = "", end: str = "", below: str = "") -> str:
    """A page with the ferry's story: markup in its head, below its headline, as a first paragraph, at the story's end,
    and below the story."""
    story = f"<h1>Ferry runs aground</h1>{top}{said and f'<p>{said}</p>'}{FERRY}{end}"
    return page(f"<article>{story}</article>{below}", f"<title>Ferry runs aground</title>{head}")

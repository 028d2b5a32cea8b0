"""The library's commands: add, remove, list, show."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from index.errors import InputError
from ui.commands.chosen import open_library
from ui.commands.output import note, print_table, progress, say


def add(paths: Annotated[list[Path], typer.Argument(help="Files and folders: .txt, .md, .html.")]) -> None:
    """Read files and folders into the library."""
    from index.reading import find

    sources = find(paths)
    library = open_library()
    counts: Counter[str] = Counter()
    with progress() as bars:
        task = bars.add_task("Adding", total=len(sources))
        for outcome in library.add(sources):
            counts[outcome.status] += 1
            reason = f": {outcome.reason}" if outcome.reason else ""
            say(f"{outcome.status:9} {outcome.id}{reason}")
            bars.advance(task)
    note(", ".join(f"{count:,} {status}" for status, count in counts.items()))
    if set(counts) == {"skipped"}:
        raise InputError("Nothing was added: no file given could be read; the reasons stand above.")


def remove(ids: Annotated[list[str], typer.Argument(help="Ids of articles, as byline list shows them.")]) -> None:
    """Remove articles from the library."""
    open_library().remove(ids)
    for article_id in ids:
        say(f"removed   {article_id}")


def list_articles() -> None:
    """List the articles of the library."""
    articles = open_library().articles()
    if not articles:
        note("The library is empty; add articles with: byline add PATH")
        return
    from rich.table import Column

    print_table(
        ["date", Column("id", overflow="fold"), "outlet", Column("title", ratio=1)],
        ((article.published or "", article.id, article.outlet or "", article.title) for article in articles),
    )


def show(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    text: Annotated[bool, typer.Option("--text", help="Print the text alone, exactly as offsets count it.")] = False,
) -> None:
    """Show one article."""
    article = open_library().article(article_id)
    if text:
        sys.stdout.write(article.text)
        return
    for name in ("id", "title", "outlet", "published", "url", "sha256"):
        say(f"{name:9} {getattr(article, name) or '-'}")
    say(f"\n{article.text}")

"""The command that sets facts about an article right."""

from __future__ import annotations

from typing import Annotated

import typer

from index.errors import InputError
from index.facts import checked_facts
from ui.commands.articles import fact_lines
from ui.commands.chosen import open_library
from ui.commands.output import say


def edit(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    headline: Annotated[str | None, typer.Option(help="Its headline.", show_default=False)] = None,
    outlet: Annotated[str | None, typer.Option(help='Who published it; "" where nobody knows.')] = None,
    author: Annotated[str | None, typer.Option(help="Who wrote it.")] = None,
    date: Annotated[str | None, typer.Option(help="Day of publication, such as 2018-10-17.")] = None,
    updated: Annotated[str | None, typer.Option(help="Day of its last change.")] = None,
    language: Annotated[str | None, typer.Option(help="Code of its language, such as de.")] = None,
    url: Annotated[str | None, typer.Option(help="Its address on the web.")] = None,
    as_read: Annotated[bool, typer.Option("--as-read", help="Take back what was edited of it before.")] = False,
) -> None:
    """Set facts about an article right; they stay so when its file is read again."""
    given = {
        "title": headline,
        "outlet": outlet,
        "author": author,
        "published": date,
        "updated": updated,
        "language": language,
        "url": url,
    }
    changes = checked_facts({name: value for name, value in given.items() if value is not None})
    if not (changes or as_read):
        raise InputError("Nothing to set is given; name it, for example with: --date 2018-10-17")
    library = open_library()
    article = library.take_back_edits(article_id) if as_read else library.article(article_id)
    if changes:
        article = library.edit(article_id, changes)
    for line in fact_lines(article):
        say(line)

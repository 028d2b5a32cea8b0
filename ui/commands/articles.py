"""The commands about what a library has: list, show, remove, backup."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from index.facts import FACTS
from index.records import Wanted
from ui.commands.chosen import Chosen, note_empty, open_library
from ui.commands.output import note, print_json, print_table, print_text, say

if TYPE_CHECKING:
    from index.library import Library
    from index.records import Article

_ID_SHOWN = 20
"""Characters of an id that stand in one line at any terminal: it is to be copied. Round, not fitted."""


def remove(ids: Annotated[list[str], typer.Argument(help="Ids of articles, as byline list shows them.")]) -> None:
    """Remove articles from the library."""
    open_library().remove(ids)
    for article_id in ids:
        say(f"removed   {article_id}")


def backup(
    file: Annotated[Path, typer.Argument(help="The new file; a library again as library.sqlite in a folder.")],
) -> None:
    """Copy the library into one file, also while it is in use."""
    open_library().backup(file)
    say(f"copied    {Chosen.library} to {file}")


def list_articles(
    words: Annotated[
        list[str] | None, typer.Argument(help="Only articles with these words in headline, outlet or id.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many, the newest first.")] = None,
    skip: Annotated[int, typer.Option(min=0, metavar="N", help="Pass over so many first.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the articles as JSON.")] = False,
) -> None:
    """List the articles of the library."""
    wanted = Wanted(tuple(word for given in words or () for word in given.split()))
    library = open_library()
    page = library.listed(wanted, skip, -1 if limit is None else limit)
    if as_json:
        from qa.corrections.links import Corrected, all_corrected

        told = all_corrected(library)
        print_json([asdict(each) | told.get(each.id, Corrected()).to_json() for each in page.listings])
        return
    if not page.articles:
        note_empty()
        return
    if not page.listings:
        many = f"There are only {page.fitting:,}: skip fewer than that."
        note(many if page.fitting else f"None of the {page.articles:,} articles has these words: leave some out.")
        return
    from rich.table import Column

    longest = max(len(article.id) for article in page.listings)
    room = max(_ID_SHOWN, get_terminal_size().columns // 3)
    print_table(
        ["date", Column("id", overflow="fold", width=min(longest, room)), "outlet", "title"],
        ((article.published or "", article.id, article.outlet or "", article.title) for article in page.listings),
    )
    if (shown := skip + len(page.listings)) < page.fitting:
        note(f"{page.fitting - shown:,} more; show them with --skip {shown}")


def show(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    text: Annotated[bool, typer.Option("--text", help="Print the text alone, exactly as offsets count it.")] = False,
) -> None:
    """Show one article."""
    library = open_library()
    article = library.article(article_id)
    if text:
        print_text(article.text)
        return
    say(f"{'id':9} {article.id}")
    for line in fact_lines(article):
        say(line)
    say(f"{'sha256':9} {article.sha256}")
    if origin := library.origins.of(article.id):
        say(f"{'from':9} {origin}")
    for line in _correction_lines(article, library):
        say(line)
    say(f"\n{_with_pages(article)}")


def fact_lines(article: Article) -> list[str]:
    """The facts about an article, a line each, with where each comes from."""
    told_by = dict(article.told_by)
    values = {name: getattr(article, name) for name in FACTS}
    if article.pages:
        values["pages"] = f"{len(article.pages):,}"
    return [
        f"{name:9} {value or '-'}" + (f"  ({told_by[name]})" if name in told_by else "")
        for name, value in values.items()
    ]


def _correction_lines(article: Article, library: Library) -> list[str]:
    """The articles that this one corrects, and those that correct it, a line each."""
    from qa.corrections.links import corrected

    found = corrected(article, library)
    told = [*(("corrects", each) for each in found.corrects), *(("corrected by", each) for each in found.corrected_by)]
    return [f"{how:9} {', '.join(filter(None, (each.id, each.title, each.published)))}" for how, each in told]


def _with_pages(article: Article) -> str:
    """The text with the number of each page where it begins; empty pages are passed over."""
    text = article.text
    for start in sorted(set(article.pages), reverse=True):
        if text[start:].strip():
            after = " " if text[:start].rstrip(" ")[-1:] not in ("", "\n") else "\n"
            text = f"{text[:start]}[page {article.page_at(start)}]{after}{text[start:]}"
    return text

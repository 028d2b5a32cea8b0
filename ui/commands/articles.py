"""The library's commands: add, sync, remove, list, show."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from shutil import disk_usage
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import InputError
from ui.commands.chosen import Chosen, open_library, open_llm
from ui.commands.output import note, print_json, print_table, print_text, progress, say

if TYPE_CHECKING:
    from index.library import Library
    from index.reading.files import Source
    from index.records import Article


def add(
    paths: Annotated[
        list[Path], typer.Argument(help="Files and folders: text, web pages, PDF, Word, mail, feeds and more.")
    ],
    warm: Annotated[
        bool, typer.Option("--warm", help="Let the language model read every passage now, for quick first answers.")
    ] = False,
    embedder: Annotated[
        str | None,
        typer.Option(help="Find passages with this embedder from now on; what is in the library is read anew for it."),
    ] = None,
) -> None:
    """Read files and folders into the library."""
    from index.reading.files import find_all

    library = _with_embedder(embedder) if embedder else open_library()
    counts, _ = _add(find_all(paths), library)
    note(_summary(counts))
    if set(counts) == {"skipped"}:
        raise InputError("Nothing was added: no file given could be read; the reasons stand above.")
    if warm:
        _read_all(library)


def _with_embedder(name: str) -> Library:
    """The chosen library with this embedder, for which its passages are made anew where they are of another."""
    from index.models.catalogue import named
    from index.models.local import ready

    model = named(name, "embedder")
    ready(model)
    Chosen.embedder = model.name
    library = open_library()
    if library.made_with not in (None, model.name):
        with progress() as bars:
            total = sum(listing.duplicate_of is None for listing in library.listings())
            for _ in bars.track(library.reembed(), total, description=f"Reading anew for {model.name}"):
                pass
    return library


def sync(folder: Annotated[Path, typer.Argument(help="The folder that the library is to match.")]) -> None:
    """Make the library match a folder: add what is new or changed, remove what is gone."""
    from index.reading.files import find_all

    sources = find_all([folder])
    if not folder.is_dir():
        raise InputError(f"{folder} is a file; name the folder that the library is to match, or use: byline add")
    library = open_library()
    # Removing comes last: an article that was renamed hands its passages over, and nothing is embedded anew.
    counts, fates = _add(sources, library)
    # What stood in a file that cannot be read just now stays.
    unread = tuple(f"{name}/" for name, fate in fates.items() if fate == "skipped")
    gone = [each.id for each in library.listings() if each.id not in fates and not each.id.startswith(unread)]
    library.remove(gone)
    for article_id in gone:
        say(f"removed   {article_id}")
    counts["removed"] = len(gone)
    note(_summary(counts))


def _add(sources: Sequence[Source], library: Library) -> tuple[Counter[str], dict[str, str]]:
    """Adds the articles, telling what becomes of each; how many met which fate, and the fate of each by its id."""
    counts: Counter[str] = Counter()
    fates: dict[str, str] = {}
    with progress() as bars:
        task = bars.add_task("Adding", total=len(sources))
        for outcome in library.add(sources):
            counts[outcome.status] += 1
            fates[outcome.id] = outcome.status
            reason = f": {outcome.reason}" if outcome.reason else ""
            say(f"{outcome.status:9} {outcome.id}{reason}")
            bars.advance(task)
    return counts, fates


def _read_all(library: Library) -> None:
    """Lets the language model read every passage, until the room for what it keeps of them is used up."""
    from index.turn import GAP_SECONDS, machine_turn
    from qa.llm.halt import Halt
    from qa.llm.states import MOST_BYTES
    from qa.prompts import SYSTEM
    from qa.reading_ahead import Warmer, every_section
    from ui.html.markup import count_of

    model = open_llm(library)
    passages = (section.shown() for section in every_section(library))
    needed = [model.state_bytes(SYSTEM, passage) for passage in passages if not model.knows(SYSTEM, passage)]
    most, free = MOST_BYTES / 1e6, disk_usage(library.folder).free / 1e6
    note(
        f"Reading {count_of(len(needed), 'passage')}: {sum(needed) / 1e6:,.1f} MB in "
        f"{library.folder / 'states'}, which takes {most:,.0f} MB at most; {free:,.0f} MB are free"
    )
    warmer, never = Warmer(library), Halt()
    with progress() as bars:
        for _ in bars.track(needed, description="Reading"):
            with machine_turn():  # a question asked meanwhile waits for one passage
                if not warmer.step(model, never):
                    note("The room is used up; the other passages are read when a question needs them")
                    break
            time.sleep(GAP_SECONDS)
    model.close()


def _summary(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {status}" for status, count in counts.items() if count)


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
    as_json: Annotated[bool, typer.Option("--json", help="Print the articles as JSON.")] = False,
) -> None:
    """List the articles of the library."""
    articles = open_library().listings()
    if as_json:
        print_json([asdict(article) for article in articles])
        return
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
        print_text(article.text)
        return
    for name in ("id", "title", "outlet", "author", "published", "updated", "url", "sha256"):
        say(f"{name:9} {getattr(article, name) or '-'}")
    if article.pages:
        say(f"{'pages':9} {len(article.pages):,}")
    say(f"\n{_with_pages(article)}")


def _with_pages(article: Article) -> str:
    """The text with the number of each page where it begins; empty pages are passed over."""
    text = article.text
    for start in sorted(set(article.pages), reverse=True):
        if text[start:].strip():
            after = " " if text[:start].rstrip(" ")[-1:] not in ("", "\n") else "\n"
            text = f"{text[:start]}[page {article.page_at(start)}]{after}{text[start:]}"
    return text

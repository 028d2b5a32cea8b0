"""The commands that bring articles in: add, sync, update."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from shutil import disk_usage
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import BylineError, FailedError, InputError
from index.facts import checked_facts
from ui.commands.chosen import Chosen, open_library, open_llm, open_reader
from ui.commands.output import note, progress, say
from ui.ways_out import at_command_line

if TYPE_CHECKING:
    from index.adding import AddResult
    from index.library import Library
    from index.reading.files import Source

_STDIN = "-"


def add(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...",
            help="Files and folders: text, web pages, PDF, Word, mail, feeds and more; addresses on the web; - for the "
            "standard input.",
            show_default=False,
        ),
    ] = None,
    feed: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="Address of a feed; byline update brings its news from then on."),
    ] = None,
    headline: Annotated[str | None, typer.Option(help="Headline of what is added from one address or -.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    date: Annotated[str | None, typer.Option(help="Its day of publication, such as 2018-10-17.")] = None,
    article_id: Annotated[str | None, typer.Option("--id", help="The id it is to have.")] = None,
    fields: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FACT=FIELD", help="Which field of JSON or CSV holds what: text=Inhalt, text=3."),
    ] = None,
    warm: Annotated[
        bool, typer.Option("--warm", help="Let the language model read every passage now, for quick first answers.")
    ] = False,
    embedder: Annotated[
        str | None,
        typer.Option(help="Find passages with this embedder from now on; what is in the library is read anew for it."),
    ] = None,
) -> None:
    """Read files, folders and addresses on the web into the library."""
    given = {"title": headline, "outlet": outlet, "published": date}
    facts = checked_facts({name: value for name, value in given.items() if value is not None})
    named = list(paths or ())
    sources, others = _parted(named)
    if fields:
        from index.reading.bundles.fields import given_fields

        of_facts = tuple(given_fields(fields).items())
        sources = [replace(source, fields=of_facts) for source in sources]
    if not (named or feed or embedder):
        raise InputError("Nothing to add is named; give files, folders, addresses on the web, or - for typed text.")
    if (facts or article_id) and (sources or feed or len(others) != 1):
        raise InputError("--headline, --outlet, --date and --id are for one article; name one address on the web, or -")
    library = _with_embedder(embedder) if embedder else open_library()
    counts = _say_each(library.add(sources), len(sources)) if sources else Counter[str]()
    for other in others:
        counts += _say_each(_brought(library, other, facts, article_id or ""), 1)
    failed: list[AddResult] = []
    for url in feed or ():
        counts += _say_each(_followed(library, url, failed))
    if named or feed:
        note(_summary(counts) or "Nothing is new; byline update brings what comes")
    _check_added(counts, len(failed), len(feed or ()))
    if advice := _better_embedder(library):
        note(at_command_line(advice, Chosen.named))
    if warm:
        _read_all(library)


def _check_added(counts: Mapping[str, int], failed: int, feeds: int) -> None:
    """Raises InputError: nothing was added; FailedError: some of the feeds cannot be followed."""
    if set(counts) == {"skipped"}:
        raise InputError("Nothing was added, for nothing that was named could be read; the reasons stand above.")
    if failed:
        raise FailedError(f"{failed:,} of {feeds:,} feeds cannot be followed; the reasons stand above.")


def _better_embedder(library: Library) -> str | None:
    """The advice to use another embedder, where articles are in languages that the library's one hardly knows."""
    from ui.advising import EMBEDDER, MULTILINGUAL, hardly_known, is_on_this_machine

    foreign = hardly_known(library)
    if not foreign:
        return None
    count, (*others, last) = sum(foreign.values()), sorted(foreign)
    names = f"{', '.join(others)} and {last}" if others else last
    told = f"{count:,} articles are in {names}" if count > 1 else f"1 article is in {names}"
    fetch = "" if is_on_this_machine(MULTILINGUAL) else f"byline models fetch {MULTILINGUAL}, and "
    return (
        f"{told}, which {EMBEDDER} hardly knows; passages are found better after: {fetch}"
        f"byline add --embedder {MULTILINGUAL}"
    )


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


def _parted(named: Sequence[str]) -> tuple[list[Source], list[str]]:
    """The files that are meant, and the addresses and the standard input. Raises InputError as ``find_all`` does."""
    from index.reading.files import find_all
    from index.web.addresses import is_url

    others = [name for name in named if name == _STDIN or is_url(name)]
    paths = [Path(name) for name in named if name not in others]
    return find_all(paths), others


def _brought(library: Library, name: str, facts: Mapping[str, str | None], article_id: str) -> Iterator[AddResult]:
    from index.bringing import MOST_MEGABYTES, add_address, add_text
    from index.web.fetching import Web

    if name == _STDIN:
        return add_text(library, sys.stdin.buffer.read(MOST_MEGABYTES * 1_000_000 + 1), facts, article_id)
    return add_address(library, name, Web(), facts, article_id)


def _followed(library: Library, url: str, failed: list[AddResult]) -> Iterator[AddResult]:
    """Yields the result of each entry of a feed; one of the feed alone, put in ``failed``, if it cannot be followed."""
    from index.adding import AddResult
    from index.reading.letters.names import printable
    from index.web.feeds import follow
    from index.web.fetching import Web

    try:
        yield from follow(library, url, Web())
    except BylineError as error:
        failed.append(AddResult(printable(url), "skipped", str(error)))
        yield failed[-1]


def sync(
    folder: Annotated[Path, typer.Argument(help="The folder that the library is to match.")],
    watch: Annotated[bool, typer.Option("--watch", help="Keep doing it as files change, until Ctrl+C.")] = False,
) -> None:
    """Make the library match a folder: add what is new or changed, remove what is gone."""
    from index.folders import apply_changes as synced
    from index.folders import changes

    if folder.is_file():
        raise InputError(f"{folder} is a file; name the folder that the library is to match, or use: byline add")
    library = open_library()
    found = changes(library, folder)
    note(_summary(_say_each(synced(library, found), len(found.unchanged) + len(found.to_read))))
    if watch:
        _watch(library, folder)


def _watch(library: Library, folder: Path) -> None:
    from index.watching import watch

    note(f"Watching {folder} (Ctrl+C ends it)")
    for told in watch(library, folder, threading.Event()):
        if isinstance(told, str):
            note(told)
        else:
            say(_line(told))


def update(
    drop: Annotated[
        str | None, typer.Option(metavar="URL", help="Follow the feed at this address no more; its articles stay.")
    ] = None,
) -> None:
    """Bring what is new in the feeds that were added."""
    from index.web.feeds import update_feeds as updated
    from index.web.fetching import Web

    library = open_library()
    if drop is not None:
        library.feeds.remove(drop)
        say(f"dropped   {drop}")
        return
    if not library.feeds.all():
        raise InputError("The library has no feed; add one with: byline add --feed ADDRESS")
    note(_summary(_say_each(updated(library, Web()))) or "Nothing is new")


def _say_each(outcomes: Iterable[AddResult], total: int | None = None) -> Counter[str]:
    """Tells what becomes of each article; how many met which fate."""
    counts: Counter[str] = Counter()
    with progress() as bars:
        task = bars.add_task("Adding", total=total)
        for outcome in outcomes:
            counts[outcome.status] += 1
            say(_line(outcome))
            told = counts.total()
            # A file may hold many articles.
            bars.update(task, completed=told, total=None if total is None else max(total, told))
    return counts


def _line(outcome: AddResult) -> str:
    return f"{outcome.status:9} {': '.join(filter(None, (outcome.shown_id, outcome.reason)))}"


def _summary(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {status}" for status, count in counts.items() if count)


def _read_all(library: Library) -> None:
    """Lets the language model read every passage, until the room for what it keeps of them is used up."""
    from index.turn import GAP_SECONDS, machine_turn
    from qa.llm.halt import Halt
    from qa.llm.llama import LlamaCpp
    from qa.llm.states import MOST_BYTES
    from qa.prompts import SYSTEM
    from qa.reading_ahead import Warmer, every_section
    from ui.html.markup import count_of

    model = open_llm(library)
    if not isinstance(model, LlamaCpp):
        raise InputError("A server reads nothing ahead; leave out --warm, or name a model of this machine with --model")
    passages = (section.shown() for section in every_section(library))
    needed = [model.state_bytes(SYSTEM, passage) for passage in passages if not model.knows(SYSTEM, passage)]
    most, free = MOST_BYTES / 1e6, disk_usage(library.folder).free / 1e6
    note(
        f"Reading {count_of(len(needed), 'passage')}: {sum(needed) / 1e6:,.1f} MB in "
        f"{library.folder / 'states'}, which takes {most:,.0f} MB at most; {free:,.0f} MB are free"
    )
    reader = open_reader(library)
    warmer, never = Warmer(library, lambda: reader), Halt()
    with progress() as bars:
        for _ in bars.track(needed, description="Reading"):
            with machine_turn():  # a question asked meanwhile waits for one passage
                if not warmer.step(model, never):
                    note("The room is used up; the other passages are read when a question needs them")
                    break
            time.sleep(GAP_SECONDS)
    model.close()

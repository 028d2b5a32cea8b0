"""The command that looks at this machine: what it is, what is missing, how fast it will be."""

from __future__ import annotations

import os
import platform
import time
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import FailedError
from ui.commands.chosen import Chosen, chosen_server, fetched_llms, open_library, open_server, open_speeds
from ui.commands.output import print_table, say, terminal

if TYPE_CHECKING:
    from pathlib import Path

    from qa.llm.addresses import ServerAddress
    from qa.llm.speed import Speeds


def doctor(
    once: Annotated[bool, typer.Option("--once", help="Do nothing where the speeds are already known.")] = False,
    library: Annotated[
        bool, typer.Option("--library", help="Read the whole library instead, and tell what is wrong with it.")
    ] = False,
) -> None:
    """Measure how fast this machine reads and writes with each model, or that of --model; keep to what is quickest."""
    if library:
        _examine()
        return
    if address := chosen_server():
        _time_server(address)
        return
    from index.importing import left_alone
    from index.models.catalogue import catalogue
    from index.models.local import find_model, path_of
    from qa.llm.speed import FIRST_WORD_S, preferred

    speeds = open_speeds()
    here = [find_model(Chosen.model, "llm")] if Chosen.model else fetched_llms()
    _make_reader()
    if once and all(speeds.get(path) for path in here):
        return
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    cores, python = len(os.sched_getaffinity(0)), platform.python_version()
    say(f"machine: {platform.machine()}, {cores} processors, {memory:.0f} GB of memory, Python {python}")
    for model in catalogue():
        if not path_of(model).exists() and not model.optional:
            say(f"missing: {model.name}; fetch it with: byline models fetch")
    for sentence in left_alone():
        say(sentence)
    for path in here:
        _measure(path, speeds)
    if chosen := preferred(here, speeds):
        say(
            f"language model: {chosen.name}, the best of those whose first word comes within {FIRST_WORD_S:.0f} s or, "
            "where none is so quick, the quickest"
        )


def _measure(path: Path, speeds: Speeds) -> None:
    """Measures each way to run a model here, and shows them."""
    from rich.table import Column

    with terminal().status(f"Measuring {path.name}…"):
        tried = list(speeds.measure(path))
    best = speeds.get(path)
    print_table(
        [Column("file", overflow="fold"), "threads", "reads", "writes", "first word, new passage", "budget", ""],
        (
            (
                speed.file,
                str(speed.threads),
                f"{speed.reads:.0f}/s",
                f"{speed.writes:.0f}/s",
                f"{speed.cold_s:.1f} s",
                f"{speed.budget:,} tokens",
                "kept" if speed == best else "",
            )
            for speed in tried
        ),
    )
    if best is not None and not best.goes_back:
        say(f"{path.name} keeps nothing of what it read: every question reads its passage anew, none is read ahead")


def _time_server(address: ServerAddress) -> None:
    """Lets a server answer once, and tells how long it took."""
    from qa.llm.halt import Halt
    from qa.llm.speed import SAMPLE_WRITTEN, usual_prompt

    model = open_server(address)
    began = time.perf_counter()
    moments = [time.perf_counter() - began for _ in model.answer(usual_prompt(), SAMPLE_WRITTEN, Halt())]
    rate = (len(moments) - 2) / (moments[-1] - moments[0]) if len(moments) > 2 else 0
    say(f"server: {model.name} at {address.base}; first word after {moments[0]:.1f} s, then {rate:.0f} tokens a second")


def _make_reader() -> None:
    """Makes the file of the trained reader, so that the first question need not wait for it."""
    from qa.reader.making import MADE_FROM, reader_file

    for path in fetched_llms():
        if path.name == MADE_FROM:
            with terminal().status("Making the reader…"):
                reader_file(path)


def _examine() -> None:
    from ui.html.markup import count_of

    library = open_library()
    faults = 0
    for fault in library.faults():
        say(fault)
        faults += 1
    if faults:
        raise FailedError(
            f"The library {library.folder} has {count_of(faults, 'fault')}; put a copy of it in its place, or add its "
            "articles to a new one with: byline --library NEW_FOLDER add PATH"
        )
    say(f"The library {library.folder} is sound: {count_of(len(library.listings()), 'article')}")

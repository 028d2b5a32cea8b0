"""How commands print: results to the standard output, notes and bars to the errors.

rich is imported where a table or a bar is drawn, so that commands that draw none start sooner.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import typer

from index.errors import FailedError, cause_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Column

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that a terminal obeys, and halves of characters; neither a tab nor the end of a line."""


def terminal_safe(text: str) -> str:
    r"""The text with what a terminal would obey spelled out.

    >>> terminal_safe("Storm\x1b[2J")
    'Storm\\x1b[2J'
    """
    return _CONTROL.sub(lambda found: ascii(found.group())[1:-1], text)


@contextmanager
def written() -> Iterator[None]:
    """Around what prints results. Raises FailedError: they could not be written."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise FailedError(
            f"The result cannot be written ({cause_of(error)}); make room there, or send it elsewhere."
        ) from error


def say(text: str, styled: bool = False) -> None:
    """Prints a line of the result; one that is ``styled`` is plain but for its styles, which only a terminal gets."""
    with written():
        typer.echo(text if styled else terminal_safe(text))


def note(text: str) -> None:
    """Tells the person at the terminal something that is no part of the result."""
    typer.echo(terminal_safe(text), err=True)


def print_text(text: str) -> None:
    """Prints a text as it is, for programs; at a terminal without what that would obey."""
    with written():
        sys.stdout.write(terminal_safe(text) if sys.stdout.isatty() else text)


def print_json(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    with written():
        sys.stdout.write(re.sub("[\x7f-\x9f\ud800-\udfff]", lambda found: f"\\u{ord(found.group()):04x}", text) + "\n")


def print_table(columns: Sequence[str | Column], rows: Iterable[Sequence[str]]) -> None:
    """Prints rows under the names of their columns: as wide as the terminal, each in one line where there is none."""
    from rich.console import Console
    from rich.table import Table

    if not sys.stdout.isatty():
        names = [column if isinstance(column, str) else str(column.header) for column in columns]
        print_lines([names, *([" ".join(terminal_safe(cell).split()) for cell in row] for row in rows)])
        return
    table = Table(*columns, box=None)
    for row in rows:
        table.add_row(*map(terminal_safe, row))
    with written():
        Console(highlight=False, markup=False).print(table)


def print_lines(rows: Sequence[Sequence[str]]) -> None:
    """Prints each row in one line, its cells below one another."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    with written():
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            sys.stdout.write("  ".join(cells).rstrip() + "\n")


def progress(unit: Literal["items", "bytes"] = "items") -> Progress:
    """A bar with what is done, how fast, and the time left; lines that are said meanwhile go above it.

    Errors that are sent elsewhere get none.
    """
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    from ui.commands.rate import RateColumn

    done = (DownloadColumn(), TransferSpeedColumn()) if unit == "bytes" else (MofNCompleteColumn(), RateColumn())
    columns = (TextColumn("{task.description}"), BarColumn(), *done, TimeRemainingColumn())
    console = terminal()
    # Lines of the result that are sent elsewhere must not be drawn above the bar instead.
    return Progress(*columns, console=console, redirect_stdout=sys.stdout.isatty(), disable=not console.is_terminal)


def terminal() -> Console:
    """Standard error as a console on which rich draws bars and tables."""
    from rich.console import Console

    return Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

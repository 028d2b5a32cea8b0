"""How commands print: results to the standard output, notes and bars to the errors.

rich is imported where a table or a bar is drawn, so that commands that draw none start sooner.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Column


def say(text: str) -> None:
    """Prints a line of the result."""
    typer.echo(text)


def note(text: str) -> None:
    """Tells the person at the terminal something that is no part of the result."""
    typer.echo(text, err=True)


def print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def print_table(columns: Sequence[str | Column], rows: Iterable[Sequence[str]]) -> None:
    """Prints rows under the names of their columns."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns, box=None)
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, markup=False).print(table)


def progress(unit: Literal["items", "bytes"] = "items") -> Progress:
    """A bar with what is done and the time left; lines that are said meanwhile go above it."""
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    done = DownloadColumn() if unit == "bytes" else MofNCompleteColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), done, TimeRemainingColumn())
    # Lines of the result that are sent elsewhere must not be drawn above the bar instead.
    return Progress(*columns, console=terminal(), redirect_stdout=sys.stdout.isatty())


def terminal() -> Console:
    """The errors as rich draws on them."""
    from rich.console import Console

    return Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

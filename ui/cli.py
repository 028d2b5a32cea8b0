"""The command line: the commands put together, the options before them, and how an error ends the program.

Commands are thin: they check the input, call the library and print. Heavy modules are imported where they are used,
so that ``byline --help`` and ``byline list`` answer at once.
"""

from __future__ import annotations

# Before anything that takes time.
from ui.starting import started

# isort: split
import errno
import gc
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn, TextIO

import typer

from index.errors import BylineError, cause_of
from ui.commands.adding import add, sync, update
from ui.commands.articles import backup, list_articles, remove, show
from ui.commands.ask import ask
from ui.commands.brief import brief
from ui.commands.chat import chat
from ui.commands.checking import check, quote
from ui.commands.chosen import AUTO, Chosen, choose, choose_beside
from ui.commands.doctor import doctor
from ui.commands.editing import edit
from ui.commands.evaluation import evaluate
from ui.commands.libraries import libraries
from ui.commands.models import models
from ui.commands.options import in_front
from ui.commands.output import note
from ui.commands.search import search
from ui.commands.serve import mcp, serve
from ui.ways_out import at_command_line

_UNWRITTEN = (errno.ENOSPC, errno.EPIPE, errno.EIO, errno.EDQUOT)

app = typer.Typer(
    name="byline",
    help="Answers questions about a collection of articles, offline, and shows the sentence that proves each one.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"Byline {version('byline')}")
        raise typer.Exit


@app.callback()
def _choose(
    library: Annotated[
        str | None,
        typer.Option(
            envvar="BYLINE_LIBRARY",
            metavar="NAME_OR_FOLDER",
            help="The library: its name or its folder.",
            show_default="your data folder",
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            envvar="BYLINE_MODEL",
            help="Language model: a name of models.txt, the path of a GGUF file, or a server as http://HOST:PORT/v1#NAME.",
            show_default="what suits this machine",
        ),
    ] = None,
    index: Annotated[
        str | None,
        typer.Option(
            envvar="BYLINE_INDEX",
            help="Server that keeps the vectors, as milvus://HOST:PORT.",
            show_default="a file of the library",
        ),
    ] = None,
    reranker: Annotated[
        str | None,
        typer.Option(
            envvar="BYLINE_RERANKER",
            metavar="NAME_OR_FOLDER",
            help="Model that orders the passages found anew.",
            show_default="none",
        ),
    ] = None,
    judge: Annotated[
        str | None,
        typer.Option(
            envvar="BYLINE_JUDGE",
            metavar="NAME_OR_FOLDER",
            help="Model that also judges whether the articles state a sentence.",
            show_default="none",
        ),
    ] = None,
    allow_remote: Annotated[bool, typer.Option("--allow-remote", help="Let a server be on another machine.")] = False,
    gpu_layers: Annotated[
        str, typer.Option(help="Layers of the language model computed on a GPU, if there is one.")
    ] = AUTO,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version and exit.")
    ] = False,
) -> None:
    choose(library, model, allow_remote, gpu_layers, index)
    choose_beside(reranker, judge)


app.command("add")(add)
app.command("sync")(sync)
app.command("update")(update)
app.command("remove")(remove)
app.command("list")(list_articles)
app.command("show")(show)
app.command("edit")(edit)
app.command("backup")(backup)
app.command("ask")(ask)
app.command("search")(search)
app.command("brief")(brief)
app.command("quote")(quote)
app.command("check")(check)
app.command("chat")(chat)
app.command("eval")(evaluate)
app.command("serve")(serve)
app.command("mcp")(mcp)
app.command("doctor")(doctor)
app.add_typer(libraries, name="libraries")
app.add_typer(models, name="models")


def main() -> None:
    """Runs the command line; an error written for the reader becomes one sentence and its exit status."""
    sys.stdout = sys.stdout or _nowhere()  # None where whoever started the program closed them
    sys.stderr = sys.stderr or _nowhere()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    try:
        app(in_front(sys.argv[1:]))
    except BylineError as error:
        note(at_command_line(str(error), Chosen.named))
        _leave(error.exit_code)
    except SystemExit as ended:  # typer makes one of an interrupt
        if ended.code == 128 + signal.SIGINT:
            note("Interrupted.")
        raise
    except KeyboardInterrupt:
        note("Interrupted.")
        _leave(128 + signal.SIGINT)
    except OSError as error:
        if error.errno not in _UNWRITTEN:
            if error.filename is None:
                raise
            note(f"{error.filename} cannot be used ({cause_of(error)}); look after its rights, then try again.")
        elif error.errno != errno.EPIPE:  # whoever read the output has enough of it
            note(f"The result cannot be written ({cause_of(error)}); make room there, or send it elsewhere.")
        _leave(1)
    finally:
        # An interpreter that ends looks for garbage once more: for seconds, where PyTorch and Gradio were imported.
        gc.freeze()


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _end(signal_number: int, frame: FrameType | None) -> NoReturn:
    """Ends the program as if it were done: what was opened is closed, what was uploaded is deleted."""
    sys.exit(128 + signal_number)


def _leave(status: int) -> NoReturn:
    """Ends with this status, without trying again to write what could not be written."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)


started()

if __name__ == "__main__":
    main()

"""The command that serves the page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import BylineError, InputError, cause_of
from index.reading.whole import bytes_of
from ui.commands.adding import add
from ui.commands.chosen import Chosen, all_libraries, open_assistant, open_library, page_models, read_anew
from ui.commands.output import note

if TYPE_CHECKING:
    from index.library import Library
    from qa.assistant import Assistant

_END_SECONDS = 5.0
"""How long answers that were stopped are waited for, so that they are kept as they stand. Round, not fitted."""


def chat(
    articles: Annotated[list[Path] | None, typer.Argument(help="Files and folders to add first.")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")] = False,
    password_file: Annotated[
        Path | None,
        typer.Option(
            help="Ask for the password in this file (or in BYLINE_PASSWORD); other machines are let in only with one."
        ),
    ] = None,
    mcp: Annotated[bool, typer.Option("--mcp", help="Offer ask, quote, search and article as MCP tools too.")] = False,
) -> None:
    """Serve the page on this machine."""
    password = password_in(password_file)
    if articles:
        add([str(path) for path in articles])
    from ui.page.asking.growing import wait_for_the_end
    from ui.page.build import serve_page
    from ui.page.frame.switch import Switch

    first, open_browser, is_over = Chosen.library, not no_browser, False
    before: tuple[Path, str | None] | None = None
    while not is_over:
        library, assistant, failure = _opened(before)
        switch = Switch(all_libraries(), Chosen.library, first, page_models(), failure, read_anew)
        serve_page(
            library,
            assistant,
            host,
            port,
            open_browser=open_browser,
            on_ready=lambda address: note(f"Byline is at {address} (Ctrl+C ends it)"),
            password=password,
            mcp=mcp,
            switch=switch,
        )
        assistant.close()
        wait_for_the_end(_END_SECONDS)
        library.close()
        open_browser, is_over, before = False, switch.next is None, (Chosen.library, Chosen.model)
        Chosen.library, Chosen.model = switch.next or Chosen.library, switch.next_model or Chosen.model


def _opened(before: tuple[Path, str | None] | None) -> tuple[Library, Assistant, str]:
    """The chosen library with its assistant, or those open ``before`` and the sentence that says why they are.

    Raises BylineError: they cannot be opened, and nothing was open before.
    """
    failure = ""
    while True:
        library: Library | None = None
        try:
            library = open_library()
            return library, open_assistant(library), failure
        except BylineError as error:
            if library is not None:
                library.close()
            if before is None:
                raise
            failure = str(error)
            note(failure)
            (Chosen.library, Chosen.model), before = before, None


def password_in(file: Path | None) -> str:
    """The password that the page asks for: never an argument, which every user of the machine could see.

    Raises InputError: the file cannot be read, or holds none.
    """
    if file is None:
        return os.environ.get("BYLINE_PASSWORD", "")
    try:
        password = bytes_of(file).decode("utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise InputError(f"The password in {file} cannot be read ({cause_of(error)}); check the file.") from error
    if not password:
        raise InputError(f"{file} holds no password; write one into it.")
    return password

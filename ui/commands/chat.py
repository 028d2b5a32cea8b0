"""The command that serves the page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.articles import add
from ui.commands.chosen import open_assistant, open_library
from ui.commands.output import note


def chat(
    articles: Annotated[list[Path] | None, typer.Argument(help="Files and folders to add first.")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")] = False,
    password: Annotated[
        str, typer.Option(envvar="BYLINE_PASSWORD", help="Ask for it; other machines are let in only with one.")
    ] = "",
    mcp: Annotated[bool, typer.Option("--mcp", help="Offer ask, quote, search and article as MCP tools too.")] = False,
) -> None:
    """Serve the page on this machine."""
    if articles:
        add(articles)
    from ui.page.build import serve

    library = open_library()
    serve(
        library,
        open_assistant(library),
        host,
        port,
        open_browser=not no_browser,
        on_ready=lambda address: note(f"Byline is at {address} (Ctrl+C ends it)"),
        password=password,
        mcp=mcp,
    )

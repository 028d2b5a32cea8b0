"""The commands that serve other programs: over HTTP, and as tools over standard input."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.chosen import open_assistant, open_library
from ui.commands.output import note


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7861,
    key_file: Annotated[
        Path | None,
        typer.Option(help="Let in only who gives a key of this file, one a line; needed to let in other machines."),
    ] = None,
) -> None:
    """Serve other programs over HTTP: questions, search and quotations, also as OpenAI-compatible servers do."""
    from ui.serve.readers import keys_in
    from ui.serve.running import serve_programs

    keys = keys_in(key_file)
    library = open_library()
    assistant = open_assistant(library)
    serve_programs(
        library,
        assistant,
        host,
        port,
        keys,
        lambda address: note(f"Byline serves programs at {address} (Ctrl+C ends it)"),
    )


def mcp() -> None:
    """Offer ask, quote, search and article as tools of the Model Context Protocol, over standard input and output."""
    from ui.serve.functions import Functions
    from ui.serve.tools import tools

    library = open_library()
    tools(Functions(library, open_assistant(library))).run()

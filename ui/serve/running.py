"""Serving the application until it is interrupted."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

import uvicorn

from index.errors import InputError, cause_of
from index.library import Library
from qa.llm.addresses import is_this_machine
from ui.serve.app import application
from ui.serve.connections import TimedProtocol
from ui.serve.readers import Keys

if TYPE_CHECKING:
    from qa.assistant import Assistant

_MOST_CONNECTIONS = 200
"""Connections that are served at once; further ones are refused. Round, not fitted."""


def serve_programs(
    library: Library, assistant: Assistant, host: str, port: int, keys: Keys, on_ready: Callable[[str], None]
) -> None:
    """Serves programs until interrupted; ``on_ready`` is told the address.

    Raises InputError: nothing can be served at this host and port, or other machines could ask without a key.
    """
    if not (keys or is_this_machine(host)):
        raise InputError(f"At {host} other machines could ask; give keys with --key-file, or leave --host out.")
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        raise InputError(
            f"Programs cannot be served at {host}:{port} ({cause_of(error)}); choose another with --host and --port"
        ) from error
    app = application(library, assistant, keys, host)
    config = uvicorn.Config(
        app,
        log_level="error",
        http=TimedProtocol,
        ws="none",
        server_header=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=1,
    )
    on_ready(f"http://{host if ':' not in host else f'[{host}]'}:{listening.getsockname()[1]}")
    with listening:
        uvicorn.Server(config).run(sockets=[listening])

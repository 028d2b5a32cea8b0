"""What programs may call by name, through gradio_client or, with ``--mcp``, as tools of the Model Context Protocol."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from index.errors import BylineError, FailedError
from ui.page.frame.view import MOST_AT_ONCE, Desk
from ui.quick_gradio import gr
from ui.serve.functions import Functions
from ui.ways_out import for_programs


def add_functions(desk: Desk) -> None:
    """Adds the functions that programs may call by name; every other event of the page is private."""
    functions = Functions(desk.library, desk.assistant)
    for function, most in (
        (functions.ask, MOST_AT_ONCE),
        (functions.quote, 4),
        (functions.search, 4),
        (functions.article, 4),
    ):
        gr.api(_errors_in_words(function), api_name=function.__name__, concurrency_limit=most)


def answer_in_json(page: gr.Blocks) -> None:
    """Lets the served page's MCP tools answer in JSON: Gradio writes what a function returns in Python's notation.

    Raises FailedError: Gradio could not make tools of the functions.
    """
    server = page.mcp_server_obj
    if server is None:
        raise FailedError(f"The functions cannot be offered as MCP tools ({page.mcp_error}); leave out --mcp.")

    def as_json(results: Sequence[Any], _: str) -> list[Any]:
        return [server.types.TextContent(type="text", text=json.dumps(r, ensure_ascii=False)) for r in results]

    server.postprocess_output_data = as_json


def _errors_in_words(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with every error handed on in words."""

    @wraps(function)
    def calling(*arguments: Any, **named: Any) -> Any:
        try:
            return function(*arguments, **named)
        except BylineError as error:
            raise gr.Error(for_programs(str(error)), print_exception=False) from error

    return calling

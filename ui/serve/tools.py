"""The functions as tools of the Model Context Protocol over standard input and output, as most clients start them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Any

from mcp.server.fastmcp import FastMCP
from mcp.server.fastmcp.exceptions import ToolError
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from index.errors import BylineError
from ui.serve.functions import Functions
from ui.ways_out import for_programs

_INSTRUCTIONS = (
    "Byline answers from the articles of one library. Give its citations along with what you take from an answer; "
    "where `answered` is false, the articles do not say."
)


class _Server(FastMCP[Any]):
    """A server whose tools tell what goes wrong in one sentence, without the name of the tool that was called."""

    async def call_tool(self, name: str, arguments: dict[str, Any]) -> Any:
        try:
            return await super().call_tool(name, arguments)
        except ToolError as error:
            cause = error.__cause__
            if isinstance(cause, ValidationError):
                first = cause.errors()[0]
                where = ".".join(str(place) for place in first["loc"])
                told = f"{where} is not as {name} takes it ({first['msg'][:1].lower()}{first['msg'][1:]}); correct it."
                raise ToolError(told) from error
            raise cause if isinstance(cause, ToolError) else error from cause


def tools(functions: Functions) -> FastMCP[Any]:
    """The server of the tools; its ``run`` serves standard input until that ends."""
    server = _Server("byline", instructions=_INSTRUCTIONS, log_level="ERROR")
    server._mcp_server.version = version("byline")  # which FastMCP leaves out, so that its own would be told
    for function in (functions.ask, functions.quote, functions.search, functions.article):
        told = inspect.cleandoc(function.__doc__ or "")
        server.add_tool(_errors_in_words(function), description=told, structured_output=False)
    return server


def _errors_in_words(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function in a thread of its own, its result in JSON, and every error handed on in words."""

    @wraps(function)
    async def calling(*arguments: Any, **named: Any) -> str:
        try:
            result = await run_in_threadpool(function, *arguments, **named)
        except BylineError as error:
            raise ToolError(for_programs(str(error))) from error
        return json.dumps(result, ensure_ascii=False)

    return calling

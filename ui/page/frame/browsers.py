"""Which browser a request comes from: each has a cookie of its own, and with it conversations of its own."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from typing import Any, Protocol

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import FailedError
from index.store.readers.conversations import Conversations
from qa.llm.addresses import is_this_machine

_COOKIE = "byline-browser"
_YEARS = 10 * 365 * 24 * 3600
"""Seconds, some ten years, that a browser keeps its cookie. Round, not fitted."""


class BrowserRequest(Protocol):
    """The parts of a request that tell whose it is, which requests of Gradio and of Starlette both have."""

    @property
    def cookies(self) -> dict[str, str]: ...
    @property
    def client(self) -> Any: ...


class Browsers:
    """ASGI middleware that gives a cookie to each browser that has none; no script of a page can read it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _COOKIE in HTTPConnection(scope).cookies:
            await self._app(scope, receive, send)
            return

        async def send_named(message: Message) -> None:
            if message["type"] == "http.response.start" and scope["path"] == "/":
                name = f"{_COOKIE}={secrets.token_urlsafe(24)}"
                MutableHeaders(scope=message).append(
                    "Set-Cookie", f"{name}; Max-Age={_YEARS}; Path=/; HttpOnly; SameSite=Lax"
                )
            await send(message)

        await self._app(scope, receive, send_named)


def owner_of(request: BrowserRequest) -> str:
    """The owner (32 hex digits) whose conversations a request may see, made from its browser's cookie.

    It is a hash, so that whoever reads the library's file cannot forge the cookie. A browser that keeps no cookies is
    another owner at each request, and so finds none of its earlier conversations.
    """
    cookie = request.cookies.get(_COOKIE) or secrets.token_urlsafe(24)
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def adopt(kept: Conversations, request: BrowserRequest) -> None:
    """Makes the browser of a request from this machine the owner of all conversations that have none.

    Older programs kept conversations without an owner. A request from another machine changes nothing.
    """
    if request.client is not None and is_this_machine(request.client.host):
        with suppress(FailedError):  # where the library cannot be written they stay as they are
            kept.adopt(owner_of(request))

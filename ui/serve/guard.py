"""Who may talk to the page, and what the page may load: wrapped around Gradio's server."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = "; ".join(
    (
        "default-src 'self'",
        # Gradio starts from inline scripts and compiles its templates; attributes such as onerror never run.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "script-src-attr 'none'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""Content Security Policy (W3C, Level 3): the browser itself refuses to load anything from elsewhere."""


_LARGEST_REQUEST = 256 * 2**20
"""Bytes taken in one request: files dropped on the page together. A folder's path has no such bound. Round, not
fitted."""
_BODY_SECONDS = 60.0
"""In which the next part of a request has to arrive while it is not whole. Round, not fitted."""
_TOO_SLOW = "The rest of the request did not come; send it again."
_TOO_MUCH = f"More than {_LARGEST_REQUEST // 2**20} MB at once are too much; give their folder's path instead."


class _TooLarge(Exception):
    """More came than one request may hold."""


class Guard:
    """ASGI middleware that refuses other sites' requests and tells the browser to load nothing from elsewhere.

    A page of another site can send requests to a server on this machine, and a name of its own that leads here makes
    even their answers readable (DNS rebinding). So the host must be an address, this machine's name or the one served
    under, and an origin, where the browser names one, must be the page itself.
    """

    def __init__(self, app: ASGIApp, host: str, largest: int | None = None) -> None:
        """``largest`` is the bytes taken in one request."""
        self._app = app
        self._largest = largest
        self._names = {"localhost", socket.gethostname().lower(), host.lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if not self._is_known(host) or (origin is not None and urlsplit(origin).netloc != host):
            refusal = PlainTextResponse("Byline answers its own page only.", status_code=403)
            await refusal(scope, receive, send)
            return

        begun, size, whole = False, 0, False
        most = self._largest or _LARGEST_REQUEST

        async def send_guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                if size > most:  # FastAPI made a complaint of its own of what was raised
                    raise _TooLarge
                begun = True
                answered = MutableHeaders(scope=message)
                answered["Content-Security-Policy"] = _POLICY
                answered["X-Content-Type-Options"] = "nosniff"
                answered["Referrer-Policy"] = "no-referrer"
            await send(message)

        async def receive_bounded() -> Message:
            nonlocal size, whole
            # After the whole request whoever waits is told when the browser has gone, however long that takes.
            message = await asyncio.wait_for(receive(), None if whole else _BODY_SECONDS)
            whole = whole or not message.get("more_body", False)
            size += len(message.get("body", b""))
            if size > most:
                raise _TooLarge
            return message

        try:
            if int(headers.get("content-length", "0")) > most:
                raise _TooLarge
            await self._app(scope, receive_bounded, send_guarded)
        except _TooLarge:
            told = f"More than {self._largest:,} bytes at once are too much." if self._largest else _TOO_MUCH
            refusal = PlainTextResponse(told, status_code=413)
            await refusal(scope, receive, send)
        except TimeoutError:
            if whole or begun:
                raise
            refusal = PlainTextResponse(_TOO_SLOW, status_code=408, headers={"Connection": "close"})
            await refusal(scope, receive, send)

    def _is_known(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
            if name not in self._names:
                ip_address(name)
        except ValueError:
            return False
        return True

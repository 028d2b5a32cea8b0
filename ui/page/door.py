"""The door of a page with a password: whoever has not given it reaches nothing, and guessing takes long.

Gradio checks most of its addresses and not all; here everything is closed but what the question for the password needs.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OPEN = (
    "/",
    "/login",
    "/login/",
    "/theme.css",
    "/favicon.ico",
    "/gradio_api/theme.css",
    "/gradio_api/login_check",
    "/gradio_api/startup-events",  # by which Gradio sees that its server has started
)
_OPEN_FOLDERS = ("/assets/", "/static/", "/svelte/")
"""What the browser loads to ask for the password; the page at ``/`` holds nothing before it is given."""

_FREE_TRIES = 5
"""Wrong tries in a row that need not be waited for. Round, not fitted."""
_LONGEST_WAIT = 300.0
"""Seconds until the next try is heard, at the most. Round, not fitted."""
_REMEMBERED = 10_000
"""Addresses of which wrong tries are counted; the first to try is forgotten first. Round, not fitted."""

Clock = Callable[[], float]


@dataclass
class _Tries:
    """The wrong tries of one address in a row, and the time from which its next one is heard."""

    wrong: int = 0
    next: float = 0.0


class Door:
    """ASGI middleware around Gradio's server, whose own cookie tells who has given the password.

    After five wrong passwords from one address the next is heard two seconds later, and each time after twice as long.
    """

    def __init__(self, app: ASGIApp, clock: Clock = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._tries: OrderedDict[str, _Tries] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["method"] == "POST" and scope["path"].rstrip("/") == "/login":
            await self._hear(scope, receive, send)
        elif _is_open(scope["path"]) or _is_known(HTTPConnection(scope)):
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse("Give the password first.", status_code=401)(scope, receive, send)

    async def _hear(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a password be tried, or says when the next will be."""
        address = _network(scope)
        tries, now = self._tries.setdefault(address, _Tries()), self._clock()
        if now < tries.next:
            seconds = str(int(tries.next - now) + 1)
            told = f"Too many wrong passwords; try again in {seconds} seconds."
            await PlainTextResponse(told, status_code=429, headers={"Retry-After": seconds})(scope, receive, send)
            return
        # Counted as wrong until it proves right: many sent at once are not all heard before the first has failed.
        tries.wrong += 1
        if tries.wrong >= _FREE_TRIES:
            tries.next = now + min(_LONGEST_WAIT, 2.0 ** (tries.wrong - _FREE_TRIES + 1))
        while len(self._tries) > _REMEMBERED:
            self._tries.popitem(last=False)

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                self._tries.pop(address, None)
            await send(message)

        await self._app(scope, receive, send_counted)


def opens_to(password: str) -> Callable[[str, str], bool]:
    """Whether somebody may come in, whatever their name is."""

    def may_enter(name: str, given: str) -> bool:
        return secrets.compare_digest(given.encode("utf-8", "surrogatepass"), password.encode("utf-8", "surrogatepass"))

    return may_enter


def _is_open(path: str) -> bool:
    return path in _OPEN or path.startswith(_OPEN_FOLDERS)


def _is_known(request: HTTPConnection) -> bool:
    """Whether Gradio knows the request's cookie: it keeps those of people who gave the password."""
    server = request.scope["app"]
    names = (f"access-token-{server.cookie_id}", f"access-token-unsecure-{server.cookie_id}")
    return any(server.tokens.get(request.cookies.get(name)) is not None for name in names)


def _network(scope: Scope) -> str:
    """Whose tries are counted together: an address or, of IPv6, where one person has many addresses, its network."""
    host = (scope.get("client") or ("",))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return str(host)
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else host

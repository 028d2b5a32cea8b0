"""A web site on this machine for tests: pages by their paths, each a body with headers or a function that answers."""

from __future__ import annotations

import contextlib
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from index.web.addresses import IP, is_public
from index.web.fetching import Web

Handler = BaseHTTPRequestHandler


def may_ask_here(address: IP) -> bool:
    """The public web and, as a rule does not, 127.0.0.1."""
    return address == ipaddress.ip_address("127.0.0.1") or is_public(address)


def web(seconds: float = 60.0, most_megabytes: int = 1) -> Web:
    """Asks sites on this machine, too, without pauses."""
    return Web(may_ask_here, seconds=seconds, most_megabytes=most_megabytes, pause=0)


@dataclass(frozen=True)
class Page:
    """What a site answers; also ``Page("", 302, {"Location": "/elsewhere"})``."""

    body: str | bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


@dataclass
class Site:
    """A site that is served; pages may be set anew at any time."""

    address: str
    pages: dict[str, Page | Callable[[Handler], None]]
    asked: list[tuple[str, dict[str, str]]]
    """The path and the headers of each request."""

    def __call__(self, path: str) -> str:
        return f"{self.address}{path}"


@contextmanager
def served(pages: dict[str, Page | Callable[[Handler], None]], context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """The site while it is wanted, by TLS where there is a ``context``; what it has no page for is 404."""

    class Answering(Handler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            page = site.pages.get(self.path, site.pages.get(self.path.partition("?")[0], Page("", 404)))
            if not isinstance(page, Page):
                page(self)
                return
            body = page.body.encode() if isinstance(page.body, str) else page.body
            self.send_response(page.status)
            for name, value in {**page.headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            with contextlib.suppress(OSError):  # whoever asked has had enough
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site = Site(f"{'http' if context is None else 'https'}://127.0.0.1:{server.server_port}", pages, [])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()

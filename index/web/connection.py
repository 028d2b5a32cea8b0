"""One HTTP request to a host whose IP addresses were checked first, ended at a deadline."""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpcore

from index.errors import cause_of
from index.web.addresses import Rule, resolved

AGENT = "Byline"
"""The name of this program in requests and in the rules of robots.txt."""
_STALL_SECONDS = 15.0
"""Seconds without a byte after which a connection is given up. Chosen by eye."""
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (socket.gaierror, "its name is not known, or this machine is offline"),
    (ssl.SSLCertVerificationError, "its certificate is not valid"),
    (ssl.SSLError, "it does not speak HTTPS"),
    (ConnectionRefusedError, "it refuses the connection"),
    (httpcore.TimeoutException, "it does not answer"),
    (zlib.error, "what it sends is damaged or cut off"),
    (httpcore.ProtocolError, "it breaks off, or does not speak HTTP"),
    (httpcore.ReadError, "it breaks off"),
)
"""Kinds of errors and what is said of each; the first that fits an error, or its cause, is taken."""


@dataclass(frozen=True)
class Response:
    """A server's response; the names of its headers are in lower case, its body is decompressed as it is read."""

    status: int
    headers: Mapping[str, str]
    body: Iterable[bytes]


class TooLateError(Exception):
    """The deadline passed before the whole response was read."""


class BrokenError(Exception):
    """A host cannot be reached, or its response cannot be read; the text says why, as one puts it within a sentence."""


@contextmanager
def get(url: str, may_ask: Rule, deadline: float, headers: Mapping[str, str]) -> Iterator[Response]:
    """Sends a GET request for a URL in its normal form (see ``addresses.normal``) and yields the response.

    ``deadline`` is a moment of ``time.monotonic``, in seconds. Raises NotPublicError: ``may_ask`` refuses the
    server; BrokenError: it cannot be reached, or the connection breaks off; TooLateError: the deadline has passed.
    """
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), _STALL_SECONDS)
    sent = {"User-Agent": AGENT, "Accept-Encoding": "gzip", "Accept": "*/*", "Connection": "close", **headers}
    try:
        with (
            httpcore.ConnectionPool(network_backend=_Pinned(may_ask, deadline)) as pool,
            pool.stream("GET", url, headers=list(sent.items()), extensions={"timeout": timeouts}) as response,
        ):
            named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            yield Response(response.status, named, _unzipped(response.iter_stream(), named.get("content-encoding", "")))
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError, zlib.error) as error:
        if time.monotonic() >= deadline:
            raise TooLateError from error
        raise BrokenError(_reason(error)) from error


def _reason(error: Exception) -> str:
    """Why a request failed, in words for a person, or else as the system says it.

    >>> _reason(ConnectionRefusedError(111, "Connection refused"))
    'it refuses the connection'
    """
    within = error.args[0] if error.args else None  # httpcore puts the error that it met into its own
    cause = within if isinstance(within, Exception) else error
    told = (words for kind, words in _REASONS if isinstance(error, kind) or isinstance(cause, kind))
    return next(told, cause_of(cause))


def _unzipped(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yields the decompressed body; a chunk can grow about a thousandfold, so the caller bounds the whole.

    Raises zlib.error: it is damaged or cut off.
    """
    if encoding.strip().casefold() not in ("gzip", "x-gzip", "deflate"):
        yield from chunks
        return
    unpacking, is_whole = zlib.decompressobj(wbits=47), True  # gzip or zlib, whichever it is
    for chunk in chunks:
        yield unpacking.decompress(chunk)
        is_whole = unpacking.eof
    if not is_whole:
        raise zlib.error


class _Pinned(httpcore.NetworkBackend):
    """Connects to the IP address that was checked, so that resolving the name again cannot lead elsewhere."""

    def __init__(self, may_ask: Rule, deadline: float) -> None:
        self._may_ask, self._deadline = may_ask, deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        error: Exception = OSError("its name leads nowhere")
        for address in resolved(host, port, self._may_ask):
            try:
                stream = self._sockets.connect_tcp(address, port, _left(self._deadline), local_address, socket_options)
                return _Timed(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as raised:
                error = raised
        raise error


class _Timed(httpcore.NetworkStream):
    """A connection whose every read and write ends at the deadline, however slowly bytes arrive."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    """Returns the seconds that the next read or write may take."""
    return max(min(_STALL_SECONDS, deadline - time.monotonic()), 0.001)

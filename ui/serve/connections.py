"""Connections on which a request is begun and not ended are closed: else a few would take all that can be open."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import h11
from uvicorn.config import HTTP_PROTOCOLS
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 20.0
"""In which the head of a request has to arrive, from the connection or its first byte on. Round, not fitted."""


class TimedProtocol(H11Protocol):
    """Uvicorn's HTTP protocol with a limit on how long a request may take to arrive; uvicorn's waits for ever."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._arrived()
        elif self.conn.trailing_data[0] and self._deadline is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._deadline = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _arrived(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


@contextmanager
def timed() -> Iterator[None]:
    """In this context new servers use ``TimedProtocol``: Gradio takes no protocol, and uses uvicorn's default."""
    usual = HTTP_PROTOCOLS["auto"]
    HTTP_PROTOCOLS["auto"] = f"{__name__}:{TimedProtocol.__name__}"
    try:
        yield
    finally:
        HTTP_PROTOCOLS["auto"] = usual

"""Talking to an OpenAI-compatible server: the one door to httpx.

Whoever waits can call it off at any moment, so a request runs on an event loop of its own and is looked after.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import httpx

from index.errors import BylineError, FailedError, InputError
from qa.llm.addresses import ServerAddress

T = TypeVar("T")

CONNECT_SECONDS = 5.0
"""In which a server has to take the connection. Chosen by eye."""
ANSWER_SECONDS = 60.0
"""In which the next part of an answer has to come; a long prompt on a slow machine takes half of it. Chosen by eye."""
WAITS = (0.5, 1.0, 2.0)
"""Seconds before each further try of a request that was not heard. Chosen by eye."""
_LONGEST_WAIT = 10.0
"""Seconds that a server may ask to be left alone before it is asked again. Chosen by eye."""
_AGAIN = (429, 502, 503, 504)
"""Statuses of a server that will perhaps answer soon: it is loading, or busy."""
_LOOK_SECONDS = 0.05
"""Between two looks at whether the answer was called off. Chosen by eye."""
_MOST_BYTES = 16_000_000
"""Of one response: a hundred times what an answer of a thousand tokens takes with what is told of each. Round, not
fitted."""
_LONGEST_WHOLE = 10
"""Times the seconds that the next part may take, in which the whole answer has to come. Round, not fitted."""
_LONGEST_ERROR = 200
"""Characters shown of what a server says itself. Round, not fitted."""
_TOO_LONG = ("context", "too long", "too many tokens", "exceed")
"""Words by which servers say that a prompt does not fit."""


class RefusedError(Exception):
    """The server refuses the request as it is: its status and what it says."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


_END = object()


class _CalledOff(Exception):
    """Raised where the caller has set ``stop``, so that nobody waits for the reply any more."""


class Remote:
    """Requests to one server, each tried again where it was not heard."""

    def __init__(self, address: ServerAddress, key: str, seconds: float = ANSWER_SECONDS) -> None:
        """Raises InputError: the key holds what no request can carry."""
        if not (key.isascii() and key.isprintable()):
            raise InputError("BYLINE_API_KEY holds a character that no key has; put the key into it anew.")
        self._address = address
        self._key = key
        self._seconds = seconds

    def get(self, path: str, stop: threading.Event) -> Any:
        """The server's answer at a path, read as JSON; None where the request was called off.

        Raises FailedError: it gives no such answer. Raises RefusedError: it refuses.
        """

        for body in self._tried("GET", path, None, stop, self._whole):
            with suppress(ValueError):
                return json.loads(body)
            raise self._no_api()
        return None

    def stream(self, path: str, body: Mapping[str, Any], stop: threading.Event) -> Iterator[dict[str, Any]]:
        """The events by which the server answers, as JSON with ``choices``, until it is done or is called off.

        Raises FailedError: it cannot be reached, answers something else, is too slow, or breaks off. Raises
        RefusedError: it refuses.
        """

        async def lines(response: httpx.Response) -> AsyncIterator[str]:
            if "text/event-stream" not in response.headers.get("content-type", ""):
                raise self._no_api()
            rest = b""
            async for piece in self._pieces(response):
                *whole, rest = (rest + piece).split(b"\n")
                for line in whole:
                    yield line.decode("utf-8", "replace")
            yield rest.decode("utf-8", "replace")

        begun, ended, deadline = False, False, time.monotonic() + _LONGEST_WHOLE * self._seconds
        for line in self._tried("POST", path, body, stop, lines):
            if time.monotonic() > deadline:
                raise FailedError(
                    f"The server at {self._address.base} came to no end in {_LONGEST_WHOLE * self._seconds:.0f} "
                    "seconds; ask again, or let it run a smaller model."
                )
            if not line.startswith("data:"):
                continue
            data = line.removeprefix("data:").strip()
            if data == "[DONE]":
                return
            event = self._event(data)
            begun = True
            ended = ended or any(choice.get("finish_reason") for choice in event["choices"])
            yield event
        if not (ended or stop.is_set()):
            if not begun:  # llama.cpp's Python server ends the stream of what it refuses, and tells why without one
                for _ in self._tried("POST", path, {**body, "stream": False, "max_tokens": 1}, stop, self._whole):
                    pass
            raise self._broke_off()

    def _event(self, data: str) -> dict[str, Any]:
        try:
            event = json.loads(data)
        except ValueError:
            raise self._broke_off() from None
        if not isinstance(event, dict):
            raise self._no_api()
        if error := event.get("error"):
            raise RefusedError(0, _words(error))
        choices = event.get("choices") or []
        if not (isinstance(choices, list) and all(isinstance(choice, dict) for choice in choices)):
            raise self._no_api()
        return {**event, "choices": choices}

    async def _whole(self, response: httpx.Response) -> AsyncIterator[bytes]:
        """The whole body, as the only part of the answer."""
        yield b"".join([piece async for piece in self._pieces(response)])

    async def _pieces(self, response: httpx.Response) -> AsyncIterator[bytes]:
        """The body as it comes. Raises FailedError: there is more of it than of any answer."""
        size = 0
        async for piece in response.aiter_bytes():
            size += len(piece)
            if size > _MOST_BYTES:
                raise self._no_api()
            yield piece

    def _tried(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        stop: threading.Event,
        parts: Any,
    ) -> Iterator[Any]:
        """The parts of the answer; a request that was not heard is made again, one whose answer has begun is not."""
        for wait in (*WAITS, None):
            begun = False
            try:
                for part in self._once(method, path, body, stop, parts):
                    begun = True
                    yield part
                return
            except _CalledOff:
                return
            except httpx.ReadTimeout:
                raise FailedError(
                    f"The server at {self._address.base} sent nothing for {self._seconds:.0f} seconds; "
                    "ask again, or let it run a smaller model."
                ) from None
            except httpx.HTTPError as error:
                if begun:
                    raise self._broke_off() from error
                if wait is None or isinstance(error, httpx.UnsupportedProtocol):
                    raise FailedError(
                        f"The server at {self._address.base} cannot be reached ({error or type(error).__name__}); "
                        "start it, then ask again."
                    ) from error
            except _BusyError as busy:
                if wait is None:
                    raise FailedError(
                        f"The server at {self._address.base} is busy ({busy.status}: {busy.words}); ask again later."
                    ) from None
                wait = max(wait, busy.seconds)
            if stop.wait(wait):
                return

    def _once(
        self, method: str, path: str, body: Mapping[str, Any] | None, stop: threading.Event, parts: Any
    ) -> Iterator[Any]:
        timeout = httpx.Timeout(self._seconds, connect=CONNECT_SECONDS)
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        # On this machine without a proxy that the environment names: it might stand elsewhere.
        secure = self._address.base.lower().startswith("https:")  # else no certificates are loaded: 20 ms
        client = httpx.AsyncClient(timeout=timeout, headers=headers, trust_env=not self._address.is_here, verify=secure)

        async def answered() -> AsyncGenerator[Any, None]:
            async with client, client.stream(method, f"{self._address.base}{path}", json=body) as response:
                if response.status_code != 200:
                    raise await self._refusal(response)
                async for part in parts(response):
                    yield part

        with asyncio.Runner() as runner:
            answer = answered()
            try:
                while (part := _looked_after(runner, anext(answer, _END), stop)) is not _END:
                    yield part
            finally:
                runner.run(answer.aclose())

    async def _refusal(self, response: httpx.Response) -> Exception:
        """The error for a response with a status other than 200."""
        base, status = self._address.base, response.status_code
        words = _words(b"".join([piece async for piece in self._pieces(response)]).decode("utf-8", "replace"))
        told = f"{status} {response.reason_phrase}" + (f": {words}" if words else "")
        if status in (401, 403):
            return InputError(f"The server at {base} refuses the key ({told}); put the right one into BYLINE_API_KEY.")
        if status in _AGAIN:
            asked = response.headers.get("retry-after", "")
            return _BusyError(status, words, min(float(asked), _LONGEST_WAIT) if asked.isdecimal() else 0.0)
        if "html" in response.headers.get("content-type", "") or response.is_redirect:
            return self._no_api()
        return RefusedError(status, words or response.reason_phrase)

    def refused(self, error: RefusedError, tokens: int) -> BylineError:
        """The error that tells a reader why the server refused a prompt of about so many tokens."""
        base = self._address.base
        if any(word in error.words.lower() for word in _TOO_LONG):
            return FailedError(
                f"The server at {base} has no room for a prompt of about {tokens:,} tokens ({error.words}); "
                "start it with a larger context."
            )
        if error.status == 404:
            return InputError(f"The server at {base} knows no model {self._address.model!r} ({error.words}).")
        return FailedError(f"The server at {base} failed ({error.words}); its own log tells more.")

    def _no_api(self) -> FailedError:
        return FailedError(
            f"The server at {self._address.base} answers with something other than the JSON of an OpenAI-compatible "
            "API; give the address up to the path of its API, usually /v1."
        )

    def _broke_off(self) -> FailedError:
        return FailedError(f"The server at {self._address.base} broke off in the middle of an answer; ask again.")


class _BusyError(RefusedError):
    """The server will perhaps answer later, and says after how many seconds."""

    def __init__(self, status: int, words: str, seconds: float) -> None:
        super().__init__(status, words)
        self.seconds = seconds


def _looked_after(runner: asyncio.Runner, work: Awaitable[T], stop: threading.Event) -> T:
    """Returns the result of work that is called off within a moment once ``stop`` is set."""

    async def done() -> T:
        return await work

    loop = runner.get_loop()
    task = loop.create_task(done())
    while not task.done():
        if stop.is_set():
            task.cancel()
        loop.run_until_complete(asyncio.wait({task}, timeout=_LOOK_SECONDS))
    if task.cancelled():
        raise _CalledOff
    return task.result()


def _words(error: object) -> str:
    """The message of a server's error, whichever shape it has, in one line of 200 letters at the most.

    >>> _words('{"error": {"message": "no such model", "code": 404}}')
    'no such model'
    """
    if isinstance(error, str):
        words = error
        try:
            error = json.loads(words)
        except ValueError:
            return "" if words.lstrip().startswith("<") else " ".join(words.split())[:_LONGEST_ERROR]
    if isinstance(error, dict):
        inner = error.get("error") or error.get("message") or error.get("detail") or error
        return _words(inner) if isinstance(inner, dict) and inner is not error else str(inner)[:_LONGEST_ERROR]
    return str(error)[:_LONGEST_ERROR]

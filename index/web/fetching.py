"""Fetches a URL that a person named, within bounds of time and size, if the site's robots.txt allows it."""

from __future__ import annotations

import http
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.errors import FailedError, InputError
from index.web.addresses import NotPublicError, Rule, absolute, is_public, normal
from index.web.connection import BrokenError, TooLateError, get
from index.web.robots import Robots

_MOST_REDIRECTS = 10
"""Redirects that are followed from one URL. Chosen by eye."""
_SHOWN = 80
"""Characters that an error shows of a redirect's malformed target. Round, not fitted."""
_REDIRECTS = (301, 302, 303, 307, 308)
"""HTTP statuses that redirect to another URL: https://www.rfc-editor.org/rfc/rfc9110#section-15.4"""
_REFUSED, _BUSY = (401, 402, 403, 451), (429, 503)
"""HTTP statuses of pages that programs may not have, and of servers that want to be asked later."""
_UNCHANGED = 304
"""The HTTP status of a page that has not changed since it was fetched before."""


@dataclass(frozen=True)
class Fetched:
    """The response to a request for a URL, with the URL it came from in the end."""

    url: str
    """The URL after redirects."""
    status: int
    headers: Mapping[str, str]
    """Their names are in lower case."""
    data: bytes

    @property
    def is_unchanged(self) -> bool:
        """Whether the page has not changed since it was fetched before; ``data`` is empty then."""
        return self.status == _UNCHANGED

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().casefold()

    @property
    def charset(self) -> str:
        """The encoding that the server states, in lower case; empty where it states none."""
        _, _, after = self.headers.get("content-type", "").casefold().partition("charset=")
        return after.partition(";")[0].strip().strip("\"'")


class Web:
    """Fetches URLs one after another, with a pause between two requests to one host."""

    def __init__(
        self, may_ask: Rule = is_public, seconds: float = 60.0, most_megabytes: int = 100, pause: float = 1.0
    ) -> None:
        """``may_ask`` decides which IP addresses may be requested.

        ``seconds``: for one URL at most; ``pause``: seconds between two requests to one host.
        """
        self._may_ask, self._seconds, self._pause = may_ask, seconds, pause
        self._most_megabytes = most_megabytes
        self._robots = Robots(self._robots_txt)
        self._last_asked: dict[str, float] = {}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched:
        """Fetches a URL, following redirects; ``headers`` are added to the request.

        Raises InputError: it is no URL, leads to an address that may not be requested, is forbidden by robots.txt,
        or holds too much; FailedError: it cannot be fetched, or not in time.
        """
        fetched = self._followed(normal(url), headers or {})
        _check_status(fetched)
        return fetched

    def _robots_txt(self, place: str, wanted: str) -> tuple[int, bytes]:
        fetched = self._followed(place, {}, wanted)
        return fetched.status, fetched.data

    def _followed(self, first: str, headers: Mapping[str, str], robots_for: str | None = None) -> Fetched:
        """Fetches a URL, following redirects; for a robots.txt, ``robots_for`` is the page that it is wanted for."""
        at, seen = first, [first]
        while True:
            try:
                if robots_for is None:
                    self._robots.check(at)
                    self._rest(urlsplit(at).netloc)
                fetched = self._once(at, headers, robots_for or at)
            except NotPublicError as error:
                if robots_for is not None:
                    raise
                raise _refusal(first, at, str(error)) from error
            target = fetched.headers.get("location", "") if fetched.status in _REDIRECTS else ""
            if not target:
                return fetched
            at = _redirected(first, absolute(at, target), seen)
            seen.append(at)

    def _once(self, url: str, headers: Mapping[str, str], wanted: str) -> Fetched:
        """Fetches a URL without following redirects; errors name the URL ``wanted``, which a person gave."""
        most = self._most_megabytes * 1_000_000
        try:
            with get(url, self._may_ask, time.monotonic() + self._seconds, headers) as response:
                data = bytearray()
                for chunk in response.body if response.status < 300 else ():
                    data += chunk
                    if len(data) > most:
                        raise InputError(
                            f"{url} has more than {self._most_megabytes} MB; save it, and add that file if you want it."
                        )
                return Fetched(url, response.status, response.headers, bytes(data))
        except TooLateError as error:
            raise FailedError(
                f"{wanted} did not come to an end within {self._seconds:g} seconds; try again later, or save the "
                "page in a browser and add that file."
            ) from error
        except BrokenError as error:
            raise FailedError(
                f"{wanted} cannot be fetched ({error}); check the address, or try again later."
            ) from error

    def _rest(self, host: str) -> None:
        """Waits until the pause since the last request to this host is over."""
        time.sleep(max(self._last_asked.get(host, 0.0) + self._pause - time.monotonic(), 0.0))
        self._last_asked[host] = time.monotonic()


def _refusal(first: str, at: str, address: str) -> InputError:
    """The error for a URL that leads, from the URL ``first``, to an IP address that may not be requested."""
    if at == first:
        return InputError(
            f"{at} leads to {address}, which is no machine on the public web; save the page in a browser and add that "
            "file."
        )
    return InputError(
        f"{first} redirects to {urlsplit(at).hostname}, which is no machine on the public web; save the page in a "
        "browser and add that file."
    )


def _redirected(first: str, target: str, seen: Sequence[str]) -> str:
    """The normal form of ``target``, to which the last of the URLs ``seen`` redirects.

    Raises InputError: it is malformed; FailedError: the redirects go in a circle, or are too many.
    """
    try:
        at = normal(target)
    except InputError as error:
        raise InputError(
            f'{first} redirects to "{target[:_SHOWN]}", which is no address on the web; check the address.'
        ) from error
    if at in seen:
        raise FailedError(f"{first} redirects in a circle; check the address.")
    if len(seen) > _MOST_REDIRECTS:
        raise FailedError(f"{first} redirects more than {_MOST_REDIRECTS} times; check the address.")
    return at


def _check_status(fetched: Fetched) -> None:
    if fetched.status in (200, 203, _UNCHANGED):
        return
    try:
        words = f"{fetched.status} {http.HTTPStatus(fetched.status).phrase}"
    except ValueError:
        words = str(fetched.status)
    if fetched.status in _REFUSED:
        raise FailedError(f"{fetched.url} answers {words}; save the page in a browser and add that file.")
    waits = fetched.headers.get("retry-after", "").strip()
    if fetched.status in _BUSY and re.fullmatch(r"[1-9]\d{0,5}", waits):
        raise FailedError(f"{fetched.url} answers {words}; try again in {int(waits):,} seconds.")
    if fetched.status in _BUSY or fetched.status >= 500:
        raise FailedError(f"{fetched.url} answers {words}; try again later.")
    raise FailedError(f"{fetched.url} answers {words}; check the address, or try again later.")

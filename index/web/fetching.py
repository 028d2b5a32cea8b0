"""What stands at an address that a person named: fetched within bounds, and only where the site does not mind."""

from __future__ import annotations

import http
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from index.errors import FailedError, InputError
from index.web.addresses import Rule, is_public, normal
from index.web.connection import TooLateError, ask
from index.web.robots import Robots

_MOST_REDIRECTS = 10
"""Followed from one address. Chosen by eye."""
_REDIRECTS = (301, 302, 303, 307, 308)
"""Statuses that name another address: https://www.rfc-editor.org/rfc/rfc9110#section-15.4"""
_UNCHANGED = 304
"""The status of what is as it was when it was fetched before."""


@dataclass(frozen=True)
class Fetched:
    """What an address gave."""

    url: str
    """Where it was found, after redirects."""
    status: int
    headers: Mapping[str, str]
    """Their names in small letters."""
    data: bytes

    @property
    def is_unchanged(self) -> bool:
        """Whether it is as it was when it was fetched last; then there is no data."""
        return self.status == _UNCHANGED

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().casefold()

    @property
    def charset(self) -> str:
        """The encoding that the server says, if it does."""
        _, _, after = self.headers.get("content-type", "").casefold().partition("charset=")
        return after.partition(";")[0].strip().strip("\"'")


class Web:
    """Fetches what a person named, one after the other."""

    def __init__(
        self, may_ask: Rule = is_public, seconds: float = 60.0, most_megabytes: int = 100, pause: float = 1.0
    ) -> None:
        """``may_ask``: which machines; ``seconds``: for one address at most; ``pause``: between two of one host."""
        self._may_ask, self._seconds, self._pause = may_ask, seconds, pause
        self._most_megabytes = most_megabytes
        self._robots = Robots(self._robots_txt)
        self._last_asked: dict[str, float] = {}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched:
        """What stands at an address.

        Raises InputError: it is none, leads to a machine that may not be asked, its site asks programs to leave it
        alone, or there is too much of it; FailedError: it does not come, or not in time.
        """
        return self._fetch(url, headers or {}, heeds_robots=True)

    def _robots_txt(self, place: str) -> tuple[int, bytes]:
        fetched = self._fetch(place, {}, heeds_robots=False)
        return fetched.status, fetched.data

    def _fetch(self, url: str, headers: Mapping[str, str], heeds_robots: bool) -> Fetched:
        at = first = normal(url)
        seen = [at]
        while True:
            if heeds_robots:
                self._robots.check(at)
                self._rest(urlsplit(at).netloc)
            fetched = self._once(at, headers)
            target = fetched.headers.get("location", "") if fetched.status in _REDIRECTS else ""
            if not target:
                if heeds_robots:
                    _check_status(fetched)
                return fetched
            at = normal(urljoin(at, target))
            if at in seen:
                raise FailedError(f"{first} redirects in a circle; check the address.")
            if len(seen) > _MOST_REDIRECTS:
                raise FailedError(f"{first} redirects more than {_MOST_REDIRECTS} times; check the address.")
            seen.append(at)

    def _once(self, url: str, headers: Mapping[str, str]) -> Fetched:
        most = self._most_megabytes * 1_000_000
        try:
            with ask(url, self._may_ask, time.monotonic() + self._seconds, headers) as answer:
                data = bytearray()
                for chunk in answer.body if answer.status < 300 else ():
                    data += chunk
                    if len(data) > most:
                        raise InputError(
                            f"{url} has more than {self._most_megabytes} MB; save it, and add that file if you want it."
                        )
                return Fetched(url, answer.status, answer.headers, bytes(data))
        except TooLateError as error:
            raise FailedError(
                f"{url} did not come to an end within {self._seconds:g} seconds; try again later, or save the page "
                "in a browser and add that file."
            ) from error

    def _rest(self, host: str) -> None:
        """Waits until a host has had its pause since it was asked last."""
        time.sleep(max(self._last_asked.get(host, 0.0) + self._pause - time.monotonic(), 0.0))
        self._last_asked[host] = time.monotonic()


def _check_status(fetched: Fetched) -> None:
    if fetched.status in (200, 203, _UNCHANGED):
        return
    try:
        words = f"{fetched.status} {http.HTTPStatus(fetched.status).phrase}"
    except ValueError:
        words = str(fetched.status)
    raise FailedError(f"{fetched.url} answers {words}; check the address, or try again later.")

"""What a site asks programs to leave alone: its robots.txt, as RFC 9309 has it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from index.errors import FailedError, InputError
from index.web.connection import AGENT

_MOST_BYTES = 500 * 1024
"""So much of a robots.txt counts: https://www.rfc-editor.org/rfc/rfc9309#section-2.5"""


class Robots:
    """The wishes of the sites that were asked, each fetched once."""

    def __init__(self, fetch: Callable[[str], tuple[int, bytes]]) -> None:
        """``fetch`` gives the status and the body of an address in its normal form."""
        self._fetch = fetch
        self._known: dict[str, Protego | None] = {}

    def check(self, url: str) -> None:
        """Raises InputError: the site asks to leave this address alone; FailedError: it does not say."""
        parts = urlsplit(url)
        place = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        if place not in self._known:
            self._known[place] = self._asked(place)
        wishes = self._known[place]
        if wishes is not None and not wishes.can_fetch(url, AGENT):
            raise InputError(
                f"{url} is not fetched, for {place} asks programs to leave it alone; save the page in a browser and "
                "add that file."
            )

    def _asked(self, place: str) -> Protego | None:
        """The wishes that stand there; None where there are none. Raises FailedError."""
        status, body = self._fetch(place)
        if status >= 500:
            raise FailedError(f"{place} answers {status}, so that nobody knows what may be fetched; try again later.")
        return Protego.parse(body[:_MOST_BYTES].decode("utf-8", "replace")) if status == 200 else None

"""Which addresses a site asks programs not to fetch: its robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from index.errors import FailedError, InputError
from index.web.connection import AGENT

_MOST_BYTES = 500 * 1024
"""Bytes of a robots.txt that are read: https://www.rfc-editor.org/rfc/rfc9309#section-2.5"""


class Robots:
    """The robots.txt rules of sites; each is fetched once."""

    def __init__(self, fetch: Callable[[str, str], tuple[int, bytes]]) -> None:
        """``fetch`` takes the URL of a robots.txt, and that of the page it is wanted for, in their normal form; it
        returns the status and the body of the response.
        """
        self._fetch = fetch
        self._known: dict[str, Protego | None] = {}

    def check(self, url: str) -> None:
        """Checks that a URL may be fetched.

        Raises InputError: the site's robots.txt forbids it; FailedError: the robots.txt cannot be read now.
        """
        parts = urlsplit(url)
        place = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        if place not in self._known:
            self._known[place] = self._rules(place, url)
        rules = self._known[place]
        if rules is not None and not rules.can_fetch(url, AGENT):
            raise InputError(
                f"{url} is not fetched, for {place} asks programs to leave it alone; save the page in a browser and "
                "add that file."
            )

    def _rules(self, place: str, url: str) -> Protego | None:
        """Returns the rules at this URL, None where the site has none.

        Raises FailedError: the server answers with an error of its own, so that the rules are unknown.
        """
        status, body = self._fetch(place, url)
        if status >= 500:
            raise FailedError(
                f"{url} is not fetched, for {place}, which says what may be, answers {status}; try again later."
            )
        return Protego.parse(body[:_MOST_BYTES].decode("utf-8", "replace")) if status == 200 else None

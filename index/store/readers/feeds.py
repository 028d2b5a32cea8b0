"""The feeds that a library follows, kept in its settings: where each is, and what of it has been seen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from index.errors import InputError
from index.store.sqlite.connection import damaged
from index.store.sqlite.database import Database

_SETTING = "feeds"
_MOST_SEEN = 5000
"""Entries remembered of a feed: more than any holds at once. Round, not fitted."""


@dataclass(frozen=True)
class Feed:
    """A feed that is followed, as it was when it was last fetched."""

    url: str
    title: str = ""
    etag: str = ""
    modified: str = ""
    """Last-Modified as the server gave it; with this and ``etag`` empty the feed is fetched whole."""
    seen: tuple[str, ...] = ()
    """Keys of the entries that were added already, in that order."""


class Feeds:
    """The feeds of one library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Feed]:
        """The feeds in the order in which they were added. Raises FailedError: the library is damaged."""
        stored = self._database.setting(_SETTING) or "[]"
        try:
            return [Feed(**{**each, "seen": tuple(each["seen"])}) for each in json.loads(stored)]
        except (ValueError, TypeError, KeyError) as error:
            raise damaged(self._database.path, f"its setting {_SETTING} is {stored[:80]!a}") from error

    def save(self, feed: Feed) -> None:
        """Stores a feed in place of the one with its address, else as the last."""
        with self._database.transaction():
            feeds = {each.url: each for each in self.all()}
            feeds[feed.url] = feed
            self._save(list(feeds.values()))

    def remove(self, url: str) -> None:
        """Stops following a feed; its articles stay. Raises InputError: it is not followed."""
        with self._database.transaction():
            feeds = self.all()
            if url not in (feed.url for feed in feeds):
                followed = ", ".join(feed.url for feed in feeds) or "none"
                raise InputError(f"No feed at {url} is followed; those that are: {followed}")
            self._save([feed for feed in feeds if feed.url != url])

    def _save(self, feeds: Sequence[Feed]) -> None:
        kept = [{**asdict(feed), "seen": feed.seen[-_MOST_SEEN:]} for feed in feeds]
        self._database.set(_SETTING, json.dumps(kept, ensure_ascii=False))

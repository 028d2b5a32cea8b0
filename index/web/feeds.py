"""What is new in the feeds that a library follows: each entry's page, or what the feed itself holds of it."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urljoin

from lxml import html  # type: ignore[import-untyped]

from index.adding import AddResult
from index.errors import BylineError, InputError
from index.library import Library
from index.reading.feed import Entry, read_entries
from index.reading.files import Unread, article_of
from index.reading.format import Unreadable
from index.records import Article
from index.store.feeds import Feed
from index.web.fetching import Fetched, Web
from index.web.reading import FEED_TYPES, id_of, read_fetched

MOST_ENTRIES = 200
"""Brought of a feed at once, in the feed's order; the others follow with the next update."""
_WHOLE = 1200
"""Letters of an entry from which on it is the article itself and no teaser of it."""


def follow(library: Library, url: str, web: Web, stop: threading.Event | None = None) -> Iterator[AddResult]:
    """Adds a feed, or the one that the page at this address names as its own, and brings what it holds.

    Raises InputError: there is no feed; and as ``Web.fetch`` and ``Library.add`` do.
    """
    fetched = web.fetch(url)
    try:
        title, entries = _read(fetched)
    except Unreadable as error:
        named = _named_feed(fetched)
        if named is None:
            raise InputError(f"{fetched.url} {error}") from error
        fetched = web.fetch(named)
        title, entries = _read_or_tell(fetched)
    known = {feed.url: feed for feed in library.feeds.all()}
    feed = replace(known.get(fetched.url, Feed(fetched.url)), title=title)
    library.feeds.save(feed)
    yield from _bring(library, web, _News(feed, fetched, entries), stop)


def update(library: Library, web: Web, stop: threading.Event | None = None) -> Iterator[AddResult]:
    """Brings what is new in every feed since the last time; a feed that cannot be fetched is skipped with its reason.

    Raises InputError: as ``Library.add`` does.
    """
    for feed in library.feeds.all():
        asked = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
        try:
            fetched = web.fetch(feed.url, {name: value for name, value in asked.items() if value})
            if fetched.is_unchanged:
                continue
            title, entries = _read_or_tell(fetched)
        except BylineError as error:
            yield AddResult(feed.url, "skipped", str(error))
            continue
        yield from _bring(library, web, _News(replace(feed, title=title), fetched, entries), stop)


@dataclass(frozen=True)
class _News:
    """A feed with what was fetched of it now."""

    feed: Feed
    fetched: Fetched
    entries: list[Entry]


def _bring(library: Library, web: Web, news: _News, stop: threading.Event | None) -> Iterator[AddResult]:
    """Adds the entries that were not seen yet; however that ends, those that were brought are remembered."""
    feed, seen = news.feed, list(news.feed.seen)
    fresh = [entry for entry in news.entries if entry.key not in news.feed.seen]
    are_all_here = len(fresh) <= MOST_ENTRIES
    try:
        for entry in islice(fresh, MOST_ENTRIES):
            if stop is not None and stop.is_set():
                are_all_here = False
                return
            items, origin = _read_entry(entry, feed, web)
            brought = list(library.add_read(items, origin))
            yield from brought
            if any(outcome.status != "skipped" for outcome in brought):
                seen.append(entry.key)
            else:
                are_all_here = False
    except BaseException:
        are_all_here = False
        raise
    finally:
        # The server is told the version only where nothing of it is to be fetched another time.
        version = news.fetched.headers if are_all_here else {}
        library.feeds.save(
            replace(feed, etag=version.get("etag", ""), modified=version.get("last-modified", ""), seen=tuple(seen))
        )


def _read_entry(entry: Entry, feed: Feed, web: Web) -> tuple[list[Article | Unread], str]:
    """The article of an entry and where it is from: its page where the feed holds only a teaser of it."""
    document, url = entry.document, entry.url
    own = article_of(id_of(url) if url else f"{id_of(feed.url)}/{entry.name}", document) if document else None
    if own is not None and (url is None or len(own.text) >= _WHOLE):
        return [own], url or ""
    if url is None:
        return [Unread(f"{feed.url} {entry.name}", f"The entry {entry.name} of {feed.url} holds no text.")], ""
    try:
        items = [_with_entry(item, own) for item in read_fetched(web.fetch(url))]
        if any(isinstance(item, Article) for item in items):
            return items, url
        reason = next(item.reason for item in items if isinstance(item, Unread))
    except BylineError as error:
        reason = str(error)
    return ([own] if own is not None else [Unread(id_of(url), reason)]), url


def _with_entry(item: Article | Unread, own: Article | None) -> Article | Unread:
    """The article of a page with the facts that the page does not tell and the feed's entry does."""
    if isinstance(item, Unread) or own is None:
        return item
    lacking = [name for name in ("outlet", "author", "published") if getattr(item, name) is None]
    values = {name: value for name in lacking if (value := getattr(own, name)) is not None}
    told_by = {**dict(item.told_by), **dict.fromkeys(values, "feed")}
    return replace(item, **values, told_by=tuple(sorted(told_by.items())))


def _read(fetched: Fetched) -> tuple[str, list[Entry]]:
    return read_entries(io.BytesIO(fetched.data))


def _read_or_tell(fetched: Fetched) -> tuple[str, list[Entry]]:
    try:
        return _read(fetched)
    except Unreadable as error:
        raise InputError(f"{fetched.url} {error}") from error


def _named_feed(fetched: Fetched) -> str | None:
    """The feed that a page names as its own: https://www.rssboard.org/rss-autodiscovery"""
    if fetched.content_type not in ("text/html", "application/xhtml+xml") or not fetched.data.strip():
        return None
    for link in html.fromstring(fetched.data).iter("link"):
        if link.get("type") in FEED_TYPES and "alternate" in (link.get("rel") or "").split() and link.get("href"):
            return urljoin(fetched.url, str(link.get("href")))
    return None

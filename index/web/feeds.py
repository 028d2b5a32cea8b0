"""Adds the new entries of feeds to a library: the page of each, or its text in the feed where that is whole."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from lxml import html  # type: ignore[import-untyped]

from index.adding import AddResult
from index.errors import BylineError, InputError
from index.library import Library
from index.reading.bundles.feed import Entry, read_entries
from index.reading.files import Unread, article_of_document
from index.reading.format import Unreadable
from index.records import Article
from index.store.readers.feeds import Feed
from index.web.addresses import absolute
from index.web.fetching import Fetched, Web
from index.web.reading import FEED_TYPES, id_of, read_fetched

MOST_ENTRIES = 200
"""Entries of one feed that are added at once, in its order; the others follow with the next update. Round, not
fitted."""
_WHOLE = 1200
"""Characters from which the text of an entry is taken for the whole article rather than a teaser. Chosen by eye."""


def follow(library: Library, url: str, web: Web, stop: threading.Event | None = None) -> Iterator[AddResult]:
    """Follows the feed at a URL, or the feed that the page there names as its own, and adds its entries.

    Yields what became of each entry. Raises InputError: there is no feed; and as ``Web.fetch`` and ``Library.add`` do.
    """
    fetched = web.fetch(url)
    try:
        title, entries = _read(fetched)
    except Unreadable as error:
        named = _named_feed(fetched)
        if named is None:
            raise _no_feed(fetched) from error
        fetched = web.fetch(named)
        title, entries = _read_or_tell(fetched)
    known = {feed.url: feed for feed in library.feeds.all()}
    feed = replace(known.get(fetched.url, Feed(fetched.url)), title=title)
    library.feeds.save(feed)
    yield from _bring(library, web, _News(feed, fetched, entries), stop)


def update_feeds(library: Library, web: Web, stop: threading.Event | None = None) -> Iterator[AddResult]:
    """Adds the new entries of every followed feed; yields what became of each.

    A feed that cannot be fetched is told as skipped, with the reason.

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
    """A followed feed and its present entries."""

    feed: Feed
    fetched: Fetched
    entries: list[Entry]


def _bring(library: Library, web: Web, news: _News, stop: threading.Event | None) -> Iterator[AddResult]:
    """Adds the entries that were not added before; those that were added are noted even if adding is interrupted."""
    feed, seen = news.feed, list(news.feed.seen)
    each_once = {entry.key: entry for entry in reversed(news.entries)}
    fresh = [entry for entry in reversed(each_once.values()) if entry.key not in news.feed.seen]
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
    """Returns the articles of an entry, and their URL: its page is fetched where the feed has only a teaser."""
    document, url = entry.document, entry.url
    own = article_of_document(id_of(url) if url else f"{id_of(feed.url)}/{entry.name}", document) if document else None
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
    """Returns the article of a page with outlet, author and date of the feed's entry where the page states none."""
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
        raise _no_feed(fetched) from error


def _no_feed(fetched: Fetched) -> InputError:
    return InputError(
        f"{fetched.url} is no feed of articles, or a damaged one; give the address of an RSS or Atom feed, or of a "
        "page that links to its own."
    )


def _named_feed(fetched: Fetched) -> str | None:
    """Returns the URL of the feed that a page links to as its own, None where it has none: https://www.rssboard.org/rss-autodiscovery"""
    if fetched.content_type not in ("text/html", "application/xhtml+xml") or not fetched.data.strip():
        return None
    for link in html.fromstring(fetched.data).iter("link"):
        if link.get("type") in FEED_TYPES and "alternate" in (link.get("rel") or "").split() and link.get("href"):
            return absolute(fetched.url, str(link.get("href")))
    return None

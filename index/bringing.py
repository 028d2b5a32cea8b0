"""Adds to a library what lies in no file: a page on the web, and text that was pasted or piped in."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from index.adding import AddResult
from index.errors import BylineError, InputError
from index.library import Library
from index.reading.files import Unread
from index.reading.letters.names import printable
from index.records import Article

if TYPE_CHECKING:
    from index.web.fetching import Web

MOST_MEGABYTES = 64
"""The largest text that may be pasted or piped in. Round, not fitted."""
_LONGEST_NAME = 80
"""Characters of an id made of a headline. Round, not fitted."""
_TEXT = "What was given"
_NOT_IN_A_NAME = re.compile(r"[^\w]+")


def add_address(
    library: Library, url: str, web: Web, facts: Mapping[str, str | None] | None = None, article_id: str = ""
) -> Iterator[AddResult]:
    """Fetches the page at an address and adds it, with the facts that a person knows of it.

    What cannot be fetched or read is skipped with its reason. Raises InputError as ``Library.add`` does.
    """
    from index.web.reading import read_fetched

    try:
        fetched = web.fetch(url)
        items = list(read_fetched(fetched))
    except BylineError as error:
        yield AddResult(printable(url), "skipped", str(error))
        return
    yield from library.add_read(_given(library, items, facts or {}, article_id), fetched.url)


def add_text(
    library: Library, data: bytes, facts: Mapping[str, str | None] | None = None, article_id: str = ""
) -> Iterator[AddResult]:
    """Adds a text, a web page or a PDF, given as its bytes; without an id it gets one made of its headline.

    Raises InputError: it has more than MOST_MEGABYTES; and as ``Library.add`` does.
    """
    from index.reading.files import read_data
    from index.web.reading import suffix_of

    if len(data) > MOST_MEGABYTES * 1_000_000:
        raise InputError(f"{_TEXT} has more than {MOST_MEGABYTES} MB; save it to a file, and add that.")
    facts = facts or {}
    items = list(read_data(article_id or "pasted", _TEXT, suffix_of(data), io.BytesIO(data)))
    if len(items) == 1 and isinstance(items[0], Article) and not article_id:
        article_id = _named(facts.get("title") or items[0].title)
    yield from library.add_read(_given(library, items, facts, article_id))


def _given(
    library: Library, items: Iterable[Article | Unread], facts: Mapping[str, str | None], article_id: str
) -> Iterator[Article | Unread]:
    """The articles that were read, under the given id and with the given facts, which are kept as edits of it."""
    for item in items:
        if isinstance(item, Unread):
            yield item
            continue
        article = replace(item, id=printable(article_id)) if article_id else item
        library.edits.save(article, facts)
        yield article


def _named(title: str) -> str:
    """The id of a text with this headline.

    >>> _named("Bridge closed: two hurt")
    'pasted/bridge-closed-two-hurt'
    """
    return f"pasted/{_NOT_IN_A_NAME.sub('-', title.casefold()).strip('-')[:_LONGEST_NAME] or 'text'}"

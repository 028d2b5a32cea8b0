"""The feeds that the library follows: the form to follow one, the list, and the button that brings what is new."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

from index.adding import AddResult
from index.errors import BylineError, InputError
from index.library import Library
from index.store.readers.feeds import Feed
from ui.html.files import STATIC
from ui.html.markup import count_of, error_html, sanitised
from ui.page.frame.view import PRIVATE, Desk, Update, stamp
from ui.page.shelf.bringing import ADDING, Begin
from ui.quick_gradio import gr

BringIn = Callable[[Begin, gr.Request, str], Iterator[Update]]
"""Brings articles in and tells of it; the sentence is for where there was nothing to bring."""

_EMPTY = "There is no address; give that of a feed, or of a site that has one."
_NO_NEWS = "Nothing is new."


def feeds_html(feeds: Sequence[Feed]) -> str:
    """The feeds that are followed, each with a way to end that; ``static/feeds.js`` does it."""
    items = "".join(
        f'<li><span class="name" dir="auto">{escape(feed.title or feed.url)}</span> '
        f'<span class="about"><span dir="ltr">{escape(feed.url)}</span>, {count_of(len(feed.seen), "article")}</span> '
        f'<button type="button" class="deed drop" data-url="{escape(feed.url)}" '
        f'aria-label="{escape(f"Stop following {feed.title or feed.url}")}">Stop following</button></li>'
        for feed in feeds
    )
    return sanitised(f'<ul aria-label="Feeds that are followed">{items}</ul>') if items else ""


def add_feeds(desk: Desk) -> Callable[[BringIn, list[Any]], None]:
    """Adds the list of feeds to the page.

    The function returned adds its events: it is given what brings articles in, and the components that this changes."""
    kept = desk.library.feeds
    with gr.Accordion("Follow a feed", open=False, elem_id="feeds", elem_classes="folded"):
        with gr.Row(elem_id="feed-row"):
            address = gr.Textbox(
                elem_id="feed",
                label="Address of a feed, or of a site that has one",
                placeholder="https://…",
                max_lines=1,
            )
            follow = gr.Button("Follow", elem_id="follow")
        listed = gr.HTML(
            elem_id="followed",
            apply_default_css=False,
            js_on_load=(STATIC / "feeds.js").read_text(encoding="utf-8"),
        )
    update = gr.Button(elem_id="update", elem_classes="changes", visible=False)

    def list_and_button() -> Update:
        """The list and the button as they stand now."""
        try:
            feeds = kept.all()
        except BylineError as error:
            return {listed: error_html(str(error)), update: gr.Button(visible=False)}
        words = f"Bring what is new in {count_of(len(feeds), 'feed')}"
        return {listed: feeds_html(feeds), update: gr.Button(words, visible=bool(feeds))}

    def drop(event: gr.EventData) -> float:
        """Follows a feed no more; one that another tab has dropped is gone already."""
        if any(feed.url == str(event.url) for feed in kept.all()):
            kept.remove(str(event.url))
        return stamp()

    def add_events(bring_in: BringIn, changed: list[Any]) -> None:
        def add_feed(url: str, request: gr.Request) -> Iterator[Update]:
            before = len(kept.all())
            yield from bring_in(lambda stop: (0, _followed(desk.library, url.strip(), stop)), request, _NO_NEWS)
            if len(kept.all()) > before:
                yield {address: ""}

        def bring_news(request: gr.Request) -> Iterator[Update]:
            yield from bring_in(lambda stop: (0, _updated(desk.library, stop)), request, _NO_NEWS)

        gr.on([follow.click, address.submit], add_feed, address, [*changed, address], **ADDING)
        update.click(bring_news, None, changed, **ADDING)
        gr.on([desk.page.load, desk.articles.change], list_and_button, None, [listed, update], **PRIVATE)
        listed.dropped(drop, None, desk.articles, **PRIVATE)

    return add_events


def _followed(library: Library, url: str, stop: threading.Event) -> Iterator[AddResult]:
    from index.web.feeds import follow
    from index.web.fetching import Web

    if not url:
        raise InputError(_EMPTY)
    return follow(library, url, Web(), stop)


def _updated(library: Library, stop: threading.Event) -> Iterator[AddResult]:
    from index.web.feeds import update_feeds
    from index.web.fetching import Web

    return update_feeds(library, Web(), stop)

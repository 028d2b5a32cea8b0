"""The Library view: add articles, see which there are, remove some, ask some only."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.adding import AddResult
from index.errors import BylineError
from index.home import expanded
from index.library import Library
from index.reading.files import Source, find_all
from index.reading.registry import suffixes
from index.records import ORDERS, Filter, Order, Wanted
from ui.html.markup import error_html, place_address
from ui.page.frame.scripted import scripted
from ui.page.frame.view import PRIVATE, Desk, Exclusive, Stops, Update, View, stamp
from ui.page.shelf.bringing import ADDING, Begin, bringing
from ui.page.shelf.changed_files import catch_up, changed_button
from ui.page.shelf.editing import editing, facts_of
from ui.page.shelf.feeds import add_feeds
from ui.page.shelf.libraries import add_libraries
from ui.page.shelf.models import add_model
from ui.page.shelf.pasting import bring, pasted_fields
from ui.page.shelf.reading_anew import BUTTON, advice_html, anew_button, reading_anew
from ui.quick_gradio import gr
from ui.ways_out import on_page

_SUFFIXES = list(suffixes())
_MOST_FILES = 1000
"""Files dropped on the page together. Round, not fitted."""
_TOO_MANY = "{given:,} files are too many at once; add up to {most:,}, or give their folder's path below."


def adding(
    library: Library,
    sources: Callable[[], Sequence[Source]],
    others: Exclusive,
    stop: threading.Event | None = None,
) -> Iterator[str]:
    """Adds files until ``stop`` is set; yields HTML of the progress, and at the end of what became of each file."""
    yield from bringing(_reading(library, sources), others, stop or threading.Event())


def _reading(library: Library, sources: Callable[[], Sequence[Source]]) -> Begin:
    def begin(stop: threading.Event) -> tuple[int, Iterator[AddResult]]:
        found = sources()
        return len(found), library.add(found, stop)

    return begin


class _Shelf:
    """The view's parts on the page, and what happens when a reader does something with them."""

    def __init__(self, desk: Desk) -> None:
        """Puts the parts where the page is being built."""
        self._desk = desk
        self._library = library = desk.library
        self._stops = Stops()
        add_libraries(desk)
        add_model(desk)
        self._upload = gr.File(
            elem_id="upload",
            label="Add articles: text, web pages, PDF, Word, e-books, mail, feeds, JSON, CSV, zip",
            file_count="multiple",
            file_types=_SUFFIXES,
            height=96,
        )
        with gr.Row(elem_id="folder-row"):
            self._folder = gr.Textbox(
                elem_id="folder",
                label="Folder or file on the machine that runs Byline",
                placeholder="~/articles",
                max_lines=1,
            )
            self._add = gr.Button("Add", elem_id="add")
        *self._pasted, self._add_pasted = pasted_fields()
        self._bring_feeds = add_feeds(desk)
        self._changed = gr.Button(elem_id="changed", elem_classes="changes", visible=False)
        self._anew = gr.Button(BUTTON, elem_id="anew", elem_classes="changes", visible=False)
        with gr.Row(elem_id="adding"):
            self._added = gr.HTML(elem_id="added", apply_default_css=False)
            self._cancel = gr.Button("Cancel", elem_id="cancel", elem_classes=["act", "quiet"])
        self._table = scripted(
            "articles",
            "shelf",
            [
                listing(library),
                fitting(library),
                _removal(library),
                facts_of(library),
                editing(library),
            ],
            ["editing.js"],
        )

    def connect(self) -> None:
        """Connects the parts of the view with the functions that they call."""
        desk, table, upload, folder = self._desk, self._table, self._upload, self._folder
        brought = [self._added, desk.articles]
        self._bring_feeds(self._bring_in, brought)
        gr.on([desk.page.load, desk.articles.change], stamp, None, table, **PRIVATE)
        gr.on(
            [desk.page.load, desk.articles.change],
            lambda: (changed_button(self._library), anew_button(self._library, desk.switch)),
            None,
            [self._changed, self._anew],
            **PRIVATE,
        )
        self._add_pasted.click(self._add_pasted_text, self._pasted, [*brought, *self._pasted], **ADDING)
        self._changed.click(self._bring_up_to_date, None, brought, **ADDING)
        self._anew.click(self._read_anew, None, self._added, **ADDING)
        uploading = {"trigger_mode": "multiple", **ADDING}
        upload.upload(self._add_uploaded, upload, [self._added, upload, desk.articles], **uploading)
        gr.on([self._add.click, folder.submit], self._add_folder, folder, brought, **ADDING)
        self._cancel.click(self._stops.stop, queue=False, **PRIVATE)
        table.removed(stamp, None, desk.articles, **PRIVATE)
        table.edited(stamp, None, desk.articles, **PRIVATE)
        table.restrict(wanted, None, desk.only, **PRIVATE)

    def _bring_in(self, begin: Begin, request: gr.Request, nothing: str = "") -> Iterator[Update]:
        report = ""
        with self._stops.running(request) as stop:
            for report in bringing(begin, self._desk.adding, stop, nothing):
                yield {self._added: report}
        yield {self._added: report + advice_html(self._library), self._desk.articles: stamp()}

    def _add_uploaded(self, files: list[str] | None, request: gr.Request) -> Iterator[Update]:
        if files and len(files) <= _MOST_FILES:
            yield from self._bring_in(
                _reading(self._library, lambda: find_all([Path(file) for file in files])), request
            )
        elif files:
            yield {self._added: error_html(_TOO_MANY.format(given=len(files), most=_MOST_FILES))}
        yield {self._upload: None}

    def _add_folder(self, path: str, request: gr.Request) -> Iterator[Update]:
        if path.strip():
            yield from self._bring_in(_reading(self._library, lambda: find_all([expanded(path)])), request)

    def _add_pasted_text(
        self, text: str, headline: str, outlet: str, date: str, request: gr.Request
    ) -> Iterator[Update]:
        from index.web.fetching import Web

        brought: list[AddResult] = []

        def noted() -> Iterator[AddResult]:
            for result in bring(self._library, text, headline, outlet, date, Web()):
                brought.append(result)
                yield result

        yield from self._bring_in(lambda _: (1, noted()), request)
        if any(result.status != "skipped" for result in brought):
            yield dict.fromkeys(self._pasted, "")  # what could not be added stays, to be corrected

    def _bring_up_to_date(self, request: gr.Request) -> Iterator[Update]:
        yield from self._bring_in(lambda stop: (0, catch_up(self._library, stop)), request)

    def _read_anew(self, request: gr.Request) -> Iterator[str]:
        if self._desk.switch is not None:
            with self._stops.running(request) as stop:
                yield from reading_anew(self._library, self._desk.switch, self._desk.adding, stop)


_MOST_LISTED = 500
"""Articles that one request lists. Round, not fitted."""


def listing(library: Library) -> Callable[[dict[str, Any]], str]:
    """The function by which the scripts get what is listed."""

    def list_articles(asked: dict[str, Any]) -> str:
        """A page of the articles as JSON, encoded here, because Gradio would take long.

        ``asked`` is what ``_wanted`` takes, with ``first`` and ``count``; ``known`` ids are given back without those
        that are gone. Each of the ``listings`` has the ``address`` that opens it. ``{"error": sentence}`` where that
        failed.
        """
        first, count = max(int(asked.get("first", 0)), 0), min(int(asked.get("count", 100)), _MOST_LISTED)
        try:
            page = library.listed(_wanted(asked), first, count)
            known = Wanted(only=Filter(articles=_texts(asked, "known")))
            told = {
                **asdict(page),
                "listings": [{**asdict(each), "address": place_address(each.id)} for each in page.listings],
                "outlets": library.outlet_counts(),
                "known": library.listed_ids(known) if known.only.articles else [],
            }
        except BylineError as error:
            told = {"error": on_page(str(error))}
        return json.dumps(told, ensure_ascii=False)

    return list_articles


def fitting(library: Library) -> Callable[[dict[str, Any]], list[str]]:
    """The function by which the table's script gets all that fit."""

    def fitting_articles(asked: dict[str, Any]) -> list[str]:
        """The ids of all articles that fit what is ``asked``, as ``_wanted`` takes it."""
        return library.listed_ids(_wanted(asked))

    return fitting_articles


def _wanted(asked: dict[str, Any]) -> Wanted:
    """What a script asks to be listed: ``words``, ``since``, ``until``, ``outlets``, ``column``, ``down`` and so on."""
    column: Order = next((each for each in ORDERS if each == asked.get("column")), "published")
    only = Filter(
        str(asked.get("since") or "") or None, str(asked.get("until") or "") or None, _texts(asked, "outlets")
    )
    return Wanted(
        _texts(asked, "words"),
        only,
        column,
        bool(asked.get("down", True)),
        _texts(asked, "ahead"),
        bool(asked.get("originals", False)),
    )


def _texts(asked: dict[str, Any], name: str) -> tuple[str, ...]:
    return tuple(map(str, asked.get(name) or ()))


def _removal(library: Library) -> Callable[[list[str]], dict[str, str]]:
    """The function by which the table's script removes articles."""

    def remove_articles(ids: list[str]) -> dict[str, str]:
        """Removes them; ``{"error": sentence}`` where that failed."""
        try:
            library.remove([str(article_id) for article_id in ids])
        except BylineError as error:
            return {"error": on_page(str(error))}
        return {}

    return remove_articles


def wanted(event: gr.EventData) -> Filter | None:
    """The filter that a script asks questions to be restricted to."""
    only = Filter(event.since or None, event.until or None, tuple(event.outlets), tuple(event.articles))
    return None if only == Filter() else only


LIBRARY = View("library", "Library", lambda desk: _Shelf(desk).connect())

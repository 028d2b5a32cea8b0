"""The Library view: add articles, and see which there are."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import BylineError
from index.library import Library, Outcome
from index.reading import SUFFIXES, find
from ui.markup import error_html
from ui.render import library_html, outcomes_html
from ui.views import PRIVATE, Desk, Update, View, stamp

ADDING: dict[str, Any] = {"concurrency_id": "adding", "concurrency_limit": 1, **PRIVATE}
"""Of every event that adds articles: one at a time."""

_SUFFIXES = list(SUFFIXES)
_MOST_FILES = 1000
_TOO_MANY = "{given:,} files are too many at once; add up to {most:,}, or give their folder's path below."
_REPORT_EVERY = 0.25
"""Seconds between two reports of how far adding has come."""


def adding(library: Library, paths: Sequence[Path]) -> Iterator[str]:
    """Adds files and folders; yields what has become of them so far as markup, at last of all of them."""
    outcomes: list[Outcome] = []
    report, next_report = "", 0.0
    try:
        sources = find(paths)
        for outcome in library.add(sources):
            outcomes.append(outcome)
            if time.monotonic() >= next_report:
                next_report = time.monotonic() + _REPORT_EVERY
                yield outcomes_html(outcomes, len(sources))
    except BylineError as error:
        report = error_html(str(error))
    if outcomes:
        report += outcomes_html(outcomes, len(outcomes))
    yield report


def _add(desk: Desk) -> None:
    library = desk.library

    upload = gr.File(
        elem_id="upload",
        label=f"Add articles: {', '.join(_SUFFIXES)}",
        file_count="multiple",
        file_types=_SUFFIXES,
        height=110,
    )
    with gr.Row(elem_id="folder-row"):
        folder = gr.Textbox(
            elem_id="folder",
            label="Folder or file on the machine that runs Byline",
            placeholder="/home/me/articles",
            max_lines=1,
        )
        add = gr.Button("Add", elem_id="add")
    added = gr.HTML(elem_id="added", apply_default_css=False)
    table = gr.HTML(elem_id="articles", apply_default_css=False)

    def show_table() -> str:
        return library_html(library.articles())

    def add_paths(paths: Sequence[Path]) -> Iterator[Update]:
        for report in adding(library, paths):
            yield {added: report}
        yield {desk.articles: stamp()}

    def add_uploaded(files: list[str] | None) -> Iterator[Update]:
        if files and len(files) <= _MOST_FILES:
            yield from add_paths([Path(file) for file in files])
        elif files:
            yield {added: error_html(_TOO_MANY.format(given=len(files), most=_MOST_FILES))}
        yield {upload: None}

    def add_folder(path: str) -> Iterator[Update]:
        if path.strip():
            yield from add_paths([Path(path.strip()).expanduser()])

    gr.on([desk.page.load, desk.articles.change], show_table, None, table, **PRIVATE)
    upload.upload(add_uploaded, upload, [added, upload, desk.articles], **ADDING)
    gr.on([add.click, folder.submit], add_folder, folder, [added, desk.articles], **ADDING)


LIBRARY = View("library", "Library", _add)

"""What a tab's questions are restricted to, shown beside the question box, removed there, and kept over a reload."""

from __future__ import annotations

import json
from dataclasses import asdict

from index.library import Library
from index.records import Filter
from ui.html.markup import restriction_words
from ui.page.frame.view import PRIVATE, Desk
from ui.quick_gradio import gr

_KEEP = """(only) => {
    try {
        sessionStorage.setItem("byline-only", only);
    } catch {}
}"""
_KEPT = """() => {
    try {
        return [sessionStorage.getItem("byline-only") ?? ""];
    } catch {
        return [""];
    }
}"""
"""The tab's own storage, which ends with it; a browser that keeps nothing asks all articles after a reload."""


def add_restriction(desk: Desk) -> None:
    """Adds the button that says what questions are restricted to; pressing it removes the restriction."""
    chip = gr.Button(elem_id="only", visible=False)
    kept = gr.Textbox(visible="hidden")

    def show(only: Filter | None) -> tuple[gr.Button, str]:
        words = f"Asking only: {restriction_words(only)}" if only else ""
        return gr.Button(words, visible=only is not None), json.dumps(asdict(only)) if only else ""

    shown = desk.only.change(show, desk.only, [chip, kept], **PRIVATE)
    shown.then(None, kept, None, js=_KEEP, **PRIVATE)
    desk.page.load(lambda text: restored(text, desk.library), kept, desk.only, js=_KEPT, **PRIVATE)
    chip.click(lambda: None, None, desk.only, **PRIVATE)


def restored(text: str, library: Library) -> Filter | None:
    """The restriction that a tab has kept; None where there is none, or where it admits no article any more."""
    try:
        told = json.loads(text or "{}")
        since, until, *named = (told.get(name) or "" for name in ("since", "until", "outlets", "articles"))
        outlets, articles = (tuple(map(str, each)) for each in named)
    except (ValueError, TypeError, AttributeError):  # not as this page has written it
        return None
    only = Filter(str(since) or None, str(until) or None, outlets, articles)
    return only if only != Filter() and library.admitted(only) else None

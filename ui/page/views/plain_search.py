"""The Search view: passages that hold some words, best first; no model is asked."""

from __future__ import annotations

from index.errors import BylineError
from qa.lookup.plain_search import passages_with, words_sought
from ui.html.markup import empty_html, error_html, sanitised
from ui.html.passages import passages_html
from ui.page.frame.view import PRIVATE, Desk, View
from ui.quick_gradio import gr

_HINT = "Every passage that holds your words, best first. Words in “quotation marks” are searched for as they stand."


def _add(desk: Desk) -> None:
    words = gr.Textbox(
        "",
        elem_id="words",
        label="Search the articles",
        placeholder="Words that stand in an article",
        max_lines=1,
    )
    found = gr.HTML(elem_id="passages", apply_default_css=False)

    def show(asked: str | None) -> str:
        if not words_sought(asked or ""):
            return sanitised(f'<p class="empty">{_HINT}</p>')
        try:
            if desk.library.is_empty:
                return empty_html()
            passages, articles = passages_with(asked or "", desk.library)
            return passages_html(passages, words_sought(asked or ""), articles.__getitem__)
        except BylineError as error:
            return error_html(str(error))

    found.value = show("")
    gr.on([words.change, words.submit], show, words, found, trigger_mode="always_last", **PRIVATE)


SEARCH = View("search", "Search", _add)

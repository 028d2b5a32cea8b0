"""What a tab's questions are restricted to, shown beside the question box and removed there."""

from __future__ import annotations

from index.records import Filter
from ui.html.markup import restriction_words
from ui.page.views import PRIVATE, Desk
from ui.quick_gradio import gr


def add_restriction(desk: Desk) -> None:
    """The button that says what questions are restricted to and, pressed, asks all articles again."""
    chip = gr.Button(elem_id="only", visible=False)

    def show(only: Filter | None) -> gr.Button:
        return gr.Button(f"Asking only: {restriction_words(only)}  ✕" if only else "", visible=only is not None)

    desk.only.change(show, desk.only, chip, **PRIVATE)
    chip.click(lambda: None, None, desk.only, **PRIVATE)

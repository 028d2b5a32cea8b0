"""The line at the question box that says that the models are still being loaded."""

from __future__ import annotations

from collections.abc import Iterator

from ui.page.frame.view import PRIVATE, Desk
from ui.quick_gradio import gr

_LINE = '<p class="loading" role="status">The models are being loaded; a question asked now waits for them.</p>'
_LONGEST = 120
"""Seconds after which the line goes whatever has become of the models, so that no tab holds a thread for ever. Round,
not fitted."""


def add_loading(desk: Desk) -> None:
    """Adds to the page the line that says that the models are being loaded."""
    line = gr.HTML(elem_id="loading", apply_default_css=False)

    def tell() -> Iterator[str]:
        desk.loading.opened.set()
        if not desk.loading.over.is_set():
            yield _LINE
            desk.loading.over.wait(_LONGEST)
            yield ""

    desk.page.load(tell, None, line, concurrency_limit=None, **PRIVATE)

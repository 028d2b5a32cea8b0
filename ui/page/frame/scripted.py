"""Parts of the page that a script of their own draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ui.html.files import STATIC
from ui.quick_gradio import gr


def scripted(
    elem_id: str, name: str, functions: Sequence[Callable[..., Any]], further_scripts: Sequence[str] = ()
) -> gr.HTML:
    """Adds a part with this id, from ``static/NAME.html`` and drawn by ``static/NAME.js`` and any further scripts.

    ``functions`` are those of the server that the scripts may call.
    """
    scripts = (f"{name}.js", *further_scripts)
    return gr.HTML(
        elem_id=elem_id,
        apply_default_css=False,
        html_template=(STATIC / f"{name}.html").read_text(encoding="utf-8"),
        js_on_load="".join((STATIC / script).read_text(encoding="utf-8") for script in scripts),
        server_functions=list(functions),
    )

"""Adds pasted text, or a web page by its address, as an article with the facts that the reader fills in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.adding import AddResult
from index.bringing import add_address, add_text
from index.errors import InputError
from index.facts import checked_facts
from index.library import Library
from ui.quick_gradio import gr

if TYPE_CHECKING:
    from index.web.fetching import Web

_EMPTY = "There is nothing to add; paste the text of an article, or the address of a page."


def pasted_fields() -> tuple[gr.Textbox, gr.Textbox, gr.Textbox, gr.Textbox, gr.Button]:
    """The form, closed until it is wanted: text, headline, outlet, date, and the button that adds it."""
    with gr.Accordion(
        "Paste a text, or the address of a page on the web", open=False, elem_id="paste", elem_classes="folded"
    ):
        text = gr.Textbox(
            elem_id="pasted",
            label="Text or address",
            placeholder="The text of an article, or https://…",
            lines=4,
            max_lines=16,
        )
        with gr.Row(elem_id="pasted-facts"):
            headline = gr.Textbox(elem_id="pasted-headline", label="Headline", max_lines=1)
            outlet = gr.Textbox(elem_id="pasted-outlet", label="Outlet", max_lines=1)
            date = gr.Textbox(elem_id="pasted-date", label="Date", placeholder="2018-10-17", max_lines=1)
        button = gr.Button("Add", elem_id="add-pasted", elem_classes="act")
    return text, headline, outlet, date, button


def bring(library: Library, text: str, headline: str, outlet: str, date: str, web: Web) -> Iterator[AddResult]:
    """Adds a pasted text, or fetches the page where the text is nothing but its address.

    Raises InputError: there is nothing, or a fact is not written as such facts are.
    """
    from index.web.addresses import is_url

    text = text.strip()
    if not text:
        raise InputError(_EMPTY)
    given = {"title": headline, "outlet": outlet, "published": date}
    facts = checked_facts({name: value for name, value in given.items() if value.strip()})
    if is_url(text) and len(text.split()) == 1:
        return add_address(library, text, web, facts)
    return add_text(library, text.encode("utf-8", "replace"), facts)

"""The articles beside the chat: those ticked are asked, and all of them where none is."""

from __future__ import annotations

import json

from index.records import Filter
from ui.page.frame.scripted import scripted
from ui.page.frame.view import PRIVATE, Desk, stamp
from ui.page.shelf.library import listing, wanted
from ui.quick_gradio import gr


def add_sources(desk: Desk) -> None:
    """Adds the list of articles beside the chat; ``static/sources.js`` draws it where there is room for it."""
    listed = scripted("sources", "sources", [listing(desk.library)])

    def tell(only: Filter | None) -> str:
        """The ticked articles as a value unlike every earlier one, since the articles may have changed, too."""
        return json.dumps({"ticked": list(only.articles) if only else [], "at": stamp()})

    gr.on([desk.only.change, desk.articles.change], tell, desk.only, listed, **PRIVATE)
    listed.restrict(wanted, None, desk.only, **PRIVATE)

"""The Briefing view: what is new since a day, of all articles or of some outlets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from index.errors import BylineError
from index.library import Library
from index.records import Filter
from qa.overview.briefing import briefing
from ui.html.briefing import briefing_html
from ui.html.markup import error_html
from ui.page.frame.scripted import scripted
from ui.page.frame.view import Desk, View


def _add(desk: Desk) -> None:
    scripted("brief", "briefing", [_telling(desk.library)])


def _telling(library: Library) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The function by which the view's script gets a briefing."""

    def brief(asked: dict[str, Any]) -> dict[str, Any]:
        """The briefing ``since`` a day, of the ``outlet`` where one is named, as markup; and the library's outlets."""
        outlets = library.outlets()
        outlet, since = str(asked.get("outlet") or ""), str(asked.get("since") or "")
        try:
            found = briefing(library, since or None, Filter(outlets=(outlet,)) if outlet else None)
        except BylineError as error:
            return {"html": error_html(str(error)), "since": since, "outlets": outlets}
        return {"html": briefing_html(found, library.is_empty), "since": found.since, "outlets": outlets}

    return brief


BRIEFING = View("briefing", "Briefing", _add)

"""The choice of language model: the list above the articles, with what each needs; the page goes on with another."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

from ui.page.frame.scripted import scripted
from ui.page.frame.switch import ANSWERED_AFTER, Models, Switch
from ui.page.frame.view import Desk, Exclusive
from ui.ways_out import on_page

_BUSY = "Articles are being added; choose another model when that is done, or cancel it."
_SENT = "a server, to which every question is sent with the passages chosen for it"
_OWN = "a file of your own"


def add_model(desk: Desk) -> None:
    """Adds the list of models to the page, drawn by ``static/models.js``; nothing where the page keeps to one model."""
    if desk.switch is None or desk.switch.models is None:
        return
    scripted(
        "model",
        "models",
        [
            _listing(desk.switch.models),
            _using(desk.switch, desk.switch.models, desk.adding),
            _failing(desk.switch),
        ],
    )


def _listing(models: Models) -> Callable[[None], str]:
    def list_models(_: None) -> str:
        """The language models as a JSON list, the one in use marked; one that is not of models.txt stands first."""
        listed = [
            {
                "name": known.model.name,
                "about": [*known.facts.split(", "), *known.here.split("; "), f"for {known.model.purpose}"],
                "used": known.model.name == models.used,
                "usable": known.is_fetched and known.enough_memory,
            }
            for known in models.known()
            if known.model.role == "llm"
        ]
        if not any(each["used"] for each in listed):
            about = _SENT if models.is_server else _OWN
            listed.insert(0, {"name": models.used, "about": [about], "used": True, "usable": False})
        return json.dumps(listed, ensure_ascii=False)

    return list_models


def _failing(switch: Switch) -> Callable[[None], dict[str, str]]:
    def opening_failed(_: None) -> dict[str, str]:
        """``{"error": sentence}`` where the library or model that was asked for last could not be opened."""
        failure, switch.failure = switch.failure, ""  # a page that is reloaded is not told again
        return {"error": on_page(failure)} if failure else {}

    return opening_failed


def _using(switch: Switch, models: Models, adding: Exclusive) -> Callable[[str], dict[str, str]]:
    def use_model(name: str) -> dict[str, str]:
        """Lets the page go on with another model: it ends, and comes again at the same address.

        ``{"error": sentence}`` where articles are being added.
        """
        if adding.is_taken:
            return {"error": _BUSY}
        if any(known.model.name == name and known.is_fetched for known in models.known()):
            later = threading.Timer(ANSWERED_AFTER, switch.to_model, [name])
            later.daemon = True
            later.start()
        return {}

    return use_model

"""The Notes view: notebooks of kept answers and passages, to be ordered, written beside, taken along and asked."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from index.errors import BylineError
from index.library import Library
from index.store.readers.notebooks import Notebooks
from qa.kept.history import answer_to_text
from qa.kept.notes import kept_in, passage, sources, whole_sentences
from ui.html.docx import notebook_docx
from ui.html.markup import error_html
from ui.html.notebook import notebook_html, notebook_markdown
from ui.html.render import kept_html
from ui.page.frame.browsers import owner_of
from ui.page.frame.scripted import scripted
from ui.page.frame.view import PRIVATE, Desk, View
from ui.page.shelf.library import wanted
from ui.page.views.history import file_name
from ui.quick_gradio import gr
from ui.ways_out import on_page

_LONGEST = 20_000
"""Characters that are written beside one note. Round, not fitted."""
_NOWHERE = "These words do not stand in the article like this; mark words of its text."


def _add(desk: Desk) -> None:
    view = scripted("notebook", "notes", [_serving(desk.library), _exporting(desk.library)])
    view.restrict(wanted, None, desk.only, **PRIVATE)


def keeping(library: Library) -> tuple[Callable[..., dict[str, Any]], Callable[..., dict[str, Any]]]:
    """The two functions by which the page's scripts put an answer, and a passage, into a notebook.

    Each gives the ``notebook`` that it was kept in, or the ``error``.
    """

    def keep_answer(asked: dict[str, Any], request: gr.Request) -> dict[str, Any]:
        """Keeps the answer of the ``turn`` in the ``notebook``, or the latest."""
        owner = owner_of(request)
        turn = library.conversations.turn(int(asked["turn"]), owner)
        if turn is None or turn.answer is None:
            return {"error": "This answer is no longer there; ask again."}
        return kept(turn.answer, asked, owner)

    def keep_passage(asked: dict[str, Any], request: gr.Request) -> dict[str, Any]:
        """Keeps the sentences of the ``article`` that hold the ``words``, or those from ``start`` to ``end``."""
        try:
            article = library.article(str(asked["article"]))
        except BylineError as error:
            return {"error": on_page(str(error))}
        words = str(asked.get("words") or "")
        place = whole_sentences(article, words) if words.strip() else (int(asked["start"]), int(asked["end"]))
        if place is None or not 0 <= place[0] < place[1] <= len(article.text):
            return {"error": _NOWHERE}
        return kept(answer_to_text(passage(article, *place)), asked, owner_of(request))

    def kept(text: str, asked: dict[str, Any], owner: str) -> dict[str, Any]:
        notebooks = library.notebooks
        try:
            number = notebooks.keep(_number(asked.get("notebook")), text, owner=owner)
            (name,) = [each.name for each in notebooks.all(owner) if each.id == number]
        except BylineError as error:
            return {"error": on_page(str(error))}
        return {"notebook": number, "name": name}

    return keep_answer, keep_passage


def _number(given: Any) -> int | None:
    return int(given) if str(given or "").isdecimal() else None


def _serving(library: Library) -> Callable[..., dict[str, Any]]:
    """The function by which the view's script sees and changes notebooks."""

    def notes(asked: dict[str, Any], request: gr.Request) -> dict[str, Any]:
        """Carries out the change that the page's script asks for, if any, and returns the notebooks as they are then.

        ``act`` is one of begin, rename, delete (of a ``notebook``, with a ``name``), add (``words`` of one's own),
        write (``words``), move (``by``) and remove (of a ``note``); ``error`` says why it was not done.
        """
        notebooks, owner = library.notebooks, owner_of(request)
        number, error = _number(asked.get("notebook")), ""
        try:
            number = _act(notebooks, asked, number, owner)
        except BylineError as raised:
            error = error_html(str(raised))
        try:
            return {**_listing(notebooks, number, owner), "error": error}
        except BylineError as raised:
            return {"notebooks": [], "notebook": None, "notes": [], "sources": [], "error": error_html(str(raised))}

    return notes


def _act(notebooks: Notebooks, asked: dict[str, Any], number: int | None, owner: str) -> int | None:
    """Carries out one change; returns the number of the notebook that is then shown, or None."""
    act, note = str(asked.get("act") or ""), _number(asked.get("note")) or 0
    words = str(asked.get("words") or "")[:_LONGEST]
    if act == "begin":
        return notebooks.begin(str(asked["name"]), owner)
    if act == "rename":
        notebooks.rename(number or 0, str(asked["name"]), owner)
    elif act == "delete":
        notebooks.delete(number or 0, owner)
        return None
    elif act == "add":
        return notebooks.keep(number, None, words, owner)
    elif act == "write":
        notebooks.write(note, words, owner)
    elif act == "move":
        notebooks.move(note, int(asked["by"]), owner)
    elif act == "remove":
        notebooks.remove(note, owner)
    return number


def _listing(notebooks: Notebooks, number: int | None, owner: str) -> dict[str, Any]:
    """The owner's notebooks, and the notes of that which was asked for or else the latest."""
    every = notebooks.all(owner)
    ids = [each.id for each in every]
    shown = number if number in ids else next(iter(ids), None)
    notes = [] if shown is None else notebooks.notes(shown, owner)
    return {
        "notebooks": [{"id": each.id, "name": each.name, "notes": each.notes} for each in every],
        "notebook": shown,
        "notes": [
            {"id": note.id, "html": "" if kept is None else kept_html(kept, note.id), "words": note.words}
            for note, kept in kept_in(notes)
        ],
        "sources": list(sources(notes)),
    }


def _exporting(library: Library) -> Callable[..., dict[str, str]]:
    """The function by which the view's script gets a notebook as a file."""

    def save(asked: dict[str, Any], request: gr.Request) -> dict[str, str]:
        """The ``notebook`` as ``{"name": file name, "data": base64}``; its ``format`` is md, html or docx."""
        owner, number, ending = owner_of(request), _number(asked.get("notebook")) or 0, str(asked["format"])
        try:
            notes = library.notebooks.notes(number, owner)
            (name,) = [each.name for each in library.notebooks.all(owner) if each.id == number]
        except BylineError as error:
            return {"error": error_html(str(error))}
        if ending == "docx":
            data = notebook_docx(name, notes)
        else:
            data = (notebook_html if ending == "html" else notebook_markdown)(name, notes).encode()
        return {"name": file_name(name, ending), "data": base64.b64encode(data).decode()}

    return save


NOTES = View("notes", "Notes", _add)

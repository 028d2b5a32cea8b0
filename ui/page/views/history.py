"""The History view: the conversations kept in the library, to be found, reopened, renamed, deleted and taken along."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from index.errors import BylineError, InputError
from index.library import Library
from index.store.readers.conversations import StoredConversation, StoredTurn
from qa.kept.history import answer_from_text
from qa.kept.sharing import conversation_from_text, conversation_to_text
from ui.html.export import conversation_html, conversation_markdown, local_time
from ui.html.files import STATIC
from ui.html.markup import count_of, error_html, sanitised
from ui.html.passages import marked, stretch
from ui.page.frame.browsers import adopt, owner_of
from ui.page.frame.view import PRIVATE, Desk, View
from ui.quick_gradio import gr
from ui.ways_out import on_page

_FORMATS: dict[str, Callable[..., str]] = {
    "html": conversation_html,
    "md": conversation_markdown,
    "json": lambda name, turns, _: conversation_to_text(name, turns),
}
_NONE = "What you ask is kept here. Begin under Ask."
_TAKEN = "{name} (from a file)"
"""What a conversation is called that somebody gave: nobody here saw how it came to be."""
_LONGEST_FILE = 20_000_000
"""Characters of a file with a conversation. Round, not fitted."""
_TOO_LONG = "The file is too large for a conversation; files of up to 20 MB are taken in."
_LONGEST_FILE_NAME = 60
"""Characters of the name of a file that a conversation is saved as. Round, not fitted."""
_SHARED = (
    '<span class="about" dir="ltr">Whoever can open this page may read it at '
    '<a href="?conversation={id}" target="_blank">this address</a></span>'
)
_MORE = '<button type="button" class="deed more">Show more</button>'
PAGE = 50
"""Conversations shown at first, and as many more each time that more are wanted. Round, not fitted."""


def conversations_html(
    conversations: Sequence[StoredConversation],
    words: str,
    turns: Callable[[int], Sequence[StoredTurn]] | None = None,
    most: int = PAGE,
) -> str:
    """The first ``most`` conversations; ``words`` are those searched for. ``static/past.js`` does what is clicked.

    ``turns`` gives those of a conversation: a stretch of the question or answer that holds the words is shown.
    """
    if not conversations:
        sentence = "No conversation holds these words." if words.strip() else _NONE
        return sanitised(f'<p class="empty">{sentence}</p>')
    items = "".join(
        f'<li class="past" dir="auto" data-conversation="{item.id}">'
        f'<a class="conversation" href="?conversation={item.id}" data-conversation="{item.id}">'
        f"{escape(item.name)}</a>"
        '<span class="about"><span dir="ltr">'
        f"{count_of(item.turns, 'question')}, {local_time(item.changed)}</span></span>"
        f"{_where(turns(item.id), words) if turns and words.strip() else ''}"
        f"{_SHARED.format(id=item.id) if item.shared else ''}"
        f'<span class="acts" dir="ltr">{_acts(item.name, bool(item.shared))}</span></li>'
        for item in conversations[:most]
    )
    more = f'<p class="rest"><span>{most:,} of {len(conversations):,}</span> {_MORE}</p>'
    return sanitised(
        f'<ol class="pasts" aria-label="Conversations">{items}</ol>{more if most < len(conversations) else ""}'
    )


def _where(turns: Sequence[StoredTurn], words: str) -> str:
    """The stretch of a question or an answer that holds most of the words, with them marked; empty where none does."""
    terms = words.casefold().split()
    texts = [text for turn in turns for text in (_said(turn), turn.question)]
    best = max(texts, key=lambda text: sum(term in text.casefold() for term in terms), default="")
    found = stretch(best, terms)
    return f'<p class="where" dir="auto">{marked(found, terms)}</p>' if found else ""


def _said(turn: StoredTurn) -> str:
    return "" if turn.answer is None else answer_from_text(turn.answer).text


def _acts(name: str, shared: bool) -> str:
    return "".join(
        f'<button type="button" class="tool {kind}" aria-label="{escape(f"{label}: {name}")}">{label}</button>'
        for kind, label in (
            ("rename", "Rename"),
            ("unshare", "Stop sharing") if shared else ("share", "Share"),
            ("html", "Save HTML"),
            ("md", "Save Markdown"),
            ("json", "Save for Byline"),
            ("delete", "Delete"),
        )
    )


class _Past:
    """The view's parts on the page, and what happens when a reader does something with them."""

    def __init__(self, desk: Desk) -> None:
        """Puts the parts where the page is being built."""
        self._kept = desk.library.conversations
        self._search = gr.Textbox(
            "",
            elem_id="history-search",
            label="Search the conversations",
            placeholder="Words of a question or an answer",
            max_lines=1,
        )
        self._notice = gr.HTML(elem_id="history-notice", apply_default_css=False)
        self._listed = gr.HTML(
            elem_id="conversations",
            apply_default_css=False,
            js_on_load=(STATIC / "past.js").read_text(encoding="utf-8"),
            server_functions=[_exporting(desk.library), _taking(desk.library)],
        )

    def connect(self) -> None:
        """Connects the parts of the view with the functions that they call."""
        search, listed = self._search, self._listed
        search.change(self._show, search, listed, trigger_mode="always_last", **PRIVATE)
        listed.opened(self._show_some, search, listed, **PRIVATE)
        changing = {"trigger_mode": "multiple", **PRIVATE}
        listed.renamed(self._rename, search, [self._notice, listed], **changing)
        listed.shared(self._share, search, [self._notice, listed], **changing)
        listed.deleted(self._delete, search, [self._notice, listed], **changing)

    def _show(self, words: str | None, request: gr.Request, most: int = PAGE) -> str:
        """The list; no words come from a page that is only just there."""
        try:
            adopt(self._kept, request)
            found = self._kept.find(words or "", owner_of(request))
            return conversations_html(found, words or "", self._kept.turns, most)
        except BylineError as error:
            return error_html(str(error))

    def _show_some(self, words: str | None, request: gr.Request, event: gr.EventData) -> str:
        return self._show(words, request, int(event.most))

    def _after(
        self, change: Callable[[], None], words: str | None, request: gr.Request, event: gr.EventData
    ) -> tuple[str, str]:
        """Why a change could not be made, and the list as it then is."""
        notice = ""
        try:
            change()
        except BylineError as error:
            notice = error_html(str(error))
        return notice, self._show_some(words, request, event)

    def _rename(self, words: str | None, request: gr.Request, event: gr.EventData) -> tuple[str, str]:
        number, name, owner = int(event.conversation), str(event.name), owner_of(request)
        return self._after(lambda: self._kept.rename(number, name, owner), words, request, event)

    def _delete(self, words: str | None, request: gr.Request, event: gr.EventData) -> tuple[str, str]:
        number, owner = int(event.conversation), owner_of(request)
        return self._after(lambda: self._kept.delete(number, owner), words, request, event)

    def _share(self, words: str | None, request: gr.Request, event: gr.EventData) -> tuple[str, str]:
        number, shared, owner = int(event.conversation), bool(event.shared), owner_of(request)
        return self._after(lambda: self._kept.share(number, shared, owner), words, request, event)


def _exporting(library: Library) -> Callable[[dict[str, object], gr.Request], dict[str, str]]:
    """The function by which the page's script gets a conversation as a file."""

    def export(asked: dict[str, object], request: gr.Request) -> dict[str, str]:
        """The ``conversation`` asked for as ``{"name": file name, "text": ...}``; ``format`` is html, md or json."""
        number, ending = int(str(asked["conversation"])), str(asked["format"])
        try:
            name = library.conversations.name(number, owner_of(request))
            text = _FORMATS[ending](name, library.conversations.turns(number), library.article)
        except BylineError as error:
            return {"error": on_page(str(error))}
        return {"name": file_name(name, ending), "text": text}

    return export


def _taking(library: Library) -> Callable[[str, gr.Request], dict[str, str]]:
    """The function by which the page's script takes in a conversation that somebody gave as a file."""

    def take(text: str, request: gr.Request) -> dict[str, str]:
        """Keeps the conversation of a file's text; ``error`` says why it was not done."""
        try:
            if len(text) > _LONGEST_FILE:
                raise InputError(_TOO_LONG)
            name, turns = conversation_from_text(text)
            library.conversations.take(_TAKEN.format(name=name), turns, owner_of(request))
        except BylineError as error:
            return {"error": error_html(str(error))}
        return {"error": ""}

    return take


def file_name(name: str, ending: str) -> str:
    """A name for a file, of the letters and digits of another name.

    >>> file_name("Who won the cup: Ana, or José?", "md")
    'who-won-the-cup-ana-or-josé.md'
    >>> file_name("../..", "html")
    'conversation.html'
    """
    words = "-".join(re.findall(r"\w+", name.lower()))[:_LONGEST_FILE_NAME].strip("-")
    return f"{words or 'conversation'}.{ending}"


HISTORY = View("history", "History", lambda desk: _Past(desk).connect())

"""The Speakers view: who says what in the articles of the library, each with all that is given to them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from index.errors import BylineError
from index.library import Library
from index.records import Listing
from qa.speakers import Speaker, speakers
from ui.html.markup import error_html
from ui.html.speakers import voice_html, voices_html
from ui.page.examples import articles_of
from ui.page.views import STATIC, Desk, View
from ui.quick_gradio import gr

MOST_ARTICLES = 3000
"""Articles read for their speakers, the newest: five milliseconds each."""


class Voices:
    """The speakers of a library, found anew where it has changed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._listings: list[Listing] | None = None
        self._found: list[Speaker] = []

    def all(self) -> Sequence[Speaker]:
        """All of them, who says most first."""
        with self._lock:
            listings = self._library.listings()
            if listings != self._listings:
                ids = [each.id for each in listings if each.duplicate_of is None]
                self._found = speakers(articles_of(self._library, ids[:MOST_ARTICLES]))
                self._listings = listings
            return self._found


def _add(desk: Desk) -> None:
    voices = Voices(desk.library)
    gr.HTML(
        elem_id="voices",
        apply_default_css=False,
        html_template=(STATIC / "speakers.html").read_text(encoding="utf-8"),
        js_on_load=(STATIC / "speakers.js").read_text(encoding="utf-8"),
        server_functions=[_listing(voices), _telling(voices)],
    )


def _listing(voices: Voices) -> Callable[[str], str]:
    """The function by which the view's script gets the list."""

    def list_voices(words: str) -> str:
        """The speakers whose names hold the words, as markup."""
        try:
            return voices_html(voices.all(), str(words or ""))
        except BylineError as error:
            return error_html(str(error))

    return list_voices


def _telling(voices: Voices) -> Callable[[str], str]:
    """The function by which the view's script gets one speaker."""

    def tell_voice(key: str) -> str:
        """All that is given to the speaker of this key, as markup."""
        try:
            found = next((speaker for speaker in voices.all() if speaker.key == str(key)), None)
        except BylineError as error:
            return error_html(str(error))
        return (
            error_html("Nobody of this name speaks in the articles any more.") if found is None else voice_html(found)
        )

    return tell_voice


SPEAKERS = View("speakers", "Speakers", _add)

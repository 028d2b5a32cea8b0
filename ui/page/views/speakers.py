"""The Speakers view: who says what in the articles of the library, each with all that is given to them.

An article is read for that once; while some are left, what was found so far is shown, and the view's script asks again.
"""

from __future__ import annotations

from collections.abc import Callable

from index.errors import BylineError
from index.library import Library
from qa.speakers.library import Voices
from ui.html.markup import empty_html, error_html
from ui.html.speakers import NOBODY, NONE_KNOWN, voice_html, voices_html
from ui.page.frame.scripted import scripted
from ui.page.frame.view import Desk, View

_SECONDS = 0.7
"""For so long articles are read before what was found is shown. Chosen by eye."""


def _add(desk: Desk) -> None:
    voices = Voices(desk.library)
    scripted("voices", "speakers", [_listing(desk.library, voices), _telling(voices)])


def _listing(library: Library, voices: Voices) -> Callable[[list[str]], str]:
    """The function by which the view's script gets the list."""

    def list_voices(wanted: list[str]) -> str:
        """The speakers whose names hold the words, as markup; ``wanted``: the words, and how many to show."""
        words, most = wanted
        try:
            if library.is_empty:
                return empty_html()
            read, articles = voices.read(_SECONDS)
            nobody = NOBODY if voices.are_known else NONE_KNOWN
            return voices_html(voices.all(), str(words), int(most), read, articles, nobody)
        except BylineError as error:
            return error_html(str(error))

    return list_voices


def _telling(voices: Voices) -> Callable[[list[str]], str]:
    """The function by which the view's script gets one speaker."""

    def tell_voice(wanted: list[str]) -> str:
        """Markup of the statements of one speaker; ``wanted`` holds the speaker's key and how many to show."""
        key, most = wanted
        try:
            read, articles = voices.read(_SECONDS)
            found = next((voice for voice in voices.all() if voice.key == str(key)), None)
            sayings = voices.sayings(found, 0, int(most)) if found else []
        except BylineError as error:
            return error_html(str(error))
        if found is None and read == articles:
            return error_html("Nobody of this name speaks in the articles any more.")
        return voice_html(found, sayings, read, articles)

    return tell_voice


SPEAKERS = View("speakers", "Speakers", _add)

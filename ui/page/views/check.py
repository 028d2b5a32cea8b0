"""The Check view: where a quotation comes from, and whether the articles bear out a text of one's own."""

from __future__ import annotations

import time
from collections.abc import Iterator

from index.errors import BylineError, InputError
from index.language.detection import language_lines, unknown_to_checks
from index.text.sentences import sentences
from qa.lookup.quotes import find_quote
from qa.support.checking import CheckedSentence, checking
from ui.html.files import STATIC
from ui.html.findings import checked_html, quote_html
from ui.html.markup import empty_html, error_html
from ui.page.frame.view import MOST_AT_ONCE, PRIVATE, Desk, Stops, View
from ui.quick_gradio import gr

LONGEST_TEXT = 100_000
"""Characters of a text that is checked. Round, not fitted."""

_SHOW_EVERY = 0.2
"""Seconds between two looks at the verdicts there are: all of them are sent each time. Chosen by eye."""

_EMPTY = "There is no text to check; paste one."
_TOO_LONG = "The text has {given:,} characters; check at most {most:,} at once."


class _Checking:
    """The view's parts on the page, and what happens when a reader does something with them."""

    def __init__(self, desk: Desk) -> None:
        """Puts the parts where the page is being built."""
        self._desk = desk
        self._stops = Stops()
        into_sight = (STATIC / "check.js").read_text(encoding="utf-8")
        gr.HTML('<h2 class="section">Where does this quotation come from?</h2>', apply_default_css=False)
        self._words = gr.Textbox(
            elem_id="quotation",
            label="Quotation",
            placeholder="Paste the words; quotation marks, dashes and capitals make no difference",
            lines=1,  # with more of them Gradio sends at Shift+Enter
            max_lines=8,
            container=False,
        )
        self._look_up = gr.Button("Look up", elem_id="look-up", elem_classes="act")
        self._found = gr.HTML(elem_id="found", apply_default_css=False, js_on_load=into_sight)
        gr.HTML('<h2 class="section">Do the articles bear out this text?</h2>', apply_default_css=False)
        self._draft = gr.Textbox(
            elem_id="draft",
            label="Text to check",
            placeholder="Paste a text of your own; every sentence is held against the articles",
            lines=5,
            max_lines=16,
            container=False,
        )
        with gr.Row(elem_id="draft-row"):
            self._check = gr.Button("Check", elem_id="check-text", elem_classes="act")
            self._halt = gr.Button("Stop", elem_id="check-stop", elem_classes="act quiet")
        self._verdicts = gr.HTML(elem_id="verdicts", apply_default_css=False, js_on_load=into_sight)

    def connect(self) -> None:
        """Connects the parts of the view with the functions that they call."""
        gr.on([self._look_up.click, self._words.submit], self._find, self._words, self._found, **PRIVATE)
        self._check.click(self._judge, self._draft, self._verdicts, concurrency_limit=MOST_AT_ONCE, **PRIVATE)
        self._halt.click(self._stops.stop, queue=False, **PRIVATE)

    def _find(self, quotation: str) -> str:
        library = self._desk.library
        try:
            if library.is_empty:
                return empty_html()
            return quote_html(find_quote(quotation, library), library.article)
        except BylineError as error:
            return error_html(str(error))

    def _judge(self, text: str, request: gr.Request) -> Iterator[str]:
        """Shows the verdicts as they come."""
        with self._stops.running(request) as stop:
            try:
                total = len(_readable(text))
                if self._desk.library.is_empty:
                    yield empty_html()
                    return
                done: list[CheckedSentence] = []
                unknown = unknown_to_checks(text)
                yield checked_html(done, total, unknown=unknown)
                shown = time.monotonic()
                for item in checking(text, self._desk.library, self._desk.assistant.reader()):
                    done.append(item)
                    if stop.is_set():
                        break
                    if time.monotonic() >= shown + _SHOW_EVERY:
                        shown = time.monotonic()
                        yield checked_html(done, total, unknown=unknown)
                yield checked_html(done, total, ended=True, unknown=unknown)
            except BylineError as error:
                yield error_html(str(error))


def _readable(text: str) -> list[str]:
    """The sentences of a text. Raises InputError: none, or too many characters."""
    if len(text) > LONGEST_TEXT:
        raise InputError(_TOO_LONG.format(given=len(text), most=LONGEST_TEXT))
    found = [
        sentence.text for start, end, code in language_lines(text) for sentence in sentences(text, start, end, code)
    ]
    if not found:
        raise InputError(_EMPTY)
    return found


CHECK = View("check", "Check", lambda desk: _Checking(desk).connect())

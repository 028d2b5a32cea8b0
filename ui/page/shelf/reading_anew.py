"""The button that has the articles read anew for an embedder that knows their languages, where this machine has one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from html import escape

from index.errors import BylineError
from index.library import Library
from index.records import Wanted
from ui.advising import EMBEDDER, MULTILINGUAL, hardly_known, is_on_this_machine
from ui.html.being_added import said_html
from ui.html.markup import count_of, error_html, progress_html, sanitised
from ui.page.frame.switch import ANSWERED_AFTER, Switch
from ui.page.frame.view import Exclusive
from ui.quick_gradio import gr

BUTTON = "Read the articles anew for other languages"
_READ = "The articles were read anew; the page comes again in a moment."


def anew_button(library: Library, switch: Switch | None) -> gr.Button:
    """The button that has the articles read anew; hidden where no other embedder would find more, or it is not here."""
    may = switch is not None and switch.read_anew is not None and is_on_this_machine(MULTILINGUAL)
    return gr.Button(visible=may and bool(hardly_known(library)))


def reading_anew(library: Library, switch: Switch, others: Exclusive, stop: threading.Event) -> Iterator[str]:
    """Reads the articles anew until ``stop`` is set; yields HTML of the progress, then has the page served anew.

    Whenever it ends before, the library is as it was.
    """
    with others.taken(stop) as mine:
        if not mine or switch.read_anew is None:
            yield ""
            return
        total = library.listed(Wanted(), count=0).articles
        yield progress_html(f"0 of {count_of(total, 'article')}", 0, total, "Articles read anew")
        try:
            for done, _ in enumerate(switch.read_anew(MULTILINGUAL), start=1):
                yield progress_html(
                    f"{done:,} of {count_of(total, 'article')}", done, max(done, total), "Articles read anew"
                )
                if stop.is_set():
                    yield ""
                    return
        except BylineError as error:
            yield error_html(str(error))
            return
    later = threading.Timer(ANSWERED_AFTER, switch.to, [switch.here])
    later.daemon = True
    later.start()
    yield said_html(_READ)


def advice_html(library: Library) -> str:
    """The sentence that recommends another embedder; empty where the library's own knows all its languages."""
    foreign = hardly_known(library)
    if not foreign:
        return ""
    told = f"Articles that are not in English: {sum(foreign.values()):,}. The model that finds passages, {EMBEDDER}, "
    if is_on_this_machine(MULTILINGUAL):
        told += f"knows English alone; for a better one press “{BUTTON}”."
    else:
        told += (
            f"knows English alone; get a better one with: byline models fetch {MULTILINGUAL}, "
            f"then reload this page and press “{BUTTON}”."
        )
    return sanitised(f'<p class="reason">{escape(told)}</p>')

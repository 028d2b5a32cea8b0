"""The button that says how many files changed in the folders that were added, and brings them in."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from index.adding import AddResult
from index.folders import apply_changes, changed_folders
from index.library import Library
from ui.html.markup import count_of
from ui.quick_gradio import gr


def changed_button(library: Library) -> gr.Button:
    """The button that brings changed files in, with their number and folder; hidden where no file changed."""
    found = list(changed_folders(library))
    count = sum(each.count for each in found)
    where = str(found[0].folder) if len(found) == 1 else f"{len(found):,} folders"
    words = f"{count_of(count, 'file')} changed in {where}: bring the library up to date" if count else ""
    return gr.Button(words, visible=count > 0)


def catch_up(library: Library, stop: threading.Event) -> Iterator[AddResult]:
    """Makes the library match each of its folders whose files changed; yields what became of each changed file."""
    for found in changed_folders(library):
        yield from (outcome for outcome in apply_changes(library, found, stop) if outcome.status != "unchanged")

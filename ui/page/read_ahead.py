"""How far was read ahead, as the help tells it."""

from __future__ import annotations

from collections.abc import Callable

from index.library import Library
from qa.llm.states import StateStore
from qa.reader.making import MOST_KEPT_BYTES
from ui.html.markup import count_of

_NOTHING = "Nothing has been read ahead yet; it is while nobody asks, the newest article first."


def reading_ahead(library: Library) -> Callable[[None], str]:
    """The function by which the page's script learns how far was read ahead."""

    def read_ahead(_: None) -> str:
        """A sentence: how many passages are known already, and what they take up on the disk."""
        count, size = StateStore(library.folder / "readings").kept()
        if not count:
            return _NOTHING
        return (
            f"Read ahead: {count_of(count, 'passage')}, the newest article first; what was made of them takes "
            f"{size / 1e6:,.0f} MB, at most {MOST_KEPT_BYTES / 1e6:,.0f} MB. A question about one is answered sooner."
        )

    return read_ahead

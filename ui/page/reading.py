"""How far the language model has read ahead, as the help tells it."""

from __future__ import annotations

from collections.abc import Callable

from index.library import Library
from qa.llm.states import MOST_BYTES, StateStore
from ui.html.markup import count_of

_NOTHING = "The model has read nothing ahead yet; it does while nobody asks, the newest article first."


def reading_ahead(library: Library) -> Callable[[None], str]:
    """The function by which the page's script learns it."""

    def read_ahead(_: None) -> str:
        """A sentence: how many passages the model knows already, and what they take up on the disk."""
        count, size = StateStore(library.folder / "states").kept()
        if not count:
            return _NOTHING
        return (
            f"The model has read {count_of(count, 'passage')} ahead, the newest article first; what it made of them "
            f"takes {size / 1e6:,.0f} MB, at most {MOST_BYTES / 1e6:,.0f} MB. A question about one is answered sooner."
        )

    return read_ahead

"""A library with a bridge, and an assistant that is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fakes import Typist

from index.library import Library
from qa.assistant import Assistant

ARTICLES = {
    "bridge.txt": "Bridge closed\n\nThe bridge over the Wend is closed. The repairs cost two million crowns.\n",
    "wolves.txt": "Wolves return\n\nFour wolves were seen near Ostrey. A farmer lost nine sheep.\n",
}
QUESTION = "What do the repairs of the bridge cost?"


@pytest.fixture
def assistant(library: Library) -> Iterator[Callable[[Typist], Assistant]]:
    """Makes assistants with a model's stand-in over the test's own ``library``."""
    made = []

    def make(typist: Typist) -> Assistant:
        made.append(Assistant(library, lambda: typist, typist.name, reads_ahead=False))
        return made[-1]

    yield make
    for assistant in made:
        assistant.close()

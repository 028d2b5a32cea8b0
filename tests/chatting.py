"""``byline chat`` in a thread of the test, with parrots for its models: libraries and models can be changed there."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from browsing import Parrot
from fakes import WordEmbedder
from page_server import free_port

from index.errors import FailedError
from index.libraries import Libraries
from index.library import Library
from index.models.catalogue import named
from index.reading.files import find
from index.records import Filter
from qa.llm.halt import Halt
from qa.llm.suiting import Known
from qa.records import Answer, Timings, Turn
from ui.commands.chat import chat
from ui.commands.chosen import Chosen
from ui.page.frame.switch import Models, Switch

SMALL, LARGE, FAR = named("0.5b"), named("1.5b"), named("Qwen3-8B")
KNOWN = [
    Known(SMALL, is_fetched=True, enough_memory=True, first_word_s=0.5),
    Known(LARGE, is_fetched=True, enough_memory=True, first_word_s=1.5),
    Known(FAR, is_fetched=False, enough_memory=False, first_word_s=None),
    Known(named("minilm"), is_fetched=True, enough_memory=True, first_word_s=None),
]
TOO_SMALL = "The memory is too small."


class Caged(Parrot):
    """A parrot that says which model it is, and is let go of in the end."""

    def __init__(self, library: Library, name: str) -> None:
        super().__init__(library)
        self.model_name = name
        self._stops: list[Halt] = []

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        stop: Halt | None = None,
        only: Filter | None = None,
        anyway: bool = False,
    ) -> Iterator[Answer]:
        stop = stop or Halt()
        self._stops.append(stop)
        for answer in super().stream(question, history, stop, only, anyway):
            yield replace(answer, model=self.model_name, llm_calls=1, timings=Timings(first_token=100.0, total=200.0))

    def close(self) -> None:
        for stop in self._stops:
            stop.set()


@dataclass
class Chatting:
    """A program that serves the page, its libraries, and the parrot it began with last."""

    address: str
    libraries: Libraries
    elsewhere: Path
    """The library that it was begun with, which has no name."""
    parrots: list[Caged] = field(default_factory=list)
    too_large: set[str] = field(default_factory=set)
    """Names of models for which the memory is too small."""


@contextmanager
def chatting(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Chatting]:
    """The program on a library that lies elsewhere, with another called "votes"."""
    switches: list[Switch] = []
    port = free_port()
    talk = Chatting(f"http://127.0.0.1:{port}/", Libraries(folder / "home"), folder / "elsewhere")

    class Noted(Switch):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            switches.append(self)

    def open_parrot(library: Library) -> Caged:
        used = Chosen.model or SMALL.name
        if used in talk.too_large:
            raise FailedError(TOO_SMALL)
        talk.parrots.append(Caged(library, used))
        return talk.parrots[-1]

    (folder / "bridge.txt").write_text("Bridge closed\n\nThe bridge over the Wend is closed.\n")
    votes = Library(talk.libraries.make("votes"), WordEmbedder())
    list(votes.add(find([folder / "bridge.txt"])))
    votes.close()
    patch.setattr(Chosen, "library", talk.elsewhere)
    patch.setattr(Chosen, "model", None)
    patch.setattr("ui.commands.chosen.open_embedder", WordEmbedder)
    patch.setattr("ui.commands.chat.all_libraries", lambda: talk.libraries)
    patch.setattr("ui.commands.chat.open_assistant", open_parrot)
    patch.setattr("ui.commands.chat.page_models", lambda: Models(lambda: KNOWN, Chosen.model or SMALL.name, False))
    patch.setattr("ui.page.frame.switch.Switch", Noted)
    ready = threading.Event()
    patch.setattr("ui.commands.chat.note", lambda told: ready.set())
    options = {"articles": None, "host": "127.0.0.1", "no_browser": True, "password_file": None, "mcp": False}
    thread = threading.Thread(target=chat, kwargs={"port": port, **options})
    thread.start()
    assert ready.wait(60)
    yield talk
    switches[-1].next = None
    switches[-1].end()
    thread.join(60)
    assert not thread.is_alive()

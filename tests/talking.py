"""A conversation with an assistant that echoes what it is asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from index.errors import FailedError, InputError
from index.library import Library
from index.records import Filter
from qa.records import Answer, Turn
from ui.page.asking.conversation import Conversation


class Echo:
    """Answers a question with itself, in two steps; some words in it make it fail."""

    def __init__(self) -> None:
        self.histories: list[Sequence[Turn]] = []
        self.expected: list[tuple[str, Sequence[Turn], Filter | None]] = []

    def prepare(self, question: str, history: Sequence[Turn] = (), only: Filter | None = None) -> None:
        self.expected.append((question, history, only))

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        stop: threading.Event | None = None,
        only: Filter | None = None,
        anyway: bool = False,
    ) -> Iterator[Answer]:
        self.histories.append(history)
        if "nothing" in question:
            raise InputError("The library is empty.")
        answer = Answer(question, question, stage="searching")
        yield answer
        if "fail" in question:
            raise FailedError("It failed.")
        if "invalid" in question:
            raise InputError("The library was made by another program.")
        if "break" in question:
            raise ZeroDivisionError
        yield replace(answer, stage="writing", text=question.upper())
        yield replace(
            answer,
            stage="done",
            text=question.upper(),
            outcome="answered" if anyway or "refuse" not in question else "not found",
        )


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def talk(library: Library, echo: Echo) -> Conversation:
    """A conversation that is kept in the test's own ``library``."""
    return Conversation(library, echo)  # type: ignore[arg-type]

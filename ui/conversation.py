"""A conversation in one browser tab: its questions, their growing answers, and how they look."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from index.errors import BylineError, InputError
from index.library import Library
from qa.records import Answer, Turn
from ui.render import answer_html

if TYPE_CHECKING:
    from qa.assistant import Assistant

_LOOK_EVERY = 0.1
"""Seconds between two looks at whether the questions before are answered."""

_DEFECT = "Something in Byline broke while it answered; the window in which it runs says what."


class _Exchange:
    """A question and what has become of it so far."""

    def __init__(self, question: str, turn: int) -> None:
        self.turn = turn
        self.answer = Answer(question=question, standalone=question, stage="waiting")
        self.stop = threading.Event()
        self.begun = False
        self.stopped = False
        self.error = ""
        self.over = False
        self.html: str | None = None
        """How it looks, once it is over."""


class Conversation:
    """The questions and answers of one tab, oldest first."""

    def __init__(self, library: Library, assistant: Assistant) -> None:
        self._library = library
        self._assistant = assistant
        self._exchanges: list[_Exchange] = []
        self._asked = 0

    def __deepcopy__(self, memo: dict[int, Any]) -> Conversation:
        """A new conversation: Gradio gives every tab its own by copying the one the page was built with."""
        return Conversation(self._library, self._assistant)

    def ask(self, question: str) -> Iterator[None]:
        """Asks, and lets the answer grow; after each step ``html`` has changed. Questions of one tab take turns.

        Raises InputError: the question cannot be asked as it is. It is then no part of the conversation.
        """
        self._asked += 1
        exchange = _Exchange(question, self._asked)
        before = list(self._exchanges)
        self._exchanges.append(exchange)
        try:
            yield from self._grow(exchange, before)
        except BylineError as error:
            if isinstance(error, InputError) and not exchange.begun:
                self._exchanges.remove(exchange)
                raise
            exchange.error = str(error)
        except Exception:
            logging.getLogger(__name__).exception("The question %r ended in a defect", question)
            exchange.error = _DEFECT
        finally:  # also where the tab was closed: whoever waits behind this question goes on
            exchange.stopped = exchange.stop.is_set()
            exchange.stop.set()
            exchange.over = True
        yield

    def _grow(self, exchange: _Exchange, before: Sequence[_Exchange]) -> Iterator[None]:
        question = exchange.answer.question
        while ahead := sum(not earlier.over for earlier in before):
            exchange.answer = replace(exchange.answer, place=ahead)
            yield
            if exchange.stop.wait(_LOOK_EVERY):
                return
        history = [Turn(e.answer.question, e.answer.text) for e in before if e.answer.answered]
        for answer in self._assistant.stream(question, history, exchange.stop):
            if exchange.stop.is_set():  # what was written stands, but no verdict on the whole of it
                return
            exchange.begun = True
            exchange.answer = answer
            yield

    @property
    def is_empty(self) -> bool:
        return not self._exchanges

    def stop(self) -> None:
        """Ends every answer that is still being worked on."""
        for exchange in self._exchanges:
            if not exchange.over:
                exchange.stop.set()

    def html(self) -> tuple[str, str]:
        """The markup of what is settled, and of what may still change: the latest question and all not over."""
        exchanges = list(self._exchanges)
        settled = 0
        while settled < len(exchanges) - 1 and exchanges[settled].over:
            settled += 1
        shown = [self._render(exchange) for exchange in exchanges]
        return "".join(shown[:settled]), "".join(shown[settled:])

    def _render(self, exchange: _Exchange) -> str:
        if exchange.html is not None:
            return exchange.html
        over = exchange.over
        html = answer_html(
            exchange.answer,
            exchange.turn,
            self._library.article,
            error=exchange.error,
            stopped=exchange.stopped,
        )
        if over:
            exchange.html = html
        return html

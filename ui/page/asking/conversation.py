"""A conversation in one browser tab: asks its questions, renders the growing answers, and keeps both in the library."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from index.errors import BylineError, InputError
from index.library import Library
from index.records import Filter
from index.store.readers.conversations import Feedback, State, StoredTurn
from qa.kept.history import answer_from_text, answer_to_text
from qa.llm.halt import Halt
from qa.question.checked import checked_question
from qa.question.restriction import offered
from qa.records import Answer, Turn
from ui.html.markup import CUT_OFF
from ui.html.render import answer_html
from ui.page.asking.examples import articles_left, followups
from ui.page.asking.growing import is_ending

if TYPE_CHECKING:
    from qa.assistant import Assistant

_LOOK_EVERY = 0.1
"""Seconds between two looks at whether the questions before are answered. Round, not fitted."""
_SAVE_EVERY = 1.0
"""Seconds between two times that a growing answer is put on the disk. Round, not fitted."""
_SHOWN = 20
"""Questions shown, and those added at a time of the earlier ones: all of many would burden the browser. Round, not
fitted."""
_MOST_SHOWN = 30
"""So many may stand there when another is asked; of more, only the latest stay, which takes the browser a moment.
Round, not fitted."""

_EARLIER = '<button type="button" class="tool earlier">Show earlier questions ({})</button>'
_DEFECT = "Something in Byline broke while it answered; the window in which it runs says what."
_STOPPED = "Stopped."


class _Exchange:
    """A question with its answer as far as it is written, or with the error that came instead."""

    def __init__(self, question: str, turn: int) -> None:
        self.turn = turn
        """Its id in the library's database."""
        self.answer = Answer(question=question, standalone=question, stage="waiting")
        self.stop = Halt()
        self.begun = False
        self.note = ""
        self.error = ""
        self.feedback: Feedback | None = None
        self.followups: list[str] = []
        self.offered: Filter | None = None
        """What the question may be restricted to, as it names an outlet or a date."""
        self.over = False
        self.holders: set[Conversation] = set()
        """The tabs' conversations that show it; where all of them were closed, nobody waits for it any more."""
        self.html: str | None = None
        """How it looks, once it is over."""

    @classmethod
    def kept(cls, stored: StoredTurn) -> _Exchange:
        """Makes an exchange that is over from the turn that the library kept."""
        exchange = cls(stored.question, stored.id)
        if stored.answer is not None:
            exchange.answer = answer_from_text(stored.answer)
        exchange.error, exchange.feedback = stored.error, stored.feedback
        exchange.note = {"stopped": _STOPPED, "asked": CUT_OFF}.get(stored.state, "")
        exchange.over = True
        return exchange

    @property
    def state(self) -> State:
        if not self.over:
            return "asked"
        return "failed" if self.error else "stopped" if self.note else "done"


class Conversation:
    """The questions and answers of one tab, oldest first, kept in the library from the first question on."""

    def __init__(self, library: Library, assistant: Assistant, growing: dict[int, _Exchange] | None = None) -> None:
        self._library = library
        self._assistant = assistant
        self._growing: dict[int, _Exchange] = {} if growing is None else growing
        """What grows in any tab, by its turn: a page that is reloaded finds it there."""
        self._exchanges: list[_Exchange] = []
        self._adopted: list[_Exchange] = []
        """What grew already when this was opened, and is not yet followed."""
        self._hidden = 0
        """How many of the earliest are not shown."""
        self._given: str | None = None
        """The markup that the page was given as settled."""
        self.id: int | None = None
        """In the library's database; None before the first question."""
        self.owner: str | None = None
        """The browser whose tab it is (see ui/page/frame/browsers.py); None where there is none, as in a program."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Conversation:
        """A new conversation: Gradio gives every tab its own by copying the one the page was built with."""
        return Conversation(self._library, self._assistant, self._growing)

    def begin(self) -> None:
        """Begins an empty conversation in this tab; answers that are still being written are stopped."""
        left = self._exchanges
        self._exchanges, self._hidden, self.id, self._given = [], 0, None, None
        _stop(left)  # only now: whoever is stopped is to find the new one

    def open(self, conversation_id: int) -> None:
        """Goes on with a conversation that was kept; answers being worked on end, but not those of this very one.

        An answer that grows in another tab, or did in this one before it was reloaded, grows in this one too;
        ``follow`` tells when. Raises InputError: there is no such conversation.
        """
        self._library.conversations.name(conversation_id, self.owner)
        if conversation_id == self.id and not all(exchange.over for exchange in self._exchanges):
            return
        left, growing = self._exchanges, dict(self._growing)  # first: what ends meanwhile is found in either
        stored = self._library.conversations.turns(conversation_id)
        self._exchanges = [growing.get(turn.id) or _Exchange.kept(turn) for turn in stored]
        self._adopted = [exchange for exchange in self._exchanges if exchange.turn in growing]
        for exchange in self._adopted:
            exchange.holders.add(self)
        self.id, self._given = conversation_id, None
        self._hide(max(0, len(self._exchanges) - _SHOWN))
        _stop(left)
        self._suggest()

    def follow(self) -> Iterator[None]:
        """Follows the answers that grew already when this was opened; after each step ``html`` has changed."""
        exchanges, adopted, before = self._exchanges, self._adopted, None
        self._adopted = []
        while self._exchanges is exchanges and not (all(exchange.over for exchange in adopted) or is_ending()):
            now = [id(exchange.answer) for exchange in adopted]
            if now != before:
                yield
            before = now
            time.sleep(_LOOK_EVERY)
        if adopted and self._exchanges is exchanges:
            self._suggest()
            yield

    def leave(self) -> None:
        """Called when the tab is closed: stops answers that no other tab shows."""
        for exchange in self._exchanges:
            exchange.holders.discard(self)
            if not (exchange.over or exchange.holders):
                exchange.stop.set()

    def ask(self, question: str, only: Filter | None = None, anyway: bool = False) -> Iterator[None]:
        """Asks, and lets the answer grow; after each step ``html`` has changed. Questions of one tab take turns.

        ``only`` restricts the question to some articles; ``anyway`` wants an answer also where the articles do not say.
        Raises BylineError: the question cannot be asked as it is, or not be kept. It is then no part of the
        conversation.
        """
        checked_question(question)  # it need not wait for its turn to be told so
        kept = self._library.conversations
        self.id, turn = kept.ask(self.id, question, self.owner)
        exchange = _Exchange(question, turn)
        exchange.holders.add(self)
        self._growing[turn] = exchange
        exchanges, before = self._exchanges, list(self._exchanges)
        exchanges.append(exchange)
        if len(exchanges) - self._hidden > _MOST_SHOWN:
            self._hide(len(exchanges) - _SHOWN)
        try:
            yield from self._grow(exchange, before, only, anyway)
        except BylineError as error:
            if isinstance(error, InputError) and not exchange.begun:
                exchange.error = str(error)
                exchanges.remove(exchange)
                kept.forget(turn)
                raise
            exchange.error = str(error)
        except Exception:
            logging.getLogger(__name__).exception("The question %r ended in a defect", question)
            exchange.error = _DEFECT
        finally:  # also where the tab was closed: whoever waits behind this question goes on
            if exchange.stop.is_set() and exchange.answer.stage != "done":
                exchange.note = _STOPPED
            exchange.stop.set()
            exchange.over = True
            if exchange in exchanges:
                try:
                    self._keep(exchange)
                except BylineError as error:
                    exchange.error, exchange.html = exchange.error or str(error), None
            del self._growing[turn]
        self._suggest()
        yield

    def _grow(
        self, exchange: _Exchange, before: Sequence[_Exchange], only: Filter | None, anyway: bool
    ) -> Iterator[None]:
        question = exchange.answer.question
        while ahead := sum(not earlier.over for earlier in before):
            exchange.answer = replace(exchange.answer, place=ahead)
            yield
            if exchange.stop.wait(_LOOK_EVERY):
                return
        saved = time.monotonic()
        for answer in self._assistant.stream(question, _turns(before), exchange.stop, only, anyway):
            if exchange.stop.is_set():  # what was written stands, but no verdict on the whole of it
                return
            exchange.begun = True
            exchange.answer = answer
            if time.monotonic() > saved + _SAVE_EVERY:
                saved = time.monotonic()
                with suppress(BylineError):  # the last time says so
                    self._keep(exchange)
            yield

    def prepare(self, question: str, only: Filter | None = None) -> None:
        """Computes ahead what a question needs, while it is still being typed."""
        self._assistant.prepare(question, _turns(self._exchanges), only)

    def _keep(self, exchange: _Exchange) -> None:
        answer = answer_to_text(exchange.answer)
        self._library.conversations.save(exchange.turn, exchange.state, answer, exchange.error)

    def _suggest(self) -> None:
        """Finds questions to go on with after the latest answer."""
        if not self._exchanges or not self._exchanges[-1].over:
            return
        latest = self._exchanges[-1]
        ids = [citation.article_id for citation in latest.answer.citations]
        ids += [hit.passage.article_id for hit in latest.answer.also_searched]
        articles = articles_left(self._library, dict.fromkeys(ids))
        latest.followups = followups(articles, [exchange.answer.question for exchange in self._exchanges])
        with suppress(BylineError):
            latest.offered = offered(latest.answer.question, self._library)
        latest.html = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked yet."""
        return not self._exchanges

    def stop(self) -> None:
        """Ends every answer that is still being worked on."""
        _stop(self._exchanges)

    def rate(self, turn: int, feedback: Feedback | None) -> None:
        """Stores the reader's verdict on an answer in the library; None removes it."""
        self._library.conversations.rate(turn, feedback, self.owner)
        for exchange in self._exchanges:
            if exchange.turn == turn:
                exchange.feedback, exchange.html = feedback, None

    def show_earlier(self) -> None:
        """Shows some of the earlier questions too, until another is asked."""
        self._hidden = max(0, self._hidden - _SHOWN)

    def _hide(self, count: int) -> None:
        """Hides so many of the earliest questions."""
        self._hidden = count
        for exchange in self._exchanges[:count]:
            exchange.html = None

    def news(self, at_once: bool = False) -> tuple[str | None, str, str]:
        """Returns markup in three parts: of settled exchanges, of lately settled ones, and of those that may change.

        The first part is None where the page has it from a call before. With ``at_once`` exchanges that were settled
        since that call are the second part: giving the browser the first one anew would take it a moment.
        """
        settled, growing = self.html()
        if at_once and self._given is not None and settled.startswith(self._given):
            return None, settled.removeprefix(self._given), growing
        if settled == self._given:
            return None, "", growing
        self._given = settled
        return settled, "", growing

    def html(self) -> tuple[str, str]:
        """The markup of what is settled, and of what may still change: the latest question and all not over.

        Of many questions the latest are shown, and a button for the earlier ones. The latter part begins with a
        ``span.talk`` that tells the page's script which conversation it is.
        """
        hidden, exchanges = self._hidden, self._exchanges[self._hidden :]
        settled = 0
        while settled < len(exchanges) - 1 and exchanges[settled].over:
            settled += 1
        shown = [self._render(exchange) for exchange in exchanges]
        talk = f'<span class="talk" data-conversation="{self.id}" hidden></span>' if exchanges else ""
        return (_EARLIER.format(hidden) if hidden else "") + "".join(shown[:settled]), talk + "".join(shown[settled:])

    def _render(self, exchange: _Exchange) -> str:
        if exchange.html is not None:
            return exchange.html
        over = exchange.over
        html = answer_html(
            exchange.answer,
            exchange.turn,
            self._library.article,
            error=exchange.error,
            note=exchange.note,
            feedback=exchange.feedback,
            followups=exchange.followups,
            offered=exchange.offered,
        )
        if over:
            exchange.html = html
        return html


def _stop(exchanges: Sequence[_Exchange]) -> None:
    for exchange in exchanges:
        if not exchange.over:
            exchange.stop.set()


def _turns(before: Sequence[_Exchange]) -> list[Turn]:
    """The answered turns of the conversation, to which a question may refer."""
    return [Turn.of(exchange.answer) for exchange in before if exchange.answer.answered]

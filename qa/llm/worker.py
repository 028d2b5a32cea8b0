"""One worker owns the language model; questions queue for it and are told their place.

Two llama.cpp contexts at work on two cores fall from 41 tokens a second to below one, so there is one context,
used by one thread, and the turn of the machine is held while it computes. While nobody asks, the model's time is spare.

Answers are written one after the other. Two to four written in one batch have their first words sooner, but the sum of
waiting for whole answers rises: from 3.0 s to 3.8 for two readers of a 0.5B model and new passages, from 9.5 to 13.4 s
with a 1.5B model. Where the 0.5B model knows the passages, it is 2.4 and 2.7 s for two readers, 4.3 and 4.2 for three,
and falls clearly only for four (8.1 to 6.7 s).
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from filelock import Timeout

from index.errors import FailedError
from index.turn import GAP_SECONDS, machine_turn
from qa.llm.halt import Halt
from qa.llm.protocol import LanguageModel

T = TypeVar("T")

_CLOSED = "Byline was closed before the question had its turn; ask it again."
_END_SECONDS = 10
"""How long the end of the model's work is waited for; it may be loading. Round, not fitted."""
_TRIM = getattr(ctypes.CDLL(None), "malloc_trim", None)
"""glibc keeps what was freed between what is still held: without this, 100 MB more after 200 answers."""
_LOOK_SECONDS = 0.1
"""How often somebody who waits looks whether the place has changed or the wait was called off. Chosen by eye."""


@dataclass(frozen=True)
class Waiting:
    """Tells who asked that ``ahead`` other questions are answered first."""

    ahead: int


@dataclass(frozen=True)
class _Ended:
    """The last item that a job puts out: the exception that it failed with, or None."""

    error: BaseException | None


@dataclass(eq=False)
class _Ticket:
    job: Callable[[LanguageModel], Iterator[Any]]
    stop: Halt
    output: queue.SimpleQueue[Any] = field(default_factory=queue.SimpleQueue)
    begun: bool = False
    is_asked: bool = True
    """Whether somebody waits for it; nobody waits where the model is only to be loaded."""
    held_up: bool = False
    """Whether its turn has come, but another Byline computes on this machine."""


class Worker:
    """Runs jobs that need the language model one after the other, in the order they came."""

    def __init__(
        self,
        load: Callable[[], LanguageModel],
        spare: Callable[[LanguageModel, Halt], bool] = lambda model, stop: False,
    ) -> None:
        """load makes the model; it is called in the worker's thread when the first job comes.

        ``spare`` is what the model may do while nobody waits for it: a piece of work, given up once its event is set,
        as long as it returns True; after False it is asked again when a job is done or somebody has been ``asking``.
        """
        self._load = load
        self._spare = spare
        self._model: LanguageModel | None = None
        self._tickets: deque[_Ticket] = deque()
        self._asking = 0
        """How many have a question that the model may be needed for."""
        self._idle = False
        """There is nothing to do in spare time until somebody has asked again."""
        self._wanted = Halt()
        """Somebody asks: what the model does in spare time ends."""
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="language-model", daemon=True)
        self._thread.start()

    def run(self, job: Callable[[LanguageModel], Iterator[T]], stop: Halt) -> Iterator[T | Waiting]:
        """Yields a ``Waiting`` for each place in the queue until the job's turn, then whatever the job yields.

        Setting ``stop``, or closing the iterator, ends the job at its next look at ``stop`` and frees its place.
        Raises whatever the job or the loading of the model raised, and FailedError: the worker is closed.
        """
        ticket = _Ticket(job, stop)
        self._queue(ticket)
        told = -1
        try:
            while True:
                try:
                    item = ticket.output.get(timeout=_LOOK_SECONDS)
                except queue.Empty:
                    if stop.is_set() and self._withdrawn(ticket):
                        return
                    ahead = self._ahead(ticket)
                    if ahead > 0 and ahead != told:
                        told = ahead
                        yield Waiting(ahead)
                    continue
                if isinstance(item, _Ended):
                    if item.error is not None:
                        raise item.error
                    return
                yield item
        except (GeneratorExit, KeyboardInterrupt):
            stop.set()
            raise

    @contextlib.contextmanager
    def asking(self) -> Iterator[None]:
        """A context in which the worker does nothing in spare time: whoever searches for what to ask the model needs
        the cores.
        """
        with self._changed:
            self._asking += 1
            self._wanted.set()
        try:
            yield
        finally:
            with self._changed:
                self._asking -= 1
                self._idle = False
                self._changed.notify()

    def warm(self) -> None:
        """Begins loading the model, without waiting for it; an error shows with the first question."""
        self._queue(_Ticket(lambda model: iter(()), Halt(), is_asked=False))

    def close(self) -> None:
        """Stops what the worker is doing, and waits for its end: a process that ended meanwhile could crash in it."""
        with self._changed:
            self._closed = True
            self._wanted.set()
            for ticket in self._tickets:
                if ticket.begun:
                    ticket.stop.set()
            self._changed.notify()
        self._thread.join(_END_SECONDS)

    def _queue(self, ticket: _Ticket) -> None:
        with self._changed:
            self._check_open()
            self._tickets.append(ticket)
            self._wanted.set()
            self._changed.notify()

    def _check_open(self) -> None:
        if self._closed:
            raise FailedError(_CLOSED)

    def _ahead(self, ticket: _Ticket) -> int:
        with self._changed:
            if ticket.begun or ticket not in self._tickets:
                return 0
            before = list(self._tickets)[: self._tickets.index(ticket)]
            return max(sum(other.is_asked for other in before), int(self._tickets[0].held_up))

    def _withdrawn(self, ticket: _Ticket) -> bool:
        """Takes a ticket whose turn has not come out of the queue; False when it has come."""
        with self._changed:
            if ticket not in self._tickets or ticket is self._tickets[0]:
                return False
            self._tickets.remove(ticket)
            return True

    def _work(self) -> None:
        while (ticket := self._next()) is not None:
            error: BaseException | None = None
            try:
                self._serve(ticket)
            except BaseException as raised:
                error = raised
            with self._changed:
                self._tickets.popleft()
                self._idle = False
            ticket.output.put(_Ended(error))
        for waiting in self._tickets:
            waiting.output.put(_Ended(FailedError(_CLOSED)))

    def _next(self) -> _Ticket | None:
        """The ticket whose turn it is; None once the worker is closed. The time until then is spare."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._tickets or self._closed or not (self._asking or self._idle))
                if self._closed:
                    return None
                if self._tickets:
                    return self._tickets[0]
                self._wanted.clear()
                self._idle = True
            if _TRIM is not None:
                _TRIM(0)
            if self._use_spare_time():
                self._idle = False
                self._wanted.wait(GAP_SECONDS)

    def _use_spare_time(self) -> bool:
        """Whether there is more to do in spare time."""
        if self._model is None:
            return False
        try:
            with machine_turn().acquire(timeout=_LOOK_SECONDS):
                return self._spare(self._model, self._wanted)
        except Timeout:
            return True
        except Exception:
            logging.getLogger(__name__).exception("What the model did in spare time ended in a defect")
            return False

    def _serve(self, ticket: _Ticket) -> None:
        turn = machine_turn()
        while not ticket.stop.is_set():
            self._check_open()
            with contextlib.suppress(Timeout), turn.acquire(timeout=_LOOK_SECONDS):
                with self._changed:
                    self._check_open()
                    ticket.begun, ticket.held_up = True, False
                if self._model is None:
                    self._model = self._load()
                for item in ticket.job(self._model):
                    ticket.output.put(item)
                return
            ticket.held_up = True

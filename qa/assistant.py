"""From a question to a cited answer: the walk through search, evidence, language model and citations."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace

from index.errors import EMPTY_LIBRARY, BylineError, InputError
from index.library import Library
from index.records import Filter, Hit
from qa.citing import Citer
from qa.conflict.disagreement import disagreement
from qa.conflict.sides_in_answer import with_conflict
from qa.evidence.correcting import correcting
from qa.evidence.finding import Finding, finding, names_what_is_nowhere
from qa.evidence.repeats import distinct
from qa.evidence.rereading import reread
from qa.evidence.selecting import Nearness
from qa.evidence.untold import untold
from qa.joining import joined
from qa.listed import unlisted
from qa.llm.halt import Halt
from qa.llm.protocol import LanguageModel, Piece, Reading
from qa.llm.worker import Waiting, Worker
from qa.overview.overviews import lines, overview
from qa.prompts import publisher_line, refusal, without_article, without_source
from qa.question.checked import checked_question
from qa.question.followups import in_context, standalone
from qa.question.parts import parts
from qa.question.requests import requested
from qa.question.spelling import respelled
from qa.reader.nearness import NearnessReader
from qa.reader.protocol import Reader
from qa.reading_ahead import Warmer
from qa.recent import Recent
from qa.records import Answer, Tokens, Turn
from qa.speakers.who_said import attributed
from qa.support.answers.agreeing import agreeing
from qa.support.answers.kind_told import tells_kind
from qa.text.orders.finding import without_orders
from qa.writing import unbroken, write_from_excerpt, write_from_section

NOT_ASKED_BELOW = 0.02
"""Probability of being answered, by the first reading, below which a question is refused without asking the language
model. Chosen by eye."""
MAYBE_FROM, ANSWERED_FROM = 0.1, 0.25
"""How probably the articles have to answer a question, as far as is read, for what was found to be shown as what may
answer it, and for an answer to be given as one: ``tests/bench/fit_holding.py`` prints what each costs."""

_DENYING = 2
"""Sentences quoted where these deny what a question takes for granted. Chosen by eye."""

_FOUND = 100
"""Passages of a search in which other values than the answer's are looked for: a story may have many reprints. Round,
not fitted."""
_HITS = 16
"""Passages of a search from which the sections to read are made. Round, not fitted."""
_NEAREST = 3
"""Passages that are shown with a refusal. Chosen by eye."""

_Found = tuple[tuple[Hit, ...], tuple[Hit, ...]]
"""The hits of a search, and the best of them to answer from: each text once, without orders to the model."""


_NONE_ADMITTED = "No article is within the dates, outlets or articles that the question is restricted to; widen them."


_NONE_YET = "No article is in yet; ask again when the first is."


class Assistant:
    """Answers questions from a library; safe to use from several threads, which wait for one another."""

    def __init__(
        self,
        library: Library,
        load: Callable[[], LanguageModel],
        model_name: str,
        reads_ahead: bool = True,
        load_reader: Callable[[], Reader] | None = None,
    ) -> None:
        """``load`` loads the language model; it is called once, by the first question or by ``warm``.

        ``load_reader`` loads the trained reader, once too; without it, nearness alone tells what answers. While nobody
        asks, the model reads sections ahead, unless ``reads_ahead`` is False.
        """
        self._library = library
        self._load_reader = load_reader or (lambda: NearnessReader(library.embedder))
        self._reader: Reader | None = None
        self._making_reader = threading.Lock()
        self._warmer = Warmer(library, self.reader)
        self._worker = Worker(load, self._warmer.step) if reads_ahead else Worker(load)
        self.model_name = model_name
        self._searches: Recent[_Found] = Recent()
        self._findings: Recent[Finding] = Recent()

    def warm(self) -> None:
        """Loads the models before the first question, and returns when that is done.

        Raises BylineError: one of them cannot be loaded.
        """
        with self._worker.asking():  # reading ahead would keep the cores from what is still being loaded
            self._worker.warm()
            self._library.warm()
            self.reader()
            for _ in self._worker.run(lambda model: iter(()), Halt()):
                pass

    def close(self) -> None:
        """Stops what the language model is doing, and waits for its end."""
        self._worker.close()

    def prepare(self, question: str, history: Sequence[Turn] = (), only: Filter | None = None) -> None:
        """Searches for a question that is being typed, and has the model read, in spare time, what it would need for
        it.

        If the question is then asked as it is, its evidence is there at once.
        """
        try:
            searched, *_ = parts(self._as_searched(checked_question(question), history, only))
            with self._worker.asking():
                found = self._search(searched, only)
                if found[1] and not requested(searched):
                    read = self._read(searched, only, found)
                    self._warmer.read_for_typed(read.best.shown() if read.held >= NOT_ASKED_BELOW else None)
        except BylineError:
            pass  # whoever asks it is told

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """The finished answer: the last item of ``stream``."""
        *_, last = self.stream(question, history)
        return last

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        stop: Halt | None = None,
        only: Filter | None = None,
        anyway: bool = False,
    ) -> Iterator[Answer]:
        """Yields the answer as it grows: first evidence, then text, finally verdicts; every item can be shown as it is.

        Setting ``stop`` ends it soon, with what is written by then. ``only`` restricts it to some articles. With
        ``anyway`` it answers instead of refusing, and keeps sentences that are not supported, marked as such.
        Raises InputError: an empty or too long question, an empty library, no article admitted, no language model.
        """
        with self._worker.asking():
            adding = self._library.is_being_added_to
            for answer in self._stream(checked_question(question), history, stop or Halt(), only, anyway):
                adding = adding or self._library.is_being_added_to
                yield replace(answer, while_adding=True) if adding and answer.stage == "done" else answer

    def _stream(
        self, question: str, history: Sequence[Turn], stop: Halt, only: Filter | None, anyway: bool
    ) -> Iterator[Answer]:
        """Asks the parts of the question one after the other, and yields their joined answers."""
        began = time.monotonic()
        searched = self._as_searched(question, history, only)
        several = (searched,) if requested(searched) else parts(searched)
        answer = Answer(question, standalone=searched, only=only, model=self.model_name)
        if told := attributed(answer, history, self._library):
            yield _timed(_timed(told, began, "first_evidence"), began, "total")
            return
        if len(several) == 1:
            yield from self._of_one(answer, stop, anyway, began)
            return
        done: list[Answer] = []
        for part in several:
            before = done
            alone = in_context(part, [Turn(each.standalone, each.text) for each in before], self._library)
            for grown in self._of_one(replace(answer, question=part, standalone=alone), stop, anyway, began):
                done = [*before, grown]
                yield joined(answer, done, complete=part is several[-1] or stop.is_set())
            if stop.is_set():
                return

    def _of_one(self, answer: Answer, stop: Halt, anyway: bool, began: float) -> Iterator[Answer]:
        """Yields the answer to a question that asks one thing; ``began`` is the time at which the whole was asked."""
        searched, only = answer.standalone, answer.only
        if not self._library.is_ready:
            yield answer

        found, hits = self._search(searched, only)
        if not found:
            none = _NONE_YET if self._library.is_being_added_to else EMPTY_LIBRARY
            raise InputError(_NONE_ADMITTED if only else none)
        answer = _timed(answer, began, "retrieve")
        if request := requested(searched):
            chosen = lines(request, self._library, self.reader(), only)
            whole = overview(answer, request, chosen, self._library) if chosen else _refused(answer, hits)
            yield _timed(_timed(whole, began, "first_evidence"), began, "total")
            return
        if not anyway and names_what_is_nowhere(searched, self._library):
            yield _timed(_timed(_refused(answer, hits), began, "first_evidence"), began, "total")
            return
        nearest = Nearness(searched, self._library.rarity).ranked(hits)
        first = Citer(searched, (), nearest, self._library).first()
        answer = _timed(replace(answer, stage="reading", citations=first), began, "first_evidence")
        yield answer

        read = self._read(searched, only, (found, hits))
        answer = replace(answer, confidence=read.held)
        if not read.candidates or (read.held < NOT_ASKED_BELOW and not anyway):
            yield _timed(_refused(answer, hits), began, "total")
            return

        read = yield from self._reread(answer, read, stop)
        answer = replace(answer, confidence=read.held)
        if not (read.held >= MAYBE_FROM or read.is_denied or anyway or stop.is_set()):
            yield _timed(_refused(answer, hits), began, "total")
            return

        citer = Citer(searched, read.evidence, read.candidates, self._library, self.reader(), read.sections)
        shown = replace(answer, evidence=read.evidence, citations=citer.first())
        if read.is_denied and read.held < ANSWERED_FROM and not (anyway or stop.is_set()):
            yield _timed(_denied(shown, read, citer), began, "total")
            return
        written = yield from self._best_written(shown, read, citer, stop, began)
        self._warmer.read_soon(read.sections)
        decided = _decided(written, citer, stop, anyway) or _refused(written, hits)
        if decided.answered:
            decided = self._completed(decided, citer, read, found)
        yield _timed(decided, began, "total")

    def _best_written(
        self, answer: Answer, read: Finding, citer: Citer, stop: Halt, began: float
    ) -> Generator[Answer, None, Answer]:
        """Yields the answer as the model writes it, a second time where that is in doubt; returns the surer of the two.

        What only may answer is written once.
        """
        asked = answer.standalone
        steps = self._worker.run(lambda model: write_from_section(model, read, asked, stop), stop)
        first = yield from _written(answer, steps, citer, read, began)
        if stop.is_set() or _is_sure(first, citer) or first.confidence < ANSWERED_FROM:
            return first
        steps = self._worker.run(lambda model: write_from_excerpt(model, read, asked, stop), stop)
        second = yield from _written(replace(first, text="", sentences=()), steps, citer, read, began)
        return second if _is_sure(second, citer) else first

    def _completed(self, answer: Answer, citer: Citer, read: Finding, found: Sequence[Hit]) -> Answer:
        """The answer with all that is told beside it: likely sentences that it leaves out, corrections, what articles
        tell differently, further citations.
        """
        marked = citer.copies_quoted(answer)
        whole = citer.with_quotations(marked, untold(marked, read.likeliest))
        corrected = citer.corrected(whole, correcting(whole, self._library))
        differing = disagreement(answer.standalone, found, self._library, read.candidates)
        told = with_conflict(corrected, differing)
        return citer.beside(told, citer.proofs(told.text))

    def _reread(self, answer: Answer, found: Finding, stop: Halt) -> Generator[Answer, None, Finding]:
        """Yields the answer while it waits for the model's second reading; returns what is found by that."""
        again, asked = found, answer.standalone
        for step in self._worker.run(lambda model: iter([reread(model, found, asked, stop)]), stop):
            if isinstance(step, Waiting):
                yield replace(answer, stage="waiting", place=step.ahead)
            else:
                again = step
        return again

    def reader(self) -> Reader:
        """The reader that finds which sentences answer; it is loaded with the first call."""
        with self._making_reader:
            if self._reader is None:
                self._reader = self._load_reader()
            return self._reader

    def _as_searched(self, question: str, history: Sequence[Turn], only: Filter | None) -> str:
        """The question as it is searched: completed from earlier turns, and spelled as the articles spell it."""
        if only and only.articles and (request := requested(question)) and not any(request.topics):
            return question  # "Summarise this article": it is the one that is asked
        return respelled(standalone(question, history, self._library), self._library)

    def _search(self, searched: str, only: Filter | None) -> _Found:
        """The passages found for a question, cached for the last few; a second call waits for a running search."""

        def search() -> _Found:
            found = self._library.search(searched, _FOUND, only)
            best = distinct(found, _HITS)
            return tuple(found), tuple(without_orders(best) or best)

        if only is not None:  # an article added may be admitted, and another like it not: that is no new generation
            return search()
        return self._searches.get(searched, self._library.generation, search)

    def _read(self, searched: str, only: Filter | None, found: _Found) -> Finding:
        """The reader's result on the found passages, cached for the last few questions."""

        def read() -> Finding:
            every, hits = found
            nearness = Nearness(searched, self._library.rarity)
            return finding(searched, hits, every, nearness, self.reader(), self._library)

        return read() if only is not None else self._findings.get(searched, self._library.generation, read)


def _written(
    answer: Answer, steps: Iterable[Waiting | Reading | Piece], citer: Citer, read: Finding, began: float
) -> Generator[Answer, None, Answer]:
    """Yields the answer while it waits and is written; returns it complete."""
    for step in steps:
        if isinstance(step, Waiting):
            yield replace(answer, stage="waiting", place=step.ahead)
        elif isinstance(step, Reading):
            answer = replace(answer, stage="writing", llm_calls=answer.llm_calls + 1, warm=step.warm)
            answer = replace(answer, tokens=Tokens(prompt=step.tokens, fresh=step.fresh))
        else:
            answer = citer.cited(replace(answer, text=(answer.text + step.text).lstrip()))
            answer = replace(answer, tokens=replace(answer.tokens, completion=answer.tokens.completion + 1))
            answer = _timed(answer, began, "first_token")
            yield answer
    text = unbroken(answer.text, answer.tokens.completion)
    for section in read.sections:
        text = without_source(without_article(text, section.title), publisher_line(section.outlet, section.published))
    text = agreeing(unlisted(text), answer.standalone)
    return replace(answer, stage="done", outcome="answered" if text else "not found", text=text)


def _decided(answer: Answer, citer: Citer, stop: Halt, anyway: bool) -> Answer | None:
    """The answer as the model wrote it, or a quotation in its place; None where the question is to be refused.

    What only may answer is no answer; ``anyway`` lets everything stand as it was written.
    """
    if not (answer.text or stop.is_set()):
        return None
    told = answer
    if anyway or (answer.text and citer.supports(answer.text)):
        told = citer.finished(answer, unsupported_too=anyway)
    elif answer.text:
        told = citer.quoted(answer)
    surely = told.confidence >= ANSWERED_FROM and tells_kind(told.text, told.standalone)
    return told if anyway or surely or not told.answered else citer.doubtful(told)


def _denied(answer: Answer, read: Finding, citer: Citer) -> Answer:
    """The likeliest sentences, quoted as what may answer a question although they deny what it takes for granted: the
    model would take it for granted too.
    """
    likeliest = [candidate.place for candidate in read.chosen[:_DENYING]]
    return citer.doubtful(citer.with_quotations(replace(answer, stage="done", citations=()), likeliest))


def _is_sure(answer: Answer, citer: Citer) -> bool:
    """Whether what the model wrote can be the answer: it is probable, of the kind asked for, and supported."""
    is_of_kind = tells_kind(answer.text, answer.standalone)
    return answer.confidence >= ANSWERED_FROM and is_of_kind and citer.supports(answer.text)


def _timed(answer: Answer, began: float, what: str) -> Answer:
    """The answer with the milliseconds since ``began`` as its timing ``what``, unless it has that already."""
    if getattr(answer.timings, what) is not None:
        return answer
    passed = (time.monotonic() - began) * 1000
    return replace(answer, timings=replace(answer.timings, **{what: passed}))


def _refused(answer: Answer, hits: Sequence[Hit]) -> Answer:
    """The refusal of an answer, with the nearest passages; its confidence stays: a sure refusal has a low one."""
    return replace(
        answer,
        stage="done",
        outcome="not found",
        text=refusal(answer.question),
        sentences=(),
        citations=(),
        also_searched=tuple(hits[:_NEAREST]),
    )

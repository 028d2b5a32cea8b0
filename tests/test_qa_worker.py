from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from fakes import Typist

from index.errors import FailedError, InputError
from index.turn import machine_turn
from qa.llm.halt import Halt
from qa.llm.protocol import LanguageModel
from qa.llm.worker import Waiting, Worker


def say(*words: str) -> object:
    def job(model: LanguageModel) -> Iterator[str]:
        yield from words

    return job


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker(lambda: Typist(""))
    yield worker
    worker.close()


class Gate:
    """A job that holds the model until it is opened."""

    def __init__(self) -> None:
        self.begun, self.open = threading.Event(), threading.Event()

    def __call__(self, model: LanguageModel) -> Iterator[str]:
        self.begun.set()
        assert self.open.wait(30)
        yield "first"


def given(worker: Worker, job: object) -> list[object]:
    """What a job yields, however long it waits on a busy machine."""
    items = worker.run(job, Halt())  # type: ignore[arg-type]
    return [item for item in items if not isinstance(item, Waiting)]


def with_spare_time(spare: Callable[[LanguageModel, Halt], bool]) -> Worker:
    """A worker that has its model, because it has done a job."""
    worker = Worker(lambda: Typist(""), spare)
    assert given(worker, say("a")) == ["a"]
    return worker


def in_thread(worker: Worker, job: object, stop: Halt) -> tuple[threading.Thread, list[object]]:
    items: list[object] = []
    thread = threading.Thread(target=lambda: items.extend(worker.run(job, stop)))  # type: ignore[arg-type]
    thread.start()
    return thread, items


def test_a_job_gives_what_it_yields(worker: Worker) -> None:
    assert given(worker, say("a", "b")) == ["a", "b"]


def test_a_second_question_is_told_its_place_and_served_after_the_first(worker: Worker) -> None:
    gate = Gate()
    first, first_items = in_thread(worker, gate, Halt())
    assert gate.begun.wait(30)
    second = worker.run(say("second"), Halt())  # type: ignore[arg-type]
    assert next(second) == Waiting(1)
    gate.open.set()
    assert list(second) == ["second"]
    first.join()
    assert first_items == ["first"]


def test_places_move_up(worker: Worker) -> None:
    gate, behind = Gate(), Gate()
    in_thread(worker, gate, Halt())
    assert gate.begun.wait(30)
    thread, _ = in_thread(worker, behind, Halt())
    while len(worker._tickets) < 2:
        time.sleep(0.01)
    third = worker.run(say("third"), Halt())  # type: ignore[arg-type]
    assert next(third) == Waiting(2)
    gate.open.set()
    assert next(third) == Waiting(1)
    behind.open.set()
    assert list(third) == ["third"]
    thread.join()


def test_the_loading_of_the_model_is_nobody_who_comes_first() -> None:
    loading, loaded = threading.Event(), threading.Event()

    def load() -> Typist:
        loading.set()
        assert loaded.wait(30)
        return Typist("")

    worker = Worker(load)
    worker.warm()
    assert loading.wait(30)
    thread, items = in_thread(worker, say("a"), Halt())
    while len(worker._tickets) < 2:
        time.sleep(0.01)
    time.sleep(0.3)  # three looks at its place
    loaded.set()
    thread.join(30)
    worker.close()
    assert items == ["a"]


def test_a_stopped_question_leaves_the_queue_at_once(worker: Worker) -> None:
    gate = Gate()
    in_thread(worker, gate, Halt())
    assert gate.begun.wait(30)
    stop = Halt()
    waiting = worker.run(say("never"), stop)  # type: ignore[arg-type]
    assert next(waiting) == Waiting(1)
    stop.set()
    assert list(waiting) == []
    gate.open.set()
    assert list(worker.run(say("next"), Halt()))[-1] == "next"  # type: ignore[arg-type]


def test_a_reader_who_goes_away_stops_the_job(worker: Worker) -> None:
    stop = Halt()

    def endless(model: LanguageModel) -> Iterator[str]:
        while not stop.is_set():
            yield "word"
            time.sleep(0.001)

    reading = worker.run(endless, stop)
    assert next(reading) == "word"
    reading.close()  # type: ignore[attr-defined]
    assert stop.is_set()
    assert list(worker.run(say("next"), Halt()))[-1] == "next"  # type: ignore[arg-type]


def test_a_failing_job_fails_alone(worker: Worker) -> None:
    def broken(model: LanguageModel) -> Iterator[str]:
        yield "one"
        raise ValueError("broken")

    items = worker.run(broken, Halt())
    assert next(items) == "one"
    with pytest.raises(ValueError, match="broken"):
        next(items)
    assert given(worker, say("next")) == ["next"]


def test_a_model_that_cannot_be_loaded_is_tried_again_with_the_next_question() -> None:
    tries = []

    def load() -> Typist:
        tries.append(1)
        if len(tries) == 1:
            raise InputError("No model yet.")
        return Typist("")

    worker = Worker(load)
    with pytest.raises(InputError, match=r"No model yet\."):
        list(worker.run(say("a"), Halt()))  # type: ignore[arg-type]
    assert given(worker, say("b")) == ["b"]
    worker.close()


def test_the_turn_of_another_program_is_waited_for_and_told(worker: Worker) -> None:
    with machine_turn():
        waiting = worker.run(say("mine"), Halt())  # type: ignore[arg-type]
        assert next(waiting) == Waiting(1)
    assert list(waiting) == ["mine"]


def test_who_waits_when_it_is_closed_is_told(worker: Worker) -> None:
    gate = Gate()
    first, items = in_thread(worker, gate, Halt())
    assert gate.begun.wait(30)
    second = worker.run(say("second"), Halt())  # type: ignore[arg-type]
    assert next(second) == Waiting(1)
    closing = threading.Thread(target=worker.close)
    closing.start()
    while not worker._closed:
        time.sleep(0.01)
    gate.open.set()
    closing.join(30)
    first.join(30)
    assert items == ["first"]
    with pytest.raises(FailedError, match=r"^Byline was closed before the question had its turn; ask it again\.$"):
        list(second)


def test_closing_stops_what_is_being_done_and_waits_for_its_end(worker: Worker) -> None:
    stop, begun, ended = Halt(), threading.Event(), threading.Event()

    def slow(model: LanguageModel) -> Iterator[str]:
        begun.set()
        assert stop.wait(30)
        time.sleep(0.2)
        ended.set()
        yield "stopped"

    in_thread(worker, slow, stop)
    assert begun.wait(30)
    worker.close()
    assert ended.is_set()
    assert not worker._thread.is_alive()


def test_closing_waits_for_spare_work_too() -> None:
    begun, ended = threading.Event(), threading.Event()

    def spare(model: LanguageModel, wanted: Halt) -> bool:
        begun.set()
        assert wanted.wait(30)
        ended.set()
        return True

    worker = with_spare_time(spare)
    assert begun.wait(30)
    worker.close()
    assert ended.is_set()


def test_who_asks_ends_spare_work_and_keeps_it_away_and_then_there_is_more_of_it() -> None:
    begun, ended = threading.Semaphore(0), threading.Semaphore(0)

    def spare(model: LanguageModel, wanted: Halt) -> bool:
        begun.release()
        assert wanted.wait(30)
        ended.release()
        return True

    worker = with_spare_time(spare)
    assert begun.acquire(timeout=30)
    with worker.asking():
        assert ended.acquire(timeout=30)
        assert not begun.acquire(timeout=0.2)
        with worker.asking():
            pass
        assert not begun.acquire(timeout=0.2)
    assert begun.acquire(timeout=30)
    worker.close()


def test_where_nothing_was_left_to_do_in_spare_time_there_may_be_after_somebody_asked() -> None:
    tried = threading.Semaphore(0)

    def spare(model: LanguageModel, wanted: Halt) -> bool:
        tried.release()
        return False

    worker = with_spare_time(spare)
    assert tried.acquire(timeout=30)
    assert not tried.acquire(timeout=0.2)
    with worker.asking():
        pass
    assert tried.acquire(timeout=30)
    assert not tried.acquire(timeout=0.2)
    worker.close()


def test_closing_ends_the_wait_for_another_program(worker: Worker) -> None:
    told: list[FailedError] = []

    def ask() -> None:
        try:
            list(worker.run(say("mine"), Halt()))  # type: ignore[arg-type]
        except FailedError as error:
            told.append(error)

    asking = threading.Thread(target=ask)
    with machine_turn():
        asking.start()
        while not worker._tickets:
            time.sleep(0.01)
        began = time.monotonic()
        worker.close()
        assert time.monotonic() < began + 5
        assert not worker._thread.is_alive()
    asking.join(30)
    assert [str(error) for error in told] == ["Byline was closed before the question had its turn; ask it again."]


def test_a_closed_worker_takes_nothing_in(worker: Worker) -> None:
    worker.close()
    with pytest.raises(FailedError, match="Byline was closed"):
        list(worker.run(say("late"), Halt()))  # type: ignore[arg-type]


def test_between_two_pieces_of_spare_work_others_have_their_turn() -> None:
    def spare(model: LanguageModel, wanted: Halt) -> bool:
        time.sleep(0.05)
        return True

    worker = with_spare_time(spare)
    try:
        for _ in range(5):
            time.sleep(0.1)
            with machine_turn().acquire(timeout=1):
                pass
    finally:
        worker.close()

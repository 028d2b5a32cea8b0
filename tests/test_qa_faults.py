"""What a machine and its readers do to a program: many at once, change of mind, other programs; none of it may stick.

The same is asked of a model that writes at once and, marked so, of the real one.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from fakes import Typist, WordEmbedder

from index.embedding.embedder import Embedder, SentenceTransformerEmbedder
from index.library import Library
from index.models.local import find_model
from index.reading.files import find
from qa.assistant import Assistant
from qa.llm.halt import Halt
from qa.llm.llama import TRIED, LlamaCpp
from qa.llm.protocol import Prompt, Reading
from qa.llm.states import StateStore
from qa.prompts import REFUSAL
from qa.reader.making import MADE_FROM, open_reader
from qa.records import Answer

STORIES = {
    "bridge.txt": "Bridge closed\n\nThe bridge over the Wend is closed. The repairs cost two million crowns.\n",
    "wolves.txt": "Wolves return\n\nFour wolves were seen near Ostrey. A farmer lost nine sheep.\n",
}
QUESTION = "What do the repairs of the bridge cost?"
CLIENTS = 50
CANCELLED = 200
PATIENCE = 1200
"""Seconds; somebody who waits longer is taken to be stuck."""


class Slow(Typist):
    """Reads until it is told to stop, the first ``times`` times."""

    def __init__(self, writes: str, times: int) -> None:
        super().__init__(writes)
        self.times = times
        self.reading = threading.Event()

    def read(self, prompt: Prompt, stop: Halt) -> Reading:
        if self.times > 0:
            self.times -= 1
            self.reading.set()
            assert stop.wait(PATIENCE)
        return super().read(prompt, stop)


def memory_mb() -> float:
    """What this process alone holds in memory now: of files that it has mapped, as models are, pages come and go."""
    pages, shared = map(int, Path("/proc/self/statm").read_text().split()[1:3])
    return (pages - shared) * os.sysconf("SC_PAGE_SIZE") / 1e6


def library_in(folder: Path, embedder: Embedder) -> Library:
    for name, text in STORIES.items():
        (folder / name).write_text(text)
    library = Library(folder / "library", embedder)
    assert all(outcome.status == "added" for outcome in library.add(find([folder])))
    return library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_in(tmp_path, WordEmbedder())


def real_embedder() -> Embedder:
    name = "all-MiniLM-L6-v2"
    return SentenceTransformerEmbedder(name, lambda: find_model(name, "embedder"))


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Assistant]:
    """An assistant of the smaller real models that has answered once, so that everything is loaded."""
    library = library_in(tmp_path, real_embedder())
    model = LlamaCpp(find_model("0.5b", "llm"), StateStore(tmp_path / "states"), tried=TRIED)
    reader = open_reader(find_model(MADE_FROM, "llm"), StateStore(tmp_path / "readings"))
    assistant = Assistant(library, lambda: model, model.name, reads_ahead=False, load_reader=lambda: reader)
    assert "two million" in assistant.answer(QUESTION).text
    yield assistant
    assistant.close()


def asked_by_many(assistant: Assistant) -> list[list[Answer]]:
    """What each of many clients saw who ask at once; every fifth walks away as soon as evidence is found."""
    seen: list[list[Answer]] = [[] for _ in range(CLIENTS)]
    start = threading.Barrier(CLIENTS)

    def ask(number: int) -> None:
        start.wait(PATIENCE)
        stop = Halt()
        for answer in assistant.stream(QUESTION, stop=stop):
            seen[number].append(answer)
            if number % 5 == 0 and answer.evidence:
                stop.set()

    threads = [threading.Thread(target=ask, args=(number,), daemon=True) for number in range(CLIENTS)]
    deadline = time.monotonic() + PATIENCE
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(deadline - time.monotonic())
    assert [number for number, thread in enumerate(threads) if thread.is_alive()] == []
    return seen


def test_of_fifty_who_ask_at_once_everyone_is_answered(library: Library) -> None:
    assistant = Assistant(library, lambda: Typist("The repairs cost two million crowns."), "typist", reads_ahead=False)
    for number, answers in enumerate(asked_by_many(assistant)):
        assert answers[-1].stage == "done"
        if number % 5:
            assert answers[-1].text == "The repairs cost two million crowns."
            # Who asks waits for the model several times, each time behind whoever came meanwhile.
            for (stage, _), waits in groupby(answers, key=lambda answer: (answer.stage, answer.evidence)):
                places = [answer.place for answer in waits if stage == "waiting"]
                assert places == sorted(places, reverse=True)
                assert all(1 <= place < CLIENTS for place in places)
    assistant.close()


def test_a_question_can_be_called_off_again_and_again_while_its_prompt_is_read(library: Library) -> None:
    typist = Slow("The repairs cost two million crowns.", CANCELLED)
    assistant = Assistant(library, lambda: typist, "typist", reads_ahead=False)
    threads, before = threading.active_count(), memory_mb()
    for _ in range(CANCELLED):
        stop = Halt()
        typist.reading.clear()
        threading.Thread(target=lambda stop=stop: typist.reading.wait(PATIENCE) and stop.set(), daemon=True).start()
        *_, last = assistant.stream(QUESTION, stop=stop)
        assert (last.stage, last.answered, last.text) == ("done", False, "")
    assert assistant.answer(QUESTION).text == "The repairs cost two million crowns."
    assert threading.active_count() <= threads + 1
    assert memory_mb() < before + 20
    assistant.close()


@pytest.mark.models
def test_of_fifty_who_ask_the_real_model_at_once_everyone_is_answered(real: Assistant) -> None:
    held = []
    for _ in range(2):  # what the first fifty threads leave to be used again is no growth; more after the second is
        for number, answers in enumerate(asked_by_many(real)):
            assert answers[-1].stage == "done"
            if number % 5:
                assert "two million" in answers[-1].text
        held.append(memory_mb())
    assert held[1] < held[0] + 50


@pytest.mark.models
def test_the_real_model_can_be_called_off_again_and_again(real: Assistant) -> None:
    before = memory_mb()
    for number in range(CANCELLED):
        stop = Halt()
        # Another question each time, so that there is something to read, and another moment of reading it.
        timer = threading.Timer(0.02 * (number % 10), stop.set)
        for answer in real.stream(f"{QUESTION} Asked for the time number {number}.", stop=stop):
            if answer.stage == "reading":
                timer.start()
        timer.cancel()
        assert answer.stage == "done"
    assert "two million" in real.answer(QUESTION).text
    assert memory_mb() < before + 100


@pytest.mark.models
def test_a_program_that_takes_every_core_makes_it_slower_not_stuck(real: Assistant) -> None:
    cores = range(len(os.sched_getaffinity(0)))
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in cores]
    try:
        began = time.monotonic()
        assert "two million" in real.answer(f"{QUESTION} Say it once more.").text
        assert time.monotonic() - began < 120
        assert real.answer("Who won the chess cup?").text == REFUSAL
    finally:
        for process in busy:
            process.kill()
            process.wait()


@pytest.mark.models
@pytest.mark.parametrize("model", ["0.5b", "1.5b"])
def test_three_gigabytes_of_memory_are_enough(tmp_path: Path, model: str) -> None:
    library_in(tmp_path, real_embedder()).close()
    done = ask_within(3_000_000_000, tmp_path / "library", model)
    assert (done.returncode, "two million" in done.stdout) == (0, True), done.stderr


@pytest.mark.models
def test_too_little_memory_is_told_in_one_sentence(tmp_path: Path) -> None:
    library_in(tmp_path, real_embedder()).close()
    done = ask_within(1_500_000_000, tmp_path / "library", "1.5b")
    assert done.returncode == 2
    assert "the memory is too small" in done.stderr.splitlines()[-1]


def ask_within(most_bytes: int, library: Path, model: str) -> subprocess.CompletedProcess[str]:
    """Asks on the command line in a process that may not hold more memory of its own."""
    command = [sys.executable, "-m", "ui.cli", "--library", str(library), "--model", model, "ask", QUESTION]
    limit = (most_bytes, most_bytes)
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, limit),
    )

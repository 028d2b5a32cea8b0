"""What every language model does, whichever it is: llama.cpp in this process, a server, the stand-ins."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest
from fakes import Stranger, Typist
from serving import Scene, served

from index.errors import FailedError
from index.models.local import find_model
from qa.llm.addresses import server_address
from qa.llm.halt import Halt
from qa.llm.llama import TRIED, LlamaCpp
from qa.llm.protocol import LanguageModel, Piece, Prompt, Reading, ReadsAhead
from qa.llm.server import ServerModel
from qa.llm.states import StateStore
from qa.prompts import SYSTEM

PASSAGE = (
    "The bridge at Ostrey is closed. Its repair costs two million crowns. Buses go round by the mill until the end of "
    "the year.\n\n"
)
COST = Prompt(SYSTEM, PASSAGE, "Question: What does the repair cost?")
WRITTEN = "The repair costs two million crowns."

Opened = Callable[[Path], AbstractContextManager[LanguageModel]]


@contextmanager
def typist(folder: Path) -> Iterator[LanguageModel]:
    yield Typist(WRITTEN)


@contextmanager
def stranger(folder: Path) -> Iterator[LanguageModel]:
    yield Stranger(WRITTEN)


@contextmanager
def llama(folder: Path) -> Iterator[LanguageModel]:
    model = LlamaCpp(find_model("0.5b", "llm"), StateStore(folder / "states"), tried=TRIED)
    yield model
    model.close()


@contextmanager
def server(folder: Path) -> Iterator[LanguageModel]:
    with served(Scene(WRITTEN)) as address:
        yield ServerModel(server_address(address))


@contextmanager
def llama_server(folder: Path) -> Iterator[LanguageModel]:
    """The server that comes with llama.cpp's Python library, with the same model."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = {"model": find_model("0.5b", "llm"), "host": "127.0.0.1", "port": port, "n_ctx": 2048}
    command = [sys.executable, "-m", "llama_cpp.server", *(f"--{name}={value}" for name, value in options.items())]
    with (folder / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            while True:
                assert process.poll() is None, (folder / "log").read_text()
                with suppress(FailedError):
                    model = ServerModel(server_address(f"http://127.0.0.1:{port}/v1"), seconds=600)
                    break
            yield model
        finally:
            process.terminate()


MODELS = [
    typist,
    stranger,
    server,
    pytest.param(llama, marks=pytest.mark.models),
    pytest.param(llama_server, marks=pytest.mark.models),
]
AHEAD = [typist, pytest.param(llama, marks=pytest.mark.models)]


@pytest.fixture(scope="module", params=MODELS)
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageModel]:
    with request.param(tmp_path_factory.mktemp("model")) as opened:
        yield opened


@pytest.fixture(params=AHEAD)
def ahead(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ReadsAhead]:
    with request.param(tmp_path) as opened:
        assert isinstance(opened, ReadsAhead)
        yield opened


def text(steps: list[Reading | Piece]) -> str:
    return "".join(step.text for step in steps if isinstance(step, Piece))


def test_it_has_a_name(model: LanguageModel) -> None:
    assert model.name


def test_first_comes_what_reading_took_and_then_the_answer_piece_by_piece(model: LanguageModel) -> None:
    first, *pieces = list(model.answer(COST, 40, Halt()))
    assert isinstance(first, Reading)
    assert 0 < first.fresh <= first.tokens
    assert len(pieces) > 1
    assert all(isinstance(piece, Piece) for piece in pieces)
    assert "two million" in text(list(pieces))


def test_how_sure_it_is_is_a_probability_or_not_said(model: LanguageModel) -> None:
    probabilities = [step.probability for step in model.answer(COST, 40, Halt()) if isinstance(step, Piece)]
    assert probabilities
    assert all(value is None or 0 < value <= 1 for value in probabilities)


def test_the_same_prompt_is_answered_the_same_again(model: LanguageModel) -> None:
    assert text(list(model.answer(COST, 40, Halt()))) == text(list(model.answer(COST, 40, Halt())))


def test_no_more_is_written_than_was_allowed(model: LanguageModel) -> None:
    whole, some = (list(model.answer(COST, most, Halt())) for most in (40, 3))
    assert len(some) == 1 + 3
    assert text(whole).startswith(text(some))


def test_nothing_is_written_once_it_is_stopped(model: LanguageModel) -> None:
    stop = Halt()
    stop.set()
    assert text(list(model.answer(COST, 40, stop))) == ""
    stop.clear()
    steps = model.answer(COST, 40, stop)
    written = [next(steps), next(steps)]
    stop.set()
    written += list(steps)
    assert len(written) <= 4
    assert "two million" in text(list(model.answer(COST, 40, Halt())))


def test_more_text_has_more_tokens(model: LanguageModel) -> None:
    longer = Prompt(COST.system, 2 * PASSAGE, COST.question)
    assert 10 < model.count(COST) < model.count(longer)
    assert isinstance(reading := next(model.answer(COST, 1, Halt())), Reading)
    assert reading.tokens == model.count(COST)


def test_what_was_read_ahead_is_warm(ahead: ReadsAhead) -> None:
    assert ahead.keep(COST.system, COST.passage, Halt())
    assert not ahead.keep(COST.system, COST.passage, Halt())
    assert ahead.affords(COST)
    assert isinstance(reading := next(ahead.answer(COST, 1, Halt())), Reading)
    assert reading.warm
    assert reading.fresh < reading.tokens

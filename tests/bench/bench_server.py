"""Puts the same questions to a model in this process and behind llama.cpp's own server: are the texts the same, in what
time?

    python tests/bench/bench_server.py FOLDER [--model 0.5b] [--limit 60]

FOLDER holds ``articles/`` and ``questions.jsonl``. Each question is answered from the articles by the model in this
process; what it was asked is asked of the server right after, both on every thread, neither knowing the passage. The
server listens on this machine alone and is stopped at the end. Where other programs compute, too, the processor's time
tells more than the clock's.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from results import circumstances, write_section
from rich.progress import track

from index.errors import FailedError
from index.library import Library
from index.models.local import find_model
from index.reading.files import find
from qa.assistant import Assistant
from qa.llm.addresses import server_address
from qa.llm.llama import LlamaCpp
from qa.llm.protocol import Piece, Prompt, Reading
from qa.llm.server import ServerModel
from qa.llm.states import StateStore
from qa.reader.making import MADE_FROM, open_reader
from ui.commands.chosen import open_embedder


@dataclass
class Both:
    """A model in this process that writes the answers, and a server that is asked the same after it."""

    inside: LlamaCpp
    outside: ServerModel
    name: str
    server: psutil.Process
    seconds: list[tuple[float, float]] = field(default_factory=list)
    processor: list[tuple[float, float]] = field(default_factory=list)
    """The same of the processor's time, of this process and of the server."""
    texts: list[tuple[str, str]] = field(default_factory=list)

    def count(self, prompt: Prompt) -> int:
        return self.inside.count(prompt)

    def answer(self, prompt: Prompt, most_tokens: int, stop: threading.Event) -> Iterator[Reading | Piece]:
        began, used, served = time.perf_counter(), time.process_time(), _used(self.server)
        steps = list(self.inside.answer(prompt, most_tokens, stop))
        between, inside = time.perf_counter(), time.process_time() - used
        others = list(self.outside.answer(prompt, most_tokens, stop))
        self.seconds.append((between - began, time.perf_counter() - between))
        self.processor.append((inside, _used(self.server) - served))
        self.texts.append((_text(steps), _text(others)))
        yield from steps


def _used(process: psutil.Process) -> float:
    """Seconds of the processor's time that a process has used."""
    times = process.cpu_times()
    return float(times.user + times.system)


def _text(steps: list[Reading | Piece]) -> str:
    return "".join(step.text for step in steps if isinstance(step, Piece)).strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="0.5b")
    parser.add_argument("--limit", type=int, default=60, help="questions, drawn at random with a fixed seed")
    options = parser.parse_args()
    facts = circumstances({"model": options.model, "questions": options.limit})
    lines = (options.folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    asked = random.Random(1).sample(asked, min(options.limit, len(asked)))
    file = find_model(options.model, "llm")
    with tempfile.TemporaryDirectory() as folder, _serving(file, Path(folder) / "log") as (outside, server):
        library = Library(Path(folder) / "library", open_embedder())
        for _ in library.add(find([options.folder / "articles"])):
            pass
        reader = open_reader(find_model(MADE_FROM, "llm"), StateStore(Path(folder) / "readings"))
        inside = LlamaCpp(file, StateStore(Path(folder) / "states", most_bytes=0), threads=os.cpu_count())
        both = Both(inside, outside, file.stem, server)
        assistant = Assistant(library, lambda: both, options.model, reads_ahead=False, load_reader=lambda: reader)
        for question in track(asked, description="Asking"):
            assistant.answer(question)
        assistant.close()
    same = sum(one == other for one, other in both.texts)
    for one, other in both.texts:
        if one != other:
            print(f"- {one}\n+ {other}")
    times = f"by the clock {_told(both.seconds)}; of the processor {_told(both.processor)}"
    print(told := f"{same} of {len(both.texts)} texts are the same; {times}.")
    write_section("A server beside this process", facts, told)


def _told(seconds: list[tuple[float, float]]) -> str:
    """How long this process and the server took."""
    here, there = (statistics.median(each) for each in zip(*seconds, strict=True))
    ratio = statistics.median(there / here for here, there in seconds)
    return f"p50 {here:.2f} s in this process, {there:.2f} s by the server, median of the ratios {ratio:.2f}"


@contextmanager
def _serving(model: Path, log: Path) -> Iterator[tuple[ServerModel, psutil.Process]]:
    """The server that comes with llama.cpp's Python library, once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = {"model": model, "host": "127.0.0.1", "port": port, "n_ctx": 4096, "n_threads": os.cpu_count()}
    command = [sys.executable, "-m", "llama_cpp.server", *(f"--{name}={value}" for name, value in options.items())]
    with log.open("w") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            yield _opened(process, f"http://127.0.0.1:{port}/v1", log), psutil.Process(process.pid)
        finally:
            process.terminate()


def _opened(process: subprocess.Popen[bytes], address: str, log: Path) -> ServerModel:
    """The model of a server that is starting; ends the program where the server ends."""
    while process.poll() is None:
        with suppress(FailedError):
            return ServerModel(server_address(address), seconds=600)
        time.sleep(0.2)
    raise SystemExit(log.read_text())


if __name__ == "__main__":
    main()

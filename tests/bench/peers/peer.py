"""What every peer is asked to do, and the loop that asks it: one process each, JSON lines in and out.

A driver starts ``python peer_NAME.py --articles DIR --embedder DIR --model FILE.gguf [--threads N]``, reads one line
that says it is ready, with what reading the articles took, then writes ``{"question": "..."}`` lines and reads
one answer line for each. Closing the input ends the process.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

# Nothing may ask a model hub whether its files are still the newest; set before any library is imported.
os.environ |= {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False", "TOKENIZERS_PARALLELISM": "false"}

CONTEXT_TOKENS = 4096
MOST_TOKENS = 256
TEMPERATURE = 0.0
"""The same for every peer, so that a second run gives the same answers."""
WARM_UP = "What is this about?"


@dataclass(frozen=True)
class Settings:
    """What a peer is given to work with."""

    articles: Path
    embedder: Path
    model: Path
    threads: int


@dataclass(frozen=True)
class Cited:
    """What a peer names as the source of its answer: ``text[start:end]`` of an article."""

    article: str
    start: int
    end: int


@dataclass(frozen=True)
class PeerAnswer:
    """An answer with its sources; times are seconds since the question was put."""

    text: str
    cited: list[Cited]
    refused: bool | None
    first_token_s: float | None
    total_s: float
    prompt_tokens: int
    completion_tokens: int
    llm_calls: int
    warm: bool | None
    """Whether the model had read the passages of the prompt before; None for a program that keeps nothing of them."""
    fresh_tokens: int | None
    """Tokens of the prompt that had to be read for this question; None where the program does not say."""
    search_s: float | None
    """Seconds of the whole that the search took; None where the program does not say."""
    pace: tuple[float, float] | None
    """Tokens that the model reads and writes in a second, measured right after the answer; None where it is not."""


@dataclass(frozen=True)
class Generated:
    """What a peer itself reports of an answer; the rest is measured around it."""

    text: str
    cited: list[Cited]
    refused: bool | None = None
    """Whether it says itself that it refused; None where only its words tell."""
    warm: bool | None = None
    fresh_tokens: int | None = None
    search_s: float | None = None
    """See PeerAnswer for these three."""


class Peer(Protocol):
    """A program that answers questions about a folder of articles."""

    name: str
    packages: tuple[str, ...]
    """Distributions whose versions belong in the results."""
    settings: dict[str, Any]
    """What it runs with, for the record."""

    def ingest(self, folder: Path) -> None:
        """Takes in the articles."""
        ...

    def ask(self, question: str) -> Generated: ...


@runtime_checkable
class Paced(Protocol):
    """One that also says how fast its model is at the moment."""

    def pace(self) -> tuple[float, float]:
        """Tokens that it reads and writes in a second."""
        ...


class Meter:
    """Counts what the language model does for one question, and when it wrote its first token."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.started = time.perf_counter()
        self.first_token_s = 0.0
        self.llm_calls = self.prompt_tokens = self.completion_tokens = 0

    def read(self, tokens: int) -> None:
        """A prompt of so many tokens is being read."""
        self.llm_calls += 1
        self.prompt_tokens += tokens

    def wrote(self) -> None:
        """A token was written."""
        self.first_token_s = self.first_token_s or time.perf_counter() - self.started
        self.completion_tokens += 1

    def watch_llama_cpp(self) -> None:
        """Watches llama-cpp-python's ``Llama``, which every peer runs, the same way whether or not a peer streams.

        A token counts when the model has written it, which is no later than any peer could show it.
        """
        import llama_cpp

        generate = llama_cpp.Llama.generate

        def watched(llama: Any, tokens: Any, *args: Any, **kwargs: Any) -> Iterator[int]:
            self.read(len(tokens))
            for token in generate(llama, tokens, *args, **kwargs):
                self.wrote()
                yield token

        llama_cpp.Llama.generate = watched


def article_id(path: Path, folder: Path) -> str:
    """The name of an article in question sets: its path in the folder without the extension."""
    return path.relative_to(folder).with_suffix("").as_posix()


def article_texts(folder: Path) -> dict[str, str]:
    """Every text file of the folder by its article's name."""
    return {article_id(path, folder): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))}


def locate(article: str, text: str, chunk: str) -> Cited:
    """Where a chunk stands in its article's text, although the peer may have changed its spaces.

    Raises ValueError: it does not stand there.
    """
    start = text.find(chunk)
    if start >= 0:
        return Cited(article, start, start + len(chunk))
    found = re.search(r"\s+".join(map(re.escape, chunk.split())), text)
    if found is None:
        raise ValueError(f"{article} does not hold {chunk[:60]!r}")
    return Cited(article, found.start(), found.end())


def serve(build: Callable[[Settings, Meter], Peer]) -> None:
    """Builds the peer from the command line, has it read the articles and answers until the input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--embedder", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    settings = Settings(**vars(parser.parse_args()))

    # The answers keep the real output; whatever the libraries print goes to the errors.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    meter = Meter()
    meter.watch_llama_cpp()
    started = time.perf_counter()
    peer = build(settings, meter)
    loaded = time.perf_counter()
    peer.ingest(settings.articles)
    ingested = time.perf_counter()
    peer.ask(WARM_UP)
    _write(
        out,
        {
            "name": peer.name,
            "versions": {package: version(package) for package in (*peer.packages, "llama-cpp-python")},
            "settings": {"temperature": TEMPERATURE, "most_tokens": MOST_TOKENS} | peer.settings,
            "load_s": loaded - started,
            "ingest_s": ingested - loaded,
        },
    )
    for line in sys.stdin:
        question = json.loads(line)["question"]
        meter.reset()
        generated = peer.ask(question)
        total_s = time.perf_counter() - meter.started
        answer = PeerAnswer(
            generated.text,
            generated.cited,
            generated.refused,
            meter.first_token_s or None,
            total_s,
            meter.prompt_tokens,
            meter.completion_tokens,
            meter.llm_calls,
            generated.warm,
            generated.fresh_tokens,
            generated.search_s,
            peer.pace() if isinstance(peer, Paced) and meter.llm_calls else None,
        )
        _write(out, asdict(answer) | {"peak_memory_mb": _peak_memory_mb()})


def _write(out: Any, message: dict[str, Any]) -> None:
    out.write(json.dumps(message, ensure_ascii=False) + "\n")
    out.flush()


def _peak_memory_mb() -> float:
    # Not getrusage's: that of a new process begins with what the process that started it held.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) * 1024 / 1e6

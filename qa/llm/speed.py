"""This machine: how fast it reads and writes with a language model, measured once and kept beside the models.

llama.cpp has quick kernels for some kinds of weights only, and which depends on the processor: a copy of a file with
weights of another kind may be up to three times as fast. Whether it is so here is found by trial.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from index.errors import FailedError, InputError, cause_of
from qa.llm.gpu import gpu
from qa.llm.halt import Halt
from qa.prompts import SYSTEM

if TYPE_CHECKING:
    from qa.llm.llama import LlamaCpp
    from qa.llm.protocol import Prompt
    from qa.llm.states import StateStore

FIRST_WORD_S = 2.0
"""What a reader should wait for the first word at most, passages not yet read included. Chosen by eye."""

COLD_TOKENS = 165
"""Tokens to be read for a question whose passage is new, at the median of a development set."""

_COUNTED_ON = 0.7
"""Share of the best speed measured that can be counted on.

With 150 instead of 230 tokens, 95 in a hundred first words of a 1.5B model came within 1.85 instead of 2.65 s. Of 40
questions of a development set, all passages new, 8 answers changed; 24 instead of 23 held the right words.
"""

_COPIES = {600 << 20: "Q4_0", 1200 << 20: "Q4_1"}
"""By the most bytes of a file, the kind of a copy's weights, in llama.cpp's names; larger files are not copied.

Of 0.5B weights of 5 and 8 bits, Q4_0 held the answer to 381 of 489 questions of a development set, Q8_0 to 383, both
with 16 false answers to 123; the median answer took .39 instead of .82 s. Of 1.5B weights of 4 to 6 bits, Q4_1 held
it to 46 instead of 47 of 59; Q4_0 only to 162 instead of 168 of 202.
"""

_SAMPLE_TEXT = (
    "The council met on Tuesday evening and put off the vote on the new bridge until the end of the month. " * 8
)
SAMPLE_WRITTEN = 24
"""Tokens written to be timed: a sentence. Chosen by eye."""
_MEASURED = 3
"""Times that each way to run a model is measured."""


@dataclass(frozen=True)
class Speed:
    """How to run a language model here, and the tokens it then reads and writes in a second."""

    file: str
    """Name of the file to load, in the folder of the model that was asked for."""
    threads: int
    reads: float
    """Tokens in a second; so ``writes``."""
    writes: float
    """Where each token is written by itself, none on trial."""
    tried: int = 0
    """Tokens read on trial while writing, where that is quicker here."""
    goes_back: bool = True
    """Whether what was made of a passage can be kept (see LlamaCpp)."""

    @property
    def cold_s(self) -> float:
        """Seconds to the first word of an answer from a passage never read before."""
        return COLD_TOKENS / self.reads

    @property
    def budget(self) -> int:
        """Tokens that may have to be read before the first word is due."""
        return int(FIRST_WORD_S * _COUNTED_ON * self.reads)


class RunOptions(NamedTuple):
    """How a model is run."""

    file: Path
    threads: int | None
    """None for all processors."""
    budget: int | None
    """Tokens read until the first word is due; None for no bound."""
    tried: int
    """Tokens read on trial while writing."""


class Speeds:
    """The speeds measured on this machine, in a file of their own; measured anew for another build of llama.cpp."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, model: Path) -> Speed | None:
        """How to run this model file; None when it was not measured, or the file to load is gone."""
        entry = self._read().get(_key(model))
        speed = Speed(**entry) if entry else None
        return speed if speed and model.with_name(speed.file).is_file() else None

    def how(self, model: Path) -> RunOptions:
        """The quickest way to run this model; the model itself, on all processors, where nothing is known."""
        speed = self.get(model)
        if speed is None:
            return RunOptions(model, None, None, 0)
        return RunOptions(model.with_name(speed.file), speed.threads, speed.budget, speed.tried)

    def measure(self, model: Path) -> Iterator[Speed]:
        """Tries the ways to run a model, yields each as it is measured, and keeps the quickest; a slower copy goes.

        Of those whose first word comes in time, if there are any.

        Raises InputError: the file is missing, truncated or no GGUF. Raises FailedError: what was measured cannot be
        kept.
        """
        tried = []
        for file in _variants(model):
            try:
                for threads in _threads():
                    tried.append(_measured(file, threads))
                    yield tried[-1]
            except InputError:
                if file == model:
                    raise
                file.unlink(missing_ok=True)  # a damaged copy; the next measuring makes it anew
        in_time = [speed for speed in tried if speed.cold_s <= FIRST_WORD_S]
        best = min(in_time or tried, key=lambda speed: speed.cold_s + SAMPLE_WRITTEN / speed.writes)
        for speed in tried:
            if speed.file not in (best.file, model.name):
                model.with_name(speed.file).unlink(missing_ok=True)
        entries = self._read() | {_key(model): asdict(best)}
        written = self._path.with_suffix(f".{os.getpid()}")
        try:
            written.write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")
            written.replace(self._path)
        except OSError as error:
            written.unlink(missing_ok=True)
            raise FailedError(
                f"The speeds of {model.name} could not be written to {self._path} ({cause_of(error)}); "
                "make room there, then measure again with: byline doctor"
            ) from error

    def _read(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}


def load_quickest(model: Path, speeds: Speeds, states: StateStore, gpu_layers: int | None = None) -> LlamaCpp:
    """The model, loaded in the quickest way known; a copy that cannot be loaded is removed, and the model itself is.

    Raises InputError: it is damaged, or there is too little memory for it.
    """
    from qa.llm.llama import LlamaCpp

    way = speeds.how(model)
    try:
        return LlamaCpp(way.file, states, way.threads, way.budget, way.tried, gpu_layers)
    except InputError:
        if way.file == model:
            raise
        way.file.unlink(missing_ok=True)
        return LlamaCpp(model, states, gpu_layers=gpu_layers)


def _key(model: Path) -> str:
    """A key of the model's file and of this machine, on both of which the speeds depend."""
    files = " ".join(file.name for file in (model, _copy(model)[0]))
    return f"{files} {model.stat().st_size} {os.cpu_count()} {version('llama-cpp-python')} {gpu()}".rstrip()


def _copy(model: Path) -> tuple[Path, str]:
    """The file of a model's copy and the kind of its weights; the model itself and "" where it is too large for one."""
    size = model.stat().st_size
    kind = next((kind for most, kind in _COPIES.items() if size <= most), "")
    return model.with_name(f"{model.stem}.{kind.lower()}.gguf") if kind else model, kind


def _variants(model: Path) -> Iterator[Path]:
    """Yields the model's own file, then its requantized copy, which is made here; none where the model has no copy."""
    from index.turn import machine_turn
    from qa.llm.engine import requantize

    yield model
    copy, kind = _copy(model)
    if kind:
        with machine_turn(), contextlib.suppress(InputError):  # without room for it, the file itself will do
            if not copy.exists():
                requantize(model, copy, kind)
        if copy.exists():
            yield copy


def _threads() -> list[int]:
    """All processors, and half of them: where two share a core, the second is only in the way."""
    cores = len(os.sched_getaffinity(0))
    return sorted({cores, max(1, cores // 2)}, reverse=True) if cores > 2 else [cores]


def _measured(file: Path, threads: int) -> Speed:
    from index.turn import machine_turn
    from qa.llm.llama import TRIED, LlamaCpp
    from qa.llm.states import StateStore

    with machine_turn():
        model = LlamaCpp(file, StateStore(file.with_name("no states"), most_bytes=0), threads)
        try:
            # The quickest: what else the machine does can only make it slower.
            reads, writes = zip(*(pace(model) for _ in range(_MEASURED)), strict=True)
            tried = TRIED if model.gains_by_trying(usual_prompt()) else 0
            return Speed(file.name, threads, max(reads), max(writes), tried, model.goes_back)
        finally:
            model.close()


def pace(model: LlamaCpp) -> tuple[float, float]:
    """Tokens that a loaded model reads and writes in a second, one by one, from a sample of a usual length."""
    prompt, never = usual_prompt(), Halt()
    model.read(prompt, never)
    began = time.perf_counter()
    reading = model.read(prompt, never)
    read = time.perf_counter()
    with model.one_by_one():
        pieces = sum(1 for _ in model.write(SAMPLE_WRITTEN, never))
    return reading.fresh / (read - began), max(pieces, 1) / (time.perf_counter() - read)


def usual_prompt() -> Prompt:
    """A prompt of a usual length, for measuring."""
    from qa.llm.protocol import Prompt

    return Prompt(SYSTEM, "", _SAMPLE_TEXT)


def preferred(models: Sequence[Path], speeds: Speeds) -> Path | None:
    """The largest of the models whose first word comes within ``FIRST_WORD_S``, else the quickest.

    Models that were never measured are passed over; None where all are.
    """
    known = [(speed, model) for model in models if (speed := speeds.get(model))]
    quick = [model for speed, model in known if speed.cold_s <= FIRST_WORD_S]
    if quick:
        return max(quick, key=lambda model: model.stat().st_size)
    return min(known, key=lambda pair: pair[0].cold_s)[1] if known else None

"""The reader's file: the first layers of the small language model, made once beside it."""

from __future__ import annotations

from pathlib import Path

from index.turn import machine_turn
from qa.llm.engine import requantize
from qa.llm.pruning import keep_first_layers
from qa.llm.states import StateStore
from qa.reader.layers import FirstLayers
from qa.reader.trained import LAYERS, STATE_AFTER, TrainedReader

MADE_FROM = "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
"""The language model whose first layers were fitted; whichever model writes the answers."""

MOST_KEPT_BYTES = 1 << 30
"""Room on the disk for what the reader made of texts: some 400 sections."""


def reader_file(model: Path) -> Path:
    """The file of the first layers, made where it is missing: some ten seconds.

    Its weights are of the kind they were fitted with (Q4_0). Raises InputError: it cannot be written.
    """
    file = model.with_name(f"{model.stem}.reader-{LAYERS}.gguf")
    if not file.exists():
        with machine_turn():
            if not file.exists():
                copy = model.with_name(f"{model.stem}.reader-whole.gguf")
                try:
                    requantize(model, copy, "Q4_0")
                    keep_first_layers(copy, file, LAYERS)
                finally:
                    copy.unlink(missing_ok=True)
    return file


def open_reader(model: Path, kept: StateStore) -> TrainedReader:
    """The trained reader; ``kept`` keeps what it made of texts.

    Raises InputError: its file cannot be made or loaded.
    """
    return TrainedReader(FirstLayers(reader_file(model), kept, STATE_AFTER))

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedding import FloatArray, SentenceTransformerEmbedder
from index.library import Library
from index.models.local import find as find_model
from index.reading.files import find
from index.turn import machine_turn

pytestmark = pytest.mark.models

NAME = "all-MiniLM-L6-v2"
HARD = {
    "unpunctuated": "the river rose and the town " * 400,
    "one word": "Donaudampfschifffahrtsgesellschaftskapitän" * 60,
    "figures": " ".join(f"{number}.{number % 97:02},{number % 1000:03}" for number in range(600)),
    "another script": "Река поднялась на четыре метра и город остался без света " * 80,
    "an address": "See https://news.example/" + "a7Xq-" * 300 + " for more.",
}


class Watched(SentenceTransformerEmbedder):
    """Remembers what it embedded."""

    def embed(self, texts: Sequence[str], asked: bool = False) -> FloatArray:
        self.__dict__.setdefault("seen", []).extend(texts)
        return super().embed(texts, asked)


@pytest.mark.parametrize("name", HARD)
def test_nothing_that_is_embedded_exceeds_what_the_embedder_takes_in(name: str, tmp_path: Path) -> None:
    embedder = Watched(NAME, lambda: find_model(NAME, "embedder"))
    (tmp_path / "hard.txt").write_text(f"{'An unusually long headline about the river ' * 12}\n\n{HARD[name]}\n")
    library = Library(tmp_path / "library", embedder)
    assert [outcome.status for outcome in library.add(find([tmp_path / "hard.txt"]))] == ["added"]
    longest = max(embedder.count_tokens(text) for text in embedder.__dict__["seen"])
    assert 40 < longest <= embedder.window - 2  # the model adds a mark at each end
    library.close()


def test_a_few_texts_take_all_cores_unless_something_else_computes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    monkeypatch.setattr("index.turn.own_folder", lambda: tmp_path)  # other programs may have the machine's own
    embedder = SentenceTransformerEmbedder(NAME, lambda: find_model(NAME, "embedder"))
    alone = embedder.embed(["A storm"])
    assert torch.get_num_threads() == len(os.sched_getaffinity(0))
    with machine_turn():
        beside = embedder.embed(["A storm"])
        assert torch.get_num_threads() == 1
    assert np.allclose(alone, beside, atol=1e-6)


def test_what_embeds_nothing_is_neither_loaded_nor_lost() -> None:
    embedding = "from ui.commands.chosen import open_embedder; import sys; open_embedder().embed(['A storm'])"
    then = (
        "assert not {'pandas', 'sklearn', 'scipy'} & set(sys.modules); from scipy.stats import norm; print(norm.cdf(0))"
    )
    done = subprocess.run([sys.executable, "-c", f"{embedding}; {then}"], capture_output=True, text=True, check=True)
    assert float(done.stdout) == 0.5

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from index.embedding.embedder import FloatArray, SentenceTransformerEmbedder, Whole
from index.embedding.token_states import exact
from index.library import Library
from index.models.local import find_model
from index.reading.files import find
from index.turn import machine_turn

if TYPE_CHECKING:
    from index.embedding.token_states import States

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

    def embed_wholes(self, wholes: Sequence[Whole]) -> list[FloatArray]:
        self.__dict__.setdefault("seen", []).extend(whole.text for whole in wholes)
        return super().embed_wholes(wholes)


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


def opened() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(NAME, lambda: find_model(NAME, "embedder"))


@pytest.mark.parametrize(("can", "halved"), [({"avx512_bf16": True}, False), ({"amx_bf16": True}, True)])
def test_numbers_are_halved_only_where_that_is_quicker(
    can: dict[str, bool], halved: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: can)
    wholes = [Whole("Two bridges were closed.", 0, ())] * 40
    exact, many = opened().embed_wholes(wholes[:1])[0][0], opened().embed_wholes(wholes)[0][0]
    assert (abs(many - exact).max() > 1e-4) == halved
    assert many @ exact > 0.9995


has_vnni = pytest.mark.skipif(
    "avx512_vnni" not in Path("/proc/cpuinfo").read_text(), reason="this processor has no instructions of VNNI"
)


@has_vnni
@pytest.mark.parametrize("half", [False, True])
def test_vectors_in_eight_bits_are_close_to_the_exact_ones_and_do_not_depend_on_one_another(
    half: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_vnni": True, "avx512_bf16": half})
    texts = [
        *(text[:700] for text in HARD.values()),
        "Storm",
        "Die Brücken wurden am Dienstag gesperrt.",
        "你好。" * 30,
    ]
    wholes = [Whole(text, 0, ((0, len(text) // 2),)) for text in texts]
    exact = [opened().embed_wholes([whole])[0] for whole in wholes]
    embedder = opened()
    many, among_others = embedder.embed_wholes(wholes * 4), embedder.embed_wholes(wholes[::-1] * 5)
    for number, rows in enumerate(exact):
        assert 0.99 < (rows * many[number]).sum(axis=1).min() < 0.99999, texts[number]
        assert np.array_equal(many[number], among_others[len(texts) - 1 - number])
    cosines = [(rows * others).sum(axis=1) for rows, others in zip(exact, many, strict=False)]
    assert np.mean(cosines) > 0.995


@has_vnni
def test_a_model_that_eight_bits_take_too_far_is_computed_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.embedding.token_states._CLOSE", 1.1)
    wholes = [Whole("Two bridges were closed.", 0, ())] * 40
    assert opened().embed_wholes(wholes)[7] == pytest.approx(opened().embed_wholes(wholes[:1])[0], abs=1e-5)


def test_quicker_numbers_are_prepared_where_texts_repay_it_and_then_used_for_any(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken = []

    def quick(module: Any, _: object) -> States:
        def states(texts: Sequence[Sequence[int]]) -> list[FloatArray]:
            taken.append(len(texts))
            return exact(module)(texts)

        return states

    monkeypatch.setattr("index.embedding.token_states.quick", quick)
    embedder = opened()
    for count in (1, 31, 32, 1):
        embedder.embed_wholes([Whole("Rain", 0, ())] * count)
    assert taken == [32, 1]


def test_a_whole_text_and_its_parts_have_the_vectors_that_they_have_within_it() -> None:
    embedder = SentenceTransformerEmbedder(NAME, lambda: find_model(NAME, "embedder"))
    text = "Storm hits Aldmoor: Two bridges were closed. The mayor, Ana Ruiz, asked everyone to stay at home."
    whole = Whole(text, 20, ((20, 44), (45, len(text))))
    asked = embedder.embed(["Which bridges were closed?", "What did the mayor ask?"])
    few, many = embedder.embed_wholes([whole]), embedder.embed_wholes([whole, Whole("Rain", 0, ())] * 20)
    for rows in (few[0], many[0], many[38]):
        assert rows.shape == (3, 384)
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
        # Many are computed less exactly where that is quicker.
        assert rows[0] @ embedder.embed([text])[0] > (0.9995 if rows is few[0] else 0.995)
        nearest = np.argmax(rows[1:] @ asked.T, axis=0)
        assert nearest.tolist() == [0, 1]
    assert many[39] @ embedder.embed(["Rain"])[0] > 0.995


def test_a_text_that_exceeds_the_window_has_the_vector_of_what_fits(tmp_path: Path) -> None:
    embedder = SentenceTransformerEmbedder(NAME, lambda: find_model(NAME, "embedder"))
    text = "The river rose. " * 200
    (rows,) = embedder.embed_wholes([Whole(text, 0, ((0, 15), (len(text) - 16, len(text) - 1)))])
    assert rows[0] @ embedder.embed([text])[0] > 0.999
    assert rows[2] == pytest.approx(rows[0])

"""Which models suit a machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.models.catalogue import catalogue, named
from qa.llm.speed import COLD_TOKENS, FIRST_WORD_S, Speed, Speeds
from qa.llm.suiting import Known, known_models

SMALL = named("0.5b")


class Measured(Speeds):
    """The smallest model reads so many tokens a second, and no other was measured."""

    def __init__(self, reads: float) -> None:
        self._reads = reads

    def get(self, model: Path) -> Speed | None:
        return Speed(model.name, 2, self._reads, 10.0) if model.name == SMALL.name else None


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On this machine is the smallest model, and 3 GB are free."""
    monkeypatch.setenv("BYLINE_MODELS", str(tmp_path))
    (tmp_path / SMALL.name).touch()
    monkeypatch.setattr("qa.llm.suiting.available", lambda: 3_000_000_000)


def known(name: str, reads: float = 2 * COLD_TOKENS) -> Known:
    return next(known for known in known_models(Measured(reads)) if known.model == named(name))


def test_every_model_is_told_of() -> None:
    assert [known.model for known in known_models(Measured(1))] == list(catalogue())


def test_what_was_measured_is_told() -> None:
    assert (known("0.5b").first_word_s, known("0.5b").here) == (0.5, "fetched; first word after 0.5 s")


def test_what_was_not_measured_is_reckoned_by_the_bytes() -> None:
    other = named("gemma-3-1b")
    assert known("gemma-3-1b").first_word_s == pytest.approx(0.5 * other.bytes / SMALL.bytes)
    assert known("gemma-3-1b").suits
    assert known("gemma-3-1b").here == "not fetched; first word after about 0.8 s"


def test_a_slow_model_and_one_too_large_do_not_suit() -> None:
    slow = known("gemma-3-4b")
    assert (slow.suits, slow.here) == (False, "not fetched; first word after about 2.5 s, slow")
    assert slow.first_word_s > FIRST_WORD_S  # type: ignore[operator]
    large = known("Qwen3-8B")
    assert (large.suits, large.here) == (False, "not fetched; too large for the memory")


def test_where_nothing_was_measured_the_memory_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Measured, "get", lambda self, model: None)
    assert known("gemma-3-4b").suits
    assert known("all-MiniLM").here == "not fetched"

"""Which of the models of models.txt suit this machine: by its memory, and by the speed measured or to be expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.memory import available
from index.models.catalogue import Model, catalogue
from index.models.local import path_of
from qa.llm.speed import FIRST_WORD_S, Speed, Speeds


@dataclass(frozen=True)
class Known:
    """A model of the catalogue, and whether and how quickly it would run on this machine."""

    model: Model
    is_fetched: bool
    enough_memory: bool
    first_word_s: float | None
    """Seconds to the first word from a passage never read before; None where nothing was measured to tell it by."""

    @property
    def suits(self) -> bool:
        """Whether it can be run, and the first word comes in time as far as is known."""
        return self.enough_memory and (self.first_word_s is None or self.first_word_s <= FIRST_WORD_S)

    @property
    def facts(self) -> str:
        """Its megabytes on the disk, gigabytes of memory, and licence, in words."""
        disk, memory = f"{self.model.bytes / 1e6:,.0f} MB on disk", f"{self.model.memory / 1e9:.1f} GB of memory"
        return f"{disk}, {memory}, {self.model.licence}"

    @property
    def here(self) -> str:
        """Whether it can be run on this machine, and how quickly, in words."""
        fetched = "fetched" if self.is_fetched else "not fetched"
        if not self.enough_memory:
            return f"{fetched}; too large for the memory"
        if self.first_word_s is None:
            return fetched
        about = "" if self.is_fetched else "about "
        return f"{fetched}; first word after {about}{self.first_word_s:.1f} s" + ("" if self.suits else ", slow")


def known_models(speeds: Speeds) -> list[Known]:
    """Every model of models.txt, in its order."""
    models = catalogue()
    measured = [(model, speed) for model in models if (speed := _speed(model, speeds))]
    room = available()
    return [
        Known(model, path_of(model).exists(), model.memory <= room, _first_word(model, measured, speeds))
        for model in models
    ]


def _speed(model: Model, speeds: Speeds) -> Speed | None:
    return speeds.get(path_of(model)) if model.role == "llm" and path_of(model).exists() else None


def _first_word(model: Model, measured: Iterable[tuple[Model, Speed]], speeds: Speeds) -> float | None:
    """Seconds until the first word: measured, else by its bytes from the measured model nearest in size, else None."""
    if model.role != "llm":
        return None
    if own := _speed(model, speeds):
        return own.cold_s
    nearest = min(measured, key=lambda pair: abs(pair[0].bytes - model.bytes), default=None)
    return nearest[1].cold_s * model.bytes / nearest[0].bytes if nearest else None

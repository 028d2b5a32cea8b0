"""Byline asked about articles whose passages its model has read before, as it does while nobody asks."""

from __future__ import annotations

from pathlib import Path

from peer import Meter, Settings, serve
from peer_byline import Byline

from qa.llm.halt import Halt
from qa.reading_ahead import Warmer


class BylineWarm(Byline):
    """Reading every passage counts to the time it takes to read the articles in."""

    name = "Byline, warm"

    def __init__(self, settings: Settings, meter: Meter) -> None:
        super().__init__(settings, meter)
        self.settings["read ahead"] = "every passage, within the time of ingest"

    def ingest(self, folder: Path) -> None:
        super().ingest(folder)
        warmer, never = Warmer(self._library, lambda: self._reader), Halt()
        while warmer.step(self._model, never):
            pass


if __name__ == "__main__":
    serve(BylineWarm)

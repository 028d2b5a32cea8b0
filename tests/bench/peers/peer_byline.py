"""Byline itself, asked the same way, about articles whose passages its model has not read before."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from peer import Cited, Generated, Meter, Settings, serve

from index.embedding.embedder import SentenceTransformerEmbedder
from index.library import Library
from index.models.local import find_model
from index.reading.files import find
from qa.assistant import Assistant
from qa.llm.llama import LlamaCpp
from qa.llm.protocol import Piece
from qa.llm.speed import pace
from qa.llm.states import StateStore
from qa.reader.making import MADE_FROM, MOST_KEPT_BYTES, open_reader
from qa.writing import MOST_TOKENS
from ui.commands.chosen import open_speeds


class Byline:
    """Short evidence in the prompt; each sentence of the answer cites the sentence that proves it."""

    name = "Byline, cold"
    packages = ("byline", "sentence-transformers", "faiss-cpu")

    def __init__(self, settings: Settings, meter: Meter) -> None:
        class Metered(LlamaCpp):
            def write(self, most_tokens: int, stop: threading.Event) -> Iterator[Piece]:
                for piece in super().write(most_tokens, stop):
                    meter.wrote()
                    yield piece

        # As Byline runs here: where byline doctor found it quicker, a copy whose weights are of another kind.
        file, threads, budget, tried = open_speeds().how(settings.model)
        self.settings = {
            "prompt": "its own",
            "file": file.name,
            "threads": threads or settings.threads,
            "tokens tried": tried,
            "cites": "the sentence that proves each sentence of the answer",
            "most_tokens": MOST_TOKENS,
        }
        self._meter = meter
        self._folder = tempfile.TemporaryDirectory()
        embedder = SentenceTransformerEmbedder(settings.embedder.name, lambda: settings.embedder)
        self._library = Library(Path(self._folder.name), embedder)
        # Loaded here, as the others load theirs: beside the articles being read it would slow that.
        self._model = Metered(file, StateStore(Path(self._folder.name) / "states"), threads, budget, tried)
        self._reader = open_reader(
            find_model(MADE_FROM, "llm"), StateStore(Path(self._folder.name) / "readings", MOST_KEPT_BYTES)
        )
        self._assistant = Assistant(
            self._library,
            lambda: self._model,
            settings.model.stem,
            reads_ahead=False,
            load_reader=lambda: self._reader,
        )
        self._assistant.warm()

    def ingest(self, folder: Path) -> None:
        for outcome in self._library.add(find([folder])):
            if outcome.status != "added":
                raise ValueError(f"{outcome.id} was {outcome.status}: {outcome.reason}")

    def pace(self) -> tuple[float, float]:
        return pace(self._model)

    def ask(self, question: str) -> Generated:
        answer = self._assistant.answer(question)
        if answer.llm_calls:
            self._meter.read(answer.tokens.prompt)
        cited = [Cited(citation.article_id, citation.start, citation.end) for citation in answer.citations]
        return Generated(
            answer.text,
            cited,
            refused=not answer.answered,
            warm=answer.warm,
            fresh_tokens=answer.tokens.fresh,
            search_s=(answer.timings.retrieve or 0) / 1000,
        )


if __name__ == "__main__":
    serve(Byline)

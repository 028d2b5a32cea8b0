"""What the options before the command chose, and the library and the assistant made of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

if TYPE_CHECKING:
    from index.embedding import SentenceTransformerEmbedder
    from index.library import Library
    from qa.assistant import Assistant
    from qa.llm import LlamaCpp

DEFAULT_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
EMBEDDER = "all-MiniLM-L6-v2"


class Chosen:
    """The options before the command: set once, before any command runs."""

    library = Path()
    model = DEFAULT_MODEL


def choose(library: Path | None, model: str) -> None:
    """Notes the options; without a folder the library lies in the user's data folder."""
    Chosen.library = library or user_data_path("byline", appauthor=False) / "library"
    Chosen.model = model


def open_embedder() -> SentenceTransformerEmbedder:
    from index.embedding import SentenceTransformerEmbedder
    from index.models import find

    return SentenceTransformerEmbedder(EMBEDDER, lambda: find(EMBEDDER, "embedder"))


def open_library() -> Library:
    """The chosen library. Raises InputError: its folder cannot be written, or holds something else."""
    from index.library import Library

    return Library(Chosen.library, open_embedder())


def open_assistant(library: Library) -> Assistant:
    """An assistant with the chosen language model, which is looked for and loaded with the first question."""
    from index.models import find
    from qa.assistant import Assistant

    choice = Chosen.model

    def load() -> LlamaCpp:
        from qa.llm import LlamaCpp
        from qa.states import StateStore

        return LlamaCpp(find(choice, "llm"), StateStore(library.folder / "states"))

    return Assistant(library, load, Path(choice).stem)

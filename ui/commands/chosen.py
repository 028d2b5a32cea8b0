"""What the options before the command chose, and the library and the assistant made of it."""

from __future__ import annotations

import atexit
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from index.errors import InputError

if TYPE_CHECKING:
    from index.embedding import SentenceTransformerEmbedder
    from index.library import Library
    from qa.assistant import Assistant
    from qa.llm.llama import LlamaCpp
    from qa.llm.speed import Speeds
    from qa.reader.protocol import Reader

DEFAULT_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
"""Where none is asked for and the speed of none is known."""
EMBEDDER = "all-MiniLM-L6-v2"


class Chosen:
    """The options before the command: set once, before any command runs."""

    library = Path()
    model: str | None = None


def choose(library: Path | None, model: str | None) -> None:
    """Notes the options; without a folder the library lies in the user's data folder."""
    Chosen.library = library or user_data_path("byline", appauthor=False) / "library"
    Chosen.model = model


def open_embedder() -> SentenceTransformerEmbedder:
    from index.embedding import SentenceTransformerEmbedder
    from index.models.local import find

    return SentenceTransformerEmbedder(EMBEDDER, lambda: find(EMBEDDER, "embedder"))


def open_library() -> Library:
    """The chosen library. Raises InputError: its folder cannot be written, or holds something else."""
    from index.library import Library

    return Library(Chosen.library, open_embedder())


def open_speeds() -> Speeds:
    """What was measured of the language models on this machine."""
    from index.models.local import models_folder
    from qa.llm.speed import Speeds

    return Speeds(models_folder() / "speeds.json")


def fetched_llms() -> list[Path]:
    """The language models of models.txt that are on this machine."""
    from index.models.catalogue import catalogue
    from index.models.local import path_of

    return [path_of(model) for model in catalogue() if model.role == "llm" and path_of(model).exists()]


def chosen_llm() -> str:
    """Name or path of the language model that was chosen or, where none was, suits this machine."""
    from qa.llm.speed import preferred

    return Chosen.model or str(preferred(fetched_llms(), open_speeds()) or DEFAULT_MODEL)


def open_llm(library: Library) -> LlamaCpp:
    """The language model, loaded as is quickest here, with what it keeps of the library's passages.

    Raises InputError: it is not on this machine, or its file is damaged.
    """
    from index.models.local import find
    from qa.llm.speed import load
    from qa.llm.states import StateStore

    return load(find(chosen_llm(), "llm"), open_speeds(), StateStore(library.folder / "states"))


def open_reader(library: Library) -> Reader:
    """The trained reader; nearness alone where the model it is made from is not on this machine or cannot be copied."""
    from index.models.local import find
    from qa.reader import making
    from qa.reader.nearness import NearnessReader

    try:
        return making.open_reader(find(making.MADE_FROM, "llm"))
    except InputError:
        return NearnessReader(library.embedder)


def open_assistant(library: Library) -> Assistant:
    """An assistant with the language model, which is looked for and loaded with the first question.

    It is closed when the process ends.
    """
    from qa.assistant import Assistant

    assistant = Assistant(
        library, lambda: open_llm(library), Path(chosen_llm()).stem, load_reader=lambda: open_reader(library)
    )
    atexit.register(assistant.close)
    return assistant

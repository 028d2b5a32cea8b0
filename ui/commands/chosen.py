"""What the options before the command chose, and the library and the assistant made of it."""

from __future__ import annotations

import atexit
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from index.errors import InputError
from index.libraries import DEFAULT, Libraries

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
"""Of a new library, where none is asked for: it knows English alone."""
MULTILINGUAL = "multilingual-e5-small"
"""What is recommended for articles in other languages."""

_EMBEDDER_BYTES = 450_000_000
"""Memory that the embedder takes, PyTorch included: 420 MB were measured."""
_LLM_BYTES = 200_000_000
"""Memory that a language model takes beside its file."""


class Chosen:
    """The options before the command: set once, before any command runs."""

    library = Path()
    model: str | None = None
    embedder: str | None = None
    """The embedder that the library is to have from now on."""


def all_libraries() -> Libraries:
    """The user's libraries by their names."""
    return Libraries(user_data_path("byline", appauthor=False))


def choose(library: Path | str | None, model: str | None) -> None:
    """Notes the options; ``library`` is a name or a folder, and without one it lies in the user's data folder.

    Raises InputError: there is no model of this name or at this path.
    """
    from index.models.local import NotFetchedError, find

    if model is not None:
        with suppress(NotFetchedError):  # an error where an answer needs it
            find(model, "llm")
    Chosen.library = all_libraries().found(str(library or DEFAULT))
    Chosen.model = model


def open_embedder() -> SentenceTransformerEmbedder:
    """The embedder of the chosen library, or the one it is to have; the default's where there is no library yet."""
    from index.embedding import SentenceTransformerEmbedder
    from index.memory import check_memory
    from index.models.local import find
    from index.store.database import embedder_of

    name = Chosen.embedder or embedder_of(Chosen.library / "library.sqlite") or EMBEDDER

    def found() -> Path:
        check_memory("The embedder", _EMBEDDER_BYTES)
        return find(name, "embedder")

    return SentenceTransformerEmbedder(name, found)


def open_library() -> Library:
    """The chosen library, which is closed when the process ends.

    Raises InputError: its folder cannot be written, or holds something else; FailedError: it is damaged.
    """
    from index.library import Library

    library = Library(Chosen.library, open_embedder())
    atexit.register(library.close)
    return library


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

    Raises InputError: it is not on this machine, or its file is damaged; FailedError: the memory is too small for it.
    """
    from index.memory import check_memory
    from index.models.local import find
    from qa.llm.speed import load
    from qa.llm.states import StateStore

    path = find(chosen_llm(), "llm")
    check_memory(f"The language model {path.name}", path.stat().st_size + _LLM_BYTES)
    return load(path, open_speeds(), StateStore(library.folder / "states"))


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
    """An assistant with the language model, which is loaded with the first question that needs it.

    It is closed when the process ends.
    Raises InputError: there is no model as it was named; FailedError: the memory is too small for the models.
    """
    from index.memory import check_memory
    from index.models.local import NotFetchedError, find
    from qa.assistant import Assistant

    try:
        path = find(chosen_llm(), "llm")
        check_memory(f"Answering with {path.name}", path.stat().st_size + _LLM_BYTES + _EMBEDDER_BYTES)
    except NotFetchedError:
        if Chosen.model is not None:
            raise
    assistant = Assistant(
        library, lambda: open_llm(library), Path(chosen_llm()).stem, load_reader=lambda: open_reader(library)
    )
    atexit.register(assistant.close)
    return assistant

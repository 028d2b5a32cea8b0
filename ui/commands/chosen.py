"""What the options before the command chose, and the library and the assistant made of it."""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import EMPTY_LIBRARY, InputError
from index.home import data_folder
from index.libraries import DEFAULT, Libraries
from index.store.vectors.engines import OpenVectors, beside, engine_at
from qa.llm.addresses import ServerAddress, is_server, server_address
from ui.advising import EMBEDDER
from ui.commands.output import note
from ui.ways_out import at_command_line

if TYPE_CHECKING:
    from index.embedding.cross_encoder import CrossEncoder
    from index.embedding.embedder import SentenceTransformerEmbedder
    from index.library import Library
    from index.models.catalogue import Role
    from qa.assistant import Assistant
    from qa.llm.protocol import LanguageModel
    from qa.llm.server import ServerModel
    from qa.llm.speed import Speeds
    from qa.reader.protocol import Reader
    from ui.page.frame.switch import Models

DEFAULT_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
"""Where none is asked for and the speed of none is known."""
AUTO = "auto"
KEY = "BYLINE_API_KEY"
"""Names the variable that holds the key for a server: an argument could be seen by every user of the machine."""

_EMBEDDER_BYTES = 450_000_000
"""Memory that the embedder takes, PyTorch included: 420 MB were measured."""
_LLM_BYTES = 200_000_000
"""Memory that a language model takes beside its file. Round, not fitted."""


class Chosen:
    """The options before the command: set once, before any command runs."""

    library = Path()
    named: str | None = None
    """The library as it was named; None where it is the one in the user's data folder."""
    model: str | None = None
    open_vectors: OpenVectors = staticmethod(beside)
    embedder: str | None = None
    """The embedder that the library is to have from now on."""
    reranker: str | None = None
    judge: str | None = None
    allow_remote = False
    gpu_layers: int | None = None
    """None for every one, where llama.cpp was built for a GPU."""


def all_libraries() -> Libraries:
    """The user's libraries by their names. Raises InputError: the user has no home folder."""
    return Libraries(data_folder())


def choose(
    library: Path | str | None,
    model: str | None,
    allow_remote: bool = False,
    gpu_layers: str = AUTO,
    vectors_at: str | None = None,
) -> None:
    """Notes the options; ``library`` is a name or a folder, and without one it lies in the user's data folder.

    Raises InputError: there is no model of this name or at this path, a server is on another machine and that is not
    allowed, no index can be at ``vectors_at``, or ``gpu_layers`` is no number.
    """
    from index.models.local import NotFetchedError, find_model

    if gpu_layers != AUTO and not gpu_layers.isdecimal():
        raise InputError(f"{gpu_layers!r} is no number of layers; give one, or {AUTO}, with --gpu-layers")
    if model is not None and is_server(model):
        server_address(model, allow_remote)
    elif model is not None:
        with suppress(NotFetchedError):  # an error where an answer needs it
            find_model(model, "llm")
    Chosen.allow_remote = allow_remote
    Chosen.gpu_layers = None if gpu_layers == AUTO else int(gpu_layers)
    named = str(library or DEFAULT)
    Chosen.named = str(library) if library else None
    Chosen.library = Path(named) if os.sep in named else all_libraries().place(named)
    Chosen.model = model
    Chosen.open_vectors = staticmethod(engine_at(vectors_at, allow_remote))


def choose_beside(reranker: str | None, judge: str | None) -> None:
    """Notes the models that are used only where they are named. Raises InputError: there is none of that name."""
    from index.models.local import NotFetchedError, find_model

    named: list[tuple[str | None, Role]] = [(reranker, "reranker"), (judge, "judge")]
    for name, role in named:
        with suppress(NotFetchedError):  # an error where it is needed
            if name is not None:
                find_model(name, role)
    Chosen.reranker, Chosen.judge = reranker, judge


def named_beside() -> dict[str, str]:
    """By role, the models that were named beside the others."""
    named = {"reranker": Chosen.reranker, "judge": Chosen.judge}
    return {role: name for role, name in named.items() if name is not None}


def note_empty() -> None:
    """Tells the person at the terminal that the chosen library is empty, and how to add to it."""
    note(at_command_line(EMPTY_LIBRARY, Chosen.named))


def open_embedder() -> SentenceTransformerEmbedder:
    """The embedder of the chosen library, or the one it is to have; the default's where there is no library yet."""
    from index.store.sqlite.database import embedder_of

    return _embedder(Chosen.embedder or embedder_of(Chosen.library / "library.sqlite") or EMBEDDER)


def _embedder(name: str) -> SentenceTransformerEmbedder:
    from index.embedding.embedder import SentenceTransformerEmbedder
    from index.memory import check_memory
    from index.models.local import find_model

    def found() -> Path:
        check_memory("The embedder", _EMBEDDER_BYTES)
        return find_model(name, "embedder")

    return SentenceTransformerEmbedder(name, found)


def open_reranker() -> CrossEncoder | None:
    """What orders the passages found; None where none was named."""
    return _cross_encoder(Chosen.reranker, "reranker") if Chosen.reranker else None


def with_judge(reader: Reader) -> Reader:
    """The reader, which asks the chosen judge too whether a text states a claim, if one was named."""
    if not Chosen.judge:
        return reader
    from qa.reader.entailing import EntailingReader

    return EntailingReader(reader, _cross_encoder(Chosen.judge, "judge"))


def _cross_encoder(name: str, role: Role) -> CrossEncoder:
    from index.embedding.cross_encoder import SentenceTransformerCrossEncoder
    from index.memory import check_memory
    from index.models.local import find_model

    def found() -> Path:
        folder = find_model(name, role)
        check_memory(f"The {role} {folder.name}", sum(file.stat().st_size for file in folder.glob("*.safetensors")))
        return folder

    return SentenceTransformerCrossEncoder(name, role, found)


def open_library() -> Library:
    """The chosen library, which is closed when the process ends.

    Raises InputError: its folder cannot be written, or holds something else; FailedError: it is damaged.
    """
    from index.library import Library

    library = Library(Chosen.library, open_embedder(), Chosen.open_vectors, open_reranker())
    atexit.register(library.close)
    return library


def read_anew(embedder: str) -> Iterator[str]:
    """Makes the passages of the chosen library anew for this embedder; yields the id of each article that is done.

    Raises InputError: it is not on this machine; FailedError: the memory is too small for it.
    """
    from index.library import Library

    library = Library(Chosen.library, _embedder(embedder), Chosen.open_vectors)
    try:
        yield from library.reembed()
    finally:
        library.close()


def open_speeds() -> Speeds:
    """Opens the file of speeds measured on this machine, one for each language model that was run."""
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


def chosen_server() -> ServerAddress | None:
    """The server that was chosen as language model; None where it is a file."""
    return server_address(Chosen.model, Chosen.allow_remote) if Chosen.model and is_server(Chosen.model) else None


def open_server(address: ServerAddress) -> ServerModel:
    """The language model of a server.

    Raises InputError: it refuses the key, or one of its models is to be named; FailedError: it cannot be reached.
    """
    from qa.llm.server import ServerModel

    return ServerModel(address, os.environ.get(KEY, "").strip())


def open_llm(library: Library) -> LanguageModel:
    """Loads the chosen language model in the way that is quickest on this machine, or connects to the chosen server.

    Raises InputError: it is not on this machine, or its file is damaged; FailedError: the memory is too small for it,
    or the server cannot be reached.
    """
    if address := chosen_server():
        return open_server(address)
    from index.memory import check_memory
    from index.models.local import find_model
    from qa.llm.speed import load_quickest
    from qa.llm.states import StateStore

    path = find_model(chosen_llm(), "llm")
    check_memory(f"The language model {path.name}", path.stat().st_size + _LLM_BYTES)
    return load_quickest(path, open_speeds(), StateStore(library.folder / "states"), Chosen.gpu_layers)


def page_models() -> Models:
    """The choice of language model as the page shows it."""
    from index.models.local import find_model
    from qa.llm.suiting import known_models
    from ui.page.frame.switch import Models

    address = chosen_server()
    used = str(address or chosen_llm())
    if address is None:
        with suppress(InputError):
            used = find_model(used, "llm").name
    return Models(lambda: known_models(open_speeds()), used, is_server=address is not None)


def open_reader(library: Library) -> Reader:
    """The trained reader; nearness alone where the model it is made from is not on this machine or cannot be copied.

    Beside it the judge, where one was named.
    """
    from index.models.local import find_model
    from qa.llm.states import StateStore
    from qa.reader import making
    from qa.reader.nearness import NearnessReader

    try:
        kept = StateStore(library.folder / "readings", making.MOST_KEPT_BYTES)
        return with_judge(making.open_reader(find_model(making.MADE_FROM, "llm"), kept))
    except InputError:
        return with_judge(NearnessReader(library.embedder))


def open_assistant(library: Library) -> Assistant:
    """An assistant with the language model, which is loaded with the first question that needs it.

    It is closed when the process ends.
    Raises InputError: there is no model as it was named; FailedError: the memory is too small for the models.
    """
    if address := chosen_server():
        note(f"Every question is sent to {address.base}, with the passages chosen for it.")
        name = address.model or address.base
    else:
        name = _model_for_answers().stem
    from qa.assistant import Assistant  # after the check: what it loads ends the process where memory is too small

    assistant = Assistant(library, lambda: open_llm(library), name, load_reader=lambda: open_reader(library))
    atexit.register(assistant.close)
    return assistant


def _model_for_answers() -> Path:
    """The chosen language model's file; where none was chosen and none is fetched, the name of the default.

    Raises InputError: there is none as it was named; FailedError: the memory is too small for it.
    """
    from index.memory import check_memory
    from index.models.local import NotFetchedError, find_model

    try:
        path = find_model(chosen_llm(), "llm")
    except NotFetchedError:
        if Chosen.model is not None:
            raise
        return Path(chosen_llm())
    check_memory(f"Answering with {path.name}", path.stat().st_size + _LLM_BYTES + _EMBEDDER_BYTES)
    return path

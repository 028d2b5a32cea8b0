"""Which embedder is recommended where a library has articles in languages that its own hardly knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.library import Library

EMBEDDER = "all-MiniLM-L6-v2"
"""Of a new library, where none is asked for: it knows English alone."""
MULTILINGUAL = "multilingual-e5-small"
"""What is recommended for articles in other languages."""


def is_on_this_machine(embedder: str) -> bool:
    """Whether the embedder has been fetched."""
    from index.models.catalogue import named
    from index.models.local import path_of

    return path_of(named(embedder, "embedder")).exists()


def hardly_known(library: Library) -> dict[str, int]:
    """The names of the languages that the library's embedder hardly knows, each with the number of its articles."""
    from index.language.registry import language

    if library.embedder.name != EMBEDDER:
        return {}
    spoken = [(language(code), count) for code, count in library.languages().items()]
    return {each.name: count for each, count in spoken if each.code != "en"}

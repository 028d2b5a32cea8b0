"""The settings that shaped a library's passages and vectors, kept with it so that no others are mixed in."""

from __future__ import annotations

from pathlib import Path

from index.embedding.embedder import Embedder
from index.errors import InputError
from index.store.passages.passages import Passages
from index.store.sqlite.database import Database
from index.text.passage_length import LONGEST_SENTENCE, PASSAGE_TOKENS


class LibrarySettings:
    """The embedder and the way of splitting that one library is made with."""

    def __init__(self, folder: Path, database: Database, embedder: Embedder) -> None:
        self._folder = folder
        self._database = database
        self._passages = Passages(database)
        self.embedder = embedder
        self._checked = -1
        """The generation at which the settings were last found right."""

    def values(self) -> dict[str, str]:
        """The settings by name; passages made with another value of any of them do not fit into the library."""
        return {
            "embedder": self.embedder.name,
            "embedder_sha256": self.embedder.sha256,
            "splitting": f"{PASSAGE_TOKENS}/{LONGEST_SENTENCE}",
        }

    def settle(self) -> None:
        """Saves the settings with a library that has no passages yet, else checks them. Raises as ``check`` does."""
        if self._passages.count() > 0:
            self.check()
            return
        with self._database.transaction():
            for name, value in self.values().items():
                self._database.set(name, value)

    def check(self) -> None:
        """Raises InputError: the library was made with other settings."""
        generation = self._database.generation
        if generation == self._checked:
            return
        for name, value in self.values().items():
            stored = self._database.setting(name)
            if stored != value:
                raise InputError(
                    f"The library {self._folder} was made with {name} {stored}, but this program uses {value}; "
                    "add its articles to a new one with: byline --library NEW_FOLDER add PATH"
                )
        self._checked = generation

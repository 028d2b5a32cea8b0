"""The libraries of one user: folders side by side, each of which can be copied, and has its folder's name."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.errors import BylineError, FailedError, InputError, cause_of
from index.records import Filter

DEFAULT = "library"
"""The name of the one that is opened where none is asked for."""

_FILE = "library.sqlite"
_NAME = re.compile(r"[^\W_][\w .-]{0,59}(?<![ .])")


@dataclass(frozen=True)
class Shelved:
    """A library in a list: its name, its folder and its number of articles (None where it is damaged)."""

    name: str
    folder: Path
    articles: int | None


class Libraries:
    """The libraries in one user's data folder; any other folder can be a library too, but has no name here."""

    def __init__(self, home: Path) -> None:
        """``home`` is the user's data folder: the default library is in it, the others in its folder ``libraries``."""
        self._home = home

    def folder(self, name: str) -> Path:
        """Where the library of this name lies, or would."""
        return self._home / DEFAULT if name == DEFAULT else self._home / "libraries" / name

    def names(self) -> list[str]:
        """The names of all libraries: the default first, whether or not it exists yet, then the others sorted."""
        try:
            others = [path.name for path in (self._home / "libraries").iterdir() if (path / _FILE).is_file()]
        except OSError:
            others = []
        return [DEFAULT, *sorted(set(others) - {DEFAULT}, key=str.casefold)]

    def name_of(self, folder: Path) -> str:
        """The name of the library in this folder; the folder's path where it is none of these libraries."""
        resolved = folder.resolve()
        return next((name for name in self.names() if self.folder(name).resolve() == resolved), str(folder))

    def listed(self) -> list[Shelved]:
        """All libraries, each with the number of its articles."""
        return [self.shelved(self.folder(name)) for name in self.names()]

    def shelved(self, folder: Path) -> Shelved:
        """The library in this folder with the number of its articles, under its name or, without one, its path."""
        from index.store.articles.articles import Articles
        from index.store.sqlite.database import Database

        articles: int | None = 0
        if (folder / _FILE).is_file():
            try:
                with closing(Database(folder / _FILE)) as database:
                    articles = Articles(database).admitted(Filter())
            except BylineError:
                articles = None
        return Shelved(self.name_of(folder), folder, articles)

    def place(self, named: str) -> Path:
        """The folder of a library given by its name or, where none has it, by its path."""
        return self.folder(named) if named in self.names() else Path(named)

    def make(self, name: str) -> Path:
        """Makes an empty library, and returns its folder. Raises InputError: the name is taken or not allowed."""
        from index.store.sqlite.database import Database

        folder = self._free(name)
        Database(folder / _FILE).close()
        return folder

    def rename(self, name: str, new: str) -> Path:
        """Gives a library another name, and returns its new folder.

        Raises InputError: there is no such library, or the new name is taken or not allowed; FailedError: its folder
        cannot be moved.
        """
        folder, target = self._known(name), self._free(new)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(target)
        except OSError as error:
            raise FailedError(f"{folder} cannot be moved to {target} ({cause_of(error)}); mend that first.") from error
        return target

    def remove(self, name: str) -> None:
        """Deletes a library with all that is in its folder.

        Raises InputError: there is no such library; FailedError: it cannot be deleted.
        """
        folder = self._known(name)
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise FailedError(f"{folder} cannot be deleted ({cause_of(error)}); mend that first.") from error

    def _known(self, name: str) -> Path:
        folder = self.folder(name)
        if name not in self.names() or not (folder / _FILE).is_file():
            raise InputError(f'There is no library "{name}"; those there are: {", ".join(self.names())}.')
        return folder

    def _free(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise InputError(
                f'"{name}" cannot be the name of a library; use up to 60 letters, digits, spaces and - _ . within it.'
            )
        folder = self.folder(name)
        if folder.exists():
            raise InputError(f'There is a library "{name}" already; choose another name.')
        return folder

"""The user's home folder, which a user without an entry in the list of users may lack."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path

from index.errors import InputError


def data_folder() -> Path:
    """The user's data folder for Byline. Raises InputError: the user has no home folder."""
    try:
        return user_data_path("byline", appauthor=False)
    except RuntimeError as error:
        raise InputError(
            "This user has no home folder; name the library's folder with --library and that of the models with "
            "BYLINE_MODELS, or set HOME."
        ) from error


def expanded(path: str) -> Path:
    """The path that a person typed, with a leading ``~`` replaced by the home folder that it stands for, if any."""
    try:
        return Path(path.strip()).expanduser()
    except RuntimeError:
        return Path(path.strip())

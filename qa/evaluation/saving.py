"""Writing a file whole or not at all."""

from __future__ import annotations

from pathlib import Path

from index.errors import InputError, cause_of


def write_text(path: Path, text: str) -> None:
    """Writes the text in UTF-8 in place of what was there; whatever interrupts it, the old or the new file is there.

    Raises InputError: the file cannot be written.
    """
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {cause_of(error)}; choose another place.") from error

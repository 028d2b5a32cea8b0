"""What a file gives: its articles, or the reason why it has none."""

from pathlib import Path

import pytest
from written import article

from index.errors import InputError
from index.reading.files import Source, Unread, read_each


def several(tmp_path: Path, content: bytes | str, name: str) -> dict[str, str]:
    """The texts of a file's articles, and the reasons why others cannot be read, by their ids."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return {item.id: item.reason if isinstance(item, Unread) else item.text for item in read_each(Source("box", path))}


def refused(tmp_path: Path, content: bytes | str, name: str) -> str:
    """Why a file cannot be read, without its path."""
    with pytest.raises(InputError) as error:
        article(tmp_path, content, name)
    assert str(error.value).startswith(f"{tmp_path / name} ")
    return str(error.value).removeprefix(f"{tmp_path / name} ")

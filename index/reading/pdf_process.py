"""Has a process of its own read the pages of a PDF, within bounds of time and memory (see ``pdf_pages``)."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from subprocess import DEVNULL, PIPE
from typing import IO, Any, BinaryIO

from index.reading.format import Unreadable
from index.reading.pdf_pieces import Piece

SECONDS_A_PAGE = 10
"""Of processor time that one page may take: a printed one takes 0.03. Chosen by eye."""
MOST_MEGABYTES = 3000
"""Memory that the process may ask for."""
_DAMAGED = "is damaged, cut off or no PDF: get it anew and add it again."
_ERRORS = {"encrypted": "is encrypted: save it without its password and add it again.", "damaged": _DAMAGED}
_UNBOUNDED = (
    "takes too much time or memory, as one does whose pages hold each other: print it to a new PDF, and add that."
)


@dataclass(frozen=True)
class Page:
    """A page: its runs of letters, each with its height on it from 0 (top) to 1 (bottom)."""

    pieces: tuple[tuple[Piece, float], ...] = ()
    drawn: bool = False
    """Whether it has anything beside its few letters."""
    pictures: bool = False
    """Whether pictures are among it."""
    damaged: bool = False


@dataclass(frozen=True)
class Told:
    """What the process told of a file, in the order of its pages, each as ``page_of`` takes it."""

    count: int
    title: str
    author: str
    pages: Iterator[bytes]


@contextmanager
def told_of(file: BinaryIO) -> Iterator[Told]:
    """What is told of an open PDF; the process ends with the ``with``.

    Raises Unreadable: it is encrypted or damaged, or, also while pages are taken, time or memory did not suffice;
    ModuleNotFoundError: pypdfium2 is not installed.
    """
    if importlib.util.find_spec("pypdfium2") is None:
        raise ModuleNotFoundError("No module named 'pypdfium2'", name="pypdfium2")
    command = [sys.executable, "-P", "-m", "index.reading.pdf_pages", str(SECONDS_A_PAGE), str(MOST_MEGABYTES)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}
    with _on_disk(file) as given, subprocess.Popen(
        command, stdin=given, stdout=PIPE, stderr=DEVNULL, env=environment
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None  # for it was asked for
            lines = _lines(process.stdout)
            head = json.loads(next(lines))
            if "error" in head:
                raise Unreadable(_ERRORS[head["error"]])
            with closing(lines):
                yield Told(head["pages"], head["Title"], head["Author"], lines)
        finally:
            process.kill()


def page_of(line: bytes) -> Page:
    """Returns a page as it was told."""
    told: dict[str, Any] | None = json.loads(line)
    if told is None:
        return Page(damaged=True)
    return Page(tuple(map(_piece, told["pieces"])), told["drawn"], told["pictures"])


def _piece(told: list[Any]) -> tuple[Piece, float]:
    text, left, bottom, right, top, gaps, place = told
    return Piece(text, left, bottom, right, top, tuple(map(tuple, gaps))), place


def _lines(out: IO[bytes]) -> Generator[bytes, None, None]:
    """Yields the lines before the last one. Raises Unreadable: the process ended before it had told everything."""
    while line := out.readline():
        if line == b'"end"\n':
            return
        yield line
        if line.startswith(b'{"error"'):
            return
    raise Unreadable(_UNBOUNDED)


@contextmanager
def _on_disk(file: BinaryIO) -> Iterator[BinaryIO]:
    """The file itself where it is one that another process can read, else a copy of it for a while."""
    try:
        file.fileno()
    except OSError:
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(file, copy)
            copy.seek(0)
            yield copy
    else:
        file.seek(0)
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        yield file

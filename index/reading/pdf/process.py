"""Has a process of its own read the pages of a PDF, within bounds of time and memory (see ``pages.py``)."""

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
from index.reading.pdf.pieces import TextRun

SECONDS_A_PAGE = 10
"""Of processor time that one page may take: a printed one takes 0.03. Chosen by eye."""
MOST_MEGABYTES = 3000
"""Memory that the process may ask for. Round, not fitted."""
DAMAGED = "is damaged, cut off or no PDF: get it anew and add it again."
_ERRORS = {"encrypted": "is encrypted: save it without its password and add it again.", "damaged": DAMAGED}
_UNBOUNDED = (
    "takes too much time or memory, as one does whose pages hold each other: print it to a new PDF, and add that."
)


@dataclass(frozen=True)
class Page:
    """A page: its runs of letters, each with its height on the page from 0 (top) to 1 (bottom)."""

    pieces: tuple[tuple[TextRun, float], ...] = ()
    drawn: bool = False
    """Whether anything else is drawn on a page of few letters."""
    pictures: bool = False
    """Whether pictures are among what is drawn."""
    damaged: bool = False


@dataclass(frozen=True)
class PdfContents:
    """What the process wrote about a file: the number of pages, title, author, and a line for each page."""

    count: int
    title: str
    author: str
    pages: Iterator[bytes]
    """Lines in the order of the pages, which ``page_of`` parses."""


@contextmanager
def contents_of(file: BinaryIO) -> Iterator[PdfContents]:
    """A context in which a process reads an open PDF; yields what it writes about the file.

    Raises Unreadable: the file is encrypted or damaged, or needs too much time or memory, which may show only while
    the pages are read; ModuleNotFoundError: pypdfium2 is not installed.
    """
    if importlib.util.find_spec("pypdfium2") is None:
        raise ModuleNotFoundError("No module named 'pypdfium2'", name="pypdfium2")
    command = [sys.executable, "-P", "-m", "index.reading.pdf.pages", str(SECONDS_A_PAGE), str(MOST_MEGABYTES)]
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
                yield PdfContents(head["pages"], head["Title"], head["Author"], lines)
        finally:
            process.kill()


def page_of(line: bytes) -> Page:
    """Parses the line that the process wrote about a page."""
    told: dict[str, Any] | None = json.loads(line)
    if told is None:
        return Page(damaged=True)
    return Page(tuple(map(_piece, told["pieces"])), told["drawn"], told["pictures"])


def _piece(told: list[Any]) -> tuple[TextRun, float]:
    text, left, bottom, right, top, gaps, place = told
    return TextRun(text, left, bottom, right, top, tuple(map(tuple, gaps))), place


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
    """A context that yields the file itself where another process can read it, else a temporary copy on the disk."""
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

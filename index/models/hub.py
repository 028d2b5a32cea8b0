"""Files of models from the model hub, by HTTPS: continued where a connection broke off."""

from __future__ import annotations

import os
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import cast
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from index.models.catalogue import ModelFile

Report = Callable[[int], None]
"""Called with the number of bytes that have arrived but are not yet in place."""

HUB = "https://huggingface.co"
"""Where the hub is, unless ``BYLINE_HUB`` names a mirror of it."""
TIMEOUT = 10.0
"""Seconds to wait for a connection or for the next bytes before a source is given up. Chosen by eye."""
CONNECTIONS = 5
"""Connections made for one file before a hub that keeps cutting them is given up. Chosen by eye."""
BLOCK_BYTES = 2**20
"""Bytes that are read and written at once."""
UNPINNED_BYTES = 64 * 2**20
"""The largest file that is taken without a known hash: the vocabulary of a hundred languages has 17 MB. Round, not
fitted."""


class SourceError(Exception):
    """A source from which the model cannot be fetched, with the reason; the next source is tried."""


def from_hub(repository: str, file: ModelFile, place: Path, report: Report) -> None:
    """Completes a file at ``place`` from a repository of the hub. Raises SourceError: the hub does not serve it."""
    base = os.environ.get("BYLINE_HUB", HUB).rstrip("/")
    url = f"{base}/{repository}/resolve/main/{quote(file.name)}"
    if not file.is_pinned:
        _whole_from_hub(url, place)
        return
    for _ in range(CONNECTIONS):
        before = size_of(place)
        _continue_from(url, file, place, report)
        if size_of(place) == file.bytes:
            return
        if size_of(place) <= before:
            break
    raise SourceError(f"{url} was cut off after {size_of(place)} of {file.bytes} bytes")


def _whole_from_hub(url: str, place: Path) -> None:
    """Fetches a small file to ``place`` in one request; if the connection breaks off, nothing is written."""
    with _opened(url) as response:
        try:
            content = response.read(UNPINNED_BYTES + 1)
        except (OSError, HTTPException) as error:
            raise SourceError(f"{url} was cut off") from error
        left = response.length  # bytes that were announced and did not come
    if len(content) > UNPINNED_BYTES:
        raise SourceError(f"{url} has more than {UNPINNED_BYTES:,} bytes")
    if left:
        raise SourceError(f"{url} was cut off")
    place.write_bytes(content)


def _opened(url: str, start: int | None = None) -> HTTPResponse:
    """Requests a URL from the byte ``start`` on and returns the open response.

    Raises SourceError: the server does not answer, refuses, or answers a page, as a network does that wants a login.
    """
    headers = {} if start is None else {"Range": f"bytes={start}-"}
    try:
        response = cast("HTTPResponse", urlopen(Request(url, headers=headers), timeout=TIMEOUT))
    except HTTPError as error:
        raise SourceError(f"{url} answers {error.code} {error.reason}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise SourceError(f"{url} cannot be reached ({getattr(error, 'reason', error)})") from error
    if response.headers.get_content_type() == "text/html":
        response.close()
        raise SourceError(f"{url} answers with a web page instead of the file")
    return response


def _continue_from(url: str, file: ModelFile, place: Path, report: Report) -> None:
    """Append to ``place`` what one connection gives of the rest; a connection cut on the way is no error here."""
    here = size_of(place)
    with _opened(url, here) as response, place.open("ab") as out:
        start = here if response.status == 206 else 0  # a server that knows no ranges begins at the beginning
        length = response.headers["Content-Length"]
        if length is not None and start + int(length) != file.bytes:
            raise SourceError(f"{url} has {start + int(length)} bytes, not {file.bytes}")
        out.truncate(start)
        out.seek(start)  # truncating alone leaves `tell` where it was
        while block := _read(response, file.bytes - out.tell()):
            out.write(block)
            report(0)


def _read(response: HTTPResponse, wanted: int) -> bytes:
    """Returns the next bytes of a response; none at its end, or where the connection is cut."""
    try:
        return response.read1(min(wanted, BLOCK_BYTES))
    except (OSError, HTTPException):
        return b""


def size_of(path: Path) -> int:
    """Bytes of the file; 0 where there is none."""
    return path.stat().st_size if path.is_file() else 0

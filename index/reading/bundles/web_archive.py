"""WARC (ISO 28500): the pages that an archiver of the web kept, each record with its HTTP response."""

from __future__ import annotations

import gzip
import http.client
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from index.reading.archive import DAMAGED
from index.reading.format import Damaged, Document, Unreadable
from index.reading.letters.letters import one_line
from index.reading.stated import by

_MOST_MEGABYTES = 64
"""Of one record, unpacked; a larger one is no article. Round, not fitted."""
_MOST_GIGABYTES_TOGETHER = 20
"""Of all records of a file, unpacked. Round, not fitted."""
_LONGEST_NAME = 150
"""Characters of a page's name, made of its URL. Round, not fitted."""
_PIECE = 1 << 20
"""Bytes read together."""
_LONGEST_LINE, _MOST_LINES = 65_536, 200
"""Bytes of a line of a record's head, and lines of one. Round, not fitted."""
_READ_AS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
}
_NO_WARC = "is no WARC of web pages: unpack it, and add what it holds."


class _CutOff(Exception):
    """The file ends within a record."""


def read_web_archive(file: BinaryIO) -> Iterator[Document | Damaged]:
    """Yields the pages, PDFs and texts in the file, named by their addresses; one record at a time is in memory.

    Raises Unreadable: it is no WARC, holds no page, is too large, or is damaged from some place on.
    """
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    opened: BinaryIO = gzip.GzipFile(fileobj=file) if packed else file  # type: ignore[assignment]
    found = False
    try:
        for head, block in _records(opened):
            for item in _page(head, block):
                found = True
                yield item
    except (_CutOff, OSError, EOFError, zlib.error) as error:
        raise Unreadable(DAMAGED) from error
    if not found:
        raise Unreadable("holds no page of the web: leave it out.")


def _records(file: BinaryIO) -> Iterator[tuple[Mapping[str, str], bytes]]:
    """Yields the headers and the block of each record that holds a response; other records are passed over."""
    read, is_first = 0, True
    while line := _next_line(file):
        if not line.startswith(b"WARC/"):
            if is_first:
                raise Unreadable(_NO_WARC)
            raise _CutOff
        is_first = False
        head = {}
        for _ in range(_MOST_LINES):
            line = file.readline(_LONGEST_LINE)
            if not line.strip():
                break
            name, _, value = line.decode("utf-8", "replace").partition(":")
            head[name.strip().lower()] = value.strip()
        length = head.get("content-length", "")
        if not (length.isascii() and length.isdigit()):
            raise _CutOff
        read += int(length)
        if read > _MOST_GIGABYTES_TOGETHER * 1e9:
            raise Unreadable(f"unpacks to more than {_MOST_GIGABYTES_TOGETHER} GB: split it.")
        is_wanted = head.get("warc-type") in ("response", "resource") and int(length) <= _MOST_MEGABYTES * 1_000_000
        block = _block(file, int(length), is_wanted)
        if is_wanted:
            yield head, block


def _next_line(file: BinaryIO) -> bytes:
    """Returns the next line that is not blank."""
    while (line := file.readline(_LONGEST_LINE)) and not line.strip():
        pass
    return line


def _block(file: BinaryIO, length: int, is_wanted: bool) -> bytes:
    """Reads ``length`` bytes and returns them; where they are not wanted, passes over them and returns none."""
    kept = []
    while length:
        piece = file.read(min(length, _PIECE))
        if not piece:
            raise _CutOff
        length -= len(piece)
        if is_wanted:
            kept.append(piece)
    return b"".join(kept)


def _page(head: Mapping[str, str], block: bytes) -> Iterator[Document | Damaged]:
    from index.reading.registry import by_suffix

    url = head.get("warc-target-uri", "").strip("<>")
    kind, body = head.get("content-type", ""), block
    if not url.startswith(("http://", "https://")) or urlsplit(url).path == "/robots.txt":
        return
    name = _name(url)
    try:
        if head["warc-type"] == "response":
            status, headers, body = _response(block)
            if status != http.HTTPStatus.OK:
                return
            kind = headers.get("content-type", "")
        suffix = _READ_AS.get(kind.partition(";")[0].strip().lower())
        if suffix is None or not body:
            return
        if suffix != ".pdf":
            body = _in_utf8(body, kind)
        for item in by_suffix()[suffix].read(io.BytesIO(body)):
            if isinstance(item, Document):
                told = item.stated.otherwise(by("web archive", url=url))
                item = replace(item, stated=told)
            yield replace(item, name=name)
    except Unreadable as error:
        yield Damaged(name, str(error))
    except (ValueError, http.client.HTTPException, zlib.error):
        yield Damaged(name, DAMAGED)


def _name(url: str) -> str:
    parts = urlsplit(url)
    path = PurePosixPath(unquote(parts.path).strip("/"))
    query = f"-{parts.query}" if parts.query else ""
    name = "/".join(filter(None, (parts.netloc.removeprefix("www."), str(path.with_suffix("")) if path.name else "")))
    return one_line(name + query)[:_LONGEST_NAME]


def _response(block: bytes) -> tuple[int, Mapping[str, str], bytes]:
    """Returns status, headers and body of an HTTP response, its body unpacked.

    Raises ValueError, zlib.error or HTTPException: it is none, or damaged.
    """
    file = io.BytesIO(block)
    version, status, *_ = [*file.readline(_LONGEST_LINE).split(None, 2), b"", b""]
    if not version.startswith(b"HTTP/"):
        raise ValueError(version)
    headers = {name.lower(): value for name, value in http.client.parse_headers(file).items()}
    body = file.read()
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    packing = headers.get("content-encoding", "").strip().lower()
    if packing in ("gzip", "x-gzip", "deflate") and body:
        unpacking = zlib.decompressobj(wbits=47)
        body = unpacking.decompress(body, _MOST_MEGABYTES * 1_000_000)
        if unpacking.unconsumed_tail:
            raise Unreadable(f"unpacks to more than {_MOST_MEGABYTES} MB: leave it out.")
    elif packing not in ("", "identity") and not _is_text(body):
        raise Unreadable(f"is packed as {packing}, which Byline does not unpack: save the page in a browser.")
    return int(status), headers, body


def _is_text(body: bytes) -> bool:
    """Returns whether a body is unpacked already, as some archivers leave it while its head says otherwise."""
    return body.lstrip()[:1] == b"<"


def _joined(body: bytes) -> bytes:
    """Returns a body that was sent in chunks as one; unchanged where it has none, as some archivers keep it."""
    pieces: list[bytes] = []
    place = 0
    while True:
        end = body.find(b"\r\n", place)
        size = body[place:end].partition(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            return b"".join(pieces) if pieces else body
        if length <= 0:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + length])
        place = end + 2 + length + 2


def _in_utf8(body: bytes, kind: str) -> bytes:
    """Returns a text in UTF-8, converted from the encoding that its server states."""
    charset = kind.lower().partition("charset=")[2].partition(";")[0].strip().strip("\"'")
    try:
        body.decode("utf-8")
        return body
    except UnicodeDecodeError:
        pass
    try:
        return body.decode(charset).encode("utf-8-sig") if charset else body
    except (LookupError, UnicodeError):
        return body

"""What stands on the pages of a PDF, by pypdfium2: a program that reads a PDF from its standard input.

It writes a line of JSON that tells of the file, then one for each page (see ``process.py``). It is a process of its
own because pdfium does what a file says: where the parts of a page hold each other it goes on without end, and where
one unpacks to gigabytes it takes them. A process can be bounded in both.
"""

from __future__ import annotations

import ctypes
import json
import math
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO, TextIO

import pypdfium2
import pypdfium2.raw as raw

from index.reading.pdf.pieces import Letter, TextRun, pieces

_FIRST, _MORE = 6, 0.1
"""A file may take the first number times the time of one page, and the second more for each page. Chosen by eye."""
_TOGETHER = 50
"""Pages after which a file is opened anew: until it is closed, pdfium holds every picture of the pages it has read.
Round, not fitted."""
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\xad": "-"}
"""What pdfium gives for a hyphen at a line's end."""
_LOOKED_AT = 50
"""Letters of a page by which it is told how its lines run. Round, not fitted."""
_FEW = 8
"""Pieces of a page that may be no more than running lines, so that its pictures matter. Chosen by eye."""


def write_pages(file: BinaryIO, out: TextIO, seconds: float) -> None:
    """Writes a line of JSON about the file and one for each page (``null`` for a damaged one), then ``"end"``.

    The system ends the process where one page takes more than ``seconds`` of processor time, or all take too long.
    """
    _allow(0, seconds)
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        _write(out, {"error": "encrypted" if is_locked else "damaged"})
        return
    count = len(document)
    _write(out, {"pages": count, **{name: _property(document, name) for name in ("Title", "Author")}})
    for number in range(count):
        _allow(number, seconds)
        if number and number % _TOGETHER == 0:
            document.close()
            document = pypdfium2.PdfDocument(file)
        _write(out, _page(document, number))
    _write(out, "end")


def _write(out: TextIO, told: object) -> None:
    out.write(json.dumps(told) + "\n")
    out.flush()


def _allow(number: int, seconds: float) -> None:
    """Bounds the process's time up to the end of page ``number``, counted from 0."""
    most = min(time.process_time() + seconds, seconds * (_FIRST + _MORE * number))
    _limit(resource.RLIMIT_CPU, math.ceil(most))


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _property(document: pypdfium2.PdfDocument, name: str) -> str:
    try:
        return str(document.get_metadata_value(name))
    except UnicodeDecodeError:  # half a character
        return ""


def _page(document: pypdfium2.PdfDocument, number: int) -> dict[str, Any] | None:
    """Returns the runs of letters of a page, each with its height on it from 0 (top) to 1 (bottom); None if damaged.

    Where the letters are few, it also has whether anything else is drawn on the page, and whether pictures are.
    """
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return None
    try:
        textpage = page.get_textpage()
        turns = _turns(textpage)
        found = pieces(_turned(letter, turns) for letter in _letters(textpage))
        textpage.close()
        _, _, bottom, _, top = _turned(Letter("", *page.get_bbox()), turns)
        height = max(top - bottom, 1.0)
        told = [_told(piece, (top - piece.middle) / height) for piece in found if bottom <= piece.middle <= top]
        drawn = {each.type for each in page.get_objects()} - {raw.FPDF_PAGEOBJ_TEXT} if len(told) <= _FEW else set()
        return {"pieces": told, "drawn": bool(drawn), "pictures": raw.FPDF_PAGEOBJ_IMAGE in drawn}
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()


def _told(piece: TextRun, place: float) -> list[Any]:
    """Returns a piece as it is written, with its place; lengths in thousandths of a point."""
    gaps = [(at, round(left, 3), round(right, 3)) for at, left, right in piece.gaps]
    box = (round(each, 3) for each in (piece.left, piece.bottom, piece.right, piece.top))
    return [piece.text, *box, gaps, round(place, 6)]


def _turns(textpage: Any) -> int:
    """Returns how the lines of most letters run, in quarter turns from left to right: upwards is 1."""
    count = textpage.count_chars()
    angles = [raw.FPDFText_GetCharAngle(textpage, at) for at in range(0, count, max(1, count // _LOOKED_AT))]
    counts = Counter(round(-angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    return counts.most_common(1)[0][0] if counts else 0


def _turned(letter: Letter, turns: int) -> Letter:
    """Returns a letter's box as it is where the page is turned until its lines run from left to right."""
    for _ in range(turns):
        letter = Letter(letter.text, letter.bottom, -letter.right, letter.top, -letter.left)
    return letter


def _letters(textpage: Any) -> Iterator[Letter]:
    """Yields the letters of a page in the file's order, with the spaces and line ends that pdfium puts between."""
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    high = ""
    for number in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, number)
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        text = (high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace") if high else chr(code)
        high = ""
        text = _HYPHENS.get(text, text)
        if text == "\0" or not raw.FPDFText_GetLooseCharBox(textpage, number, reference):
            continue
        yield Letter(text, box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top))


if __name__ == "__main__":
    _limit(resource.RLIMIT_AS, int(sys.argv[2]) * 1_000_000)
    write_pages(sys.stdin.buffer, sys.stdout, float(sys.argv[1]))

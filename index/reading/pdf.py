"""PDF by pypdfium2: the text of each page in reading order, and where in the text each page begins."""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as raw

from index.reading.bylines import stated
from index.reading.format import Document, Unreadable
from index.reading.letters import clean, one_line
from index.reading.lines import with_whole_words
from index.reading.pdf_layout import columns, headline, paragraphs
from index.reading.pdf_pieces import Letter, Piece, pieces
from index.reading.stated import Stated, by

MOST_PAGES = 20_000
"""The most pages of one document that are read."""
_ONE_AT_A_TIME = threading.Lock()
"""pdfium is not made for several threads."""
_DAMAGED = "is damaged, cut off or no PDF: get it anew and add it again."
_SCANNED = "is scanned: it has pictures of pages and no text; recognise its text (OCR) and add it again."
_OUTER = 0.12
"""Share of a page's height at its top and at its bottom in which running heads and page numbers stand.
Chosen by eye."""
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|p\.?|página|pág\.?)\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of|von|de|sur)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[^.!?…:;\"'”’»)\]]")
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\xad": "-"}
"""What pdfium gives for a hyphen at a line's end."""
_NO_NAME = re.compile(r"\W*(?:anonymous|unknown|unspecified|user|author|admin(?:istrator)?)?\W*", re.IGNORECASE)
"""What programs give as the author of a file whose author they were not told."""
_LOOKED_AT = 50
"""Letters of a page by which it is told how its lines run."""


def read_pdf(file: BinaryIO) -> Document:
    """Reads the text of a PDF, its paragraphs parted by blank lines, without running heads, feet and page numbers.

    Raises Unreadable: it is encrypted or damaged, or its pages are pictures without text.
    """
    with _ONE_AT_A_TIME:
        pages, told = _read(file)
    if not any(pages):
        raise Unreadable(_SCANNED)
    kept = _without_running_lines(pages)
    text, starts = _joined(
        [[[clean(text) for text in paragraphs(column)] for column in columns(page)] for page in kept]
    )
    if not text.strip():
        raise Unreadable(_SCANNED)
    return Document(text, _stated(text, told, headline(kept[0])), pages=starts)


def _read(file: BinaryIO) -> tuple[list[list[tuple[Piece, float]]], dict[str, str]]:
    """Returns the runs of letters on each page, and title and author among the properties of the file."""
    document = _opened(file)
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable(f"has {len(document):,} pages, and PDF is read up to {MOST_PAGES:,}: split it.")
        pages = [_pieces(document, number) for number in range(len(document))]
        if all(page is None for page in pages):
            raise Unreadable(_DAMAGED)
        return [page or [] for page in pages], {name: _property(document, name) for name in ("Title", "Author")}
    finally:
        document.close()


def _property(document: pypdfium2.PdfDocument, name: str) -> str:
    try:
        return str(document.get_metadata_value(name))
    except UnicodeDecodeError:  # half a character
        return ""


def _opened(file: BinaryIO) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise Unreadable("is encrypted: save it without its password and add it again.") from error
        raise Unreadable(_DAMAGED) from error


def _pieces(document: pypdfium2.PdfDocument, number: int) -> list[tuple[Piece, float]] | None:
    """Returns the runs of letters of a page, each with its height on it from 0 (top) to 1 (bottom); None if damaged."""
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
        return [(piece, (top - piece.middle) / height) for piece in found if bottom <= piece.middle <= top]
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()


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


def _without_running_lines(pages: Sequence[Sequence[tuple[Piece, float]]]) -> list[list[Piece]]:
    """Returns the pieces of each page without page numbers and the lines at its edges that repeat on many pages."""
    edges = [_edge_rows(page) for page in pages]
    counts = Counter(key for rows in edges for key in {_key(piece, place) for row in rows for piece, place in row})
    often = max(2, 0.3 * len(pages))
    kept = []
    for page, rows in zip(pages, edges, strict=True):
        dropped: set[Piece] = set()
        for row in rows:
            repeated = [piece for piece, place in row if counts[_key(piece, place)] >= often]
            others = [piece for piece, _ in row if piece not in repeated]
            dropped.update(repeated)
            if len(others) == 1 and _PAGE_NUMBER.fullmatch(others[0].text):
                dropped.update(others)
        kept.append([piece for piece, _ in page if piece not in dropped])
    return kept


def _edge_rows(page: Sequence[tuple[Piece, float]]) -> list[list[tuple[Piece, float]]]:
    """Returns the two uppermost and the two lowest lines of a page, as far as they are near its edge."""
    rows: dict[int, list[tuple[Piece, float]]] = {}
    for piece, place in page:
        rows.setdefault(round(place * 200), []).append((piece, place))
    places = sorted(rows)
    outer = {*places[:2], *places[-2:]}
    return [rows[place] for place in places if place in outer and not _OUTER < place / 200 < 1 - _OUTER]


def _key(piece: Piece, place: float) -> tuple[str, int]:
    """Returns what is the same in a running line on every page: its words without numbers, and its place."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", piece.text.casefold()), round(place * 100)


def _joined(pages: Sequence[Sequence[Sequence[str]]]) -> tuple[str, tuple[int, ...]]:
    """Joins the paragraphs of all columns and pages to one text; also returns where in it each page begins.

    A paragraph that continues in the next column or page, in the middle of a sentence, is joined. A word that is
    broken there counts to the page where it begins.
    """
    blocks: list[str] = []
    starts: list[int] = []
    length = 0
    for page in pages:
        start = None
        for column in page:
            for number, block in enumerate(column):
                block = " ".join(with_whole_words(block).split("\n"))
                before = blocks[-1] if blocks else ""
                if number == 0 and _GOES_ON.fullmatch(before[-1:]) and block[:1].islower():
                    blocks[-1], ahead = _continued(before, block)
                    begin = length - len(before) + ahead
                    length += len(blocks[-1]) - len(before)
                else:
                    begin = length + 2 if blocks else 0
                    blocks.append(block)
                    length = begin + len(block)
                start = begin if start is None else start
        starts.append(length if start is None else start)
    return "\n\n".join(blocks), tuple(starts)


def _continued(before: str, block: str) -> tuple[str, int]:
    """Joins a paragraph and its continuation; also returns where the first whole word of the continuation begins.

    >>> _continued("The mayor re-", "turned on Friday")
    ('The mayor returned on Friday', 19)
    """
    head, space, last = before.rpartition(" ")
    whole = with_whole_words(f"{last}\n{block}").replace("\n", " ")
    begun = last if whole.startswith(f"{last} ") else whole.partition(" ")[0]
    return f"{head}{space}{whole}", min(len(head + space + begun) + 1, len(head + space + whole))


def _stated(text: str, told: dict[str, str], largest: str | None) -> Stated:
    """Returns what the text states, else the file's properties, but for their dates: they are of the file."""
    title = one_line(told.get("Title") or "")
    properties = by("PDF properties", title=title if _is_title(title, text) else "")
    heading = properties.otherwise(by("largest letters", title=one_line(largest or "")))
    author = by("PDF properties", author=_name(told.get("Author") or ""))
    return heading.otherwise(stated(text)).otherwise(author)


def _name(author: str) -> str:
    """Returns the author property; empty where no person was named.

    >>> _name("Mara Lind"), _name("(anonymous)")
    ('Mara Lind', '')
    """
    return "" if _NO_NAME.fullmatch(author) else one_line(author)


def _is_title(title: str, text: str) -> bool:
    """Returns whether the title property is the headline, not the name of a file: the text begins with its words."""
    return bool(title) and title.casefold() in " ".join(text[:3000].split()).casefold()

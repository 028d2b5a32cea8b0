"""PDF: its text in reading order, and where in the text each page begins."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import BinaryIO

from index.language.parts.site import any_of
from index.language.registry import bylines, sites
from index.reading.format import EMPTY, Document, Unreadable
from index.reading.letters.letters import clean, one_line
from index.reading.letters.lines import with_whole_words
from index.reading.metadata.bylines import stated
from index.reading.pdf.layout import columns, headline, paragraphs
from index.reading.pdf.pieces import TextRun
from index.reading.pdf.process import DAMAGED, Page, contents_of, page_of
from index.reading.stated import Stated, by, is_headline_of

MOST_PAGES = 20_000
"""The most pages of one document that are read. Round, not fitted."""
_SCANNED = "is scanned: it has pictures of pages and no text; recognise its text (OCR) and add it again."
_RUNNING_ONLY = "has no text but what stands at the edge of its pages, as page numbers do: leave it out."
_FEWEST_PAGES, _OFTEN = 2, 0.3
"""Pages, and share of all pages, at whose edges a running line stands at least. Chosen by eye."""
_OUTER = 0.12
"""Share of a page's height at its top and at its bottom in which running heads and page numbers stand.
Chosen by eye."""
_GOES_ON = re.compile(r"[^.!?…:;\"'”’»)\]]")
_NO_NAME = re.compile(r"\W*(?:anonymous|unknown|unspecified|user|author|admin(?:istrator)?)?\W*", re.IGNORECASE)
"""What programs give as the author of a file whose author they were not told."""


@cache
def _page_number() -> re.Pattern[str]:
    """The number of a page, alone or with the word for it and the number of all, in all languages together."""
    pages, out_of = any_of(each.pages for each in bylines()), any_of(site.out_of for site in sites())
    return re.compile(
        rf"[\W_]*(?:(?:{pages})\s*)?(?:\d{{1,4}}|[ivxlc]{{1,6}})(?:\s*(?:/|{out_of})\s*\d{{1,4}})?[\W_]*", re.IGNORECASE
    )


def read_pdf(file: BinaryIO) -> Document:
    """Reads the text of a PDF, its paragraphs parted by blank lines, without running heads, feet and page numbers.

    Raises Unreadable: it is encrypted or damaged, there is no text on its pages, or to read it takes too much.
    """
    found = _Pages()
    with contents_of(file) as told:
        if told.count > MOST_PAGES:
            raise Unreadable(f"has {told.count:,} pages, and PDF is read up to {MOST_PAGES:,}: split it.")
        for line in told.pages:
            found.add(line)
    if found.are_damaged:
        raise Unreadable(DAMAGED)
    text, starts = _joined(_paragraphs(found.kept()))
    if not text.strip():
        raise Unreadable(found.why_none())
    return Document(text, _stated(text, told.title, told.author, headline(next(found.kept()))), pages=starts)


class _Pages:
    """The pages of a document, packed: so many letters with their boxes as a long one has would fill the memory."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._edges: Counter[tuple[str, int]] = Counter()
        """On how many pages each line stands at an edge."""
        self.are_damaged = True
        """Whether none can be read."""
        self._have_letters = self._have_pictures = self._are_drawn = False

    def add(self, line: bytes) -> None:
        """Adds the next page, given as the line that the process wrote about it."""
        self._packed.append(zlib.compress(line, 1))
        page = page_of(line)
        self._edges.update({_key(piece, place) for row in _edge_rows(page.pieces) for piece, place in row})
        self.are_damaged = self.are_damaged and page.damaged
        self._have_letters |= bool(page.pieces)
        self._are_drawn |= page.drawn
        self._have_pictures |= page.pictures

    def kept(self) -> Iterator[list[TextRun]]:
        """Yields the pieces of each page without page numbers and the lines at its edges that repeat on many pages."""
        often = max(_FEWEST_PAGES, _OFTEN * len(self._packed))
        for packed in self._packed:
            yield _without_running_lines(page_of(zlib.decompress(packed)), self._edges, often)

    def why_none(self) -> str:
        """Why there is no text but running lines, as the end of a sentence."""
        if self._have_pictures or (self._are_drawn and not self._have_letters):
            return _SCANNED
        return _RUNNING_ONLY if self._have_letters else EMPTY


def _paragraphs(pages: Iterable[list[TextRun]]) -> Iterator[list[list[str]]]:
    """Yields the paragraphs of each page, by its columns; a table that goes on from one to the next keeps its heads."""
    head = None
    for page in pages:
        texts = []
        for column in columns(page):
            found, head = paragraphs(column, head)
            texts.append([clean(text) for text in found])
        yield texts


def _without_running_lines(page: Page, counts: Counter[tuple[str, int]], often: float) -> list[TextRun]:
    """Returns the pieces of a page but those at its edges that are on so many pages, and page numbers beside them."""
    dropped: set[TextRun] = set()
    for row in _edge_rows(page.pieces):
        repeated = [piece for piece, place in row if counts[_key(piece, place)] >= often]
        others = [piece for piece, _ in row if piece not in repeated]
        dropped.update(repeated)
        if len(others) == 1 and _page_number().fullmatch(others[0].text):
            dropped.update(others)
    return [piece for piece, _ in page.pieces if piece not in dropped]


def _edge_rows(page: Sequence[tuple[TextRun, float]]) -> list[list[tuple[TextRun, float]]]:
    """Returns the two uppermost and the two lowest lines of a page, as far as they are near its edge."""
    rows: dict[int, list[tuple[TextRun, float]]] = {}
    for piece, place in page:
        rows.setdefault(round(place * 200), []).append((piece, place))
    places = sorted(rows)
    outer = {*places[:2], *places[-2:]}
    return [rows[place] for place in places if place in outer and not _OUTER < place / 200 < 1 - _OUTER]


def _key(piece: TextRun, place: float) -> tuple[str, int]:
    """Returns what is the same in a running line on every page: its words without numbers, and its place."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", piece.text.casefold()), round(place * 100)


def _joined(pages: Iterable[Sequence[Sequence[str]]]) -> tuple[str, tuple[int, ...]]:
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


def _stated(text: str, title: str, author: str, largest: str | None) -> Stated:
    """Returns what the text states, else the file's properties, but for their dates: they are of the file."""
    title = one_line(title)
    properties = by("PDF properties", title=title if is_headline_of(title, text) else "")
    heading = properties.otherwise(by("largest letters", title=one_line(largest or "")))
    return heading.otherwise(stated(text)).otherwise(by("PDF properties", author=_name(author)))


def _name(author: str) -> str:
    """Returns the author property; empty where no person was named.

    >>> _name("Mara Lind"), _name("(anonymous)")
    ('Mara Lind', '')
    """
    return "" if _NO_NAME.fullmatch(author) else one_line(author)

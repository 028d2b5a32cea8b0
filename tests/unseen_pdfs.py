"""PDFs in shapes that the reading of PDFs was not made with, to measure it by: every line is placed by hand.

A table across both columns, footnotes, running heads that alternate, a page that is turned, hyphenated lines in narrow
columns, an initial over three lines, a box beside the text, a quotation between the columns.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

from made_pdfs import Block, MadePdf, document
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

Frame = tuple[float, float, float, float]
"""Left, top, width and bottom of a column."""
WIDTH, HEIGHT = A4
FONT, SIZE, LEADING = "Times-Roman", 10.0, 12.5
ONE: list[Frame] = [(60, 770, 470, 80)]
TWO: list[Frame] = [(50, 770, 235, 80), (310, 770, 235, 80)]
NARROW: list[Frame] = [(50 + 128 * at, 770, 112, 80) for at in range(4)]


def lines_of(text: str, width: float, hyphenated: bool = False, size: float = SIZE) -> Iterator[str]:
    """The lines of a paragraph; where they are ``hyphenated``, long words are broken before they would leave a gap."""
    line = ""
    for word in text.split():
        while line and stringWidth(f"{line} {word}", FONT, size) > width:
            head = next(
                (
                    word[:at]
                    for at in range(len(word) - 3, 2, -1)
                    if word.isalpha() and stringWidth(f"{line} {word[:at]}-", FONT, size) <= width
                ),
                "",
            )
            if hyphenated and head:
                yield f"{line} {head}-"
                line, word = "", word[len(head) :]
            else:
                yield line
                line = ""
        line = f"{line} {word}".strip()
    yield line


class Setting:
    """A document that is set line by line; ``each_page`` draws what stands on a page beside its text."""

    def __init__(self, frames: Sequence[Frame], each_page: Callable[[Canvas, int], None] = lambda canvas, page: None):
        self.data = BytesIO()
        self.canvas = Canvas(self.data, pagesize=A4)
        self._frames, self._each_page = frames, each_page
        self._page, self._at, self._y = 1, 0, frames[0][1]
        self._each_page(self.canvas, 1)

    def next_frame(self) -> None:
        self._at += 1
        if self._at == len(self._frames):
            self.canvas.showPage()
            self._page, self._at = self._page + 1, 0
            self._each_page(self.canvas, self._page)
        self._y = self._frames[self._at][1]

    def use(self, frames: Sequence[Frame]) -> None:
        """Goes on in other columns of the page."""
        self._frames, self._at, self._y = frames, 0, frames[0][1]

    def paragraph(
        self, text: str, font: str = FONT, size: float = SIZE, hyphenated: bool = False, first_indent: float = 0
    ) -> None:
        left, _, width, bottom = self._frames[self._at]
        for number, line in enumerate(lines_of(text, width - first_indent, hyphenated, size)):
            if self._y - size < bottom:
                self.next_frame()
                left, _, width, bottom = self._frames[self._at]
            self.canvas.setFont(font, size)
            self.canvas.drawString(left + (first_indent if number < 3 else 0), self._y - size, line)
            self._y -= LEADING * size / SIZE
        self._y -= 0.6 * SIZE

    def blocks(self, blocks: Sequence[Block], hyphenated: bool = False) -> None:
        for block in blocks:
            large = {"title": 18.0, "heading": 13.0}.get(block.kind, SIZE)
            font = FONT if large == SIZE else "Times-Bold"
            self.paragraph(block.text, font, large, hyphenated and large == SIZE)

    def done(self) -> bytes:
        self.canvas.save()
        return self.data.getvalue()


def table(canvas: Canvas, rows: Sequence[Sequence[str]], left: float, top: float, widths: Sequence[float]) -> None:
    canvas.setFont(FONT, SIZE)
    places = [left + at for at in itertools.accumulate(widths, initial=0.0)]
    for number, row in enumerate(rows):
        for place, cell in zip(places, row, strict=False):
            canvas.drawString(place, top - 14 * number, cell)


ROWS = [
    ["Harbour", "Crews before the strike", "Crews after it", "Boats that sail in winter"],
    ["Kestrel Bay", "41", "38", "12"],
    ["Ostrey", "9", "11", "3"],
    ["Skarholm", "27", "21", "8"],
    ["Northern pier", "16", "15", "5"],
]
ASIDE = (
    "What the council may decide. Under the county act of 1974 a council sets its own fees, but it must hear the "
    "traders first and publish what they say. A fee that was set without a hearing can be struck down by the court."
)
QUOTED = "I cannot sail without an engine, and neither can anybody else."
NOTES = [
    "1 The office counts passengers, not crossings.",
    "2 Letter of the operator to the council of 3 May.",
]
HEADS = ("The Kestrel Review", "Harbours in winter")


def _across() -> MadePdf:
    story = document(["ferry", "bridge"])
    setting = Setting([(50, 770, 235, 560), (310, 770, 235, 560)])
    setting.blocks(story[:5])
    table(setting.canvas, ROWS, 50, 530, (110, 140, 110, 120))
    setting.use([(50, 450, 235, 80), (310, 450, 235, 80)])
    setting.blocks(story[5:])
    told = Block("table", ";".join("|".join(row) for row in ROWS))
    return MadePdf("table-across-columns", setting.done(), (*story[:5], told, *story[5:]))


def _footnotes() -> MadePdf:
    def foot(canvas: Canvas, page: int) -> None:
        canvas.line(60, 74, 160, 74)
        canvas.setFont(FONT, 7.5)
        for number, note in enumerate(NOTES if page == 1 else ()):
            canvas.drawString(60, 62 - 10 * number, note)
        canvas.setFont(FONT, 8)
        canvas.drawCentredString(WIDTH / 2, 28, str(page))

    story = document(["ferry", "bridge", "school", "lab"])
    setting = Setting([(60, 770, 470, 90)], foot)
    setting.blocks(story)
    return MadePdf("footnotes-by-hand", setting.done(), (*story, *(Block("note", note[2:]) for note in NOTES)))


def _alternating() -> MadePdf:
    def head(canvas: Canvas, page: int) -> None:
        canvas.setFont("Times-Italic", 9)
        left, right = (str(page), HEADS[0]) if page % 2 == 0 else (HEADS[1], str(page))
        canvas.drawString(60, 800, left)
        canvas.drawRightString(530, 800, right)

    story = document(["ferry", "bridge", "school", "lab", "match", "budget", "court"])
    setting = Setting([(60, 770, 470, 300)], head)
    setting.blocks(story)
    return MadePdf("alternating-heads", setting.done(), tuple(story), HEADS)


def _turned() -> MadePdf:
    story = document(["ferry", "bridge", "school"])
    setting = Setting(ONE)
    setting.blocks(story[:7])
    canvas = setting.canvas
    canvas.showPage()
    canvas.setPageRotation(90)
    canvas.saveState()
    canvas.translate(WIDTH, 0)
    canvas.rotate(90)
    setting.use([(60, WIDTH - 60, 700, 60)])
    setting.blocks(story[7:14])
    canvas.restoreState()
    canvas.showPage()
    canvas.setPageRotation(0)
    setting.use(ONE)
    setting.blocks(story[14:])
    return MadePdf("a-turned-page", setting.done(), tuple(story))


def _hyphenated() -> MadePdf:
    story = document(["lab", "school", "budget"])
    setting = Setting(NARROW)
    setting.blocks(story, hyphenated=True)
    return MadePdf("hyphenated-narrow-columns", setting.done(), tuple(story))


def _initial() -> MadePdf:
    title, first, *others = document(["match", "court"])
    setting = Setting(ONE)
    setting.blocks([title])
    setting.canvas.setFont("Times-Bold", 44)
    setting.canvas.drawString(60, setting._y - 34, first.text[0])
    setting.paragraph(first.text[1:], first_indent=36)
    setting.blocks(others)
    return MadePdf("initial-over-three-lines", setting.done(), (title, first, *others))


def _boxed() -> MadePdf:
    story = document(["budget", "school"])
    setting = Setting([(50, 770, 330, 80)])
    setting.canvas.rect(400, 420, 150, 350)
    setting.blocks(story)
    setting.canvas.setFont("Helvetica", 9)
    for number, line in enumerate(lines_of(ASIDE, 125, size=9.5)):
        setting.canvas.drawString(410, 750 - 12 * number, line)
    return MadePdf("box-beside-the-text", setting.done(), (*story, Block("heading", ASIDE)))


def _quoted() -> MadePdf:
    story = document(["ferry", "bridge"])
    setting = Setting([(50, 770, 235, 500), (310, 770, 235, 500)])
    setting.blocks(story[:6])
    setting.canvas.setFont("Times-BoldItalic", 17)
    setting.canvas.drawCentredString(WIDTH / 2, 460, QUOTED)
    setting.use([(50, 430, 235, 80), (310, 430, 235, 80)])
    setting.blocks(story[6:])
    return MadePdf("quotation-between", setting.done(), (*story[:6], Block("heading", QUOTED), *story[6:]))


def unseen_pdfs() -> Iterator[MadePdf]:
    """The eight."""
    for make in (_across, _footnotes, _alternating, _turned, _hyphenated, _initial, _boxed, _quoted):
        yield make()

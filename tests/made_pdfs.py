"""PDFs as programs make them: each with its words in reading order, its notes, and what runs along its pages.

ReportLab places every line itself, Typst justifies and hyphenates as TeX does and embeds its fonts, Chromium prints
pages. Each paragraph begins with a number of its own, by which the page that it stands on is told from the file.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

import typst
from news_pages import stories, words
from reportlab.lib.pagesizes import A4, A5, landscape, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, PageTemplate, Paragraph, Table
from reportlab.platypus.doctemplate import NextPageTemplate

Kind = Literal["title", "heading", "paragraph", "item", "table", "note"]
_TABLE = "Place|Before|After;Market Square|1.60|2.40;Tannery|1.20|1.80;Station Road|0.90|1.35;Harbour|2.00|3.00"
_NOTES = (
    "The figure is of the last complete year and leaves out visitors.",
    "Two offices gave other numbers, which could not be checked.",
)


@dataclass(frozen=True)
class Block:
    """A piece of a document; the rows of a table are parted by ``;`` and its cells by ``|``."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class MadePdf:
    """A PDF and what it says."""

    name: str
    data: bytes
    blocks: tuple[Block, ...]
    running: tuple[str, ...] = ()
    """Heads and feet of its pages."""

    @property
    def words(self) -> list[str]:
        """Its words in reading order, without those of footnotes."""
        return words(" ".join(block.text for block in self.blocks if block.kind != "note"))

    @property
    def notes(self) -> list[str]:
        return [block.text for block in self.blocks if block.kind == "note"]

    @property
    def marks(self) -> list[str]:
        """The numbers with which its paragraphs begin."""
        return [block.text.split()[1] for block in self.blocks if block.kind in ("paragraph", "item")]


def document(names: Sequence[str], *, table: bool = False, notes: bool = False, items: bool = False) -> list[Block]:
    """The stories of these names as one document."""
    told, number = stories(), itertools.count(1001)
    blocks: list[Block] = []
    for at, name in enumerate(names):
        headline, *paragraphs = told[name]
        blocks.append(Block("heading" if at else "title", headline))
        blocks += [Block("paragraph", f"Report {next(number)} {paragraph}") for paragraph in paragraphs]
        if table and not at:
            blocks.insert(-2, Block("table", _TABLE))
        if notes and at < len(_NOTES):
            blocks.insert(-3, Block("note", _NOTES[at]))
        if items and not at:
            blocks += [
                Block("item", f"Point {next(number)} {text}") for text in ("It begins in March.", "It ends in May.")
            ]
    return blocks


# ReportLab


def placed(
    blocks: Sequence[Block],
    columns: int = 1,
    size: tuple[float, float] = A4,
    font: str = "Helvetica",
    points: float = 10,
    head: str = "",
    foot: str = "",
    wide_title: bool = False,
    ruled: bool = True,
    justified: bool = False,
) -> bytes:
    """The document as ReportLab sets it."""
    data = BytesIO()
    width, height = size
    margin, gap, top = 50.0, 18.0, 60.0
    each = (width - 2 * margin - (columns - 1) * gap) / columns
    title_height = 60 if wide_title else 0

    def frames(below: float) -> list[Frame]:
        return [
            Frame(margin + at * (each + gap), top, each, height - 2 * top - below, 0, 0, 0, 0) for at in range(columns)
        ]

    def running(canvas: object, template: BaseDocTemplate) -> None:
        canvas.setFont(font, 8)  # type: ignore[attr-defined]
        canvas.drawString(margin, height - 32, head)  # type: ignore[attr-defined]
        if foot:
            canvas.drawCentredString(width / 2, 30, foot.replace("#", str(template.page)))  # type: ignore[attr-defined]

    first = frames(title_height)
    if wide_title:
        first.insert(0, Frame(margin, height - top - title_height, width - 2 * margin, title_height, 0, 0, 0, 0))
    built = BaseDocTemplate(data, pagesize=size)
    built.addPageTemplates([PageTemplate("first", first, running), PageTemplate("later", frames(0), running)])
    base = ParagraphStyle("p", fontName=font, fontSize=points, leading=1.25 * points, spaceAfter=0.6 * points)
    base.alignment = 4 if justified else 0
    styles = {
        "title": ParagraphStyle("t", base, fontSize=1.8 * points, leading=2.2 * points, alignment=0),
        "heading": ParagraphStyle(
            "h", base, fontSize=1.3 * points, leading=1.7 * points, spaceBefore=points, alignment=0
        ),
        "item": ParagraphStyle("i", base, leftIndent=14, bulletIndent=2),
    }
    flow: list[object] = [NextPageTemplate("later")]
    for block in blocks:
        if block.kind == "table":
            grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []
            cells = [row.split("|") for row in block.text.split(";")]
            flow.append(Table(cells, style=[("FONT", (0, 0), (-1, -1), font, points), *grid], spaceAfter=points))
        else:
            style = styles.get(block.kind, base)
            flow.append(Paragraph(html.escape(block.text), style, "•" if block.kind == "item" else None))
        if wide_title and block.kind == "title":
            flow.append(FrameBreak())
    built.build(flow)
    return data.getvalue()


# Typst


def composed(
    blocks: Sequence[Block], columns: int = 1, paper: str = "a4", font: str = "", points: float = 10, head: str = "",
    foot: str = "", more: str = "",
) -> bytes:  # fmt: skip
    """The document as Typst composes it: justified, hyphenated, with footnotes at the foot of a column."""
    lines = [
        f'#set page(paper: "{paper}", columns: {columns}, margin: 1.6cm, header: [{head}], footer: context [{foot}])',
        f'#set text(size: {points}pt, hyphenate: true{f", font: {font!r}" if font else ""}, lang: "en")'.replace(
            "'", '"'
        ),
        "#set par(justify: true)",
        more,
    ]
    waiting = ""
    for block in reversed(blocks):
        text = re.sub(r"([\\#$*_@<>`~\[\]])", r"\\\1", block.text)
        if block.kind == "note":
            waiting = f"#footnote[{text}]"
            continue
        if block.kind == "table":
            rows = [row.split("|") for row in text.split(";")]
            cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
            made = f"#table(columns: {len(rows[0])}, {cells})"
        else:
            made = {"title": "= ", "heading": "== ", "item": "- "}.get(block.kind, "") + text + waiting
            waiting = ""
        lines.insert(4, made + "\n")
    return bytes(typst.compile("\n".join(lines).encode()))


# Chromium


def printed_markup(blocks: Sequence[Block], style: str) -> str:
    """The document as a page to print."""
    parts = []
    for block in blocks:
        if block.kind == "table":
            head, *rows = [row.split("|") for row in block.text.split(";")]
            body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
            parts.append(f"<table><tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr>{body}</table>")
        else:
            tag = {"title": "h1", "heading": "h2", "item": "li"}.get(block.kind, "p")
            parts.append(f"<{tag}>{html.escape(block.text)}</{tag}>")
    return f"<html lang='en'><head><style>{style}</style></head><body><main>{''.join(parts)}</main></body></html>"


# The set

HEAD, FOOT = "Quarterly bulletin of the county", "Bulletin 14, page #"
_NUMBERED, _HEADED = "#align(center, counter(page).display())", "Quarterly bulletin of the county"


def _placed(name: str, blocks: list[Block], **settings: object) -> MadePdf:
    running = tuple(text for text in (settings.get("head"), settings.get("foot")) if text not in (None, "#"))
    return MadePdf(name, placed(blocks, **settings), tuple(blocks), tuple(str(text) for text in running))  # type: ignore[arg-type]


def _composed(name: str, blocks: list[Block], **settings: object) -> MadePdf:
    running = (str(settings["head"]),) if settings.get("head") else ()
    return MadePdf(name, composed(blocks, **settings), tuple(blocks), running)  # type: ignore[arg-type]


def made_pdfs() -> Iterator[MadePdf]:
    """Those that need no browser."""
    two, four = ["ferry", "bridge"], ["school", "lab", "match", "budget"]
    yield _placed("plain", document(two))
    yield _placed("two-columns", document(four), columns=2)
    yield _placed("three-columns", document(four), columns=3, points=9, size=landscape(A4))
    yield _placed("head-and-foot", document(four, table=True), head=HEAD, foot=FOOT)
    yield _placed("two-columns-head-and-foot", document([*four, *two]), columns=2, head=HEAD, foot=FOOT, points=12)
    yield _placed("wide-title", document(four), columns=2, wide_title=True, foot="- # -")
    yield _placed("wide-title-three", document(four), columns=3, wide_title=True, points=9, font="Times-Roman")
    yield _placed("table-without-lines", document(two, table=True), ruled=False, font="Times-Roman")
    yield _placed("table-in-a-column", document(four, table=True), columns=2)
    yield _placed("justified-times", document(four), justified=True, font="Times-Roman", points=11, size=letter)
    yield _placed("justified-columns", document(four, items=True), justified=True, columns=2, size=letter, foot="#")
    yield _placed("small-pages", document(two, items=True), size=A5, head=HEAD, foot="#")
    yield _placed("typewriter", document(two), font="Courier", points=9)
    yield _composed("tex-like", document(two), foot=_NUMBERED)
    yield _composed("tex-like-two-columns", document(four), columns=2, foot=_NUMBERED)
    yield _composed("footnotes", document(four, notes=True), foot=_NUMBERED)
    yield _composed("footnotes-in-columns", document(four, notes=True), columns=2, points=11)
    yield _composed("tables-and-lists", document(four, table=True, items=True), head=_HEADED, foot=_NUMBERED)
    yield _composed("letter-columns", document([*four, *two], table=True), columns=2, paper="us-letter", head=_HEADED)
    yield _composed("numbered", document(four), more='#set heading(numbering: "1.")')
    yield _composed("book", document(four), paper="a5", points=11, head=_HEADED, foot=_NUMBERED)
    yield _composed("paragraphs-indented", document(four), more="#set par(first-line-indent: 1.5em, spacing: 0.65em)")
    yield _composed(
        "indented-columns", document(four), columns=2, more="#set par(first-line-indent: 1em, spacing: 0.65em)"
    )
    yield _composed("large-print", document(two), points=16, foot=_NUMBERED)


STYLES = {
    "printed-page": "",
    "printed-columns": "main { columns: 2; text-align: justify; hyphens: auto }",
    "printed-table": "table { border-collapse: collapse } td, th { padding: 2px 12px }",
    "printed-small": "body { font: 9px serif } main { columns: 3 }",
    "printed-serif": "body { font: 15px/1.6 serif } p { text-indent: 2em; margin: 0 }",
    "printed-box": "li { border: 1px solid; list-style: none; padding: 6px } h1 { letter-spacing: .04em }",
}
"""Of the documents that Chromium prints."""

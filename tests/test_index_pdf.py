"""PDF files, page by page."""

import io
import re
import zlib
from pathlib import Path

import pytest
from documents import column, pdf, zipped
from PIL import Image
from refusing import refused, several
from reportlab.pdfgen.canvas import Canvas
from written import article

# PDF

LEFT = [
    "The council of Westerby voted on Thursday",
    "to turn the abandoned mill on the river into",
    "a library with forty reading places, a café",
    "and a hall for the clubs of the town.",
]
RIGHT = [
    "Nobody in the long-running debate had",
    "asked for a car park, the architect Lena Os-",
    "trow said after the vote. The old wheel stays",
    "where it is, and the weir will be mended.",
]


def test_the_columns_of_a_page_are_read_one_after_the_other(tmp_path: Path) -> None:
    rows = [line for pair in zip(column(LEFT, 60, 700), column(RIGHT, 320, 700), strict=True) for line in pair]
    read_back = article(tmp_path, pdf([[(60, 760, 20, "Old mill to become a library"), *rows]]), "a.pdf")
    assert read_back.title == "Old mill to become a library"
    assert read_back.text.split("\n\n") == [
        "Old mill to become a library",
        "The council of Westerby voted on Thursday to turn the abandoned mill on the river into a library with forty "
        "reading places, a café and a hall for the clubs of the town.",
        "Nobody in the long-running debate had asked for a car park, the architect Lena Ostrow said after the vote. "
        "The old wheel stays where it is, and the weir will be mended.",
    ]


def test_every_word_knows_its_page_and_running_lines_are_no_text(tmp_path: Path) -> None:
    numbers = ("zero", "one", "two", "three", "four", "five")
    pages = [
        [
            (60, 810, 8, "The Harbour Post, weekend issue"),
            (60, 700, 10, f"The harbour was closed for the {numbers[number]}th day, and word{number} was heard."),
            (290, 30, 8, f"Page {number} of 5"),
        ]
        for number in range(1, 6)
    ]
    read_back = article(tmp_path, pdf(pages), "a.pdf")
    assert "Harbour Post" not in read_back.text
    assert "Page" not in read_back.text
    assert [read_back.page_at(read_back.text.index(f"word{number}")) for number in range(1, 6)] == [1, 2, 3, 4, 5]
    assert [read_back.page_at(read_back.text.index(f"the {word}th")) for word in numbers[1:]] == [1, 2, 3, 4, 5]


def test_a_sentence_and_a_word_go_on_over_the_end_of_a_page(tmp_path: Path) -> None:
    pages = [
        [(60, 500, 10, "The mayor of the harbour town re-")],
        [(60, 500, 10, "turned on Friday and said no more.")],
    ]
    read_back = article(tmp_path, pdf(pages), "a.pdf")
    assert read_back.text == "The mayor of the harbour town returned on Friday and said no more."
    assert (read_back.page_at(read_back.text.index("returned")), read_back.page_at(read_back.text.index("on F"))) == (
        1,
        2,
    )


def test_the_rows_of_a_table_keep_their_headings(tmp_path: Path) -> None:
    table = [("Club", "Grant in euros", "Members"), ("Rowing club", "4,200", "31"), ("Choir", "1,750", "44")]
    cells = [
        (60 + 180 * at, 700 - 20 * number, 10, words)
        for number, row in enumerate(table)
        for at, words in enumerate(row)
    ]
    assert article(tmp_path, pdf([cells]), "a.pdf").text.split("\n\n") == [
        "Club | Grant in euros | Members",
        "Rowing club | Grant in euros: 4,200 | Members: 31",
        "Choir | Grant in euros: 1,750 | Members: 44",
    ]


def test_a_pdf_gives_its_author_but_not_the_day_it_was_made(tmp_path: Path) -> None:
    properties = {"Author": "Mara Lind", "Title": "Microsoft Word - draft7.doc", "CreationDate": "D:20240312090000Z"}
    read_back = article(tmp_path, pdf([[(60, 700, 10, "Rain fell on the harbour all day.")]], properties), "a.pdf")
    assert (read_back.title, read_back.author, read_back.published) == (
        "Rain fell on the harbour all day.",
        "Mara Lind",
        None,
    )


def test_a_raised_digit_is_a_footnotes_mark(tmp_path: Path) -> None:
    lines = [(60, 700, 10, "The town told 310"), (60 + 79.5, 704, 6, "3"), (60 + 84, 700, 10, "families.")]
    assert "310[3] families" in article(tmp_path, pdf([lines]), "a.pdf").text


SCANNED = "is scanned: it has pictures of pages and no text; recognise its text (OCR) and add it again."
RUNNING = [(60, 820, 8, "Bulletin of the county"), (290, 20, 8, "Page 7")]


def drawn(pages: int, running: bool = False, picture: bool = False, line: bool = False) -> bytes:
    """A PDF without text but running lines, with a picture or a line on each page."""
    data = io.BytesIO()
    canvas = Canvas(data)
    for number in range(1, pages + 1):
        if picture:
            canvas.drawInlineImage(Image.new("RGB", (40, 60), (90, 100, 110)), 0, 0, 595, 842)
        if line:
            canvas.line(60, 800, 500, 800)
        if running:
            canvas.drawString(60, 820, "Bulletin of the county")
            canvas.drawCentredString(300, 20, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def test_a_pdf_without_text_says_whether_it_is_scanned_or_empty(tmp_path: Path) -> None:
    empty = "is empty: put the article's text into it, or leave it out."
    running = "has no text but what stands at the edge of its pages, as page numbers do: leave it out."
    for made, why in [
        (drawn(3), empty),
        (drawn(3, picture=True), SCANNED),
        (drawn(3, picture=True, running=True), SCANNED),
        (drawn(3, line=True), SCANNED),  # letters may be drawn as lines
        (drawn(3, running=True), running),
        (drawn(3, running=True, line=True), running),
        (pdf([RUNNING, RUNNING]), running),
    ]:
        assert refused(tmp_path, made, "a.pdf") == why


def looping(times: int) -> bytes:
    """A PDF on whose page stands a drawing that holds itself so many times."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /X 5 0 R >> >> >>",
        b"<< /Length 5 >>\nstream\n/X Do\nendstream",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 5 0 R >> >> /Length %d >>"
        b"\nstream\n%s\nendstream" % (6 * times, b"/X Do\n" * times),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF"


def test_pages_that_hold_themselves_are_given_up_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.reading.pdf.process.SECONDS_A_PAGE", 0.5)
    assert refused(tmp_path, looping(1), "a.pdf") == SCANNED
    assert refused(tmp_path, looping(3), "a.pdf") == (
        "takes too much time or memory, as one does whose pages hold each other: print it to a new PDF, and add that."
    )


def test_a_pdf_is_read_in_no_more_memory_than_it_may_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(b" " * 1_000_000) for _ in range(300)) + packing.flush()
    lines = pdf([[(60, 700, 10, "Rain fell.")]])
    length, content = re.findall(rb"<< /Length (\d+) >>\nstream\n(.*?)\nendstream", lines, re.DOTALL)[0]
    bomb = lines.replace(b"/Length %s" % length, b"/Filter /FlateDecode /Length %d" % len(packed)).replace(
        content, packed
    )
    monkeypatch.setattr("index.reading.pdf.process.MOST_MEGABYTES", 250)
    assert article(tmp_path, lines, "a.pdf").text == "Rain fell."
    assert refused(tmp_path, bomb, "a.pdf").startswith("takes too much time or memory")


def test_what_another_process_reads_of_a_pdf_is_the_same_from_a_file_and_from_a_zip(tmp_path: Path) -> None:
    data = pdf([[(60, 700, 10, "Rain fell.")]])
    assert several(tmp_path, zipped({"a.pdf": data}), "b.zip") == {"box/a": article(tmp_path, data, "a.pdf").text}


def test_a_pdf_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    whole = pdf([[(60, 700, 10, "Rain fell.")]])
    in_a_circle = whole.replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    assert in_a_circle != whole
    for damaged in (in_a_circle, whole[:40], b"%PDF-1.4\n%fake\n", b"no pdf at all"):
        assert refused(tmp_path, damaged, "a.pdf") == "is damaged, cut off or no PDF: get it anew and add it again."
    locked = whole.replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >> /ID [<00> <00>]",
    )
    assert refused(tmp_path, locked, "a.pdf") == "is encrypted: save it without its password and add it again."

"""PDF files, page by page."""

from pathlib import Path

from documents import column, pdf
from refusing import refused
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


def test_a_pdf_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    assert refused(tmp_path, pdf([[]]), "a.pdf") == (
        "is scanned: it has pictures of pages and no text; recognise its text (OCR) and add it again."
    )
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

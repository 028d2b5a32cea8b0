"""Files in the shapes that other programs give them: close tables, turned pages, notes, boxes, and odd records."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest
from documents import docx, docx_paragraph, odt, pdf
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table
from written import article

from index.errors import InputError
from index.reading.bundles.fields import given_fields
from index.reading.files import Source, Unread, read_each
from index.reading.tables import table_lines
from index.text.furniture import furniture

GRANTS = [["Community", "Grant", "Pupils"], ["Olmen", "41,200", "310"], ["Sankt Vey", "63,050", "487"]]
GRANTS_SAID = [
    "Community | Grant | Pupils",
    "Olmen | Grant: 41,200 | Pupils: 310",
    "Sankt Vey | Grant: 63,050 | Pupils: 487",
]


def several(tmp_path: Path, content: bytes | str, name: str, **fields: str) -> dict[str, str]:
    """The texts of a file's articles, and the reasons why others cannot be read, by their ids."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    source = Source("box", path, fields=tuple(fields.items()))
    return {item.id: item.reason if isinstance(item, Unread) else item.text for item in read_each(source)}


# PDF


def set_by_reportlab(
    *rows: list[list[str]],
    wrapped: bool = False,
    between: Flowable | None = None,
    style: Sequence[tuple[object, ...]] = (),
    widths: float | None = None,
) -> bytes:
    """Tables as ReportLab sets them, their cells six points from their edges, a sentence before and after.

    ``between`` stands in the place of the sentence after each but the last.
    """
    data, body = io.BytesIO(), getSampleStyleSheet()["BodyText"]
    flow: list[object] = [Paragraph("The county published its accounts.", body)]
    for number, table in enumerate(rows, start=1):
        cells = [[Paragraph(cell, body) if wrapped else cell for cell in row] for row in table]
        end = Paragraph("It is not final.", body) if between is None or number == len(rows) else between
        flow += [Table(cells, colWidths=[110, 220, 90] if wrapped else widths, style=style), end]
    SimpleDocTemplate(data).build(flow)
    return data.getvalue()


@pytest.mark.parametrize("place", ["CENTER", "LEFT"])
def test_headings_over_several_columns_of_a_pdf_stand_before_those_below(tmp_path: Path, place: str) -> None:
    head = [["", "2019", "", "2020", ""], ["Goods", "In", "Out", "In", "Out"]]
    rows = [*head, ["Salt", "41", "7", "52", "9"], ["Wool", "33", "", "38", "4"], ["Tin", "12", "5", "61", "15"]]
    style = [("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0)), ("ALIGN", (1, 0), (-1, -1), place)]
    assert article(tmp_path, set_by_reportlab(rows, style=style), "a.pdf").text.split("\n\n")[1:-1] == [
        "Goods | 2019 In | 2019 Out | 2020 In | 2020 Out",
        "Salt | 2019 In: 41 | 2019 Out: 7 | 2020 In: 52 | 2020 Out: 9",
        "Wool | 2019 In: 33 | 2020 In: 38 | 2020 Out: 4",
        "Tin | 2019 In: 12 | 2019 Out: 5 | 2020 In: 61 | 2020 Out: 15",
    ]


def test_a_line_above_the_headings_of_a_pdf_that_stands_over_none_of_them_is_its_own(tmp_path: Path) -> None:
    rows = [["Goods", "In", "Out", "Lost", "Sold"], ["Salt", "41", "7", "52", "9"], ["Wool", "33", "2", "38", "4"]]
    above = [["", "", "2019", "", "", "2020"]]
    text = article(tmp_path, set_by_reportlab(above, rows, between=Spacer(1, 1), widths=60), "a.pdf").text
    assert "Salt | In: 41 | Out: 7 | Lost: 52 | Sold: 9" in text.split("\n\n")


def parishes(count: int) -> list[list[str]]:
    names = (f"Parish of {first}{second}berg" for first in "ABCDEFGHKL" for second in "aeiou" * 2)
    return [["Parish", "Grant", "Pupils"], *([next(names), f"{n + 1000:,}", str(n + 20)] for n in range(count))]


def test_a_table_that_goes_on_over_the_page_keeps_its_headings(tmp_path: Path) -> None:
    rows = parishes(60)
    read_back = article(tmp_path, set_by_reportlab(rows), "a.pdf")
    assert read_back.text.split("\n\n")[1:-1] == table_lines(rows)
    assert read_back.pages is not None
    assert read_back.text[read_back.pages[1] :].startswith("Parish of ")


def test_another_table_on_the_next_page_is_not_given_the_headings_of_the_last(tmp_path: Path) -> None:
    rows = parishes(40)
    others = [["North", "12"], ["South", "31"], ["East", "40"]]
    text = article(tmp_path, set_by_reportlab(rows, others, between=PageBreak()), "a.pdf").text
    assert text.split("\n\n")[-4:-1] == ["North | 12", "South | 31", "East | 40"]


def test_cells_that_stand_close_together_keep_their_headings(tmp_path: Path) -> None:
    read_back = article(tmp_path, set_by_reportlab(GRANTS), "a.pdf")
    assert read_back.text.split("\n\n") == ["The county published its accounts.", *GRANTS_SAID, "It is not final."]


def test_cells_no_further_apart_than_words_are_told_by_the_numbers_below_each_other(tmp_path: Path) -> None:
    lines = [
        (left, 700 - 14 * number, 10, words)
        for number, row in enumerate([*GRANTS, ["Pellbach", "9,480", "54"]])
        for left, words in zip((60, 116, 152), row, strict=True)
    ]
    assert article(tmp_path, pdf([lines]), "a.pdf").text.split("\n\n") == [
        *GRANTS_SAID,
        "Pellbach | Grant: 9,480 | Pupils: 54",
    ]


def test_years_are_headings(tmp_path: Path) -> None:
    table = [["", "2019", "2020"], ["Salt Museum", "7,350", "1,204"], ["House of Glass", "45,118", "9,870"]]
    assert article(tmp_path, set_by_reportlab(table), "a.pdf").text.split("\n\n")[1:4] == [
        "2019 | 2020",
        "Salt Museum | 2019: 7,350 | 2020: 1,204",
        "House of Glass | 2019: 45,118 | 2020: 9,870",
    ]


def test_a_cell_over_several_lines_stays_one(tmp_path: Path) -> None:
    table = [
        ["Applicant", "Purpose of the grant", "Amount awarded"],
        ["Mill Association", "Repair of the water wheel and of the weir above the mill, and of the ladder", "88,000"],
        ["Choir", "Journey to the festival in the capital and robes for its thirty-one singers", "12,750"],
    ]
    assert article(tmp_path, set_by_reportlab(table, wrapped=True), "a.pdf").text.split("\n\n")[2:4] == [
        " | ".join((row[0], f"Purpose of the grant: {row[1]}", f"Amount awarded: {row[2]}")) for row in table[1:]
    ]


def test_prose_and_lists_are_no_tables(tmp_path: Path) -> None:
    lines = [
        (60, 700, 10, "The town paid 310 crowns for 14 lamps in 2019, and"),
        (60, 686, 10, "the bridge cost 12 times as much, as 40 men built it"),
        (60, 672, 10, "for a whole year and 7 days, an old account of it says."),
        *[(left, 640 - 14 * at, 10, words) for at in range(2) for left, words in ((60, f"{at + 1}."), (82, "A lamp."))],
    ]
    assert "|" not in article(tmp_path, pdf([lines]), "a.pdf").text


@pytest.mark.parametrize(("turn", "place"), [(90, (100, 40)), (180, (560, 100)), (270, (500, 800))])
def test_a_page_whose_lines_run_another_way_is_read_along_them(
    tmp_path: Path, turn: int, place: tuple[int, int]
) -> None:
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4)
    canvas.translate(*place)
    canvas.rotate(turn)
    canvas.drawString(0, 0, "The port published its accounts on Thursday, and they show that 4,120")
    canvas.drawString(0, -14, "ships called at the port.")
    for number, row in enumerate(GRANTS):
        for at, cell in enumerate(row):
            canvas.drawString(80 * at, -60 - 14 * number, cell)
    canvas.save()
    assert article(tmp_path, data.getvalue(), "a.pdf").text.split("\n\n") == [
        "The port published its accounts on Thursday, and they show that 4,120 ships called at the port.",
        *GRANTS_SAID,
    ]


@pytest.mark.parametrize("nobody", ["(anonymous)", "anonymous", "Unknown", "user"])
def test_nobody_is_no_author(tmp_path: Path, nobody: str) -> None:
    assert article(tmp_path, pdf([[(60, 700, 10, "Rain fell.")]], {"Author": nobody}), "a.pdf").author is None


def test_a_property_that_is_no_text_is_passed_over(tmp_path: Path) -> None:
    half = {"Author": b"\xfe\xff\xd8\x00".decode("latin-1"), "Title": "Rain fell."}
    read_back = article(tmp_path, pdf([[(60, 700, 10, "Rain fell.")]], half), "a.pdf")
    assert (read_back.title, read_back.author) == ("Rain fell.", None)


# Word processors


def box(words: str) -> str:
    """A text box as Word writes it, once for itself and once for older programs."""
    content = f"<w:txbxContent>{docx_paragraph(words)}</w:txbxContent>"
    return (
        '<w:p><w:r><w:t>See the box.</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        f'markup-compatibility/2006"><mc:Choice><w:drawing>{content}</w:drawing></mc:Choice><mc:Fallback><w:pict>'
        f"{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def cells(*words: str, more: str = "") -> str:
    return f"<w:tr>{''.join(f'<w:tc>{more}{docx_paragraph(each)}</w:tc>' for each in words)}</w:tr>"


def test_the_words_in_a_box_are_read_once(tmp_path: Path) -> None:
    read_back = article(tmp_path, docx(box("It paid 2,450,000 crowns.") + docx_paragraph("It rained.")), "a.docx")
    assert read_back.text == "See the box.\n\nIt paid 2,450,000 crowns.\n\nIt rained."


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    deleted = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>The mine </w:t></w:r></w:p>"
    assert article(tmp_path, docx(deleted + docx_paragraph("closed.")), "a.docx").text == "The mine closed."


def test_the_notes_of_a_word_document_stand_at_its_end(tmp_path: Path) -> None:
    with zipfile.ZipFile(
        data := io.BytesIO(
            docx("<w:p><w:r><w:t>He denied it.</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>")
        ),
        "a",
    ) as parts:
        parts.writestr(
            "word/footnotes.xml",
            '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f'<w:footnote w:id="2">{docx_paragraph("The audit counted nineteen lorries.")}</w:footnote></w:footnotes>',
        )
    assert article(tmp_path, data.getvalue(), "a.docx").text == (
        "He denied it.[1]\n\n[1] The audit counted nineteen lorries."
    )


def test_a_table_under_a_caption_of_its_own_width_keeps_its_headings(tmp_path: Path) -> None:
    over_all = "<w:tcPr><w:gridSpan w:val='3'/></w:tcPr>"
    rows = cells("Grants by town", more=over_all) + "".join(cells(*row) for row in GRANTS)
    assert article(tmp_path, docx(f"<w:tbl>{rows}</w:tbl>"), "a.docx").text.split("\n\n") == [
        "Grants by town",
        *GRANTS_SAID,
    ]


def test_a_cell_over_several_rows_is_told_in_each_and_a_table_within_a_cell_once(tmp_path: Path) -> None:
    start, on = "<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>", "<w:tcPr><w:vMerge/></w:tcPr>"
    rows = (
        f"<w:tr><w:tc>{docx_paragraph('Town')}</w:tc><w:tc>{docx_paragraph('Year')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{start}{docx_paragraph('Olmen')}</w:tc><w:tc>{docx_paragraph('2019')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{on}{docx_paragraph('')}</w:tc><w:tc><w:tbl>{cells('2020', 'late')}</w:tbl></w:tc></w:tr>"
    )
    assert article(tmp_path, docx(f"<w:tbl>{rows}</w:tbl>"), "a.docx").text.split("\n\n") == [
        "Town | Year",
        "Olmen | Year: 2019",
        "Olmen | Year: 2020; late",
    ]


def test_notes_and_boxes_of_an_opendocument_text(tmp_path: Path) -> None:
    body = (
        "<text:p>He denied it.<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>In a letter."
        "</text:p></text:note-body></text:note> He left.<draw:frame xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:"
        "drawing:1.0'><draw:text-box><text:p>It paid 14.</text:p></draw:text-box></draw:frame></text:p>"
        "<text:p>Rain fell.</text:p>"
    )
    assert article(tmp_path, odt(body), "a.odt").text.split("\n\n") == [
        "He denied it.[1] He left.",
        "It paid 14.",
        "Rain fell.",
        "[1] In a letter.",
    ]


# Records


def test_a_damaged_or_blank_first_line_does_not_end_the_others(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": f"Ferry {number} sank."}) for number in range(2))
    assert set(several(tmp_path, f'{{"text": "cut off\n{lines}', "a.jsonl").values()) == {
        f"{tmp_path / 'a.jsonl'}: line 1 is no JSON: mend it and add it again.",
        "Ferry 0 sank.",
        "Ferry 1 sank.",
    }
    assert list(several(tmp_path, f"\n\n{lines}", "b.jsonl").values()) == ["Ferry 0 sank.", "Ferry 1 sank."]
    assert list(several(tmp_path, lines.encode("utf-16"), "c.jsonl").values()) == ["Ferry 0 sank.", "Ferry 1 sank."]


def test_json_in_one_piece_is_read_up_to_a_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.reading.formats.json_records._MOST_MEGABYTES_WHOLE", 0.001)
    assert list(several(tmp_path, json.dumps([{"text": "Rain fell. " * 200}]), "a.json").values()) == [
        f"{tmp_path / 'a.json'} has 0 MB, and JSON that is no record a line is read up to 0.001 MB: save it as JSON "
        "Lines, or split it."
    ]


def test_csv_in_japanese_and_under_a_line_of_excels(tmp_path: Path) -> None:
    told = "東京の橋は火曜日に閉鎖されたと市長が述べた。修理には五週間かかるという。住民は遠回りをしなければならない。"
    assert list(several(tmp_path, f"title,text\n橋が閉鎖,{told}\n".encode("cp932"), "a.csv").values()) == [
        f"橋が閉鎖\n\n{told}"
    ]
    assert list(several(tmp_path, "sep=;\ntitle;text\nDam;It broke, they say.\n", "b.csv").values()) == [
        "Dam\n\nIt broke, they say."
    ]


def test_a_person_tells_which_field_holds_what(tmp_path: Path) -> None:
    table = "Kopf,Inhalt\nSturm,Es regnete.\n"
    assert list(several(tmp_path, table, "a.csv", **given_fields(["headline=Kopf", "text=Inhalt"])).values()) == [
        "Sturm\n\nEs regnete."
    ]
    with pytest.raises(InputError) as error:
        given_fields(["Kopf"])
    assert str(error.value) == (
        '"Kopf" does not tell which field holds what; write it like title=FIELD, with one of text, title, published, '
        "updated, outlet, author, url, language, id before it."
    )


# Others


def test_a_zip_keeps_each_of_two_files_of_one_name_and_those_with_odd_paths(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as parts:
        parts.writestr("a.txt", "Version 0 of it.")
        with pytest.warns(UserWarning, match="Duplicate name"):
            parts.writestr("a.txt", "Version 1 of it.")
        parts.writestr("../../b.txt", "Outside of it.")
    assert several(tmp_path, data.getvalue(), "a.zip") == {
        "box/b": "Outside of it.",
        "box/a": "Version 0 of it.",
        "box/a-2": "Version 1 of it.",
    }


def test_a_message_is_read_in_its_fuller_form(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "News"
    message.set_content("View this email in your browser: https://bay.example/1")
    message.add_alternative(f"<p>{'Rain fell on the harbour. ' * 8}</p>", subtype="html")
    assert article(tmp_path, bytes(message), "a.eml").text.startswith("News\n\nRain fell on the harbour.")


def test_what_a_newsletter_asks_of_its_reader_is_furniture() -> None:
    text = "Rain fell.\nAbmelden | Im Browser ansehen\nUnsubscribe\nView this email in your browser"
    assert [text[start:end] for start, end in furniture(text)] == text.split("\n")[1:]


def test_a_feed_of_old_dates_names_in_markup_and_addresses_of_its_own_site(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        '<feed xml:base="https://bay.example/"><title>Bay &amp;amp; Lake</title><entry><title>Dry</title><link '
        'href="dry"/><published>Sat, 7 Sep 02 00:00:01 GMT</published><summary>The well was dry.</summary></entry>'
        "</feed>"
    )
    (entry,) = read_each(Source("box", path))
    assert not isinstance(entry, Unread)
    assert (entry.outlet, entry.url, entry.published) == ("Bay & Lake", "https://bay.example/dry", "2002-09-07")


def test_japanese_in_seven_bits_is_read(tmp_path: Path) -> None:
    text = "東京の橋は火曜日に閉鎖されたと市長が述べた。"
    assert article(tmp_path, text.encode("iso2022_jp"), "a.txt").text == text

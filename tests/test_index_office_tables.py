"""Tables of word processors whose cells go over several rows and columns: each row is understood alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import docx, docx_paragraph, odt
from written import article

HEADED = [
    "Town | 2019 Roads | 2019 Quays | 2020 Roads | 2020 Quays",
    "Ostrel | 2019 Roads: 410 | 2019 Quays: 95 | 2020 Roads: 11 | 2020 Quays: 12",
]


def docx_table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def docx_cell(words: str, more: str = "") -> str:
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{docx_paragraph(words)}</w:tc>"


def odt_table(*rows: str) -> str:
    return "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + "</table:table>"


def odt_cell(words: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{words}</text:p></table:table-cell>"


COVERED = "<table:covered-table-cell/>"
WIDE, TALL = "<w:gridSpan w:val='2'/>", "<w:vMerge w:val='restart'/>"


@pytest.mark.parametrize("ending", [".docx", ".odt"])
def test_a_head_of_two_rows_is_one(tmp_path: Path, ending: str) -> None:
    figures = ("Ostrel", "410", "95", "11", "12")
    kinds = ("Roads", "Quays", "Roads", "Quays")
    if ending == ".docx":
        table = docx_table(
            docx_cell("Town", TALL) + docx_cell("2019", WIDE) + docx_cell("2020", WIDE),
            docx_cell("", "<w:vMerge/>") + "".join(map(docx_cell, kinds)),
            "".join(map(docx_cell, figures)),
        )
        data = docx(table)
    else:
        wide = "table:number-columns-spanned='2'"
        table = odt_table(
            odt_cell("Town", "table:number-rows-spanned='2'")
            + (odt_cell("2019", wide) + COVERED)
            + (odt_cell("2020", wide) + COVERED),
            COVERED + "".join(map(odt_cell, kinds)),
            "".join(map(odt_cell, figures)),
        )
        data = odt(table)
    assert article(tmp_path, data, f"a{ending}").text.split("\n\n") == HEADED


def test_two_rows_of_words_over_rows_of_words_are_no_head(tmp_path: Path) -> None:
    rows = (("Name", "Town", "", "Trade"), ("Lind", "Ostrel", "Norra", "baker"), ("Voss", "Brill", "Sorra", "smith"))
    table = docx_table(*("".join(map(docx_cell, row)) for row in rows))
    assert "Voss | Brill | Sorra | smith" in article(tmp_path, docx(table), "a.docx").text.split("\n\n")


def test_a_cell_of_an_opendocument_table_over_several_rows_is_told_in_each(tmp_path: Path) -> None:
    table = odt_table(
        "".join(map(odt_cell, ("County", "Town", "Grant"))),
        odt_cell("Norra", "table:number-rows-spanned='2'") + odt_cell("Ostrel") + odt_cell("410"),
        COVERED + odt_cell("Tinholm") + odt_cell("95"),
        odt_cell("Sorra", "table:number-rows-spanned='x'") + odt_cell("Brill") + odt_cell("31"),
    )
    assert article(tmp_path, odt(table), "a.odt").text.split("\n\n") == [
        "County | Town | Grant",
        "Norra | Town: Ostrel | Grant: 410",
        "Norra | Town: Tinholm | Grant: 95",
        "Sorra | Town: Brill | Grant: 31",
    ]


def test_a_cell_that_is_repeated_a_million_times_is_bounded(tmp_path: Path) -> None:
    table = odt_table(odt_cell("Town") + odt_cell("48", "table:number-columns-repeated='1000000'"))
    assert article(tmp_path, odt(table), "a.odt").text.count("48") == 63


@pytest.mark.parametrize("ending", [".docx", ".odt"])
def test_long_words_of_a_cell_over_many_rows_are_told_once(tmp_path: Path, ending: str) -> None:
    words = "The county gave this grant for all of the roads. " * 50
    if ending == ".docx":
        goes_on = docx_cell("", "<w:vMerge/>")
        data = docx(docx_table(docx_cell(words, TALL) + docx_cell("1"), *[goes_on + docx_cell("2")] * 1000))
    else:
        tall = odt_cell(words, "table:number-rows-spanned='1001'")
        data = odt(odt_table(tall + odt_cell("1"), *[COVERED + odt_cell("2")] * 1000))
    assert article(tmp_path, data, f"a{ending}").text.count(words.strip()) == 1

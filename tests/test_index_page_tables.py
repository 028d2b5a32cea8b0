"""Tables of web pages: each row a line that is understood alone, however the table is marked up."""

from __future__ import annotations

from pathlib import Path

import pytest
from written import article, page

STORY = "<p>The council divided the harbour fund on Friday after a dispute of two years with the towns.</p>"
END = "<p>No further grants were planned for this year, the officials said on the same evening.</p>"


def lines(folder: Path, table: str) -> list[str]:
    """The lines of an article between the sentence before a table and the one after it."""
    text = article(folder, page(f"<article><h1>Harbour fund</h1>{STORY}{table}{END}</article>"), "a.html").text
    return text.split("\n\n")[2:-1]


def rows(*each: str) -> str:
    return "".join(f"<tr>{row}</tr>" for row in each)


def cells(*each: str, tag: str = "td") -> str:
    return "".join(f"<{tag}>{cell}</{tag}>" for cell in each)


HEAD = cells("Town", "Roads", "Quays", tag="th")
OSTREL, BRILL = cells("Ostrel", "410", "95"), cells("Brill", "275", "130")
BLOCK = "\n  <p>410</p>\n"
SAID = ["Town | Roads | Quays", "Ostrel | Roads: 410 | Quays: 95", "Brill | Roads: 275 | Quays: 130"]


@pytest.mark.parametrize(
    "table",
    [
        f"<table>{rows(HEAD, OSTREL, BRILL)}</table>",
        f"<table><thead>{rows(HEAD)}</thead><tbody>{rows(OSTREL)}</tbody><tfoot>{rows(BRILL)}</tfoot></table>",
        f"<table>{rows(cells('Town', 'Roads', 'Quays'), OSTREL, BRILL)}</table>",
        f"<table>{rows(cells('<b>Town</b>', '<b>Roads</b>', '<b>Quays</b>'), OSTREL, BRILL)}</table>",
        f"<table>{rows(HEAD, OSTREL.replace('td', 'th', 2), BRILL)}</table>",
        f"<div><table>{rows(HEAD, cells('<a href=/o>Ostrel</a>', BLOCK, '95'), BRILL)}</table></div>",
    ],
    ids=["headings", "parts", "unmarked", "bold", "headings of rows", "blocks"],
)
def test_a_cell_stands_behind_the_heading_of_its_column(tmp_path: Path, table: str) -> None:
    assert lines(tmp_path, table) == SAID


@pytest.mark.parametrize(
    "table",
    [
        f"<table><caption>Grants in crowns</caption>{rows(HEAD, OSTREL, BRILL)}</table>",
        f"<table>{rows('<th colspan=3>Grants in crowns</th>', HEAD, OSTREL, BRILL)}</table>",
        f"<table>{rows('<td colspan=3>Grants in crowns</td>', HEAD, OSTREL, BRILL)}</table>",
    ],
    ids=["caption", "row of a heading", "row of a cell"],
)
def test_what_stands_over_a_whole_table_is_told_before_it(tmp_path: Path, table: str) -> None:
    assert lines(tmp_path, table) == ["Grants in crowns", *SAID]


def test_what_stands_under_the_table_of_a_figure_is_told_behind_it(tmp_path: Path) -> None:
    table = f"<figure><table>{rows(HEAD, OSTREL, BRILL)}</table><figcaption>Grants in crowns</figcaption></figure>"
    assert lines(tmp_path, table) == [*SAID, "Grants in crowns"]


def test_an_empty_corner_hides_no_heading(tmp_path: Path) -> None:
    head = "<td></td>" + cells("Roads", "Quays", tag="th")
    assert lines(tmp_path, f"<table>{rows(head, OSTREL, BRILL)}</table>") == ["Roads | Quays", *SAID[1:]]


def test_headings_in_two_rows_are_joined(tmp_path: Path) -> None:
    first = "<th rowspan=2>Town</th><th colspan=2>2019</th><th colspan=2>2020</th>"
    second = cells("Roads", "Quays", "Roads", "Quays", tag="th")
    assert lines(tmp_path, f"<table>{rows(first, second, cells('Ostrel', '410', '95', '11', '12'))}</table>") == [
        "Town | 2019 Roads | 2019 Quays | 2020 Roads | 2020 Quays",
        "Ostrel | 2019 Roads: 410 | 2019 Quays: 95 | 2020 Roads: 11 | 2020 Quays: 12",
    ]


def test_a_cell_over_several_rows_is_told_in_each_and_one_over_columns_moves_none(tmp_path: Path) -> None:
    table = rows(
        cells("County", "Town", "Grant", tag="th"),
        "<td rowspan=2>Norra</td>" + cells("Ostrel", "410"),
        cells("Tinholm", "95"),
        "<td colspan=2>Total</td><td>505</td>",
    )
    assert lines(tmp_path, f"<table>{table}</table>") == [
        "County | Town | Grant",
        "Norra | Town: Ostrel | Grant: 410",
        "Norra | Town: Tinholm | Grant: 95",
        "Total | Grant: 505",
    ]


def test_a_cell_over_rows_that_are_not_there_or_not_to_be_counted_does_no_harm(tmp_path: Path) -> None:
    table = rows(HEAD, "<td rowspan=99999999>Ostrel</td><td colspan=x>410</td><td rowspan=''>95</td>", cells("1", "2"))
    assert lines(tmp_path, f"<table>{table}</table>") == [
        *SAID[:2],
        "Ostrel | Roads: 1 | Quays: 2",
    ]


LONG = "word " * 50


@pytest.mark.parametrize(
    "table",
    [
        rows("<th>Town</th>" * 63, f"<td rowspan=60000>{LONG}</td>" * 62 + "<td>1</td>", *["<td>2</td>"] * 3000),
        rows("<th>Town</th>" * 63, f"<td colspan=62></td><td rowspan=60000>{LONG}</td>", *[""] * 3000),
        rows(cells("Town", "Roads", tag="th"), f"<td rowspan=900>{LONG}</td><td>1</td>", *["<td>2</td>"] * 800),
    ],
    ids=["of many columns", "of empty rows", "of long words"],
)
def test_cells_over_more_rows_than_a_table_is_worth_do_not_fill_the_memory(tmp_path: Path, table: str) -> None:
    assert sum(map(len, lines(tmp_path, f"<table>{table}</table>"))) < 100_000


@pytest.mark.parametrize(
    "table",
    [
        rows(cells("Founded", "1910"), cells("Members", "83")),
        rows("<th>Founded</th><td>1910</td>", "<th>Members</th><td>83</td>"),
        rows(cells("Rowers", "Lind"), cells("Choir", "Voss")),
        rows(cells("Ostrel", "410"), cells("Brill", "275")),
        rows(f"<td colspan=70>Ostrel</td>{cells('410')}", cells("Brill", "275")),
    ],
    ids=["facts", "facts with headings", "names", "figures", "too wide"],
)
def test_a_table_without_headings_is_given_none(tmp_path: Path, table: str) -> None:
    assert ": " not in "".join(lines(tmp_path, f"<table>{table}</table>"))


def test_a_table_that_lays_out_the_page_stays_as_it_is(tmp_path: Path) -> None:
    inner = f"<table>{rows(HEAD, OSTREL, BRILL)}</table>"
    assert "Brill | Roads: 275 | Quays: 130" in lines(tmp_path, f"<table>{rows(f'<td>{inner}</td>')}</table>")

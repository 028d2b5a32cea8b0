"""Tables and JSON as other programs write them, and with faults: what can be read is, and the rest is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from written import article

from index.reading.files import Source, Unread, read_each


def several(folder: Path, content: str | bytes, name: str) -> dict[str, str]:
    """The texts of a file's articles, and the reasons why others are left out, by their ids."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    items = read_each(Source("box", path))
    return {each.id: each.reason.removeprefix(f"{path}: ") if isinstance(each, Unread) else each.text for each in items}


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ('1;"The bridge, they say,\nis closed; ""until"" May."', 'The bridge, they say,\nis closed; "until" May.'),
        ('1; "The bridge; it is closed."', "The bridge; it is closed."),
        ('1;"The bridge is \\"closed\\"; until May."', 'The bridge is "closed"; until May.'),
        ('1;The bridge is "closed" until May.', 'The bridge is "closed" until May.'),
        ('1;"The "old" bridge"', 'The "old" bridge'),
        ('1;"The "old" bridge; it is closed"', 'The "old" bridge; it is closed'),
        ('1;"She said "no"" ; ', 'She said "no"'),
        ('1;"The 6" pipe burst"', 'The 6" pipe burst'),
        ('1;"The ""old"" and the "new" bridge"', 'The "old" and the "new" bridge'),
        ("1;'The bridge is closed.'", "'The bridge is closed.'"),
        ('1;"The bridge is closed.";;', "The bridge is closed."),
        ('1;"C:\\bridge\\"', "C:\\bridge\\"),
    ],
)
def test_a_table_is_read_however_its_cells_are_quoted(tmp_path: Path, row: str, text: str) -> None:
    for head in ("id;text", "\ufeffid;text", '"id";"text"'):
        assert several(tmp_path, f"{head}\n{row}\n2;The tram is late.", "a.csv") == {
            "box/1": text,
            "box/2": "The tram is late.",
        }


def test_delimiters_in_quoted_names_of_columns_are_none(tmp_path: Path) -> None:
    assert several(tmp_path, '"id";"Names, places, days";"text"\n1;x;The tram, it is late.', "a.csv") == {
        "box/1": "The tram, it is late."
    }


def test_rows_that_are_cut_short_or_too_long_are_told_and_the_others_are_read(tmp_path: Path) -> None:
    whole, long = "1,The bridge is closed\n", "2,The bridge, it is closed,2018\n"
    rows = f"id,text,day\n{whole}{long},,\n4,,2018\n\n5\n6,The tram is late.,,\n"
    assert several(tmp_path, rows, "a.csv") == {
        "box/1": "The bridge is closed",
        "box/line 3": "line 3 has more cells than the first row names: put quotation marks around each cell that "
        "holds the delimiter.",
        "box/6": "The tram is late.",
        "box/2 records": "2 records without a text left out.",
    }


def test_a_quotation_mark_without_its_other_takes_in_no_other_row_unseen(tmp_path: Path) -> None:
    told = "line 2 cannot be read: a quotation mark seems to lack its other; mend it there."
    rows = 'id,text\n1,"The bridge is closed.\n2,"The tram is late."\n3,The ferry is gone.\n'
    assert several(tmp_path, rows, "a.csv") == {
        "box/lines 2 to 3": told.replace("line 2", "lines 2 to 3"),
        "box/3": "The ferry is gone.",
    }
    assert several(tmp_path, 'id,text\n1,"The bridge is closed.\n2,The tram is late.\n', "a.csv") == {
        "box/lines 2 to 3": told.replace("line 2", "lines 2 to 3")
    }


def test_a_file_of_damaged_rows_is_no_table(tmp_path: Path) -> None:
    found = several(tmp_path, "id,text\n1,Rain.\n" + "2,It rained, and rained.\n" * 200, "a.csv")
    assert len(found) == 102
    assert found["box"].endswith("a.csv has more than 100 damaged rows: mend it and add it again.")


@pytest.mark.parametrize(
    "loaded",
    [
        {"status": "ok", "response": {"data": {"articles": "RECORDS"}}},
        {"title": "A feed", "description": "Of all news.", "tags": [{"name": "x"}], "items": "RECORDS"},
        {"hits": {"total": 2, "hits": [{"_id": "x", "_source": "FIRST"}, {"_id": "y", "_source": "SECOND"}]}},
        {"response": {"results": [{"type": "a", "fields": "FIRST"}, {"type": "b", "fields": "SECOND"}]}},
        {"a": "FIRST", "b": "SECOND", "count": 2},
        {"by": {"description": "Ana writes."}, "pages": {"first": {"all": "RECORDS"}}},
    ],
)
def test_articles_are_found_however_deep_they_lie(tmp_path: Path, loaded: object) -> None:
    first = {"headline": {"main": "Bridge"}, "body": {"content": "The bridge is closed."}}
    second = {
        "headline": "Tram",
        "content": [{"type": "p", "text": "It is late. " * 10}, {"type": "p", "text": "Still."}],
    }
    written = json.dumps(loaded)
    for name, value in {"RECORDS": [first, second], "FIRST": first, "SECOND": second}.items():
        written = written.replace(json.dumps(name), json.dumps(value))
    found = [text for text in several(tmp_path, written, "a.json").values() if "left out" not in text]
    assert found == ["The bridge is closed.", f"Tram\n\n{'It is late. ' * 10}\n\nStill."]


def test_four_bad_lines_of_five_are_told_and_the_fifth_is_read(tmp_path: Path) -> None:
    good, bad = '{"title": "Bridge", "text": "It is closed."}', ["not json", '{"title": "half', "[1,", "{broken}"]
    for at in range(5):
        lines = [*bad[:at], good, *bad[at:]]
        found = several(tmp_path, "\n".join(lines) + "\n", "a.jsonl")
        assert found.pop(f"box/{at + 1}") == "Bridge\n\nIt is closed."
        assert found == {
            f"box/line {number}": f"line {number} is no JSON: mend it and add it again."
            for number in range(1, 6)
            if number != at + 1
        }


def test_records_without_a_text_are_counted(tmp_path: Path) -> None:
    lines = '{"text": "Rain fell."}\n{"title": "No text"}\n42\n'
    assert several(tmp_path, lines, "a.jsonl")["box/2 records"] == "2 records without a text left out."
    whole = [{"text": "Rain fell."}, {"title": "No text"}]
    assert (
        several(tmp_path, json.dumps(whole, indent=1), "a.json")["box/1 record"] == "1 record without a text left out."
    )


def test_the_one_article_of_a_file_is_not_numbered(tmp_path: Path) -> None:
    assert article(tmp_path, '{"title": "Rain", "text": "Rain fell."}', "a.json").id == "storm"


def days(folder: Path, content: str, name: str) -> list[str | None]:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return [each.published for each in read_each(Source("box", path)) if not isinstance(each, Unread)]


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (("3/4/2018", "10/17/2018"), ["2018-03-04", "2018-10-17"]),
        (("3/4/2018", "17/10/2018 08:30"), ["2018-04-03", "2018-10-17"]),
        (("03-04-2018", "17-10-2018"), ["2018-04-03", "2018-10-17"]),
        (("3/4/2018", "5/6/2018"), [None, None]),
        (("3/4/2018", "17/10/2018", "10/17/2018"), [None, "2018-10-17", "2018-10-17"]),
    ],
)
def test_where_the_day_stands_in_a_date_is_told_by_the_other_dates_of_the_file(
    tmp_path: Path, dates: tuple[str, ...], told: list[str | None]
) -> None:
    records = [{"text": f"Ferry {number} sank.", "date": date} for number, date in enumerate(dates)]
    table = "\n".join(["date;text", *(f'"{each["date"]}";{each["text"]}' for each in records)])
    assert days(tmp_path, table, "a.csv") == told
    assert days(tmp_path, "\n".join(json.dumps(each) for each in records), "a.jsonl") == told
    assert days(tmp_path, json.dumps({"items": records}), "a.json") == told


@pytest.mark.parametrize(
    "head", ["Titel;Inhalt;Datum;Quelle", "Título;Texto;Fecha;Fuente", "TITRE;TEXTE;PUBLIÉ;JOURNAL"]
)
def test_fields_are_known_by_their_names_in_german_spanish_and_french(tmp_path: Path, head: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{head}\nSturm;Es regnete.;3.4.2021;Olmer Bote\n", encoding="utf-8")
    (found,) = read_each(Source("a", path))
    assert not isinstance(found, Unread)
    assert (found.title, found.published, found.outlet) == ("Sturm", "2021-04-03", "Olmer Bote")

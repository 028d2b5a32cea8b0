"""Articles as records: JSON, CSV and feeds."""

import json
from pathlib import Path

import pytest
from refusing import refused, several
from written import article

from index.reading.files import Source, Unread, read_each
from index.records import Article

# Records


def test_the_fields_of_records_are_told_by_their_names(tmp_path: Path) -> None:
    records = [
        {
            "Headline": "Storm",
            "body": "Rain fell.",
            "pub_date": "2024-03-12T09:00:00Z",
            "source": {"name": "Bay News"},
            "authors": ["Mara Lind", "Tom Berg"],
            "link": "https://bay.example/a",
            "modified": 1710500000,
        },
        {"title": "No text"},
        {"content": "<p>It stopped.</p><p>At last.</p>"},
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"articles": records}))
    first, second, without = read_each(Source("box", path))
    assert without == Unread("box/1 record", f"{path}: 1 record without a text left out.")
    assert first == Article(
        "box/1",
        "Storm",
        "Bay News",
        "2024-03-12",
        "https://bay.example/a",
        "Storm\n\nRain fell.",
        "Mara Lind, Tom Berg",
        "2024-03-15",
    )
    assert isinstance(second, Article)
    assert second.text == "It stopped.\n\nAt last."


def test_a_damaged_line_does_not_end_the_others(tmp_path: Path) -> None:
    lines = '{"text": "Rain fell."}\n{"text": \n\n[[[[\n{"text": "It stopped."}\n'
    path = tmp_path / "a.jsonl"
    assert several(tmp_path, lines, "a.jsonl") == {
        "box/1": "Rain fell.",
        "box/line 2": f"{path}: line 2 is no JSON: mend it and add it again.",
        "box/line 4": f"{path}: line 4 is no JSON: mend it and add it again.",
        "box/5": "It stopped.",
    }


_NAMED = "is named text, body, content or the like"


def test_json_without_end_is_told(tmp_path: Path) -> None:
    for content in ("[" * 200_000, '{"a":' * 100_000, "{", "nonsense"):
        assert refused(tmp_path, content, "a.json") == "is no JSON: mend it and add it again."
    for content in ("[]", '"rain"', "[[1], [2]]"):
        assert refused(tmp_path, content, "b.json") == (
            "holds no articles: its records need a field named text, body, content or the like."
        )


_TELL = "; tell which one holds the text with: --map text=FIELD"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.jsonl", '{"question": "Who?", "n": 1}\n' * 30, f"none of its fields (question, n) {_NAMED}"),
        ("b.json", '[{"eins": "Rain"}, {"zwei": "It rained."}]', f"none of its fields (eins) {_NAMED}"),
        ("c.csv", "Eins;Zwei\nRegen;Es goss.\n", f"none of its fields (Eins, Zwei) {_NAMED}"),
        ("d.csv", "Eins;Zwei\n" + "Regen;Es goss.\n" * 30, f"none of its fields (Eins, Zwei) {_NAMED}"),
        ("e.csv", ",".join("abcdefghij") + "\n1\n", f"none of its fields (a, b, c, d, e, f, g, h …) {_NAMED}"),
        ("f.csv", "Eins,Text\nRegen,\n", "its field Text is empty in every record"),
    ],
)
def test_a_table_without_a_text_tells_its_columns_and_the_way_out(
    tmp_path: Path, name: str, content: str, told: str
) -> None:
    assert refused(tmp_path, content, name) == f"holds no articles: {told}{_TELL}"


def test_a_column_that_was_named_and_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Eins;Zwei\nRegen;Es goss.\n")
    (unread,) = read_each(Source("box", tmp_path / "a.csv", fields={"text": "Koerper"}))
    assert isinstance(unread, Unread)
    assert unread.reason.endswith(f"none of its fields (Eins, Zwei) is named Koerper{_TELL}")


_HEADLESS = "12.03.2024;Storm;Rain fell all day, and two bridges were closed.\n13.03.2024;Ferry;The ferry was late.\n"


def test_in_a_table_without_names_columns_are_told_by_number(tmp_path: Path) -> None:
    assert refused(tmp_path, _HEADLESS, "a.csv") == (
        "holds no articles: its first row (12.03.2024, Storm, Rain fell all day, and two bridges were ) names no "
        "columns; tell by number which one holds the text with: --map text=3"
    )
    told = {"published": "1", "title": "2", "text": "3"}
    storm, ferry = several_with(tmp_path, _HEADLESS, told)
    assert (storm.id, storm.title, storm.published) == ("box/1", "Storm", "2024-03-12")
    assert (ferry.id, ferry.title, ferry.text) == ("box/2", "Ferry", "The ferry was late.")


def test_a_row_of_names_is_no_article_also_where_columns_are_told_by_number(tmp_path: Path) -> None:
    for head in ("Day;Body", "1;2"):
        (only,) = several_with(tmp_path, f"{head}\nMonday;The ferry was late.\n", {"text": "2"})
        assert (only.id, only.text) == ("box/1", "The ferry was late.")


def test_a_row_of_names_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path, 'date,"headline,text\nMonday,Ferry,It was late.\n', "a.csv") == (
        "cannot be read from line 1 on: a quotation mark seems to lack its other; mend it there."
    )


def several_with(folder: Path, content: str, fields: dict[str, str]) -> list[Article]:
    """The articles of a table whose columns a person tells."""
    (folder / "a.csv").write_text(content)
    return [each for each in read_each(Source("box", folder / "a.csv", fields=fields)) if isinstance(each, Article)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_rows_of_csv_are_articles(tmp_path: Path, delimiter: str) -> None:
    rows = [["id", "Title", "Text", "Date"], ["s-1", "Storm", '"Rain, they say,\nfell; and ""more"""', "12 March 2024"]]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(delimiter.join(row) for row in rows))
    (only,) = read_each(Source("box", path))
    assert isinstance(only, Article)
    assert (only.id, only.title, only.published) == ("box/s-1", "Storm", "2024-03-12")
    assert only.text == 'Storm\n\nRain, they say,\nfell; and "more"'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1252"])
def test_a_nul_in_a_table_hides_no_row(tmp_path: Path, encoding: str) -> None:
    rows = "id,title,text\n1,Storm,Rain fell\0 on Köln.\n2,Sun\0,It stopped.\n3,Wind,'A mast\nfell.'\n"
    path = tmp_path / "a.csv"
    path.write_bytes(rows.replace("'", '"').encode(encoding))
    read = [item for item in read_each(Source("box", path)) if isinstance(item, Article)]
    assert [article.id for article in read] == ["box/1", "box/2", "box/3"]
    assert [article.title for article in read] == ["Storm", "Sun", "Wind"]
    assert [article.text.split("\n\n")[1] for article in read] == ["Rain fell on Köln.", "It stopped.", "A mast\nfell."]


def test_a_field_of_csv_may_be_long_and_a_quotation_mark_without_its_other_is_told(tmp_path: Path) -> None:
    assert article(tmp_path, "text\n" + "Rain fell. " * 12_000, "a.csv").text.startswith("Rain fell. Rain")
    endless = 'text\n"Rain fell.\n' + "It went on. \n" * 1_400_000
    assert "a quotation mark seems to lack its other" in refused(tmp_path, endless, "b.csv")


def test_a_feed_gives_its_entries(tmp_path: Path) -> None:
    rss = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><title>Bay News</title><item><title>Storm &amp; rain</title><link>"
        "https://bay.example/2024/storm.html</link>"
        "<pubDate>Tue, 12 Mar 2024 09:00:00 GMT</pubDate><dc:creator>Mara Lind</dc:creator><description>"
        "Teaser.</description>"
        "<content:encoded><![CDATA[<p>Rain fell.</p><p>It stopped.</p>]]></content:encoded></item>"
        "<item><title>Calm</title><description>Two hours ago it stopped.</description><pubDate>2 hours "
        "ago</pubDate></item>"
        "</channel></rss>"
    )
    path = tmp_path / "a.rss"
    path.write_text(rss)
    first, second = read_each(Source("box", path))
    assert first == Article(
        "box/storm",
        "Storm & rain",
        "Bay News",
        "2024-03-12",
        "https://bay.example/2024/storm.html",
        "Storm & rain\n\nRain fell.\n\nIt stopped.",
        "Mara Lind",
    )
    assert isinstance(second, Article)
    assert (second.id, second.published) == ("box/2", None)
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Bay News</title><entry><title>Storm</title>'
        '<link rel="self" href="https://bay.example/self"/><link href="https://bay.example/storm"/>'
        "<published>2024-03-12T09:00:00Z</published><updated>2024-03-14T09:00:00Z</updated><author><name>"
        "Mara Lind</name></author>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Rain fell.</p></div></content>'
        "</entry></feed>"
    )
    read_back = article(tmp_path, atom, "b.atom")
    assert (read_back.id, read_back.published, read_back.updated, read_back.author) == (
        "storm/storm",
        "2024-03-12",
        "2024-03-14",
        "Mara Lind",
    )
    assert read_back.text == "Storm\n\nRain fell."
    assert refused(tmp_path, "<svg/>", "c.xml").startswith("is no feed of articles")

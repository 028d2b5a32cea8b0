import json
import sqlite3
import time
from pathlib import Path

import pytest
from documents import column, docx, docx_paragraph, epub, odt, pdf, zipped
from fakes import WordEmbedder
from written import article

from index.errors import InputError
from index.library import Library
from index.reading import registry
from index.reading.bylines import stated
from index.reading.files import Source, Unread, find, find_all, read, read_each
from index.reading.format import Document, Format
from index.records import Article

DAMAGED = "is damaged or cut off: get it anew and add it again."


def several(tmp_path: Path, content: bytes | str, name: str) -> dict[str, str]:
    """The texts of a file's articles, and the reasons why others cannot be read, by their ids."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return {item.id: item.reason if isinstance(item, Unread) else item.text for item in read_each(Source("box", path))}


def refused(tmp_path: Path, content: bytes | str, name: str) -> str:
    """Why a file cannot be read, without its path."""
    with pytest.raises(InputError) as error:
        article(tmp_path, content, name)
    assert str(error.value).startswith(f"{tmp_path / name} ")
    return str(error.value).removeprefix(f"{tmp_path / name} ")


# The registry


def test_a_format_is_one_entry_and_everything_else_follows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toy = Format((".toy",), lambda file: [Document(text := file.read().decode()[::-1], stated(text))], rank=50)
    known = {**registry.by_suffix(), ".toy": toy}
    monkeypatch.setattr(registry, "by_suffix", lambda: known)
    for module in ("finding", "files"):
        monkeypatch.setattr(f"index.reading.{module}.by_suffix", registry.by_suffix)
    (tmp_path / "a.toy").write_text(".llef niaR")
    assert [read(source).text for source in find([tmp_path])] == ["Rain fell."]
    assert registry.in_words().endswith(" and .toy files")


def test_a_format_whose_reader_is_missing_names_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(file: object) -> list[Document]:
        raise ModuleNotFoundError("No module named 'toys'")

    monkeypatch.setattr("index.reading.files.by_suffix", lambda: {".toy": Format((".toy",), fails, extra="toys")})
    assert refused(tmp_path, "x", "a.toy") == "cannot be read without toys: install it with: pip install toys"


@pytest.mark.parametrize("suffix", registry.suffixes())
def test_every_format_tells_in_a_sentence_of_a_file_that_is_none(tmp_path: Path, suffix: str) -> None:
    for content in (b"", b"\x00\xff\x00\x01\x80" * 400, b"%PDF-1.7\n%", b"PK\x03\x04fake", b"{" * 100_000, b"<" * 9000):
        path = tmp_path / f"a{suffix}"
        path.write_bytes(content)
        for item in read_each(Source("a", path)):
            if isinstance(item, Unread):
                assert item.reason.startswith(f"{path}")
            else:
                assert item.text.strip()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "The oper\u00adator"),
        ("a.md", "The oper\u200bator"),
        ("a.html", "<p>The oper&shy;ator</p>"),
        ("a.docx", docx(docx_paragraph("The oper\u2060ator"))),
        ("a.odt", odt("<text:p>The oper\u00adator</text:p>")),
        ("a.epub", epub({"one": "<p>The oper\ufeffator</p>"})),
        ("a.eml", "Subject: \n\nThe oper\u00adator"),
        ("a.json", json.dumps({"text": "The oper\u00adator"})),
        ("a.csv", "text\nThe oper\u200bator\n"),
        ("a.rss", "<rss><channel><item><description>The oper&#173;ator</description></item></channel></rss>"),
        ("a.pdf", pdf([[(72, 700, 11, "The oper\u00adator")]])),
    ],
)
def test_no_format_lets_invisible_characters_through(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert article(tmp_path, content, name).text.replace("-", "") == "The operator"


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


# Word processors


def test_a_word_document_is_read_as_its_changes_were_accepted(tmp_path: Path) -> None:
    body = (
        docx_paragraph("Crash on the ring road", "Title")
        + docx_paragraph("By Mara Lind | Bay News | 12 March 2024")
        + "<w:p><w:r><w:t xml:space='preserve'>The crash injured </w:t></w:r><w:del><w:r><w:delText>"
        "12</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>14</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> people and closed 310</w:t></w:r>"
        "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>3</w:t></w:r><w:r><w:t "
        "xml:space='preserve'> roads</w:t></w:r>"
        "<w:r><w:rPr><w:strike/></w:rPr><w:t xml:space='preserve'> for ever</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc>" + docx_paragraph("Club") + "</w:tc><w:tc>" + docx_paragraph("Grant") + "</w:tc></w:tr>"
        "<w:tr><w:tc>"
        + docx_paragraph("Choir")
        + "</w:tc><w:tc>"
        + docx_paragraph("1,750")
        + docx_paragraph("a year")
        + "</w:tc></w:tr></w:tbl>"
    )
    read_back = article(tmp_path, docx(body, author="Somebody Else"), "a.docx")
    assert read_back == Article(
        "storm",
        "Crash on the ring road",
        "Bay News",
        "2024-03-12",
        None,
        "Crash on the ring road\n\nBy Mara Lind | Bay News | 12 March 2024\n\n"
        "The crash injured 14 people and closed 310[3] roads.\n\nClub | Grant\n\nChoir | Grant: 1,750; a year",
        author="Mara Lind",
    )


def test_an_opendocument_text_is_read_as_its_changes_were_accepted(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>12</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="1">Crash on the ring road</text:h>'
        '<text:p>The crash injured <text:span text:style-name="T1">12</text:span>14<text:s/>people, 310'
        '<text:span text:style-name="T2">3</text:span> of them <text:span>slightly</text:span>.</text:p>'
        "<text:list><text:list-item><text:p>One point</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Club</text:p></table:table-cell><table:table-cell>"
        "<text:p>Grant</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Choir"
        "</text:p></table:table-cell><table:table-cell><text:p>1,750</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    styles = (
        '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="T2"><style:text-properties style:text-position="super 58%"/></style:style>'
    )
    read_back = article(tmp_path, odt(body, styles), "a.odt")
    assert read_back.title == "Crash on the ring road"
    assert read_back.text == (
        "Crash on the ring road\n\nThe crash injured 14 people, 310[3] of them slightly.\n\nOne point\n\n"
        "Club | Grant\n\nChoir | Grant: 1,750"
    )


def test_an_e_book_is_read_in_the_order_of_its_chapters(tmp_path: Path) -> None:
    book = epub(
        {"two": "<h1>First</h1><p>Rain fell.</p>", "one": "<p>It stopped.</p>"}, "Storms", "Mara Lind", "2019-05-02"
    )
    read_back = article(tmp_path, book, "a.epub")
    assert (read_back.title, read_back.author, read_back.published) == ("Storms", "Mara Lind", "2019-05-02")
    assert read_back.text == "First\n\nRain fell.\n\nIt stopped."


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub", "a.zip"])
def test_a_damaged_archive_is_told(tmp_path: Path, name: str) -> None:
    whole = docx(docx_paragraph("Rain fell."))
    for content in (b"PKfake", whole[: len(whole) // 2], b""):
        assert refused(tmp_path, content, name) == DAMAGED


def test_bombs_are_refused_in_a_moment_and_in_little_memory(tmp_path: Path) -> None:
    began = time.process_time()
    bomb = docx("<w:p>" + " " * 70_000_000 + "</w:p>")
    assert len(bomb) < 200_000
    packed_tight = "unpacks to more than 200 times its size, as no article does: leave it out."
    assert refused(tmp_path, bomb, "a.docx") == packed_tight
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    text = "<w:p><w:r><w:t>Rain fell. &i;</w:t></w:r></w:p>"
    document = (
        laughs + f']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"{text}</w:body></w:document>"
    )
    assert refused(tmp_path, zipped({"word/document.xml": document}), "b.docx") == DAMAGED
    deep = docx("<w:p>" * 50_000 + "</w:p>" * 50_000)
    assert refused(tmp_path, deep, "c.docx") == DAMAGED
    assert time.process_time() - began < 10


def test_a_bomb_in_a_zip_is_left_out_unpacked_and_the_others_are_added(tmp_path: Path) -> None:
    rain = "Rain fell on the town again and again.\n" * 150_000
    began = time.process_time()
    found = several(
        tmp_path, zipped({"a.txt": "Rain.", **{f"b{n}.txt": rain for n in range(9)}, "c.txt": "Sun."}), "a.zip"
    )
    told = f"{tmp_path / 'a.zip'}: b3.txt unpacks to more than 200 times its size, as no article does: leave it out."
    assert (len(found), found["box/a"], found["box/b3.txt"], found["box/c"]) == (11, "Rain.", told, "Sun.")
    assert time.process_time() - began < 5


def test_what_a_zip_holds_is_unpacked_up_to_a_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.reading.archive.MOST_MEGABYTES_TOGETHER", 1)
    parts = {f"{n}.txt": " ".join(f"{n}{word:x}" for word in range(60_000)) for n in range(4)}
    found = several(tmp_path, zipped(parts), "a.zip")
    assert [name for name, text in found.items() if "unpacks to more than" not in text] == ["box/0", "box/1"]
    assert "unpacks to more than 64 MB in a part or 1 MB together" in found["box/3.txt"]


def test_the_files_of_a_zip_are_articles_and_what_is_none_is_named(tmp_path: Path) -> None:
    content = zipped(
        {
            "2018/storm.txt": "Rain fell.",
            "2018/crash.docx": docx(docx_paragraph("A crash.")),
            "boat.png": b"\x89PNG",
            "old.zip": zipped({"a.txt": "No."}),
            "bad.pdf": b"%PDF",
            "__MACOSX/._a.txt": "x",
            "two.jsonl": '{"id": "x1", "body": "One."}\n{"id": "x2", "body": "Two."}\n',
        }
    )
    path = tmp_path / "a.zip"
    assert several(tmp_path, content, "a.zip") == {
        "box/2018/crash": "A crash.",
        "box/2018/storm": "Rain fell.",
        "box/bad.pdf": f"{path}: bad.pdf is damaged, cut off or no PDF: get it anew and add it again.",
        "box/boat.png": f"{path}: boat.png is left out: Byline does not read .png files.",
        "box/old.zip": f"{path}: old.zip is left out: it is a zip itself.",
        "box/two/x1": "One.",
        "box/two/x2": "Two.",
    }


# Mail


def test_a_message_is_an_article_by_its_sender(tmp_path: Path) -> None:
    message = (
        "From: Mara Lind <mara@example.org>\r\nSubject: =?utf-8?q?Sturm_=C3=BCber?= Kestrel\r\n"
        "Date: Tue, 12 Mar 2024 09:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        "Rain fell on the café.\r\n--x\r\nContent-Type: text/plain\r\nContent-Disposition: "
        "attachment\r\n\r\nNo.\r\n--x--\r\n"
    )
    read_back = article(tmp_path, message, "a.eml")
    assert (read_back.title, read_back.author, read_back.published) == ("Sturm über Kestrel", "Mara Lind", "2024-03-12")
    assert read_back.text == "Sturm über Kestrel\n\nRain fell on the café."


def test_a_newsletter_in_html_is_read_as_it_is_shown(tmp_path: Path) -> None:
    message = (
        "Subject: News\nContent-Type: text/html; charset=utf-8\n\n<p>Rain fell.</p><script>"
        "x()</script><p>It stopped.</p>"
    )
    assert article(tmp_path, message, "a.eml").text == "News\n\nRain fell.\n\nIt stopped."


def test_every_message_of_a_mailbox_is_an_article(tmp_path: Path) -> None:
    box = "".join(
        f"From a@b Mon\nSubject: Day {n}\n\nRain fell {n} times.\n>From then on it stopped.\n\n" for n in (1, 2, 3)
    )
    found = several(tmp_path, box, "a.mbox")
    assert list(found) == ["box/1", "box/2", "box/3"]
    assert found["box/2"].startswith("Day 2\n\nRain fell 2 times.\nFrom then on")
    assert refused(tmp_path, "no mailbox\n", "b.mbox") == "is no mailbox: save the messages as .mbox or .eml."


def test_a_page_saved_in_one_file_is_read_as_a_page(tmp_path: Path) -> None:
    saved = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://bay.example/storm\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\n'
        "Content-Transfer-Encoding: quoted-printable\n\n<html><body><article><h1>Storm closes harbour</h1>"
        "<p>Rain fell =\non Monday.</p>"
        "<p>It stopped.</p></article></body></html>\n--x\nContent-Type: image/png\n\nxx\n--x--\n"
    )
    read_back = article(tmp_path, saved, "a.mhtml")
    assert (read_back.title, read_back.url) == ("Storm closes harbour", "https://bay.example/storm")
    assert read_back.text == "Storm closes harbour\n\nRain fell on Monday.\n\nIt stopped."


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


def test_json_without_end_is_told(tmp_path: Path) -> None:
    for content in ("[" * 200_000, '{"a":' * 100_000, "{", "nonsense"):
        assert refused(tmp_path, content, "a.json") == "is no JSON: mend it and add it again."
    assert refused(tmp_path, '{"question": "Who?"}\n' * 30, "b.jsonl") == (
        "holds no articles: its records need a field named text, body, content or the like."
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_rows_of_csv_are_articles(tmp_path: Path, delimiter: str) -> None:
    rows = [["id", "Title", "Text", "Date"], ["s-1", "Storm", '"Rain, they say,\nfell; and ""more"""', "12 March 2024"]]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(delimiter.join(row) for row in rows))
    (only,) = read_each(Source("box", path))
    assert isinstance(only, Article)
    assert (only.id, only.title, only.published) == ("box/s-1", "Storm", "2024-03-12")
    assert only.text == 'Storm\n\nRain, they say,\nfell; and "more"'


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


# Folders


def test_what_is_left_out_of_a_folder_is_named_with_the_reason(tmp_path: Path) -> None:
    for name in (
        "story.txt",
        "boat.png",
        "README",
        "questions.jsonl",
        "page.html",
        "page_files/x.html",
        "more_files/y.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Rain fell.")
    left_out = {source.id: source.left_out for source in find_all([tmp_path]) if source.left_out}
    assert left_out == {
        "README": f"{tmp_path / 'README'} is left out: it has no extension.",
        "boat.png": f"{tmp_path / 'boat.png'} is left out: Byline does not read .png files.",
        "page_files": f"{tmp_path / 'page_files'} is left out: it belongs to the saved page page.html.",
        "questions.jsonl": f"{tmp_path / 'questions.jsonl'} is left out: it is a set of questions by its "
        f"name, and goes "
        "to: byline eval",
    }
    assert [source.id for source in find([tmp_path])] == ["more_files/y", "page", "story"]


def test_many_files_that_are_left_out_are_counted(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("Rain fell.")
    for number in range(21):
        (tmp_path / f"{number}.png").touch()
    assert [source.left_out for source in find_all([tmp_path])] == [
        "",
        f"21 .png files in {tmp_path} are left out: Byline does not read them.",
    ]


# The library


def test_what_an_article_states_and_its_pages_are_kept_and_found_unchanged(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(
        pdf([[(60, 700, 10, f"Rain fell on the harbour, said witness{n}.")] for n in (1, 2)], {"Author": "Mara Lind"})
    )
    library = Library(tmp_path / "library", WordEmbedder())
    assert [outcome.status for outcome in library.add(find([tmp_path / "a.pdf"]))] == ["added"]
    assert [outcome.status for outcome in library.add(find([tmp_path / "a.pdf"]))] == ["unchanged"]
    kept = library.article("a")
    assert kept.author == "Mara Lind"
    assert [kept.page_at(kept.text.index(f"witness{n}")) for n in (1, 2)] == [1, 2]


def test_an_article_is_found_and_removed_by_its_id_in_parted_letters(tmp_path: Path) -> None:
    (tmp_path / "Café.txt").write_text("Rain fell on the harbour.")
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / "Café.txt"])))
    assert library.article("Cafe\u0301").id == "Caf\u00e9"
    library.remove(["Cafe\u0301", "Caf\u00e9"])
    assert library.articles() == []


def test_an_article_is_found_by_the_name_of_its_file_and_no_other_is(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "storm.md").write_text("# Storm\n\nRain fell on the harbour.")
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([folder])))
    assert library.article("storm.md").id == "storm"
    with pytest.raises(InputError, match=r'^There is no article "storm.html"'):
        library.remove(["storm.html"])


def test_a_library_made_before_authors_and_pages_opens_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain fell on the harbour.")
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / "a.txt"])))
    library.close()
    before = sqlite3.connect(tmp_path / "library" / "library.sqlite")
    before.execute("ALTER TABLE articles DROP COLUMN facts")
    before.execute("PRAGMA user_version = 0")
    before.commit()
    before.close()
    again = Library(tmp_path / "library", WordEmbedder())
    assert (again.article("a").text, again.article("a").author, again.article("a").pages) == (
        "Rain fell on the harbour.",
        None,
        (),
    )
    assert [outcome.status for outcome in again.add(find([tmp_path / "a.txt"]))] == ["unchanged"]


def test_every_article_of_a_file_is_added_and_what_is_damaged_is_named(tmp_path: Path) -> None:
    lines = ['{"id": "x", "text": "Rain fell."}', '{"id":', '{"id": "y", "text": "It stopped."}']
    (tmp_path / "box.jsonl").write_text("\n".join(lines))
    library = Library(tmp_path / "library", WordEmbedder())
    assert [(outcome.id, outcome.status) for outcome in library.add(find([tmp_path / "box.jsonl"]))] == [
        ("box/x", "added"),
        ("box/line 2", "skipped"),
        ("box/y", "added"),
    ]

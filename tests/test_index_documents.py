"""Word, OpenDocument, e-books and archives."""

import time
from pathlib import Path

import pytest
from documents import docx, docx_paragraph, epub, odt, zipped
from refusing import refused, several
from written import article

from index.records import Article

DAMAGED = "is damaged or cut off: get it anew and add it again."


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


def test_words_in_what_word_sets_otherwise_are_kept(tmp_path: Path) -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    gone, there = "<w:del>" + run.format("old") + "</w:del>", "<w:ins>" + run.format("new") + "</w:ins>"
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    body = (
        "<w:p><!-- set by hand -->"
        f"<w:dir w:val='rtl'>{run.format('In Hebrew')}{gone}</w:dir><w:bdo w:val='ltr'>{run.format(', turned, ')}"
        f"{there}</w:bdo></w:p><w:p>{run.format('It is ')}<m:oMath xmlns:m='{math}'><m:r><m:t>x=1</m:t></m:r></m:oMath>"
        f"{run.format(', they say.')}</w:p><w:p><w:r><w:ruby><w:rt>{run.format('kanji')}</w:rt><w:rubyBase>"
        f"{run.format('漢字')}</w:rubyBase></w:ruby><w:ruby/></w:r></w:p>"
    )
    assert article(tmp_path, docx(body), "a.docx").text == "In Hebrew, turned, new\n\nIt is x=1, they say.\n\n漢字"


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
    for content in (b"PKfake", whole[: len(whole) // 2]):
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

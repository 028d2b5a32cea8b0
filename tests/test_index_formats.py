"""Formats of files: found by themselves, and what is left out of a folder."""

import json
import sqlite3
from pathlib import Path

import pytest
from documents import docx, docx_paragraph, epub, odt, pdf, zipped
from fakes import WordEmbedder
from refusing import refused, several
from written import article

from index.errors import InputError
from index.library import Library
from index.reading import registry
from index.reading.files import Source, Unread, find, find_all, read, read_each
from index.reading.format import Document, Format
from index.reading.metadata.bylines import stated

# The registry


def test_a_format_is_one_entry_and_everything_else_follows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toy = Format((".toy",), lambda file: [Document(text := file.read().decode()[::-1], stated(text))], rank=50)
    known = {**registry.by_suffix(), ".toy": toy}
    monkeypatch.setattr(registry, "by_suffix", lambda: known)
    for module in ("finding", "files"):
        monkeypatch.setattr(f"index.reading.{module}.by_suffix", registry.by_suffix)
    (tmp_path / "a.toy").write_text(".llef niaR")
    assert [read(source).text for source in find([tmp_path])] == ["Rain fell."]
    assert registry.suffixes_in_words().endswith(" and .toy files")


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


@pytest.mark.parametrize("suffix", registry.suffixes())
def test_a_file_of_nothing_is_empty_whatever_its_kind(tmp_path: Path, suffix: str) -> None:
    for nothing in ("", " \r\n\n", "\n" * 100_000):
        told = refused(tmp_path, nothing, f"a{suffix}")
        assert told == "is empty: put the article's text into it, or leave it out."
    if suffix != ".zip":
        (why,) = several(tmp_path, zipped({f"a{suffix}": ""}), "b.zip").values()
        assert why == f"{tmp_path / 'b.zip'}: a{suffix} {told}"


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
    before.execute("DROP INDEX articles_by_language")
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

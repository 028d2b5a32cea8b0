"""Files and folders: which are articles, by which ids, and what is none."""

import os
import zlib
from pathlib import Path

import pytest
from written import STORY, article

from index.errors import InputError
from index.reading.files import Source, find, read
from index.reading.registry import suffixes_in_words

# Finding


def test_an_id_is_the_path_inside_the_folder_without_its_extension(tmp_path: Path) -> None:
    for name in ("b.txt", "2018/caravan.html", "2018/a.MD", "tide.png", ".hidden.txt", ".git/x.txt", "z/.x/y.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Rain fell.")
    assert [source.id for source in find([tmp_path])] == ["2018/a", "2018/caravan", "b"]
    assert [source.id for source in find([tmp_path / "2018"])] == ["a", "caravan"]
    assert find([tmp_path / "2018" / "caravan.html"]) == [Source("caravan", tmp_path / "2018" / "caravan.html")]


def test_the_later_of_two_files_with_one_name_keeps_its_extension(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for path in (tmp_path / "a.html", tmp_path / "a.txt", tmp_path / "a.b.txt", other / "a.txt", other / "a.html"):
        path.write_text("Rain fell.")
    found = find([tmp_path / "a.html", tmp_path / "a.txt"])
    assert [(source.id, source.path.name) for source in found] == [("a", "a.html"), ("a.txt", "a.txt")]
    assert [source.id for source in find([tmp_path])] == ["a", "a.html", "a.b", "other/a", "other/a.html"]
    assert [source.id for source in find([tmp_path / "a.txt", other])] == ["a", "a.txt", "a.html"]
    assert [source.id for source in find([tmp_path / "a.txt", tmp_path / "a.html", other])][2:] == ["a.txt", "a.html-2"]


def test_a_file_given_twice_is_found_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain fell.")
    assert [source.id for source in find([tmp_path, tmp_path / "a.txt", tmp_path])] == ["a"]


def test_links_in_a_circle_do_not_hang(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Rain fell.")
    (tmp_path / "in" / "again").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert [source.id for source in find([tmp_path])] == ["in/a"]


def test_a_link_out_of_a_folder_is_followed_but_not_to_what_holds_it(tmp_path: Path) -> None:
    for name in ("news/a.txt", "news/real/b.txt", "news/real/below/c.txt", "other/d.txt", "far/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"Rain fell on {name}.")
    for link, target in {
        "news/up": "..",
        "news/far": "../far",
        "news/again": "real",
        "news/real/below/top": "../..",
        "far/around": "..",
        "far/self": ".",
    }.items():
        (tmp_path / link).symlink_to(target, target_is_directory=True)
    assert [source.id for source in find([tmp_path / "news"])] == ["a", "far/e", "real/b", "real/below/c"]
    assert len(find([tmp_path])) == 5


def test_a_file_name_that_is_not_utf8_gives_an_id_that_is_text(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt")  # noqa: PTH118 (Path takes no bytes)
    try:
        with open(path, "w") as file:  # noqa: PTH123
            file.write("Rain fell.")
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    (source,) = find([tmp_path])
    assert source.id == "caf\ufffd"
    assert read(source).text == "Rain fell."


def test_what_is_no_article_is_refused_in_one_sentence(tmp_path: Path) -> None:
    missing, empty, picture = tmp_path / "gone", tmp_path / "empty", tmp_path / "a.png"
    empty.mkdir()
    (empty / "boat.png").write_bytes(b"\x89PNG")
    picture.write_bytes(b"\x89PNG")
    for path, sentence in (
        (missing, f"There is no file or folder {missing}: check its name."),
        (tmp_path / ("x" * 300), f"There is no file or folder {tmp_path / ('x' * 300)}: check its name."),
        (empty, f"The folder {empty} holds no article: Byline reads {suffixes_in_words()}."),
        (picture, f"{picture} is not a kind of file Byline reads: give it {suffixes_in_words()}."),
    ):
        with pytest.raises(InputError) as error:
            find([path])
        assert str(error.value) == sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_folder_that_may_not_be_opened_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    with pytest.raises(InputError) as error:
        find([closed])
    assert str(error.value) == f"The folder {closed} cannot be opened (permission denied): check its permissions."


# Bad input


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b""),
        ("a.txt", b" \r\n\t\n"),
        ("a.txt", b"\xef\xbb\xbf"),
        ("a.md", b"---\ntitle: Rain\n---\n\n"),
        ("a.html", b""),
        ("a.html", b"<html><head><title>Rain</title></head><body><script>rain()</script></body></html>"),
        ("a.html", b"<!-- rain -->"),
    ],
)
def test_an_empty_file_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(InputError) as error:
        article(tmp_path, content, name)
    assert str(error.value) == f"{tmp_path / name} is empty: put the article's text into it, or leave it out."


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 Rain fell on Monday.",
        b"PK\x03\x04rain",
        b"\x89PNG\r\n\x1a\n",
        b"{\\rtf1 Rain fell.}",
        b"Rain fell\x00 on Monday, all day.",
        bytes(range(256)) * 4,
        bytes(range(1, 256)),
        zlib.compress(STORY.encode() * 20),
        b"\x7fELF\x02\x01\x01\x00\x00\x00",
    ],
    ids=["pdf", "zip", "png", "rtf", "nul", "bytes", "no-nul", "zlib", "elf"],
)
def test_bytes_that_are_not_text_are_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError) as error:
        article(tmp_path, content)
    assert str(error.value) == (
        f"{tmp_path / 'storm.txt'} does not hold text: save the article as .txt, .md or .html and add that file."
    )


def test_a_file_that_is_gone_when_it_is_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with pytest.raises(InputError) as error:
        read(Source("a", path))
    assert str(error.value) == (
        f"{path} cannot be read (no such file or directory): check the file and its permissions."
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Rain fell.")
    path.chmod(0)
    with pytest.raises(InputError) as error:
        read(Source("a", path))
    assert str(error.value) == f"{path} cannot be read (permission denied): check the file and its permissions."

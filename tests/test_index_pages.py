import logging
import os
import time
from pathlib import Path

import pytest
from written import article, page

from index.errors import InputError
from index.reading.files import Source, find, read, read_each
from index.records import Article
from index.text.splitting import split

STORY = "<p>The harbour was closed on Monday, the mayor said.</p><p>Nobody was hurt, she added.</p>"
TEXT = "The harbour was closed on Monday, the mayor said.\n\nNobody was hurt, she added."


def read_page(tmp_path: Path, body: str, head: str = "") -> Article:
    return article(tmp_path, page(body, head), "a.html")


def story(tmp_path: Path, paragraph: str) -> str:
    """The text of a paragraph on a page."""
    return read_page(tmp_path, f"<article><h1>Storm</h1><p>{paragraph}</p>{STORY}</article>").text.split("\n\n")[1]


# Words


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("310<sup><a href='#n3'>3</a></sup> families", "310 families"),
        ("310<sup>3</sup> families", "310[3] families"),
        ("Lind<sup>[4]</sup> said", "Lind[4] said"),
        ("12 km<sup>2</sup> and 5 m<sup>3</sup>", "12 km² and 5 m³"),
        ("10<sup>6</sup> litres", "10⁶ litres"),
        ("10<sup>-6</sup> grams", "10⁻⁶ grams"),
        ("on the 1<sup>st</sup> of May", "on the 1st of May"),
        ("CO<sub>2</sub> and H<sub>2</sub>O", "CO2 and H2O"),
        ("in 1980<sub>4</sub> towns", "in 1980₄ towns"),
        ("<del>12</del> <ins>14</ins> people", "14 people"),
        ("Carl <s>Otto</s> Otte fell", "Carl Otte fell"),
        ("<strike>All</strike> Some left", "Some left"),
        ("<span style='text-decoration: line-through'>All</span> Some left", "Some left"),
        ("the <nobr>Sjunde Reserven</nobr> and <bdi>Kolm</bdi>", "the Sjunde Reserven and Kolm"),
        ("The har&shy;bour, the har&#8203;bour, the har&#x200B;bour", "The harbour, the harbour, the harbour"),
    ],
)
def test_small_print_and_struck_words_change_no_number(tmp_path: Path, markup: str, words: str) -> None:
    assert story(tmp_path, markup) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It injured ~~12~~ 14 people.", "It injured 14 people."),
        ("It injured <del>12</del> 14 people.", "It injured 14 people."),
        ("It told 310<sup>3</sup> families.", "It told 310[3] families."),
        ("It is about ~5 km.", "It is about ~5 km."),
    ],
)
def test_struck_words_of_markdown_are_left_out(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "a.md").write_text(text)
    assert read(Source("a", tmp_path / "a.md")).text == words


def test_a_table_keeps_its_headings_with_its_cells_and_lists_in_cells(tmp_path: Path) -> None:
    table = (
        "<table><tr><th>Club</th><th>Grant</th><th>For</th></tr><tr><td>Choir</td><td>1,750</td><td><ul><li>notes</li>"
        "<li>chairs</li></ul></td></tr><tr><td>Rowers</td><td>4,200</td><td></td></tr></table>"
    )
    text = read_page(tmp_path, f"<article><h1>Grants</h1>{STORY}{table}</article>").text
    assert "Choir | Grant: 1,750 | For: notes; chairs" in text.split("\n\n")
    assert "Rowers | Grant: 4,200" in text.split("\n\n")


def test_a_list_in_a_table_without_headings_is_kept(tmp_path: Path) -> None:
    table = "<table><tr><td>Needs</td><td><ul><li>boats</li><li>ropes</li></ul></td></tr></table>"
    text = read_page(tmp_path, f"<article><h1>Needs</h1>{STORY}{table}{STORY}</article>").text
    assert "boats" in text
    assert "ropes" in text


def test_front_matter_is_yaml_of_which_nothing_is_made(tmp_path: Path) -> None:
    top = (
        "---\ntitle: >-\n  Storm closes\n  harbour\nauthor: &a ['Mara Lind', Tom Berg] # two\ndate: 2024-03-12\n"
        "updated: \"2024-03-14\"\noutlet: |\n  Bay News\nrun: !!python/object/apply:os.system ['false']\n---\n"
    )
    (tmp_path / "a.md").write_text(f"{top}Rain fell.")
    read_back = read(Source("a", tmp_path / "a.md"))
    assert (read_back.title, read_back.author, read_back.published, read_back.updated, read_back.outlet) == (
        "Storm closes harbour",
        "Mara Lind, Tom Berg",
        "2024-03-12",
        "2024-03-14",
        "Bay News",
    )


# Consent


@pytest.mark.parametrize("name", ["cookie-consent", "onetrust-banner-sdk", "gdpr", "cmp-box"])
def test_a_box_that_asks_for_consent_is_never_the_story(tmp_path: Path, name: str) -> None:
    box = (
        f"<div id='{name}'><p>We and our 412 partners use cookies to store facts about you. You can change your "
        "choice at any time in the settings of your privacy. Some partners process "
        "data without asking for consent at all.</p></div>"
    )
    for wrapped in (f"<aside class='main'><h1>Storm</h1>{STORY}</aside>", f"<div><h1>Storm</h1>{STORY}</div>"):
        assert read_page(tmp_path, box + wrapped).text == f"Storm\n\n{TEXT}"


def test_a_story_about_cookies_in_a_box_named_so_is_kept(tmp_path: Path) -> None:
    body = f"<div class='cookie-story'><h1>Baker wins prize</h1>{STORY}<p>Her cookie has no sugar.</p></div>"
    assert "no sugar" in read_page(tmp_path, body).text


# Dates


def ld(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


OWN = '{"@type": "NewsArticle", "headline": "Storm closes harbour", "datePublished": "2024-03-12"}'
OTHER = (
    '{"@type": "NewsArticle", "headline": "Bakers go back", "url": "https://b.example/b", '
    '"datePublished": "2001-01-01"}'
)


@pytest.mark.parametrize(
    ("head", "top", "published", "updated"),
    [
        (ld(f"[{OTHER}, {OWN}]"), "", "2024-03-12", None),
        (ld(f'{{"@type": "ItemList", "itemListElement": [{OTHER}]}}') + ld(OWN), "", "2024-03-12", None),
        (ld(OTHER), "", None, None),
        (
            ld('{"@type": "NewsArticle", "headline": "The harbour of Ems", "datePublished": "2001-01-01"}'),
            "",
            None,
            None,
        ),
        (ld(f"//<![CDATA[\n{OWN};\n//]]>"), "", "2024-03-12", None),
        (ld(f"<!-- {OWN} -->"), "", "2024-03-12", None),
        (ld(f"/*<![CDATA[*/{OWN}/*]]>*/"), "", "2024-03-12", None),
        (
            ld('{"@type": "NewsArticle", "datePublished": "2024-03-12", "dateModified": "2024-03-15",}'),
            "",
            "2024-03-12",
            "2024-03-15",
        ),
        ('<meta name="date" content="20240312">', "", "2024-03-12", None),
        ('<meta name="DC.date.issued" content="20240312T0800">', "", "2024-03-12", None),
        (
            '<meta property="article:modified_time" content="2024-03-15">',
            "<time datetime='2024-03-12'>x</time>",
            "2024-03-12",
            "2024-03-15",
        ),
        (
            "",
            "<div>Updated: <time datetime='2024-03-15'>x</time> Published: <time datetime='2024-03-12'>x</time></div>",
            "2024-03-12",
            "2024-03-15",
        ),
        ("", "<time class='updated' datetime='2024-03-15'>x</time>", None, "2024-03-15"),
        ("", "<div class='comments'><time datetime='2001-01-01'>x</time></div>", None, None),
        ("", "<div class='most-read'><meta itemprop='datePublished' content='2001-01-01'></div>", None, None),
        ("", "<a href='/b'>Bakers <time datetime='2001-01-01'>1 January 2001</time></a>", None, None),
        ("", "<a href='/a' rel='bookmark'><time datetime='2024-03-12'>12 March</time></a>", "2024-03-12", None),
        (
            "",
            "<div itemscope itemtype='https://schema.org/Comment'><time datetime='2001-01-01'>x</time></div>",
            None,
            None,
        ),
    ],
)
def test_a_pages_date_is_its_own_and_not_the_first(
    tmp_path: Path, head: str, top: str, published: str | None, updated: str | None
) -> None:
    read_back = read_page(tmp_path, f"<article><h1>Storm closes harbour</h1>{top}{STORY}</article>", head)
    assert (read_back.published, read_back.updated) == (published, updated)


@pytest.mark.parametrize(
    ("lines", "published", "updated"),
    [
        ("Updated 18 October 2018 at 5.10pm\nPublished 17 October 2018 at 4.05pm", "2018-10-17", "2018-10-18"),
        ("Last modified on Wed 14 Nov 2018\nFirst published on Mon 12 Nov 2018", "2018-11-12", "2018-11-14"),
        ("Published\n3 December 2018\nUpdated\n5 December 2018", "2018-12-03", "2018-12-05"),
        ("Aktualisiert am 5. Dezember 2018\nVeröffentlicht am 3. Dezember 2018", "2018-12-03", "2018-12-05"),
        ("Updated 18 October 2018", None, "2018-10-18"),
        ("Published 17 October 2018 | Updated 17 October 2018", "2018-10-17", None),
    ],
)
def test_the_day_of_publication_stands_beside_that_of_the_update(
    tmp_path: Path, lines: str, published: str | None, updated: str | None
) -> None:
    (tmp_path / "a.txt").write_text(f"Storm closes harbour\n{lines}\n\nRain fell on Monday. Nobody was hurt.")
    read_back = read(Source("a", tmp_path / "a.txt"))
    assert (read_back.published, read_back.updated) == (published, updated)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Mara Lind | Reuters | Oct 17, 2018", "Mara Lind"),
        ("By Mara Lind and Tom Berg in Lisbon", "Mara Lind and Tom Berg"),
        ("Von Mara Lind, dpa", "Mara Lind"),
        ("Author: Mara Lind", "Mara Lind"),
        ("17 October 2018", None),
    ],
)
def test_a_byline_names_the_author(tmp_path: Path, line: str, author: str | None) -> None:
    (tmp_path / "a.txt").write_text(f"Storm closes harbour\n{line}\n\nRain fell on Monday. Nobody was hurt.")
    assert read(Source("a", tmp_path / "a.txt")).author == author


# One file does not end the others


@pytest.mark.parametrize(
    "charset", ["undefined", "idna", "zlib_codec", "unicode_escape", "no-such", "utf-7", "punycode"]
)
def test_no_declared_encoding_ends_an_add(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(
        f'<html><head><meta charset="{charset}"></head><body><p>'.encode() + b"Caf\xe9 closed.</p></body></html>"
    )
    assert read(Source("a", path)).text == "Café closed."


@pytest.mark.parametrize(
    "body",
    [
        "<div " + " ".join(f"a{number}=1" for number in range(25_000)) + f"><h1>Storm</h1>{STORY}</div>",
        "<div>" * 50_000 + f"<h1>Storm</h1>{STORY}" + "</div>" * 50_000,
        "<blockquote><b>" * 9_000 + f"<h1>Storm</h1>{STORY}",
        "<table><tr><td>" * 2_000 + f"<h1>Storm</h1>{STORY}",
        "<ul><li>" * 2_000 + f"<h1>Storm</h1>{STORY}",
        f"<h1>Storm</h1>{STORY}" + "</div>" * 50_000,
        f"<h1>Storm</h1><img src='data:image/png;base64,{'A' * 8_000_000}'>{STORY}",
    ],
    ids=["attributes", "divs", "quotes", "tables", "lists", "ends", "picture"],
)
def test_monstrous_markup_is_read_in_a_moment(tmp_path: Path, body: str) -> None:
    began = time.process_time()
    text = read_page(tmp_path, body).text
    assert "The harbour was closed on Monday, the mayor said." in text
    assert "Nobody was hurt, she added." in text
    assert time.process_time() - began < 15


def test_what_is_no_ordinary_file_is_told_without_waiting(tmp_path: Path) -> None:
    pipe, zero, folder = tmp_path / "pipe.txt", tmp_path / "zero.txt", tmp_path / "in"
    os.mkfifo(pipe)
    zero.symlink_to("/dev/zero")
    folder.mkdir()
    (folder / "a.txt").write_text("Rain fell.")
    (folder / "b.txt").symlink_to(pipe)
    for path in (pipe, zero):
        with pytest.raises(InputError) as error:
            find([path])
        assert str(error.value) == f"{path} is no ordinary file: give a file with an article in it."
        (unread,) = read_each(Source("a", path))
        assert not isinstance(unread, Article)
        assert unread.reason == f"{path} is no ordinary file: add a file with an article in it."
    assert [source.id for source in find([folder])] == ["a"]


def test_a_file_above_the_stated_size_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(65_000_000)
    with pytest.raises(InputError) as error:
        read(Source("a", path))
    assert str(error.value) == f"{path} has 65 MB, and .txt files are read up to 64 MB: split it, or leave it out."


def test_ten_thousand_files_are_found_in_a_moment(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"{number}.txt").touch()
    began = time.process_time()
    assert len(find([tmp_path])) == 10_000
    assert time.process_time() - began < 5


def test_a_word_without_end_is_read_in_a_moment(tmp_path: Path) -> None:
    began = time.process_time()
    for text in ("a" * 2_000_000, "a-\n" * 100_000, "a-" * 500_000 + "\nb"):
        (tmp_path / "a.txt").write_text(text)
        assert read(Source("a", tmp_path / "a.txt")).text
    assert time.process_time() - began < 20


def test_the_splitter_says_nothing_of_long_sentences(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        split(
            Article("a", "Rain", None, None, None, "It rained " + "and rained " * 140 + "again."),
            lambda t: len(t.split()),
        )
    assert not caplog.records

"""Further inputs that were tried: faults in what a page declares, small print, struck words, letters, fields."""

from __future__ import annotations

import os
import threading
import unicodedata
from pathlib import Path

import pytest
from written import article, ferry_page, text_of_hall

from index.reading.files import find, read_each
from index.reading.whole import bytes_of
from index.text.furniture import furniture

DECLARED = (
    '{"@type":"NewsArticle","headline":"Ferry runs aground","datePublished":"2022-05-03T08:00:00Z",'
    '"dateModified":"2022-05-04"}'
)
OTHER = '{"@type":"NewsArticle","headline":"Cow wins prize","datePublished":"2014-01-01"}'


def script(json: str, type_: str = "application/ld+json") -> str:
    return f'<script type="{type_}">{json}</script>'


@pytest.mark.parametrize(
    "head",
    [
        script(DECLARED, "APPLICATION/LD+JSON; charset=utf-8"),
        script(f"\ufeff// generated\n{DECLARED}"),
        script(f"/* site [1] */ {DECLARED};"),
        script(f"<![CDATA[{DECLARED}]]>"),
        script(f'{{"@type":"WebSite","name":"X"}}{DECLARED}'),
        script(DECLARED.replace("}", ",}")),
        script(DECLARED.replace("Ferry runs", "Ferry\nruns")),
        script(DECLARED.replace("2022-05-03T08:00:00Z", "20220503T080000Z")),
        script(f'{{"@graph":[{OTHER},{DECLARED}]}}'),
        script(DECLARED.replace('"NewsArticle"', '["NewsArticle","Report"]')),
        '<meta property="article:modified_time" content="2022-05-04"><meta name="DC.Date.Issued" content="2022-05-03">',
    ],
)
def test_what_a_page_declares_is_read_with_its_faults(tmp_path: Path, head: str) -> None:
    read_page = article(tmp_path, ferry_page(head), "a.html")
    assert (read_page.published, read_page.updated) == ("2022-05-03", "2022-05-04")


@pytest.mark.parametrize(
    "markup",
    [
        ferry_page(script(f'{{"@type":"ItemList","itemListElement":[{OTHER}]}}')),
        ferry_page(
            script(DECLARED.replace("2022-05-03T08:00:00Z", "2022-02-31").replace(',"dateModified":"2022-05-04"', ""))
        ),
        ferry_page(script("[" * 100_000)),
        ferry_page(
            below='<section id="comments"><div class="comment"><time datetime="2019-01-02">x</time></div></section>'
        ),
        ferry_page(below='<ul class="latest"><li><h3>Cow</h3><time datetime="2019-01-02">x</time></li></ul>'),
    ],
)
def test_a_day_that_is_no_day_or_anothers_is_none(tmp_path: Path, markup: str) -> None:
    assert article(tmp_path, markup, "a.html").published is None


@pytest.mark.parametrize(
    "lines",
    [
        "Updated 4 May 2022 at 10:00 | Published 3 May 2022",
        "Aktualisiert am 4. Mai 2022\nVeröffentlicht am 3. Mai 2022",
        "Mis à jour le 4 mai 2022\nPublié le 3 mai 2022",
        "Actualizado el 4 de mayo de 2022\nPublicado el 3 de mayo de 2022",
    ],
)
def test_both_days_are_told_apart_by_their_words(tmp_path: Path, lines: str) -> None:
    told = article(tmp_path, f"Ferry aground\n\n{lines}\n\nThe ferry ran aground.\n", "a.txt")
    assert (told.published, told.updated) == ("2022-05-03", "2022-05-04")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("had 310<sup>a</sup> families", "310[a] families"),
        ("had 310<sup>3,4</sup> families", "310[3,4] families"),
        ('had 310<span style="vertical-align: super">3</span> families', "310[3] families"),
        ('had X310<span style="vertical-align:sub">2</span> there', "X310₂ there"),
        ("weighs 10<sup>−3</sup> grams", "10⁻³ grams"),
        ("the 21<sup>st</sup> time", "21st time"),
        ("la 1<sup>a</sup> vez", "la 1a vez"),
        ("hurt <del>12</del><ins>14</ins> people", "hurt 14 people"),
        ('hurt <span class="note strikethrough">12</span> 14 people', "hurt 14 people"),
        ('hurt <span style="text-decoration: red line-through">12</span> 14 people', "hurt 14 people"),
        ("the agen&zwnj;cy and the har&#8203;bour", "the agency and the harbour"),
        ("the Donau<wbr>dampf<wbr>schiff sank", "the Donaudampfschiff sank"),
        ("hurt <s class='x'>12</s> 14 people", "hurt 14 people"),
        ('hurt <span class="deleted">12</span> 14 people', "hurt 14 people"),
        ('hurt <span class="line-through">12</span> 14 people', "hurt 14 people"),
        ('hurt <span class="text-decoration-line-through">12</span> 14 people', "hurt 14 people"),
        ("hurt <strike>12</strike> 14 people", "hurt 14 people"),
        ('hurt <span style="text-decoration-line:line-through">12</span> 14 people', "hurt 14 people"),
        ("hurt <span hidden>12</span> 14 people", "hurt 14 people"),
        ('hurt <span style="display:none">12</span> 14 people', "hurt 14 people"),
        ('hurt <span class="sr-only">about</span> 14 people', "14 people"),
        ("the Äpfel&shy;kuchen", "Äpfelkuchen"),
        ("the har&#x200b;bour", "harbour"),
        ("5<sup>th</sup> place", "5th place"),
        ('a <abbr title="x">NGO</abbr> said', "a NGO said"),
        ("he<br>said", "he"),
        ("<ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby> won", "東京"),
        ('price: <del datetime="2020-01-01">$5</del> <ins>$6</ins> now', "price: $6 now"),
        ("E=mc<sup>2</sup> holds", "mc[2] holds"),
    ],
)
def test_small_struck_and_unseen_things_of_a_page(tmp_path: Path, said: str, words: str) -> None:
    text = text_of_hall(tmp_path, said)
    assert words in text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Ferry\n\nThe environ\u00ad\nmental office spoke.\n", "environmental office"),
        ("Ferry\u2028\u2028It sank.\u2029It rose.\n", "Ferry\n\nIt sank.\nIt rose."),
        ("Ferry\n\nIt \u202esank\u202c.\n", "It sank."),
        ("خبر\n\nاو می‌رود.\n", "می‌رود"),
        ("Ferry\n\nIt rained and 👩‍👩‍👧 sang.\n", "👩‍👩‍👧"),
        (unicodedata.normalize("NFD", "홍수\n\n강이 넘쳤다.\n"), "강이 넘쳤다."),
        ("Größe\n\nDie Brücke „hält“ – noch.\n".encode("cp1252"), "Brücke „hält“ –"),
        ("Новости\n\nМэр не ответил на все вопросы жителей.\n".encode("koi8-r"), "Мэр не ответил"),
        ("新闻\n\n市长没有回答所有问题。他明天会再次发言。\n".encode("gb18030"), "市长没有回答"),
        ("Ferry\n\nIt sank near the quay.\n".encode("utf-16"), "It sank near"),
    ],
)
def test_letters_are_read_as_a_person_sees_them(tmp_path: Path, content: str | bytes, words: str) -> None:
    assert words in article(tmp_path, content, "a.txt").text


def test_half_a_character_in_json_costs_the_character_alone(tmp_path: Path) -> None:
    told = article(tmp_path, '[{"title":"Ferry","text":"It \\ud800 sank."}]', "a.json")
    assert "It \ufffd sank." in told.text
    assert told.sha256


@pytest.mark.parametrize(
    ("content", "title", "published"),
    [
        ('+++\ntitle = "Ferry aground"\ndate = 2022-05-03\n+++\n\nIt sank.\n', "Ferry aground", "2022-05-03"),
        ("---\ntitle: Ferry: aground\ndate: 2022-05-03\n---\n\nIt sank.\n", "Ferry: aground", "2022-05-03"),
        ("\ufeff---\ntitle: |\n  Ferry\n  aground\n---\n\nIt sank.\n", "Ferry aground", None),
        ('---\ntitle: "Ferry: aground" # draft\n---\n\nIt sank.\n', "Ferry: aground", None),
    ],
)
def test_the_fields_at_the_top_of_markdown(tmp_path: Path, content: str, title: str, published: str | None) -> None:
    told = article(tmp_path, content, "a.md")
    assert (told.title, told.published) == (title, published)


def test_a_sentence_between_two_rules_is_no_field(tmp_path: Path) -> None:
    text = article(tmp_path, "---\n\nIt sank: the ferry.\n\n---\n\nIt rose.\n", "a.md").text
    assert "It sank: the ferry." in text


@pytest.mark.parametrize(
    "line",
    [
        "Share this bread with your neighbour, the sign says.",
        "Related: two brothers who never met.",
        "We use cookies for the base and cream for the top.",
        "Subscribe to our view or not, the cake is good.",
        "From left and right came the same demand",
        "Diese Seite verwendet Cookies, ohne zu fragen, rügte das Amt die Stadt.",
        "Anzeige gegen den Wirt erstattete ein Gast.",
    ],
)
def test_a_sentence_of_the_story_that_begins_like_a_label_is_the_storys(line: str) -> None:
    assert furniture(f"Rain fell on Monday.\n{line}\nThe harbour was closed.") == []


@pytest.mark.parametrize("charset", ["undefined", "utf-7", "idna", "zlib_codec", "klingon"])
def test_an_encoding_that_is_none_is_passed_over(tmp_path: Path, charset: str) -> None:
    assert "ran aground" in article(tmp_path, ferry_page(f'<meta charset="{charset}">'), "a.html").text


def test_a_whole_file_is_read_up_to_a_stated_size_and_without_waiting(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"It sank.")
    assert bytes_of(tmp_path / "a") == b"It sank."
    os.mkfifo(tmp_path / "nobody writes")
    assert bytes_of(tmp_path / "nobody writes") == b""
    with pytest.raises(OSError, match="File too large"):
        bytes_of(Path("/dev/zero"), most=5_000_000)
    reader, writer = os.pipe()
    late = threading.Timer(0.2, lambda: (os.write(writer, b"late"), os.close(writer)))
    late.start()
    assert bytes_of(Path(f"/dev/fd/{reader}")) == b"late"
    os.close(reader)
    late.join()


def test_a_feed_opens_no_file_of_the_machine(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    feed = tmp_path / "a.xml"
    feed.write_text(
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]><rss><channel><item>'
        "<title>T</title><description>&x; It sank.</description></item></channel></rss>"
    )
    (item,) = read_each(find([feed])[0])
    assert "It sank." in getattr(item, "text", "")
    assert "geheim" not in getattr(item, "text", "")

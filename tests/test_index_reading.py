"""Texts and pages as they are read: their encoding, title, outlet, date and paragraphs."""

from pathlib import Path

import pytest
from written import STORY, article, page

from index.records import Article

# Encodings

SPANISH = "El niño llegó a Tecún Umán. “¿Por qué?”, preguntó José — y se fue."
GERMAN = "Die Bürger von Köln fürchten das Hochwasser. Müller sagte: „Die Straßen sind zu.“"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("text", [SPANISH, GERMAN, STORY])
def test_text_is_read_right_in_every_usual_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    assert article(tmp_path, text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("L’été dernier, les élèves étaient déçus.".replace("’", "'"), "latin-1"),
        ("As populações não estão satisfeitas com as decisões da câmara.", "cp1252"),
        ("Президент сообщил, что караван вырос до четырёх тысяч человек.", "cp1251"),
        ("Президент сообщил, что караван вырос до четырёх тысяч человек.", "koi8-r"),
        ("Premier powiedział, że żołnierze wrócą wkrótce. Źle przyjęto tę wiadomość.", "cp1250"),
        ("Ο πρόεδρος δήλωσε ότι οι μετανάστες έφτασαν στα σύνορα.", "cp1253"),
        ("大統領は移民のキャラバンが四千人に増えたと述べた。", "cp932"),
        ("总统说移民大篷车已经增加到四千人。", "gb18030"),
        ("Президент сообщил.\nКараван вырос.", "utf-16-le"),
        ("总统说移民大篷车\n已经增加到四千人。", "utf-16-be"),
    ],
)
def test_older_encodings_are_told_apart_by_what_they_would_give(tmp_path: Path, text: str, encoding: str) -> None:
    assert article(tmp_path, text.encode(encoding)).text == text


def test_a_page_is_read_in_the_encoding_it_declares(tmp_path: Path) -> None:
    for charset in ("iso-8859-2", "windows-1251"):
        words = "Město řeší následky povodně." if charset == "iso-8859-2" else "Город устраняет последствия."
        markup = f'<html><head><meta charset="{charset}"></head><body><p>{words}</p></body></html>'
        assert article(tmp_path, markup.encode(charset), "a.html").text == words


def test_utf8_is_believed_before_a_wrong_declaration(tmp_path: Path) -> None:
    markup = f'<html><head><meta charset="iso-8859-1"></head><body><p>{SPANISH}</p></body></html>'
    assert article(tmp_path, markup, "a.html").text == SPANISH


def test_a_broken_character_does_not_spoil_the_others(tmp_path: Path) -> None:
    assert article(tmp_path, SPANISH.encode()[:-1] + b"\xc3").text == SPANISH[:-1] + "\ufffd"


# Plain text


def test_plain_text_is_kept_as_it_is_but_for_line_ends_and_composed_letters(tmp_path: Path) -> None:
    text = "Storm closes harbour\r\n\r\n  Rain  fell\tin Cafe\u0301.\rIt stopped.\n\n"
    assert article(tmp_path, text).text == "Storm closes harbour\n\n  Rain  fell\tin Café.\nIt stopped.\n\n"


def test_lines_broken_at_a_fixed_width_are_joined_and_offsets_stay(tmp_path: Path) -> None:
    wrapped = (
        "Storm closes harbour\n\n"
        "The harbour of Kestrel Bay was closed on Monday after winds of 110\n"
        "kilometres an hour, the mayor said in the afternoon. Ferries stay in\n"
        "port until Thursday.\n\n"
        "Nobody was hurt. The harbour master said that three boats had been\n"
        "lost, two of them from the village of Ostrey, and that divers would\n"
        "look for them as soon as the sea allowed it.\n"
    )
    text = article(tmp_path, wrapped).text
    assert len(text) == len(wrapped)
    assert text.split("\n") == [
        "Storm closes harbour",
        "",
        "The harbour of Kestrel Bay was closed on Monday after winds of 110 kilometres an hour, the mayor said in the "
        "afternoon. Ferries stay in port until Thursday.",
        "",
        "Nobody was hurt. The harbour master said that three boats had been lost, two of them from the village of "
        "Ostrey, and that divers would look for them as soon as the sea allowed it.",
        "",
    ]


def test_short_lines_that_were_not_wrapped_stay_lines(tmp_path: Path) -> None:
    text = "Results\nEast Harbour 3\nWest Kestrel 12\nNorth 1\nThe whole of the South 4\nOstrey 5\nBay 6\n"
    assert article(tmp_path, text).text == text


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("Storm closes harbour\n\n", "Storm closes harbour"),
        ("Storm closes harbour\n", "Storm closes harbour"),
        ("Who closed the harbour?\n\n", "Who closed the harbour?"),
        ("Title: Storm closes harbour\n\n", "Storm closes harbour"),
        ("Latest News\n\nStorm closes harbour\n\n", "Storm closes harbour"),
        ("The Harbour Post | 12 March 2024\n\nStorm closes harbour\n\n", "Storm closes harbour"),
        ("By Mara Lind\nStorm closes harbour\n", "Storm closes harbour"),
        ("Harbour Storm of 12 March 2024 Remembered\n\n", "Harbour Storm of 12 March 2024 Remembered"),
        ("", "The harbour was closed on Monday after rain fell on 3 May 2011, the mayor said."),
        (
            "The harbour of Kestrel Bay, which is 200 years old, was closed on Monday for a day, the mayor said. ",
            "The harbour of Kestrel Bay, which is 200 years old, was closed on Monday for a…",
        ),
    ],
)
def test_the_title_is_the_headline_or_else_the_first_sentence_shortened(tmp_path: Path, top: str, title: str) -> None:
    assert article(tmp_path, top + STORY).title == title
    assert len(title) <= 80


def test_a_title_without_spaces_is_cut_too(tmp_path: Path) -> None:
    assert article(tmp_path, "雨" * 100 + "。").title == "雨" * 79 + "…"


@pytest.mark.parametrize(
    ("line", "published", "outlet"),
    [
        ("Published 17 October 2018", "2018-10-17", None),
        ("October 17, 2018 4:05 PM", "2018-10-17", None),
        ("Oct. 17, 2018, 4:05 PM EDT / Updated Oct. 18, 2018, 5:10 PM EDT", "2018-10-17", None),
        ("Updated 18 October 2018 | Published 17 October 2018", "2018-10-17", None),
        ("2018-10-17", "2018-10-17", None),
        ("2018-10-17T16:05:00Z", "2018-10-17", None),
        ("17.10.2018, 16:05 Uhr", "2018-10-17", None),
        ("Mittwoch, 17. Oktober 2018", "2018-10-17", None),
        ("Publicado el 17 de octubre de 2018 a las 10:00", "2018-10-17", None),
        ("By Mara Lind | Reuters | Oct 17, 2018", "2018-10-17", "Reuters"),
        ("By Mara Lind, City Editor | The Harbour Post | 17 October 2018", "2018-10-17", "The Harbour Post"),
        ("The Harbour Post, Wednesday 17 October 2018", "2018-10-17", "The Harbour Post"),
        ("Date: 17 October 2018\nOutlet: Bay Weekly", "2018-10-17", "Bay Weekly"),
        ("Harbour Gazette\nBy Mara Lind\nOctober 17, 2018", "2018-10-17", "Harbour Gazette"),
        ("Von Mara Lind, dpa", None, "dpa"),
        ("Por Mara Lind | El Faro | 17 de octubre de 2018", "2018-10-17", "El Faro"),
        ("Par Mara Lind | Le Phare | le 17 octobre 2018", "2018-10-17", "Le Phare"),
        ("By Mara Lind and Tom Berg in Lisbon", None, None),
        ("10/11/2018", None, None),
        ("Lisbon, 17 October 2018", "2018-10-17", None),
    ],
)
def test_a_line_under_the_headline_tells_date_and_outlet(
    tmp_path: Path, line: str, published: str | None, outlet: str | None
) -> None:
    read_back = article(tmp_path, f"Storm closes harbour\n{line}\n\n{STORY}")
    assert (read_back.title, read_back.published, read_back.outlet) == ("Storm closes harbour", published, outlet)


@pytest.mark.parametrize(
    ("text", "published", "outlet"),
    [
        (STORY, None, None),
        (f"{STORY}\n\n— Reuters, Jan 17, 2020", "2020-01-17", "Reuters"),
        (f"{STORY}\n\nFirst published on 17 January 2020", "2020-01-17", None),
        (f"{STORY}\n\n— Tom Berg (@tomberg) January 17, 2020", None, None),
        (f"{STORY}\n\nThe trial begins on January 17, 2020.", None, None),
        (f"LISBON, Jan. 17, 2020 (Reuters) - {STORY}", "2020-01-17", "Reuters"),
        (f"LISBON (AP) — {STORY}", None, "AP"),
        ("Chronicle of a storm\n\n1 May 2019\n\nRain fell.\n\n2 May 2019\n\nIt stopped.", None, None),
    ],
)
def test_a_date_in_the_story_is_never_taken_for_its_own(
    tmp_path: Path, text: str, published: str | None, outlet: str | None
) -> None:
    read_back = article(tmp_path, text)
    assert (read_back.published, read_back.outlet) == (published, outlet)


def test_an_address_on_a_line_of_its_own_is_the_articles(tmp_path: Path) -> None:
    assert article(tmp_path, f"URL: https://example.org/a\n\n{STORY}").url == "https://example.org/a"
    assert article(tmp_path, f"Storm\nhttps://example.org/b\n\n{STORY}").url == "https://example.org/b"
    assert article(tmp_path, f"Source: https://example.org/c\n\n{STORY}").url == "https://example.org/c"


# Markdown


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Storm\ndate: 2024-03-12\noutlet: 'The Harbour Post'\nurl: https://example.org/a\n---\n\n"
        "# Storm closes *harbour*\n\nRain fell on\n**Monday** and [Tuesday](https://example.org).\nIt stopped.\n\n"
        "![boat](boat.jpg)\n\n- one\n- two\n\n| Port | Boats |\n|---|---|\n| East | 12 |\n\n"
        "<div>Nobody was hurt.<script>rain()</script></div>\n"
    )
    read_back = article(tmp_path, text, "a.md")
    assert read_back == Article(
        "storm",
        "Storm",
        "The Harbour Post",
        "2024-03-12",
        "https://example.org/a",
        "Storm\n\nStorm closes harbour\n\nRain fell on Monday and Tuesday.\nIt stopped.\n\n- one\n\n- two\n\n"
        "Port | Boats\n\nEast | Boats: 12\n\nNobody was hurt.",
    )


def test_the_first_top_heading_is_the_title_of_markdown_without_front_matter(tmp_path: Path) -> None:
    assert (
        article(tmp_path, f"Rain again.\n\n# Storm closes harbour\n\n{STORY}", "a.md").title == "Storm closes harbour"
    )
    assert article(tmp_path, STORY, "a.md").text == STORY


# HTML


def test_a_page_gives_headline_paragraphs_outlet_date_and_address(tmp_path: Path) -> None:
    head = (
        "<title>Storm closes harbour | The Harbour Post</title>"
        '<meta property="og:title" content="Storm closes harbour | The Harbour Post">'
        '<meta property="og:site_name" content="The Harbour Post">'
        '<link rel="canonical" href="https://www.harbourpost.example/storm">'
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", '
        '"headline": "Storm", "dateModified": "2024-03-14T10:00:00Z", "datePublished": "2024-03-12T23:30:00-05:00"}'
        "</script><script>rain()</script><style>p {color: red}</style>"
    )
    body = (
        "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav><article><h1>Storm closes\n harbour</h1>"
        "<p>The harbour of Kestrel Bay was\n closed on Monday after winds of 110&nbsp;km/h, the <b>mayor</b> said.</p>"
        "<script>rain()</script><p>&ldquo;Such waves&rdquo;, said Ana Gómez &amp; her crew.</p><p>Nobody was hurt.</p>"
        "</article><footer>© 2019 The Harbour Post. Updated 3.4.2019</footer>"
    )
    assert article(tmp_path, page(body, head), "a.html") == Article(
        "storm",
        "Storm closes harbour",
        "The Harbour Post",
        "2024-03-12",
        "https://www.harbourpost.example/storm",
        "Storm closes harbour\n\n"
        "The harbour of Kestrel Bay was closed on Monday after winds of 110 km/h, the mayor said.\n\n"
        "“Such waves”, said Ana Gómez & her crew.\n\nNobody was hurt.",
        updated="2024-03-14",
    )


SHORT = "<p>Rain fell on Monday.</p><p>It stopped on Tuesday.</p><p>Nobody was hurt.</p>"


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Storm closes harbour</h1>{SHORT}",
        f"<nav>{'<a href=x>Section</a> ' * 60}</nav><h1>Storm closes harbour</h1>{SHORT}<footer>Contact us</footer>",
        f"<div><div><h1>Storm closes harbour</h1><div>{SHORT}</div></div></div>",
    ],
)
def test_a_page_of_three_sentences_is_an_article(tmp_path: Path, body: str) -> None:
    assert article(tmp_path, page(body), "a.htm").text == (
        "Storm closes harbour\n\nRain fell on Monday.\n\nIt stopped on Tuesday.\n\nNobody was hurt."
    )


@pytest.mark.parametrize(
    ("head", "top", "published"),
    [
        ('<meta property="article:published_time" content="1989-03-12T09:00:00Z">', "", "1989-03-12"),
        ('<meta name="date" content="Tue, 12 Mar 2024 09:00:00 GMT">', "", "2024-03-12"),
        ('<meta property="article:modified_time" content="2024-03-12">', "", None),
        ('<meta property="article:published_time" content="2018-02-30">', "", None),
        ("", "<time datetime='2024-03-12'>Tuesday</time>", "2024-03-12"),
        ("", "<p class='byline'>By Mara Lind | Bay News | 12 March 2024</p>", "2024-03-12"),
        ("", "<aside><time datetime='2001-01-01'>1 January 2001</time></aside>", None),
        ("<title>The storm of 17 October 2018</title>", "", None),
        ('<script type="application/ld+json">{"datePublished": broken</script>', "", None),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "datePublished": "2001-01-01"}, '
            '{"@type": ["NewsArticle"], "datePublished": "2024-03-12"}]}</script>',
            "",
            "2024-03-12",
        ),
    ],
)
def test_a_pages_date_is_the_one_it_declares(tmp_path: Path, head: str, top: str, published: str | None) -> None:
    body = f"<article><h1>Storm closes harbour</h1>{top}<p>{STORY}</p></article><footer>Updated 3.4.2019</footer>"
    assert article(tmp_path, page(body, head), "a.html").published == published


def test_a_script_never_survives_and_written_tags_do(tmp_path: Path) -> None:
    body = (
        f"<p onclick='rain()'>{STORY} Write &lt;script&gt; twice.</p><svg><script>rain()</script></svg>"
        "<noscript>Enable JavaScript.</noscript><p hidden>Secret.</p><iframe srcdoc='rain()'></iframe>"
    )
    assert article(tmp_path, page(body), "a.html").text == " ".join(f"{STORY} Write <script> twice.".split())


def test_a_page_without_paragraphs_still_gives_its_visible_text(tmp_path: Path) -> None:
    assert article(tmp_path, page("Rain."), "a.html").text == "Rain."
    assert article(tmp_path, "Rain fell on Monday.<br><br>It stopped.", "a.html").text == (
        "Rain fell on Monday.\n\nIt stopped."
    )


def test_a_page_written_from_right_to_left_is_read_whole(tmp_path: Path) -> None:
    first, second = "هطلت أمطار غزيرة يوم الاثنين في المدينة.", "ولم يصب أحد بأذى."
    markup = page(f"<article dir='rtl'><h1>أمطار غزيرة</h1><p>{first}</p><p>{second}</p></article>")
    assert article(tmp_path, markup, "a.html").text == f"أمطار غزيرة\n\n{first}\n\n{second}"

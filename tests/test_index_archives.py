"""Rich text and web archives: what stands in them, and what is said of those that are damaged."""

from __future__ import annotations

import gzip
from pathlib import Path

from written import article

from index.reading.files import Source, Unread, read_each
from index.records import Article

PAGE = (
    "<html><head><meta property='article:published_time' content='2023-03-04'></head><body><article><h1>Brücke gesperrt"
    "</h1><p>Die Brücke über die {} ist gesperrt, sagte Bürgermeister Öztürk.</p></article></body></html>"
)


def several(tmp_path: Path, content: bytes, name: str) -> dict[str, Article | str]:
    """The file's articles, and the reasons why others cannot be read, by their ids."""
    path = tmp_path / name
    path.write_bytes(content)
    return {item.id: item.reason if isinstance(item, Unread) else item for item in read_each(Source("box", path))}


def record(
    url: str, body: bytes, *heads: str, kind: str = "text/html; charset=iso-8859-1", status: str = "200 OK"
) -> bytes:
    """A record of a WARC with the response of a server."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *heads]
    block = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def test_the_pages_of_a_web_archive_are_articles_however_they_were_sent(tmp_path: Path) -> None:
    plain, packed, sent = (PAGE.format(river).encode("latin-1") for river in ("Enz", "Nagold", "Murg"))
    site = "https://www.bote.example"
    records = [
        b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n",
        record(f"{site}/2023/enz.html", plain),
        record(f"{site}/gz?id=7", gzip.compress(packed), "Content-Encoding: gzip"),
        record(f"{site}/murg/", b"%x\r\n%s\r\n0\r\n\r\n" % (len(sent), sent), "Transfer-Encoding: chunked"),
        record(f"{site}/old", plain, status="404 Not Found"),
        record(f"{site}/a.png", b"\x89PNG", kind="image/png"),
        record(f"{site}/robots.txt", b"User-agent: *", kind="text/plain"),
        record(f"{site}/bad.pdf", b"%PDF", kind="application/pdf"),
        record(f"{site}/bomb", gzip.compress(b"x" * 70_000_000), "Content-Encoding: gzip"),
    ]
    for name, data in (("a.warc", b"".join(records)), ("a.warc.gz", b"".join(map(gzip.compress, records)))):
        found = several(tmp_path, data, name)
        pages = {key: item for key, item in found.items() if isinstance(item, Article)}
        assert [(key, item.url, item.published) for key, item in pages.items()] == [
            ("box/bote.example/2023/enz", f"{site}/2023/enz.html", "2023-03-04"),
            ("box/bote.example/gz-id=7", f"{site}/gz?id=7", "2023-03-04"),
            ("box/bote.example/murg", f"{site}/murg/", "2023-03-04"),
        ]
        assert "über die Nagold ist gesperrt, sagte Bürgermeister Öztürk." in pages["box/bote.example/gz-id=7"].text
        assert {key: item for key, item in found.items() if key not in pages} == {
            "box/bote.example/bad": f"{tmp_path / name}: bote.example/bad is damaged, cut off or no PDF: get it anew "
            "and add it again.",
            "box/bote.example/bomb": f"{tmp_path / name}: bote.example/bomb unpacks to more than 64 MB: leave it out.",
        }


def test_what_came_before_the_end_of_a_web_archive_that_is_cut_off_is_read(tmp_path: Path) -> None:
    whole = record("https://a.example/x", PAGE.format("Enz").encode("latin-1"))
    for name, data in (("a.warc", whole * 2), ("a.warc.gz", gzip.compress(whole) * 2)):
        found = several(tmp_path, data[:-40], name)
        assert isinstance(found["box/a.example/x"], Article)
        assert found["box"] == f"{tmp_path / name} is damaged or cut off: get it anew and add it again."
    assert several(tmp_path, gzip.compress(b"title,text\n"), "b.csv.gz") == {
        "box": f"{tmp_path / 'b.csv.gz'} is no WARC of web pages: unpack it, and add what it holds."
    }


def test_rich_text_is_read_as_its_changes_were_accepted(tmp_path: Path) -> None:
    rtf = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}{\info{\title Crash}"
        r"{\author Mara Lind}{\doccomm A draft}}{\header Page head}\pard\outlinelevel0 Crash on the ring road\par\pard "
        r"The crash injured {\deleted 12}14 people and closed 310{\super 3} roads{\strike  for ever}, "
        r"{\f1\'cc\'ee\'f1\'ea\'e2\'e0} caf\'e9 \u8364?5 \ldblquote now\rdblquote .{\*\footnote In a {\i letter}.}\par "
        r"See{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt It paid 14.\par}}} the box.\par{\pict 89504e47}"
        r"\trowd\intbl Club\cell Grant\cell\row\trowd\intbl Choir\cell 1,750\par a year\cell\row\pard Rain fell.\par}"
    )
    read_back = article(tmp_path, rtf, "a.rtf")
    assert (read_back.title, read_back.author) == ("Crash on the ring road", "Mara Lind")
    assert read_back.text.split("\n\n") == [
        "Crash on the ring road",
        "The crash injured 14 people and closed 310[3] roads, Москва café €5 “now”.[1]",
        "See the box.",
        "It paid 14.",
        "Club | Grant",
        "Choir | Grant: 1,750; a year",
        "Rain fell.",
        "[1] In a letter.",
    ]


def test_rich_text_that_is_cut_off_keeps_what_is_there_and_braces_without_end_do_not_hang(tmp_path: Path) -> None:
    assert article(tmp_path, r"{\rtf1 Rain {\footnote It was", "a.rtf").text == "Rain\n\nIt was"
    assert article(tmp_path, r"{\rtf1 Rain." + "{" * 200_000, "b.rtf").text == "Rain."

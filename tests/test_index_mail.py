"""Pages saved in one file, and mail, as programs write them: the page that was open, and no attachments."""

from __future__ import annotations

import base64
import quopri
import tracemalloc
from email.message import EmailMessage
from pathlib import Path

import pytest
from written import article

from index.errors import InputError
from index.reading.files import Source, Unread, read_each
from index.records import Article

STORY = (
    "<html><head><title>Brücke gesperrt</title>{}</head><body><article><h1>Brücke gesperrt</h1>"
    "<p>Die Brücke bleibt bis Mai zu – „es gibt Schäden“, sagte Käthe Größl.</p></article></body></html>"
)
TEXT = "Brücke gesperrt\n\nDie Brücke bleibt bis Mai zu – „es gibt Schäden“, sagte Käthe Größl."
SHOES = "<html><body><p>Buy our shoes today, all half price in town.</p></body></html>"
PLACE = "https://alba.example/bridge.html"


def saved(*parts: tuple[str, bytes], head: str = "", start: str = "") -> bytes:
    """A page in one file: each part its headers and its body."""
    begun = (
        f'From: <Saved>\r\n{head}MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--B"{start}\r\n\r\n'
    )
    return begun.encode() + b"".join(b"----B\r\n%s\r\n\r\n%s\r\n" % (h.encode(), b) for h, b in parts) + b"----B--\r\n"


def quoted(markup: str, charset: str = "utf-8") -> bytes:
    return quopri.encodestring(markup.encode(charset)).replace(b"\n", b"\r\n")


QUOTED = "Content-Transfer-Encoding: quoted-printable"
BASE64 = "Content-Transfer-Encoding: base64"
PICTURE = (f"Content-Type: image/png\r\n{BASE64}\r\nContent-Location: https://alba.example/a.png", b"iVBORw0KGgo=")
SHOP = (
    f"Content-Type: text/html\r\nContent-ID: <shop>\r\n{QUOTED}\r\nContent-Location: https://ads.example/",
    quoted(SHOES),
)
BRIDGE = (
    f"Content-Type: text/html\r\nContent-ID: <top>\r\n{QUOTED}\r\nContent-Location: {PLACE}",
    quoted(STORY.format("")),
)


@pytest.mark.parametrize(
    "content",
    [
        saved(BRIDGE, PICTURE, SHOP, head=f"Snapshot-Content-Location: {PLACE}\r\n"),
        saved(SHOP, BRIDGE, head=f"Snapshot-Content-Location: {PLACE}\r\n"),
        saved(SHOP, PICTURE, BRIDGE, start=';\r\n\ttype="text/html"; start="<top>"'),
        saved(PICTURE, BRIDGE),
        saved(
            (f"Content-Type: text/html; charset=windows-1252\r\n{QUOTED}\r\nContent-Location: {PLACE}",
             quoted(STORY.format(""), "cp1252")),
        ),
        saved(
            (f"Content-Type: text/html; charset=unicode\r\n{BASE64}\r\nContent-Location: {PLACE}",
             base64.encodebytes(STORY.format("").encode("utf-16"))),
        ),
        saved(
            (f"Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: {PLACE}",
             STORY.format("<meta charset=windows-1252>").encode("cp1252")),
        ),
        f"From: <x>\r\nContent-Location: {PLACE}\r\nContent-Type: text/html; charset=utf-8\r\n{QUOTED}\r\n\r\n".encode()
        + quoted(STORY.format("")),
    ],
)  # fmt: skip
def test_the_page_that_was_saved_is_read_whatever_stands_beside_it(tmp_path: Path, content: bytes) -> None:
    read = article(tmp_path, content, "a.mht")
    assert (read.text, read.url) == (TEXT, PLACE)


def test_a_saved_page_without_an_address_has_none(tmp_path: Path) -> None:
    part = (f"Content-Type: text/html; charset=utf-8\r\n{QUOTED}\r\nContent-Location: file:///saved/a.html", BRIDGE[1])
    read = article(tmp_path, saved(part), "a.mhtml")
    assert (read.text, read.url) == (TEXT, None)


def test_a_saved_page_that_is_none_and_mail_within_mail_without_end_are_told(tmp_path: Path) -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1500))
    for content in (b"<p>Rain fell.</p>", saved(PICTURE), deep):
        with pytest.raises(InputError, match=r"holds no saved page: save the page anew, as \.html or \.mhtml\.$"):
            article(tmp_path, content, "a.mhtml")
    with pytest.raises(InputError, match=r"holds no message of mail: save the message as \.eml and add that file\.$"):
        article(tmp_path, deep, "a.eml")


def test_a_message_of_very_many_lines_is_left_out_in_little_memory(tmp_path: Path) -> None:
    letter = b"From a@b.c Mon Jan  1 00:00:00 2024\nFrom: Ann <ann@alba.example>\nSubject: Lamps\n\n%s\n\n"
    (tmp_path / "a.mbox").write_bytes(letter % (b"a\n" * 3_000_000) + letter % b"The lamps are on.")
    tracemalloc.start()
    told = {each.id: each for each in read_each(Source("box", tmp_path / "a.mbox"))}
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(told["box/2"], Article)
    unread = told["box/message 1"]
    assert isinstance(unread, Unread)
    assert unread.reason.endswith("a.mbox: message 1 has more than 1,000,000 lines: leave it out.")
    assert most < 4 * 6_000_000


def test_what_is_attached_to_a_message_is_not_read(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "Bridge closed", "Ana Ruiz <ana@post.example>"
    message.set_content("The council voted on Monday.\n")
    message.add_attachment("<p>An attached page.</p>" * 200, subtype="html", filename="page.html")
    message.add_attachment("An attached text.", filename="note.txt")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    read = article(tmp_path, message.as_bytes(), "a.eml")
    assert (read.text, read.author) == ("Bridge closed\n\nThe council voted on Monday.", "Ana Ruiz")

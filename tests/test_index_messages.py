"""Messages, mailboxes and pages saved in one file."""

from pathlib import Path

from refusing import refused, several
from written import article

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

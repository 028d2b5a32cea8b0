"""A message of mail as an article: its subject the headline, its sender the author, its day the day of publication."""

from __future__ import annotations

import email.policy
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from index.reading.format import EMPTY, Damaged, Document, Unreadable
from index.reading.letters.decoding import decode
from index.reading.letters.letters import clean, one_line
from index.reading.letters.lines import unwrapped
from index.reading.metadata.bylines import stated
from index.reading.pages.webpages import read_page, visible_text
from index.reading.stated import by

LONGEST_MESSAGE = 64_000_000
"""Bytes of one message, its attachments included. Round, not fitted."""
_MOST_LINES = 1_000_000
"""Lines of one message: each takes some 100 bytes beside its own while it is parsed, and attachments have 76 letters in
each (RFC 2045)."""
_HEAD = 200
"""Characters at the beginning of a text, besides the subject's own, in which its subject may stand already. Round, not
fitted."""
_LONGEST_HINT = 600
"""Characters of a plain text beside which another form of the message is looked at. Chosen by eye."""
_NO_MAIL = "holds no message of mail: save the message as .eml and add that file."
_NO_PAGE = "holds no saved page: save the page anew, as .html or .mhtml."
_PAGES = ("text/html", "application/xhtml+xml")


def read_message(data: bytes, name: str = "") -> Document:
    """Reads one message as an article, without pictures and attachments. Raises Unreadable: it holds no text."""
    message = _parsed(data)
    text = _text(message)
    if not text.strip():
        raise Unreadable(EMPTY)
    told = stated(text)
    subject = one_line(_header(message, "subject"))
    if subject and subject.casefold() not in text[: len(subject) + _HEAD].casefold():
        text = f"{subject}\n\n{text}"
    sender, address = parseaddr(_header(message, "from"))
    head = by("message head", title=subject, published=_day(message), author=one_line(sender or address))
    return Document(text, head.otherwise(told).settled(), name)


def read_mailbox(file: BinaryIO) -> Iterator[Document | Damaged]:
    """Yields the messages of an mbox file, named by their numbers; the file is never in memory as a whole."""
    for number, data in enumerate(_messages(file), start=1):
        try:
            if len(data) > LONGEST_MESSAGE:
                raise Unreadable(f"has more than {LONGEST_MESSAGE // 1_000_000} MB: leave it out.")
            yield read_message(data, str(number))
        except Unreadable as error:
            yield Damaged(f"message {number}", str(error))


def read_saved_page(data: bytes) -> Document:
    """Reads a page that a browser saved with its pictures into one file (.mhtml). Raises Unreadable: it has none."""
    message = _parsed(data, _NO_PAGE)
    place = _place(message, "snapshot-content-location")
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    if not pages:
        raise Unreadable(_NO_PAGE)
    shown = _shown_first(message, pages, place)
    page = read_page(_words(shown))
    if page is None:
        raise Unreadable(EMPTY)
    text, told = page
    return Document(text, told.otherwise(by("message head", url=place or _place(shown, "content-location"))))


def _shown_first(message: EmailMessage, pages: Sequence[EmailMessage], place: str | None) -> EmailMessage:
    """The page that a browser opens; the others are shown within it, as advertisements are.

    It is the part that the head names as its start (RFC 2387), else the one of the saved address, else the first.
    """
    start = message.get_param("start")
    if isinstance(start, str):
        pages = [part for part in pages if _header(part, "content-id").strip() == start.strip()] or pages
    if place:
        pages = [part for part in pages if _place(part, "content-location") == place] or pages
    return pages[0]


def _place(part: EmailMessage, name: str) -> str | None:
    """The address on the web that a header holds; None where it holds none."""
    value = "".join(_header(part, name).split())  # a long one is folded
    return value if value.startswith(("http://", "https://")) else None


def _messages(file: BinaryIO) -> Iterator[bytes]:
    """Yields the bytes of each message; of one that is too long, little more than LONGEST_MESSAGE."""
    message, before, begun = bytearray(), b"\n", False
    while line := file.readline(1_000_000):
        if line.startswith(b"From ") and not before.strip():
            if begun:
                yield bytes(message)
            message, begun = bytearray(), True
        elif not begun:
            raise Unreadable("is no mailbox: save the messages as .mbox or .eml.")
        elif len(message) <= LONGEST_MESSAGE:
            message += line[1:] if line.startswith(b">From ") else line
        before = line
    if begun:
        yield bytes(message)


def _parsed(data: bytes, otherwise: str = _NO_MAIL) -> EmailMessage:
    """Parses a message. Raises Unreadable: the bytes are no message (``otherwise`` says so), or have too many lines."""
    if data.count(b"\n") > _MOST_LINES:
        raise Unreadable(f"has more than {_MOST_LINES:,} lines: leave it out.")
    try:
        message = BytesParser(policy=email.policy.default).parsebytes(data)
    except RecursionError as error:  # parts within parts, hundreds deep
        raise Unreadable(otherwise) from error
    if not isinstance(message, EmailMessage) or not message.keys():
        raise Unreadable(otherwise)
    return message


def _header(message: EmailMessage, name: str) -> str:
    """Returns the text of a header; empty where it is missing or malformed."""
    try:
        return str(message.get(name) or "")
    except (ValueError, IndexError, AttributeError, TypeError, KeyError):  # the parser of headers has its faults
        return ""


def _day(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "date")).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def _text(message: EmailMessage) -> str:
    """Returns what a message says; its plain text may be no more than a hint to open it elsewhere."""
    plain = _plain_text(message)
    if len(plain) >= _LONGEST_HINT:
        return plain
    shown = _text_of_html(message)
    return shown if len(shown) > 2 * len(plain) else plain


def _plain_text(message: EmailMessage) -> str:
    return "\n\n".join(
        text
        for part in message.walk()
        if part.get_content_type() == "text/plain"
        and part.get_content_disposition() != "attachment"
        and (text := unwrapped(clean(_words(part))).strip())
    )


def _text_of_html(message: EmailMessage) -> str:
    return "\n\n".join(
        text
        for part in message.walk()
        if part.get_content_type() == "text/html"
        and part.get_content_disposition() != "attachment"
        and (text := visible_text(_words(part)))
    )


def _words(part: EmailMessage) -> str:
    """Returns the text of a part, decoded as it declares, else as its bytes suggest."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset()
    if charset:
        try:
            return data.decode(charset)
        except (UnicodeError, LookupError):
            pass
    return decode(data) or ""

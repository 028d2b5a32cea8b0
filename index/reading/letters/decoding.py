"""From a file's bytes to its text, whatever program wrote them."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import BinaryIO

import charset_normalizer

from index.reading.format import NO_TEXT, Unreadable
from index.reading.letters.letters import clean

_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
)
"""PDF, zip (and .docx, .odt, .epub), PNG, GIF, JPEG, gzip, RTF, the old .doc."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16-LE, so it has to be asked for first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED_AS = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
"""What browsers read under these names: https://encoding.spec.whatwg.org/#names-and-labels"""
_LEGACY = [f"cp{page}" for page in (1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 932, 949)]
_LEGACY += ["koi8_r", "iso8859_2", "euc_jp", "gb18030", "big5"]
_LEGACY_CENTRAL = ["cp1250", "iso8859_2"]
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüÿßœÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŸŒ“”‘’‚„‹›«»–—…•·€£¥¢©®™°§¶†¿¡ªº²³¹¼½¾×÷±µ´¨\u00a0\u00ad"
)
_PLAIN, _ACCENTED, _FOREIGN_RUN = (
    re.compile("[A-Za-z]"),
    re.compile("[À-ÿ]"),
    re.compile(r"[^\x00-\x7f\u2000-\u20ff\u00a0«»·]{4}"),
)
_ONE_ODD_IN = 200
"""Characters of a text of which one may occur in no text. Round, not fitted."""
# The letters of central Europe read as Windows-1252: "żołnierze" gives "¿o³nierze", "időszak" gives "idõszak".
_CENTRAL = re.compile(r"[^\W\d_][²³¹¼½¾¿¡ªº¶±µ£¥¢§¨][^\W\d_]|[õÕ](?![eE])")


def decoded_text(file: BinaryIO) -> str:
    """Returns the text of a file, cleaned (see ``letters.clean``). Raises Unreadable: it holds no text."""
    text = decode(file.read())
    if text is None:
        raise Unreadable(NO_TEXT)
    return clean(text)


def decode(data: bytes) -> str | None:
    """Decodes bytes to text, without a byte order mark; None where they are no text.

    Encodings are tried in this order: UTF-8, UTF-16 and UTF-32 by their byte order marks; UTF-16 and UTF-32 without
    one, told by their NUL bytes; UTF-8; the encoding that a web page declares; UTF-8 with a few broken characters;
    Windows-1252; what charset-normalizer finds.

    >>> decode("Más de 1.000 €".encode("cp1252"))
    'Más de 1.000 €'
    """
    if data.startswith(_SIGNATURES):
        return None
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _readable(data[len(bom) :], encoding)
    if b"\0" in data:
        return _wide(data)
    declared = _declared(data)
    if declared == "iso2022_jp":  # seven bits a byte, so it would pass for UTF-8
        return _readable(data, declared)
    if b"\x1b$" in data and (japanese := _readable(data, "iso2022_jp")) is not None:
        return japanese
    text = _readable(data, "utf-8")
    if text is None and declared:
        text = _readable(data, declared)
    if text is None:
        text = _damaged_utf8(data)
    if text is None and (legacy := legacy_encoding(data)):
        text = _readable(data, legacy)
    return text


def _damaged_utf8(data: bytes) -> str | None:
    """Decodes UTF-8 with a few broken characters, such as the last one of a truncated file, each as U+FFFD.

    None where fewer than four multi-byte characters are whole for each broken one: it is another encoding then.
    """
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - _count_ascii(text) - broken
    return _readable(text.encode("utf-8"), "utf-8") if whole >= 4 * broken else None


def _wide(data: bytes) -> str | None:
    """Decodes UTF-16 or UTF-32 without a byte order mark: the variant that gives the most ASCII characters."""
    readings = [text for encoding in _WIDE if (text := _readable(data, encoding))]
    text = max(readings, key=_count_ascii, default="")
    if 4 * _count_ascii(text) < len(text) and _readable(data.replace(b"\0", b""), "utf-8") is not None:
        return None  # a stray NUL in other text, not the high byte of a letter
    return text or None


def _count_ascii(text: str) -> int:
    return sum(character.isascii() for character in text)


def _declared(data: bytes) -> str | None:
    """Returns the encoding that a web page declares in its first 4,096 bytes, None if Python does not know it."""
    found = _DECLARED.search(data, 0, 4096)
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except (LookupError, UnicodeError):  # Python's codec "undefined" decodes nothing
        return None
    return _DECLARED_AS.get(name, name)


def legacy_encoding(data: bytes) -> str | None:
    """Returns the legacy 8-bit or multi-byte encoding of a text, guessed from the characters that each would give.

    None where the bytes are no text in any of them.
    """
    candidates = _LEGACY
    western = _readable(data, "cp1252")
    if western is not None and _is_latin(western):
        if _CENTRAL.search(western):
            candidates = _LEGACY_CENTRAL
        elif {character for character in western if not character.isascii()} <= _WESTERN:
            return "cp1252"  # charset-normalizer reads much Spanish and Portuguese as Windows-1250
    match = charset_normalizer.from_bytes(data, cp_isolation=candidates).best()
    return match.encoding if match else None


def _is_latin(text: str) -> bool:
    """Returns whether a text decoded as Windows-1252 reads like Latin script; Cyrillic or Chinese bytes do not."""
    return not _FOREIGN_RUN.search(text) and 2 * len(_ACCENTED.findall(text)) <= len(_PLAIN.findall(text))


def _readable(data: bytes, encoding: str) -> str | None:
    """Decodes bytes; None where that fails or gives characters that occur in no text."""
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    odd = sum(not (character.isspace() or _is_assigned(character)) for character in set(text))
    if not odd:
        return text
    total = sum(not (character.isspace() or _is_assigned(character)) for character in text)
    return text if total <= len(text) / _ONE_ODD_IN and "\0" not in text else None


def _is_assigned(character: str) -> bool:
    """Returns whether a character is assigned: no control, private-use or unassigned one, no lone surrogate."""
    return unicodedata.category(character) not in ("Cc", "Co", "Cn", "Cs")

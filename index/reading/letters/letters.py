"""The letters of a text as a person sees them: without invisible characters, each letter in its one form.

Everything that is searched, compared and quoted later is made of these letters, so this is done once, while reading.
"""

from __future__ import annotations

import re
import unicodedata

_NEVER_SEEN = re.compile(
    # soft hyphen, grapheme joiner, Mongolian separator, zero-width space, marks and overrides of direction,
    # word joiner and invisible operators, byte order mark, annotations, tags
    "[\u00ad\u034f\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    # joiners behind a Latin, Greek or Cyrillic letter; Arabic, Indic scripts and emoji need theirs
    "|(?<=[\u0000-\u058f])[\u200c\u200d]"
)
_LINE_ENDS = re.compile("\r\n|[\r\f\v\u0085\u2028\u2029]")
_SOFT_BREAK = re.compile(r"(?<=\w)\u00ad[ \t]*\n[ \t]*(?=\w)")
"""A soft hyphen at a line's end is seen, and breaks a word."""
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no text in UTF-8 can hold."""
_CONTROLS = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u009f]")
_WIDE = r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"


def clean(text: str) -> str:
    r"""The text with ``\n`` for every line end, in composed letters (NFC), without characters that nobody sees.

    >>> clean("oper\u00adator,\r\nCafe\u0301")
    'operator,\nCafé'
    """
    text = _HALVES.sub("\ufffd", _CONTROLS.sub("", _SOFT_BREAK.sub("", _LINE_ENDS.sub("\n", text))))
    return unicodedata.normalize("NFC", _NEVER_SEEN.sub("", text))


def one_line(text: str) -> str:
    r"""The text cleaned and on one line, as titles and names are.

    >>> one_line(" Storm\n closes\x1b harbour ")
    'Storm closes harbour'
    """
    return " ".join(clean(text).split())


def is_wide(character: str) -> bool:
    """Whether the character is of a script written without spaces: Chinese or Japanese.

    >>> is_wide("橋"), is_wide("B")
    (True, False)
    """
    return bool(re.match(_WIDE, character))

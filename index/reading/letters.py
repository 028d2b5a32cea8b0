"""The letters of a text as a person sees them: without invisible characters, each letter in its one form, words whole.

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
_CONTROLS = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u009f]")
_BROKEN_WORD = re.compile(
    r"(?P<first>[^\W\d_][\w'’-]*|\d[\w-]*)[-‐]\n[ \t]*(?P<last>[^\W\d_][\w'’]*(?:-[\w'’]+)*)", re.UNICODE
)
_WIDE = r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_WHOLE_FIRST = frozenset(
    "all anti cross ex far half high ill long low mid multi non off old on part post pre pro self semi short so then top "
    "two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety vice well year"
    .split()
)
"""First parts of compounds that are written with their hyphen more often than without: ``long-running``."""
_AND = frozenset("and or to und oder bis sowie y e o et ou".split())
"""``Nord- und Südseite``: the hyphen stands for a part left out."""


def clean(text: str) -> str:
    r"""The text with ``\n`` for every line end, in composed letters (NFC), without characters that nobody sees.

    >>> clean("oper\u00adator,\r\nCafe\u0301")
    'operator,\nCafé'
    """
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", _NEVER_SEEN.sub("", text))


def one_line(text: str) -> str:
    r"""The text cleaned and on one line, as titles and names are.

    >>> one_line(" Storm\n closes\x1b harbour ")
    'Storm closes harbour'
    """
    return " ".join(clean(text).split())


def with_whole_words(text: str) -> str:
    r"""The text with the words made whole that a hyphen breaks at a line's end.

    A hyphen that belongs to the word stays: where the text has the word with its hyphen elsewhere, behind a part such
    as "long", behind a number, and before a capital letter.

    >>> with_whole_words("He aban-\ndoned the long-\nrunning Anglo-\nDutch quar-\nrel.")
    'He abandoned the long-running Anglo-Dutch quarrel.'
    """
    if not _BROKEN_WORD.search(text):
        return text
    words = frozenset(re.findall(r"\w+(?:-\w+)*", text.casefold()))

    def joined(match: re.Match[str]) -> str:
        first, last = match["first"], match["last"]
        if last.casefold() in _AND:
            return f"{first}- {last}"
        hyphen = "-" if _keeps_hyphen(first, last, words) else ""
        return f"{first}{hyphen}{last}"

    return _BROKEN_WORD.sub(joined, text)


def _keeps_hyphen(first: str, last: str, words: frozenset[str]) -> bool:
    """Whether the hyphen between these two parts is the word's own and not only the line's."""
    if f"{first}{last}".casefold() in words:
        return False
    if f"{first}-{last}".casefold() in words or first[0].isdigit() or "-" in first:
        return True
    if last[0].isupper() and not first.isupper():
        return True
    return first.casefold() in _WHOLE_FIRST


def is_wide(character: str) -> bool:
    """Whether the character is of a script written without spaces: Chinese or Japanese.

    >>> is_wide("橋"), is_wide("B")
    (True, False)
    """
    return bool(re.match(_WIDE, character))

"""Line breaks of a plain text: those that only keep its lines within a fixed width are taken out."""

from __future__ import annotations

import re
from functools import cache

from index.language.registry import packs
from index.reading.letters.letters import is_wide

_WIDEST_WRAPPED, _FEWEST_WRAPPED = 100, 3
"""Characters of the widest line of a text that was wrapped, and its lines at least. Chosen by eye."""
_BREAK = re.compile(r"(?<=\w)[-‐]\n[ \t]*(?=[^\W\d_])")
"""A hyphen between two letters that stand on two lines."""
_LOOK = 60
"""Letters of a word looked at on either side of its break: longer ones are none. Round, not fitted."""
_FIRST, _LAST = re.compile(r"[\w'’-]+$"), re.compile(r"[\w'’]+(?:-[\w'’]+)*")


def unwrapped(text: str) -> str:
    r"""Returns a text without the line breaks that only keep its lines within a width, words broken by them joined.

    A break is taken out where the next line's first word would not have fitted on its line, or where it breaks a
    word, if most breaks inside the paragraphs are of this kind. It becomes a space; nothing in Chinese and Japanese.

    >>> unwrapped("Rain fell on\nMonday and on\nTuesday and\neverywhere.\n\nIt is over.")
    'Rain fell on Monday and on Tuesday and everywhere.\n\nIt is over.'
    """
    return with_whole_words(_joined(text))


def _joined(text: str) -> str:
    lines = text.split("\n")
    width = max(map(len, lines))
    if width > _WIDEST_WRAPPED:
        return text
    inside = [at for at in range(len(lines) - 1) if lines[at].strip() and lines[at + 1].strip()]
    full = {at for at in inside if _is_full(lines[at], lines[at + 1], width)}
    if len(full) < _FEWEST_WRAPPED or 2 * len(full) <= len(inside):
        return text
    ends = [_end(line, lines[at + 1]) if at in full else "\n" for at, line in enumerate(lines[:-1])] + [""]
    return "".join(line + end for line, end in zip(lines, ends, strict=True))


def _is_full(line: str, following: str, width: int) -> bool:
    """Returns whether the first word of the next line would not have fitted on this line."""
    if _breaks_word(line, following):
        return True
    first = following.split()[0]
    return len(line) + 1 + (1 if is_wide(first[0]) else len(first)) > width


@cache
def _whole_first() -> frozenset[str]:
    """First parts of compounds that keep their hyphen, in all languages together: ``long-running``."""
    return frozenset[str]().union(*(spoken.sentences.hyphenated for spoken in packs().values()))


@cache
def _between_parts() -> frozenset[str]:
    """Words after a hyphen that stands for a part left out, in all languages together: ``Nord- und Südseite``."""
    return frozenset[str]().union(*(spoken.sentences.between_parts for spoken in packs().values()))


def _breaks_word(line: str, following: str) -> bool:
    return bool(_BREAK.search(f"{line[-2:]}\n{following[:_LOOK]}"))


def _end(line: str, following: str) -> str:
    """Returns what joins two lines: a space, nothing, or the break itself within a word (see ``with_whole_words``)."""
    if _breaks_word(line, following):
        return "\n"
    return "" if is_wide(line[-1]) and is_wide(following[0]) else " "


def with_whole_words(text: str) -> str:
    r"""Returns a text with the words joined that are hyphenated at a line's end.

    A hyphen that belongs to the word stays: where the text has the word with its hyphen elsewhere, behind a part such
    as "long", behind a number, and before a capital letter.

    >>> with_whole_words("He aban-\ndoned the long-\nrunning Anglo-\nDutch quar-\nrel.")
    'He abandoned the long-running Anglo-Dutch quarrel.'
    """
    if not _BREAK.search(text):
        return text
    words = frozenset(re.findall(r"\w+(?:-\w+)*", text.casefold()))

    def joint(match: re.Match[str]) -> str:
        before = _FIRST.search(text[max(0, match.start() - _LOOK) : match.start()])
        after = _LAST.match(text, match.end(), min(len(text), match.end() + _LOOK))
        first, last = before[0] if before else "", after[0] if after else ""
        if last.casefold() in _between_parts():
            return "- "
        return "-" if _keeps_hyphen(first, last, words) else ""

    return _BREAK.sub(joint, text)


def _keeps_hyphen(first: str, last: str, words: frozenset[str]) -> bool:
    """Returns whether the hyphen between two parts of a word belongs to the word, not only to the line's end."""
    if f"{first}{last}".casefold() in words:
        return False
    if f"{first}-{last}".casefold() in words or first[0].isdigit() or "-" in first:
        return True
    if last[0].isupper() and not first.isupper():
        return True
    return first.casefold() in _whole_first()

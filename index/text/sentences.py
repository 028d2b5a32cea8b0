"""Where one sentence ends and the next begins: the unit that is searched, cited and judged.

Rules, not a model: a sentence is what Byline shows as proof, so its ends have to be explainable, the same on
every machine, and found in time linear in the text. The rules lean towards joining: two sentences cited as one
still prove what they say, half a sentence may not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from index.language.pack import Sentences, spelled
from index.language.parts.site import any_of
from index.language.registry import language, packs
from index.records import Article, Sentence

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_OPENERS = frozenset("\"'“”‘’„‚«»‹›([{¿¡「『（《")
_QUOTES = frozenset("\"'“”‘’»«›‹」』")
# A run of end marks with everything that closes on it: quotation marks, brackets, footnote marks such as [3],
# and the spaced closing quotation mark of French (« Non. »).
_MARKS = re.compile(
    r"(?P<marks>[.!?…]+|[。！？．｡।॥۔؟።։။]+[!?]*)"
    r"(?P<closers>(?:[\"'“”‘’»«›‹)\]}」』）》]|\[\d{1,3}\]|[ \u00a0\u202f][\"”»](?=\s|$))*)"
)
_WIDE = frozenset("。！？．｡।॥۔؟።։။")
"""Marks of scripts that put no space after them."""

_TOKEN = re.compile(r"[^\s\"'“”‘’„‚«»‹›()\[\]{}/\-–—]+$")
_LEAD_IN = re.compile(r"[\s\"'“”‘’„‚«»‹›(\[{¿¡—–•·*\-]*")
_NEXT_WORD = re.compile(r"[^\W\d_]+\.?")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,4})")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,4}\.")
_INITIAL = re.compile(r"[^\W\d_]\.")

_WITH_EXCLAMATION = spelled("Yahoo Yum Jeopardy Joomla Ahoy Hellzapoppin Wham")
"""Names that are written with an exclamation mark: it ends a sentence only before a word that usually begins one."""
_CLOCK = re.compile(r"[ap]\.\s?m\.", re.IGNORECASE)
_DASHES = ("-", "–", "—")
_DAY_IN_NUMBERS = re.compile(r"(?<!\d)\d{1,2}\.\s\d{1,2}\.\s?(?:1[6-9]|20)\d\d(?!\d)")
"""``24. 12. 2019``"""
_LOOK = 40
"""Characters looked at on either side of a mark: bounds the work at each, and so keeps the whole linear. Round, not
fitted."""


def sentences(text: str, start: int = 0, end: int | None = None, code: str | None = None) -> list[Sentence]:
    """The sentences of ``text[start:end]`` in reading order, with their offsets in ``text``.

    They are stripped of white space, never empty, never overlap, and together cover every character that is not
    white space. None crosses a line break: news texts put one paragraph on a line. ``code``, the text's language, adds
    its abbreviations to those that are known for all languages.

    >>> [s.text for s in sentences("The U.S. Senate met on Dec. 1. “Why?” he asked.")]
    ['The U.S. Senate met on Dec. 1.', '“Why?” he asked.']
    """
    found: list[Sentence] = []
    known = _known(code)
    for line in _LINE.finditer(text, start, len(text) if end is None else end):
        found.extend(_of_line(text, line.start(), line.end(), known))
    return found


def article_sentences(article: Article, start: int = 0, end: int | None = None) -> list[Sentence]:
    """The sentences of ``article.text[start:end]`` by the rules of the article's language; see ``sentences``."""
    return sentences(article.text, start, end, article.language)


@cache
def _attribution() -> re.Pattern[str]:
    """The pattern of the words after a quotation that say whose it is, in any known language: "Ana Ruiz asked"."""
    verbs = "|".join(each.sentences.attribution for each in packs().values())
    return re.compile(rf"(?:[^\W\d_][\w.’'-]*\s+){{1,5}}?(?:{verbs})\b")


@dataclass(frozen=True)
class _Known:
    """The rules for ends of sentences: ``Stops`` of all languages together, and ``Sentences`` of the text's own."""

    before_a_name: frozenset[str]
    before_a_number: frozenset[str]
    before_a_number_endings: tuple[str, ...]
    months: frozenset[str]
    maybe_last: frozenset[str]
    spaced: re.Pattern[str]
    after_clock: frozenset[str]
    starters: frozenset[str]
    after_ordinal: frozenset[str]
    before_ordinal: re.Pattern[str]
    has_ordinals: bool
    """Whether a number with a full stop is an ordinal, also at the end: "am 1. Januar."."""


@cache
def _known(code: str | None) -> _Known:
    own = language(code).sentences if code else Sentences()
    every = [each.stops for each in packs().values()]
    return _Known(
        own.before_a_name.union(*(stops.before_a_name for stops in every)),
        frozenset[str]().union(*(stops.before_a_number for stops in every)),
        tuple(ending for stops in every for ending in stops.before_a_number_endings),
        frozenset[str]().union(*(stops.months for stops in every)),
        own.maybe_last.union(*(stops.maybe_last for stops in every)),
        re.compile(rf"(?<![^\W\d_])(?:{any_of(stops.spaced for stops in every)})\.$"),
        frozenset[str]().union(*(stops.after_clock for stops in every)),
        own.starters.union(*(stops.starters for stops in every)),
        frozenset[str]().union(*(stops.after_ordinal for stops in every)),
        re.compile(rf"(?:^|\s)(?:{any_of(stops.before_ordinal for stops in every)})\s+$", re.IGNORECASE),
        own.ordinals_have_stops,
    )


def _of_line(text: str, start: int, end: int, known: _Known) -> list[Sentence]:
    """The sentences of one line, ``text[start:end]``."""
    ends: list[int] = []
    begin, word = start, _first_word(text, start, end)
    for mark in _MARKS.finditer(text, start, end):
        if mark.end() <= word:  # nothing but punctuation so far: it belongs to what follows
            continue
        if _ends_sentence(text, begin, mark, end, known):
            ends.append(mark.end())
            begin, word = mark.end(), _first_word(text, mark.end(), end)
    if ends and word == end:  # nothing but punctuation left: it belongs to the sentence before
        ends.pop()
    found = []
    for begin, stop in zip([start, *ends], [*ends, end], strict=True):
        words = text[begin:stop].strip()
        if words:
            first = begin + len(text[begin:stop]) - len(text[begin:stop].lstrip())
            found.append(Sentence(first, first + len(words), words))
    return found


def _first_word(text: str, start: int, end: int) -> int:
    """Offset of the first letter or digit of ``text[start:end]``, or ``end`` where there is none."""
    return next((at for at in range(start, end) if text[at].isalnum()), end)


def _ends_sentence(text: str, begin: int, mark: re.Match[str], end: int, known: _Known) -> bool:
    """Whether the sentence that begins at ``begin`` ends with this mark."""
    marks, closers, after = mark["marks"], mark["closers"], mark.end()
    if after == end:
        return True
    if marks[0] in _WIDE:
        return text[after] not in "、，,と"  # 「はい。」と言った: the quotation goes on
    if not text[after].isspace():
        return False
    lead_in = _LEAD_IN.match(text, after, min(end, after + _LOOK))
    follows = lead_in.end() if lead_in else after
    # What stands in braces is no prose that goes on: {"role": "system"}
    if follows < end and text[follows].islower() and "{" not in text[after:follows]:
        return False
    quoted = any(closer in _QUOTES for closer in closers)
    if text[follows : follows + 1] == "&":  # Com. & Adm.
        return False
    if marks == "!" and _named_so(text, begin, mark):
        following = _NEXT_WORD.match(text, follows, end)
        return following is None or following[0] in known.starters
    if marks[-1] in "!?" and quoted:  # “Why now?” Ana Ruiz asked.
        return not _attribution().match(text, follows, min(end, follows + 2 * _LOOK))
    if marks != ".":
        return True
    return not _is_abbreviation(text, begin, mark, (follows, end), quoted, known)


def _named_so(text: str, begin: int, mark: re.Match[str]) -> bool:
    """Whether the exclamation mark belongs to a name such as Yahoo!"""
    token = _TOKEN.search(text[max(begin, mark.start() - _LOOK) : mark.start()])
    return token is not None and token[0] in _WITH_EXCLAMATION


def _is_abbreviation(
    text: str, begin: int, mark: re.Match[str], ahead: tuple[int, int], quoted: bool, known: _Known
) -> bool:
    """Whether the full stop only shortens or numbers the word before it.

    ``ahead`` is where the next word begins, and where the line ends.
    """
    follows, end = ahead
    stop = mark.start() + 1
    if stop - begin < _LOOK and _ENUMERATOR.fullmatch(text[begin : stop - 1].strip()):
        return True  # "2. Second point"
    before = text[max(begin, stop - _LOOK) : stop]
    found = _TOKEN.search(before)
    if not found:
        return False
    token = found[0]
    if quoted and before[: found.start()][-1:] not in _OPENERS:
        return False  # the closing quotation mark ends more than the one word
    name = token[:-1]
    next_word = _NEXT_WORD.match(text, follows, end)
    word = next_word[0] if next_word else ""
    if name.isdecimal():
        around = _DAY_IN_NUMBERS.finditer(text, max(begin, stop - len("24. 12.")), min(end, stop + len(" 12. 2019")))
        if any(day.start() < stop < day.end() for day in around):
            return True
        return len(name) <= 2 and (
            word in known.after_ordinal
            or (known.has_ordinals and word.rstrip(".") in known.after_ordinal)
            or (word.rstrip(".") in known.months and word.endswith("."))
            or (word != "" and bool(known.before_ordinal.search(before[: found.start()])))
        )
    if name in known.before_a_name or known.spaced.search(before):
        return True
    if text[follows : follows + 1].isdecimal() and (
        name in known.before_a_number or name in known.months or name.endswith(known.before_a_number_endings)
    ):
        return True
    if _CLOCK.fullmatch(token):  # "4.45 p.m. – Nine more houses are cleared": the time of an entry belongs to it
        return word.rstrip(".") in known.after_clock or text[stop:follows].lstrip()[:1] in _DASHES
    if name in known.maybe_last or name in known.months or _INITIAL.fullmatch(token) or _DOTTED.fullmatch(token):
        return word not in known.starters
    return False

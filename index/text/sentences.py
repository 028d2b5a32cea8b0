"""Where one sentence ends and the next begins: the unit that is searched, cited and judged.

Rules, not a model: a sentence is what Byline shows as proof, so its ends have to be explainable, the same on
every machine, and found in time linear in the text. The rules lean towards joining: two sentences cited as one
still prove what they say, half a sentence may not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from index.language.english import CALENDAR
from index.language.pack import Sentences
from index.language.registry import language, packs
from index.records import Article, Sentence


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


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

_BEFORE_A_NAME = _words(
    # English
    "Mr Mrs Ms Mx Messrs Dr Prof Gen Lt Col Maj Capt Cmdr Adm Sgt Cpl Pvt Pfc Insp Supt Det Rep Reps Sen Sens Gov Pres "
    "Hon Rev Fr Mt Ft Atty Asst vs v cf approx viz ca Brig Msgr Mgr Cllr Cllrs Ald Cdr Cmdt Rt Ven Bp Abp Amb Sec "
    "Mmes Supts Sgts Drs Profs Gens Profa Sqn Ldr Flt Lieut "
    # German
    "Hr Fr Dipl Ing Mag bzw evtl ggf vgl sog inkl exkl geb gest Abs "
    # Spanish, French
    "Sra Sras Sres Srta Dra Dres Ud Uds Lic Arq Gral Cnel Mons Mme Mlle EE FF JJ"
)
"""Abbreviations that never end a sentence: something always follows them."""
_BEFORE_A_NUMBER = _words(
    "No Nos no nos Nr Nrn Núm núm Num num N n Art art Vol vol Fig fig Sec sec Ch ch chap para p pp S Bd Ziff Pos Rs"
)
_MONTHS = _words(
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Okt Nov Dec Dez Mär ene feb mar abr jun jul ago sept oct nov dic"
)
_MAYBE_LAST = _words(
    "Jr Sr Inc Corp Co Cos Ltd LLC Bros Dept Dist Univ Assn Est est St Ste Ave Blvd Rd Hwy Sq Str etc al usw UU AA OO "
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn "
    "Tex Vt Va Wash Wis Wyo Ont Que Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Mio Mrd Bio Tsd Com Adm Int Intl Natl "
    "Assoc Bldg Div Mfg bn mn tn"
)
"""Abbreviations that may end a sentence: they do when a word follows that usually begins one."""
_WITH_EXCLAMATION = _words("Yahoo Yum Jeopardy Joomla Ahoy Hellzapoppin Wham")
"""Names that are written with an exclamation mark: it ends a sentence only before a word that usually begins one."""
_NEVER_LAST_SPACED = re.compile(
    r"(?<![^\W\d_])(?:z\.\s?B|d\.\s?h|u\.\s?a|o\.\s?ä|i\.\s?d\.\s?R|v\.\s?a|p\.\s?ej|e\.\s?g|i\.\s?e)\.$"
)
_CLOCK = re.compile(r"[ap]\.\s?m\.", re.IGNORECASE)
_AFTER_CLOCK = {name.capitalize() for forms in (*CALENDAR.months, *CALENDAR.weekdays) for name in forms} | _words(
    "Eastern Central Mountain Pacific Greenwich Local ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT BST UTC CET CEST"
)
_STARTERS = _words(
    # English
    "The A An This That These Those There Here He She It They We I You His Her Its Their Our My Your One "
    "Who What When Where Why How Which While If As At By For From In On To Of With Without Within Under Over Since "
    "Until After Before During Despite Although Though Because And But Or So Yet Nor Not No Yes Now Then Both Each "
    "Every Some Many Most More Several Others Another Hundreds Thousands Dozens Meanwhile However Also Only Even "
    "Mr. Mrs. Ms. "
    # German
    "Der Die Das Ein Eine Er Sie Es Wir Ich Dieser Diese Dieses Im Am Bei Mit Nach Aber Doch Auch Und Zum Zur Von Vor "
    # Spanish
    "El Los Las Un Una Él Ella Ellos Ellas En Por Para Según Pero Y Este Esta Estos Estas Además"
)
_AFTER_ORDINAL = _words(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember Jahrhundert Jahrhunderts "
    "Jahrhunderte Weltkrieg Weltkriegs Weltkrieges Mal Platz Liga Bundesliga Runde Spieltag Spieltags Minute Etage "
    "Stock Klasse Auflage Tag Woche Jahrestag Geburtstag Lebensjahr Kapitel Halbzeit Bezirk Sitzung"
)
"""German writes ordinals as a number with a full stop: ``3. Oktober``."""
_BEFORE_ORDINAL = re.compile(r"(?:^|\s)(?:der|dem|den|des|im|vom|zum|zur|beim)\s+$", re.IGNORECASE)
_DAY_IN_NUMBERS = re.compile(r"(?<!\d)\d{1,2}\.\s\d{1,2}\.\s?(?:1[6-9]|20)\d\d(?!\d)")
"""``24. 12. 2019``"""
_LOOK = 40
"""Characters looked at on either side of a mark: bounds the work at each, and so keeps the whole linear."""


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
    """What follows a quotation to say whose it is, in any known language: "Ana Ruiz asked"."""
    verbs = "|".join(each.sentences.attribution for each in packs().values())
    return re.compile(rf"(?:[^\W\d_][\w.’'-]*\s+){{1,5}}?(?:{verbs})\b")


@dataclass(frozen=True)
class _Known:
    """The abbreviations of a text's language, and the words that usually begin its sentences."""

    before_a_name: frozenset[str]
    maybe_last: frozenset[str]
    starters: frozenset[str]
    has_ordinals: bool
    """Whether a number with a full stop is an ordinal, also at the end: "am 1. Januar."."""


@cache
def _known(code: str | None) -> _Known:
    own = language(code).sentences if code else Sentences()
    return _Known(
        _BEFORE_A_NAME | own.before_a_name,
        _MAYBE_LAST | own.maybe_last,
        _STARTERS | own.starters,
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
            word in _AFTER_ORDINAL
            or (known.has_ordinals and word.rstrip(".") in _AFTER_ORDINAL)
            or (word.rstrip(".") in _MONTHS and word.endswith("."))
            or (word != "" and bool(_BEFORE_ORDINAL.search(before[: found.start()])))
        )
    if name in known.before_a_name or _NEVER_LAST_SPACED.search(before):
        return True
    if text[follows : follows + 1].isdecimal() and (
        name in _BEFORE_A_NUMBER or name in _MONTHS or name.endswith("str")  # Bahnhofstr. 5
    ):
        return True
    if _CLOCK.fullmatch(token):
        return word.rstrip(".") in _AFTER_CLOCK
    if name in known.maybe_last or name in _MONTHS or _INITIAL.fullmatch(token) or _DOTTED.fullmatch(token):
        return word not in known.starters
    return False

"""Reads the numbers of a text in a language other than English, by the words in its file in ``index/language``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from index.language.pack import Language, Numbers
from qa.text.numbers.record import COMMA_DIGITS, CURRENCIES, Number, bounds, value_of_digits
from qa.text.words import flat, stem

_POINT = r"\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?|\d+/\d+(?![/\d])|\d*\.?\d+"
_LOOKED_BACK = 32
"""Characters before a number in which words that belong to it are looked for. Chosen by eye."""


@cache
def _pattern(known: Numbers) -> re.Pattern[str]:
    word = _any([*known.words, *known.hundreds, *known.scales, *known.joining.split()])
    scale, unit = _any(known.scales), _any(known.units)
    between = rf"\s(?={scale})" if known.compounds else rf"[\s-](?:{known.joining}[\s-])?"
    spelled = rf"(?:{word})+" if known.compounds else rf"(?:{word})"
    return re.compile(
        rf"""(?<![^\W_])
        (?P<minus>(?<![\w.,)%])[-−](?=[$£€¥₹]?\d)|minus\s(?=\d|{word}))?
        (?P<before>[$£€¥₹])?\s?
        (?:
          (?P<digits>{COMMA_DIGITS if known.decimal_comma else _POINT})(?P<ordinal_mark>[ªº]|er|eme|e\b)?
          (?:\[\d{{1,3}}\])?(?:[\s-]?(?P<scale>{scale})\.?(?![^\W_]))?
        | (?P<ordinal>{_any(known.ordinals)})(?![^\W_])
        | (?P<words>{spelled}(?:{between}{spelled})*)(?![^\W_])
        )
        (?:\s?(?P<after>[%$£€¥₹])|[\s-](?P<unit>{unit})(?![^\W_])|[\s-](?P<noun>[^\W\d_]+))?""",
        re.VERBOSE,
    )


@cache
def _pattern_after(words: str) -> re.Pattern[str]:
    """A pattern for these words after a number, or after the noun that it counts."""
    return re.compile(rf"(?:\s?[°º]\s?c?|\s[^\W\d_]+){{0,2}}\s(?:{words})(?![^\W_])")


def _any(listed: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, with any white space between their parts."""
    words = sorted({word for word in listed if word}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words) or "(?!)"


@lru_cache(maxsize=4096)
def numbers_by(text: str, spoken: Language) -> tuple[Number, ...]:
    """The numbers of the text in order; none where the language's file does not tell how they are written.

    >>> from index.language.registry import language
    >>> found = numbers_by("Es waren 1.200 von zweiundvierzig Millionen, also 4,2 %.", language("de"))
    >>> [(number.value, number.unit) for number in found]
    [(1200.0, ''), (42000000.0, ''), (4.2, 'percent')]
    """
    known = spoken.numbers
    if known is None:
        return ()
    found, place, lowered = [], 0, flat(text)
    while match := _pattern(known).search(lowered, place):
        number = _number(text, match, spoken, known)
        if number is None:
            place = max(match.start() + 1, match.end("words") if match["words"] else match.start() + 1)
        else:
            found.append(number)
            place = max(number.end, match.start() + 1)
    return tuple(found)


def _number(text: str, match: re.Match[str], spoken: Language, known: Numbers) -> Number | None:
    lowered = match.string
    ordinal = bool(match["ordinal"] or match["ordinal_mark"])
    if match["ordinal"]:
        value, end = known.ordinals[match["ordinal"]], match.end("ordinal")
    elif match["digits"]:
        value = value_of_digits(match["digits"], known.decimal_comma) * known.scales.get(match["scale"] or "", 1.0)
        end = max(match.end("digits"), match.end("ordinal_mark"), match.end("scale"))
    else:
        spelled = _spelled(match["words"], known)
        is_article = spelled == 1 and " " not in match["words"] and match["noun"] not in known.parts
        if spelled is None or is_article:
            return None
        value, end = spelled, match.end("words")
    if not match["scale"]:
        value *= _scale_of_range(lowered, match.start(), end, known)
    if match["minus"]:
        value = -value
    unit, head = "", ""
    if _pattern_after(known.and_a_half).match(lowered, end):
        value += 0.5 * known.scales.get(match["scale"] or (match["words"] or "").split(" ")[-1], 1.0)
    below_zero = _pattern_after(known.below_zero).match(lowered, end)
    if below_zero:
        value = -value
    mark = match["before"] or match["after"]
    if mark:
        unit = head = "percent" if mark == "%" else CURRENCIES[mark]
        end = max(end, match.end("after"))
    elif match["unit"]:
        unit = head = known.units[re.sub(r"\s", " ", match["unit"])]
        end = match.end("unit")
    elif match["noun"] in known.parts and not ordinal:
        value, end = value / known.parts[match["noun"]], match.end("noun")
    elif match["noun"] and match["noun"] not in spoken.stop_words:
        head = stem(match["noun"], spoken)
    end = below_zero.end() if below_zero else end
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    looked = max(0, start - _LOOKED_BACK)
    before = bounds(known).search(text[looked:start])
    return Number(
        start,
        end,
        text[start:end],
        float(value),
        ordinal,
        unit,
        head,
        before.lastgroup or "" if before else "",
        False,
        looked + before.start() if before else -1,
    )


def _scale_of_range(lowered: str, start: int, end: int, known: Numbers) -> float:
    """The scale that a number shares with the one after it: a million for the 14 of "von 14 auf 3 Millionen"; else
    1.
    """
    before = lowered[max(0, start - _LOOKED_BACK) : start].rstrip()
    for first, between in known.ranges:
        if re.search(rf"\b{first}$", before):
            further = re.compile(rf"\s(?:{between})\s[\d.,]+\s({_any(known.scales)})(?![^\W_])").match(lowered, end)
            return known.scales[further[1]] if further else 1.0
    return 1.0


def _spelled(words: str, known: Numbers) -> float | None:
    """The value of a number in words; None where they are none, such as a lone "Millionen" or "und".

    >>> from index.language.registry import language
    >>> _spelled("dos mil treinta y cinco", language("es").numbers)
    2035.0
    >>> _spelled("quatre-vingt-dix-sept", language("fr").numbers)
    97.0
    """
    total = group = 0.0
    counted = False
    pieces = re.findall(_any([*known.words, *known.hundreds, *known.scales, *known.joining.split()]), words)
    for place, piece in enumerate(pieces):
        if piece in known.words:
            group += known.words[piece]
            counted = True
        elif piece in known.hundreds:
            group = (group or 1) * known.hundreds[piece]
            counted = counted or known.compounds or len(pieces) > 1 or known.hundreds[piece] == 100
        elif piece in known.scales:
            total += (group or 1) * known.scales[piece]
            group = 0.0
            counted = counted or known.scales[piece] == 1000
        elif place in (0, len(pieces) - 1):
            return None  # "und" joins nothing here
    return total + group if counted else None

"""Reads the numbers of an English text, in digits and in words.

A text in a language without a file is read as English too, so decimals may come after a comma.
"""

from __future__ import annotations

import re

from index.language import decimal_comma
from index.language.english.language import NUMBERS
from qa.text.numbers.decimal_mark import writes_decimal_comma
from qa.text.numbers.record import COMMA_DIGITS, CURRENCIES, Number, bounds, value_of_digits
from qa.text.words import ENGLISH, fold, stem

_LENGTH_BEFORE, _LENGTH_BEHIND = 60, 40
"""Characters around a number with "m" in which a word about length makes it metres. Chosen by eye."""
_BOUND_BEFORE = 24
"""Characters before a number in which its "more than" or "about" is looked for. Chosen by eye."""
_UNITS = {word: int(value) for word, value in NUMBERS.words.items() if value < 20}
_TENS = {word: int(value) for word, value in NUMBERS.words.items() if value >= 20}
_SCALE_WORDS = (*NUMBERS.scales, *NUMBERS.hundreds)
_SCALES = {**NUMBERS.scales, **NUMBERS.hundreds, **NUMBERS.short_scales}

_LENGTHS = re.compile(rf"\s?-?(?:{NUMBERS.lengths})\b", re.IGNORECASE)
_ABOUT_LENGTH = re.compile(rf"\b(?:{NUMBERS.about_length})\b", re.IGNORECASE)

_WORD_NUMBER = "|".join((*sorted((*_UNITS, *_TENS), key=len, reverse=True), *_SCALE_WORDS))
_ORDINAL_WORD = "|".join(sorted(NUMBERS.ordinals, key=len, reverse=True))
_POINT_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d+/\d+(?![/\d])|\d*\.?\d+"
_POINT_SCALES = "|".join((*_SCALE_WORDS, r"mio\.?", r"mrd\.?", *NUMBERS.short_scales))
_COMMA_SCALES = f"{decimal_comma.SHORT_SCALES}|{'|'.join(sorted((*decimal_comma.SCALES, 'm'), key=len, reverse=True))}"


def _pattern(digits: str, scales: str, percent: str) -> re.Pattern[str]:
    """The pattern of a number, made of patterns of digits, scales and "per cent"."""
    return re.compile(
        rf"""(?<![^\W_])
    (?P<minus>(?<![\w.,)%])[-−](?=(?:US\$|[$£€¥₹])?\d)|minus\s(?=\d))?
    (?P<currency>US\$|A\$|C\$|[$£€¥₹])?\s?
    (?:
      (?P<digits>{digits})
      (?P<suffix>st|nd|rd|th)?
      (?P<power>⁻?[⁰¹²³⁴-⁹]+)?
      (?:\[\d{{1,3}}\])?
      (?:[\s-]?(?P<scale>{scales})(?![^\W_]))?
      (?P<plural>s(?![^\W_]))?
    | (?P<words>(?:an?\s)?(?:half\s(?:a\s)?)?(?:{_WORD_NUMBER})
        (?:\sand\sa\shalf(?=\s)|(?:\s|-|\sand\s)(?:{_WORD_NUMBER})|\spoint(?=\s(?:{_WORD_NUMBER})))*(?:-(?:{_ORDINAL_WORD}))?)(?![^\W_])
    | (?P<ordinal>{_ORDINAL_WORD})(?![^\W_])
    | (?P<part>half)(?![^\W_])
    )
    (?P<unit>\s?%|[\s-]percentage\spoints?(?![^\W_])|[\s-](?:{percent})(?![^\W_])
      |\s?[ap]\.m\.|\s?[ap]m(?![^\W_])|[\s-](?P<noun>[^\W\d_]+))?
    """,
        re.VERBOSE | re.IGNORECASE,
    )


_NUMBER = _pattern(_POINT_DIGITS, _POINT_SCALES, NUMBERS.percent)
_COMMA_NUMBER = _pattern(COMMA_DIGITS, _COMMA_SCALES, decimal_comma.PERCENT)
_PERCENT = re.compile(f"{NUMBERS.percent}|{decimal_comma.PERCENT}")
_POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_BEFORE = bounds(NUMBERS)
_BEFORE_SECONDS = re.compile(rf"\b(?:{NUMBERS.before_seconds})\s+$", re.IGNORECASE)


def _spelled(text: str) -> float | None:
    """The value of a number in words: "forty-one thousand four hundred" is 41400; None for none.

    >>> _spelled("three point two five million")
    3250000.0
    """
    total, group = 0.0, 0.0
    place = 0
    seen = False
    for word in re.findall(r"[a-z]+", text):
        if word == "point":
            place = 1
        elif place and word in _UNITS:
            group += _UNITS[word] / 10**place
            place += 1
        elif word in _UNITS:
            group += _UNITS[word]
        elif word in _TENS:
            group += _TENS[word]
        elif word in NUMBERS.ordinals:
            group += NUMBERS.ordinals[word]
        elif word == "half":
            group += 0.5
        elif word in NUMBERS.hundreds:
            group = (group or 1) * _SCALES[word]
        elif word in _SCALES:
            total += (group or 1) * _SCALES[word]
            group, place = 0, 0
        else:
            continue
        seen = True
    return total + group if seen else None


def _unit(match: re.Match[str], currency: str | None) -> tuple[str, str, int]:
    """The known unit ("" for none), the stem of the noun that follows, and the end of the number with its unit."""
    noun = fold(match["noun"] or "")
    end = match.start("unit") if match["unit"] else match.end()
    if currency:
        return CURRENCIES[currency[-1]], stem(noun, ENGLISH), end
    spelled = fold(match["unit"] or "").strip(" -")
    if spelled == "%" or _PERCENT.fullmatch(spelled):
        return "percent", "percent", match.end()
    if spelled.startswith("percentage point"):
        return "point", "point", match.end()
    if spelled.replace(".", "") in ("am", "pm"):
        return spelled.replace(".", ""), "", match.end()
    unit = NUMBERS.units.get(noun, stem(noun, ENGLISH))
    if unit in NUMBERS.unit_stems:
        return unit, unit, match.end()
    return "", "" if noun in ENGLISH.stop_words else stem(noun, ENGLISH), end


def english_numbers(text: str) -> tuple[Number, ...]:
    """The numbers of the text in order: digits, words, ordinals, fractions, with currencies, scales and units.

    "a second" and "per second" are stretches of time, not numbers. A comma stands before decimals where the text's
    language writes it so, and "m" is metres where a length is told:

    >>> [n.value for n in english_numbers("Es waren 1.200 von 4,2 Millionen.")]
    [1200.0, 4200000.0]
    >>> english_numbers("It is 1.5m high.")[0].unit
    'meter'
    """
    found = []
    place = 0
    pattern = _COMMA_NUMBER if writes_decimal_comma(text) else _NUMBER
    while match := pattern.search(text, place):
        place = max(match.end(), match.start() + 1)
        if match["unit"] and match["noun"]:
            place = match.start("unit")  # the noun may itself be a number's first word
        number = _number(text, match)
        if number is not None:
            found.append(number)
            place = max(place, number.end)
    return tuple(found)


def _of_digits(text: str, match: re.Match[str], unit: str, head: str) -> tuple[float, str, str]:
    """The value of a number in digits, with its scale, power and sign; its unit; and the stem of its noun."""
    value = value_of_digits(match["digits"], decimal_comma=match.re is _COMMA_NUMBER)
    if match["power"] and value == 10:
        value = 10.0 ** int(match["power"].translate(_POWERS))
    scale = match["scale"] or ""
    if scale == "m" and not match["currency"] and not unit and _is_metres(text, match):
        unit, head = "meter", "meter"
    else:
        scale = scale.lower().rstrip(".")
        value *= _SCALES.get(scale, decimal_comma.SCALES.get(scale, 1))
    return (-value if match["minus"] else value), unit, head


def _is_metres(text: str, match: re.Match[str]) -> bool:
    """Whether "m" means metres rather than millions: told by what follows, a space before it, or words around it."""
    end = match.end("scale")
    if _LENGTHS.match(text, end) or text[match.start("scale") - 1] == " ":
        return True
    if match["noun"] and (fold(match["noun"]).endswith("s") or fold(match["noun"]) in NUMBERS.counted):
        return False  # "1.5m votes"
    return bool(_ABOUT_LENGTH.search(text, max(0, match.start() - _LENGTH_BEFORE), end + _LENGTH_BEHIND))


def _number(text: str, match: re.Match[str]) -> Number | None:
    lead = len(match.group()) - len(match.group().lstrip())
    start = match.start() + lead
    unit, head, end = _unit(match, match["currency"])
    ordinal = False
    if match["digits"]:
        value, unit, head = _of_digits(text, match, unit, head)
        ordinal = match["suffix"] is not None
    elif match["words"]:
        spelled = fold(match["words"])
        if spelled in _SCALE_WORDS:
            return None
        parsed = _spelled(spelled)
        if parsed is None:
            return None
        value = parsed
        ordinal = spelled.rsplit("-", 1)[-1] in NUMBERS.ordinals
    elif match["ordinal"]:
        if fold(match["ordinal"]) == "second" and _BEFORE_SECONDS.search(text[:start]):
            return None
        value, ordinal = float(NUMBERS.ordinals[fold(match["ordinal"])]), True
    else:
        value = 0.5
    part = NUMBERS.parts.get(fold(match["noun"] or "").removesuffix("s"))
    if part and part > 2 and match["words"] and not ordinal and value < 10:  # two-thirds
        value, unit, head, end = value / part, "", "", match.end()
    looked = max(0, start - _BOUND_BEFORE)
    before = _BEFORE.search(text[looked:start])
    bound = before.lastgroup or "" if before else ""
    uncertain = fold(match["words"] or "") == "one"
    bound_start = looked + before.start() if before else -1
    return Number(start, end, text[start:end].strip(), value, ordinal, unit, head, bound, uncertain, bound_start)

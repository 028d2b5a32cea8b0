"""True sentences with one fact changed, and with none: what a judge must catch, and what it must let pass.

The facts are found here by plain patterns of this file's own, so that the judge is not measured by its own eyes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SPELLED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MONTHS = (
    "January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")

_DIGITS = re.compile(r"(?<![\w.,$£€/–-])[$£€]?(\d+(?:,\d{3})*(?:\.\d+)?)(?![\w/–-]|[.,]\d)")
_SPELLED = re.compile(rf"(?<![\w-])(?:{'|'.join(SPELLED)})\b(?!-)")
_ORDINAL = re.compile(rf"\b(?:{'|'.join(ORDINALS[2:])})\b")
_YEAR = re.compile(r"\b(?:in|since|by|of|until|during|and|from|to|,) (1[1-9]\d\d|20\d\d)\b(?![\d–-])")
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b(?= \d| of|,)")
_DAY = re.compile(rf"(?:\b(?:{'|'.join(MONTHS)}) )(\d\d?)\b(?!\d)|\b(\d\d?)(?= (?:{'|'.join(MONTHS)})\b)")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b")
_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][\w’'-]*[a-z](?: (?:de |of |of the )?[A-Z][\w’'-]*[a-z])*)")
_NO_NAMES = {
    *MONTHS, *WEEKDAYS, "May", "Dec", "Oct", "The", "On", "In", "For", "From", "To", "A", "An", "If", "Whether", "But",
    "And", "What", "Who", "Is", "Are", "Do", "Does", "Her", "Mr", "Mrs", "Ms", "Dr", "St", "Ibn",
}  # fmt: skip
"""Capitalised words that are no name by themselves."""
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|had|will|can|could|would|should|may|might)\b(?! not|n't| no\b| never)"
)
_NOT = re.compile(r"\b(?:not|never) |n['’]t\b")


@dataclass(frozen=True)
class Case:
    """A claim, the sentences it is judged by, and what was done to it: a kind of change, or "none" for a true one."""

    claim: str
    evidence: tuple[str, ...]
    change: str
    how: str


def cases(articles: Sequence[Sequence[str]], seed: int) -> Iterator[Case]:
    """For each sentence: one case of each change that applies, the sentence itself, and light rewordings of it.

    The evidence is the sentence with its two neighbours on each side.
    """
    rng = random.Random(seed)
    names = sorted({m.group() for article in articles for s in article for m in _names(s)})
    for article in articles:
        for i, sentence in enumerate(article):
            if not 6 <= len(sentence.split()) <= 45:
                continue
            evidence = tuple(article[max(0, i - 2) : i + 3])
            yield Case(sentence, evidence, "none", "as it is")
            for how, reworded in rewordings(sentence):
                yield Case(reworded, evidence, "none", how)
            for change, how, altered in alterations(sentence, evidence, names, rng):
                yield Case(altered, evidence, change, how)


def _swap(sentence: str, start: int, end: int, new: str) -> str:
    return sentence[:start] + new + sentence[end:]


def _pick(rng: random.Random, found: list[re.Match[str]]) -> re.Match[str] | None:
    return rng.choice(found) if found else None


def alterations(
    sentence: str, evidence: Sequence[str], names: Sequence[str], rng: random.Random
) -> Iterator[tuple[str, str, str]]:
    """(kind, how, altered sentence) for each change that applies to the sentence."""
    text = " ".join(evidence)
    dates = list(_YEAR.finditer(sentence))
    years = {(m.start(1), m.end(1)) for m in dates}
    digits = [
        m for m in _DIGITS.finditer(sentence) if (m.start(1), m.end(1)) not in years and not _calendar(sentence, m)
    ]
    if m := _pick(rng, digits):
        yield "number", "other digits", _swap(sentence, m.start(1), m.end(1), other_digits(m.group(1), rng))
        others = sorted({o.group(1) for o in _DIGITS.finditer(text)} - {m.group(1)})
        if others:
            yield "number", "another one of the passage", _swap(sentence, m.start(1), m.end(1), rng.choice(others))
    for pattern, choice in ((_SPELLED, SPELLED), (_ORDINAL, ORDINALS)):
        if m := _pick(rng, list(pattern.finditer(sentence))):
            other = rng.choice([w for w in choice if w != m.group()])
            yield "number", "another word", _swap(sentence, m.start(), m.end(), other)
    if m := _pick(rng, dates):
        other = str(int(m.group(1)) + rng.choice((-11, -3, -2, -1, 1, 2, 4, 10)))
        yield "date", "other year", _swap(sentence, m.start(1), m.end(1), other)
        others = sorted({o.group(1) for o in _YEAR.finditer(text)} - {m.group(1)})
        if others:
            yield "date", "another year of the passage", _swap(sentence, m.start(1), m.end(1), rng.choice(others))
    for pattern, choice, how in ((_MONTH, MONTHS, "other month"), (_WEEKDAY, WEEKDAYS, "other weekday")):
        if m := _pick(rng, list(pattern.finditer(sentence))):
            yield "date", how, _swap(sentence, m.start(), m.end(), rng.choice([w for w in choice if w != m.group()]))
    if m := _pick(rng, list(_DAY.finditer(sentence))):
        group = 1 if m.group(1) else 2
        day = rng.choice([d for d in range(1, 29) if d != int(m.group(group))])
        yield "date", "other day", _swap(sentence, m.start(group), m.end(group), str(day))
    if m := _pick(rng, _names(sentence)):
        far = [n for n in names if not _alike(n, text)]
        yield "name", "one from another article", _swap(sentence, m.start(), m.end(), rng.choice(far))
        near = sorted({o.group() for o in _names(text) if not _alike(o.group(), m.group())})
        if near:
            yield "name", "another one of the passage", _swap(sentence, m.start(), m.end(), rng.choice(near))
        if " " in m.group():
            last = rng.choice(far).split()[-1]
            start = m.start() + m.group().rindex(" ") + 1
            yield "name", "other last name", _swap(sentence, start, m.end(), last)
    if m := _pick(rng, list(_AUXILIARY.finditer(sentence))):
        yield "negation", "not put in", _swap(sentence, m.end(), m.end(), " not")
    if m := _pick(rng, list(_NOT.finditer(sentence))):
        yield "negation", "not taken out", _swap(sentence, m.start(), m.end(), "")


def _names(text: str) -> list[re.Match[str]]:
    return [m for m in _NAME.finditer(text) if not _NO_NAMES & set(m.group().split())]


def _alike(name: str, text: str) -> bool:
    """Whether a word of the name begins like one of the text: "Mexican" is no change from "Mexico"."""
    begins = {word[:4].lower() for word in re.findall(r"[\w’']+", text)}
    return any(word[:4].lower() in begins for word in re.findall(r"[\w’']+", name))


def _calendar(sentence: str, match: re.Match[str]) -> bool:
    return any(m.start() <= match.start(1) < m.end() for m in _DAY.finditer(sentence))


def other_digits(number: str, rng: random.Random) -> str:
    """The number with its first digit, or one of a single-digit number's neighbours, changed."""
    if len(number) == 1:
        return str(rng.choice([d for d in range(2, 10) if str(d) != number]))
    return rng.choice([d for d in "123456789" if d != number[0]]) + number[1:]


def rewordings(sentence: str) -> Iterator[tuple[str, str]]:
    """(how, sentence) for light changes that leave every fact as it is."""
    clause = re.sub(
        r", (?:which|who|whose|where|when|while|although|including|with|after|before)\b[^,]*(?=,(?!\d)|[.!?]$)",
        "",
        sentence,
        count=1,
    )
    clause = (
        re.sub(r"(?<=\w),(?= (?:is|was|were|are|has|had|have|will)\b)", "", clause) if clause != sentence else clause
    )
    if clause != sentence and len(clause.split()) >= 5:
        yield "subordinate clause dropped", clause
    if m := re.search(r"(?<![\w.,$£€-])(\d{1,3}),(\d)00(?![\d,.])", sentence):
        yield (
            "41.4 thousand",
            _swap(sentence, m.start(), m.end(), f"{m.group(1)}.{m.group(2)} thousand".replace(".0", "")),
        )
    m = re.search(r"(?<![\w.,$£€-])(\d{1,2})(?![\w,.%–-])", sentence)
    if m and 2 <= int(m.group(1)) <= 12 and not _calendar(sentence, m):
        yield "number in words", _swap(sentence, m.start(), m.end(), SPELLED[int(m.group(1)) - 2])
    if m := re.search(rf"(?<![\w-])({'|'.join(SPELLED)})(?= )", sentence):
        yield "number in digits", _swap(sentence, m.start(), m.end(), str(SPELLED.index(m.group()) + 2))
    for long, short in (("United States", "U.S."), ("United Kingdom", "UK"), (" percent", "%"), ("%", " percent")):
        if long in sentence:
            yield f"{long.strip()} as {short.strip()}", sentence.replace(long, short)
    if m := re.match(r"(?:In|On|By|During|After) [^,]{3,30}, (?=\w)", sentence):
        rest = sentence[m.end() :]
        lead = m.group().rstrip(", ")
        yield "lead moved to the end", rest[0].upper() + rest[1:].rstrip(".") + " " + lead[0].lower() + lead[1:] + "."

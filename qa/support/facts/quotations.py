"""Compares quoted words in a claim with the evidence: whether it has them word for word, of the same speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from index.language.pack import Language
from qa.support.facts.overlap import CLOSE, Overlap
from qa.text.names import Name, NameSource, names
from qa.text.quotations.marks import CLOSED
from qa.text.speech import inside, is_title, saying
from qa.text.words import Word, any_words, content, words


def quoted_otherwise(overlap: Overlap) -> Iterator[tuple[str, str | None]]:
    """Yields (claim's words, evidence's words) for words that nobody said as they are quoted, or another person did."""
    everything = [key for sentence in overlap.evidence for key in _spoken(sentence, overlap.language)]
    for match in CLOSED.finditer(overlap.claim):
        quoted = inside(match)
        parts = [p for p in re.split(r"…|\.\.\.|\[[^\]]*\]", quoted) if len(any_words(p)) > 1]
        if is_title(quoted, overlap.language):
            continue  # its words are compared as a name's
        if not all(_runs(everything, _spoken(part, overlap.language)) for part in parts):
            yield quoted, _closest(overlap, quoted)
        elif parts:
            yield from _speaker(overlap, match, parts[0])
    if not CLOSED.search(overlap.claim):
        yield from _reporter(overlap)


@cache
def _percent(language: Language) -> re.Pattern[str]:
    """The pattern of "%" and the words for it in a language, but not of longer words: "percentage"."""
    units = language.numbers.units if language.numbers else {}
    names = [name for name, unit in units.items() if unit == "percent" and name[0].isalpha()]
    shortest = [name for name in names if not any(name != other and name.startswith(other) for other in names)]
    return re.compile("|".join((r"\s?%", *(rf"\b{name}\b" for name in shortest))), re.IGNORECASE)


def _spoken(text: str, language: Language) -> list[str]:
    """The words in one spelling for what sounds alike: "%" is "percent", "U.S." is "United States", "5" is "five"."""
    return [part for w in words(_percent(language).sub(" percent", text), language) for part in _sounds(w)]


def _sounds(word: Word) -> tuple[str, ...]:
    if word.key == "usa":
        return ("united", "states")
    return (word.stem if word.stem.isdigit() else word.key,)


def _runs(keys: list[str], wanted: list[str]) -> bool:
    """Whether the words ``wanted`` follow each other somewhere in ``keys``."""
    return any(keys[i : i + len(wanted)] == wanted for i in range(len(keys) - len(wanted) + 1))


def _closest(overlap: Overlap, quoted: str) -> str | None:
    language = overlap.language
    wanted = {w.stem for w in content(quoted, language)}
    scored = [(len(wanted & {w.stem for w in words(s, language)}), -i) for i, s in enumerate(overlap.evidence)]
    most, place = max(scored, default=(0, 0))
    return overlap.evidence[-place] if wanted and most >= len(wanted) / 2 else None


def _speaker(overlap: Overlap, quotation: re.Match[str], part: str) -> Iterator[tuple[str, str]]:
    """Yields a difference where the claim and the quoted sentence name different speakers."""
    spoken = _spoken(part, overlap.language)
    outside = overlap.claim[: quotation.start()] + " " * len(quotation.group()) + overlap.claim[quotation.end() :]
    language = overlap.language
    if not saying(language).search(outside):
        return
    claimed = _said_by(outside, language)
    for i, sentence in enumerate(overlap.evidence):
        if claimed and _runs(_spoken(sentence, language), spoken):
            around = " ".join(overlap.evidence[max(0, i - 1) : i + 2])
            other = _said_by(CLOSED.sub(lambda m: " " * len(m.group()), sentence), language)
            if other and NameSource.of(around, language).missing(claimed) == claimed.keys:
                yield claimed.text, other.text
            return


def _reporter(overlap: Overlap) -> Iterator[tuple[str, str]]:
    """Yields a difference where the claim and the nearest sentence have different speakers say the same."""
    language = overlap.language
    claimed = _says(overlap.claim, language)
    if claimed is None:
        return
    shares = overlap.shares_without(claimed.start, claimed.end)
    nearest = int(shares.argmax()) if overlap.evidence else -1
    if nearest < 0 or shares[nearest] < CLOSE:
        return
    sentence = overlap.evidence[nearest]
    other = _says(CLOSED.sub(lambda m: " " * len(m.group()), sentence), language)
    if other is not None and NameSource.of(sentence, language).missing(claimed) == claimed.keys:
        yield claimed.text, other.text


def _says(text: str, language: Language) -> Name | None:
    """The name that stands directly before or after a word of saying."""
    said = saying(language).search(text)
    if said is None:
        return None
    beside = (
        n
        for n in names(text, language)
        if text[n.end : said.start()].strip() == "" or text[said.end() : n.start] == " "
    )
    return next((n for n in beside if n.end <= said.start() or n.start >= said.end()), None)


def _said_by(text: str, language: Language) -> Name | None:
    """The name nearest to a word of saying."""
    said = saying(language).search(text)
    if said is None:
        return None
    return min(
        names(text, language), key=lambda n: min(abs(n.start - said.end()), abs(said.start() - n.end)), default=None
    )

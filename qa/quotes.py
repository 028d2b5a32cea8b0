"""Where a quotation comes from: exact, altered (and how) or absent. No language model is asked.

The rarest words of the quotation find candidate passages in the keyword index; the quotation is then laid over the
text of their articles word by word. Quotation marks, dashes, spaces, punctuation and letter case are no differences,
and "…" in the quotation stands for anything left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Opcode

from index.errors import InputError
from index.records import Article, Passage
from qa.text.words import STOP_WORDS, WORD, fold

LONGEST = 100_000
"""Characters of a quotation that are looked up."""
ALTERED = 0.6
"""From this share of words in common on, a stretch of text is the altered quotation; below, something else."""

_LEFT_OUT = re.compile(r"\[?(?:…|\.{3,}|\. \. \.)\]?")
_WEIGHED = 12
"""Words of a quotation whose rarity is asked; the longest tend to be the rarest."""
_RAREST = 5
_PASSAGES = 30
_LAID_OVER = 8
"""Stretches of text that a quotation found nowhere word for word is laid over."""
_FEWEST = 3
"""Words in common below which only an exact quotation is recognised."""
_SLACK = 5
"""Words by which the likeness of letters may miss the beginning or the end."""
_LONG = 100
"""Words above which the place of a quotation is sought by runs of words: by letters it would take seconds."""
_MARGIN = 400
"""Characters read on either side of a found passage, besides the length of the quotation."""


class QuoteSource(Protocol):
    """What the look-up needs of a library."""

    def words(self, terms: Sequence[str], limit: int) -> list[Passage]:
        """Passages that hold any of the words, best by BM25 first."""
        ...

    def rarity(self, word: str) -> float:
        """The word's inverse document frequency over the passages."""
        ...

    def article(self, article_id: str) -> Article: ...


@dataclass(frozen=True)
class QuoteDifference:
    """Words of the quotation and what the article has in their place; either may be empty."""

    given: str
    found: str


@dataclass(frozen=True)
class QuoteMatch:
    """A place the quotation may come from: ``article.text[start:end] == quote``."""

    article_id: str
    start: int
    end: int
    quote: str
    score: float
    """Share of words in common, 1 for an exact quotation."""
    differences: tuple[QuoteDifference, ...] = ()


@dataclass(frozen=True)
class QuoteResult:
    """The verdict, and the places that led to it, best first: all exact ones, or the nearest altered ones."""

    verdict: Literal["exact", "altered", "absent"]
    matches: tuple[QuoteMatch, ...]

    def to_json(self) -> dict[str, Any]:
        """The result as ``byline quote --json`` prints it."""
        data = asdict(self)
        for match in data["matches"]:
            match["article"] = match.pop("article_id")
        return data


@dataclass(frozen=True)
class _Text:
    """A stretch of text as comparable words with their offsets."""

    text: str
    keys: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @staticmethod
    def of(text: str, start: int = 0, end: int | None = None) -> _Text:
        found = list(WORD.finditer(text, start, len(text) if end is None else end))
        keys = tuple(_key(m.group()) for m in found)
        return _Text(text, keys, tuple(m.span() for m in found))

    def read(self, first: int, last: int) -> str:
        """The text from word ``first`` up to but without word ``last``."""
        return self.text[self.spans[first][0] : self.spans[last - 1][1]] if first < last else ""


def _key(word: str) -> str:
    folded = fold(word)
    return folded.replace(".", "") if folded.endswith(".") else folded  # U.S. and US


def find_quote(text: str, source: QuoteSource) -> QuoteResult:
    """Finds where a quotation comes from.

    >>> find_quote("“The river fell to 91 cm”", library).matches[0].differences
    (QuoteDifference(given='91', found='41'),)

    Raises InputError: the quotation has no word, or is longer than ``LONGEST`` characters.
    """
    if len(text) > LONGEST:
        raise InputError(f"The quotation has {len(text):,} characters; give at most {LONGEST:,} of them.")
    parts = [part for piece in _LEFT_OUT.split(text) if (part := _Text.of(piece)).keys]
    if not parts:
        raise InputError("The quotation has no words; paste the words to look up.")
    stretches = _stretches(source.words(_query(parts, source), _PASSAGES), parts)
    articles = {article_id: source.article(article_id) for article_id, _, _ in stretches}
    wanted = {key for part in parts for key in part.keys}
    # Most stretches lack words of the quotation: looking for the letters costs far less than parting all into words
    lacking = [_lacking(wanted, articles[key].text[start:end]) for key, start, end in stretches]
    nearest_first = sorted(range(len(stretches)), key=lambda i: lacking[i])
    read = [_read(articles, stretches[i]) for i in nearest_first if lacking[i] == 0]
    exact = [match for article, around in read for match in _exact(parts, article, around)]
    if exact:
        return QuoteResult("exact", tuple(exact))
    read = [_read(articles, stretches[i]) for i in nearest_first[:_LAID_OVER]]
    nearest = [_nearest(parts, article, around) for article, around in read]
    altered = sorted((match for match in nearest if match is not None), key=lambda match: -match.score)
    return QuoteResult("altered" if altered else "absent", tuple(altered))


def _read(articles: Mapping[str, Article], stretch: tuple[str, int, int]) -> tuple[Article, _Text]:
    key, start, end = stretch
    return articles[key], _Text.of(articles[key].text, start, end)


def _lacking(wanted: Iterable[str], text: str) -> int:
    """How many of the words do not even occur as letters in the text."""
    folded = fold(text)
    return sum(key not in folded and key not in folded.replace(".", "") for key in wanted)


def _stretches(passages: Sequence[Passage], parts: Sequence[_Text]) -> list[tuple[str, int, int]]:
    """(article, start, end) around the passages, far enough for the whole quotation; those that meet are one."""
    reach = _MARGIN + 2 * sum(len(part.text) for part in parts)
    stretches: list[tuple[str, int, int]] = []
    for passage in passages:
        start, end = max(0, passage.start - reach), passage.end + reach
        for i, (article_id, first, last) in enumerate(stretches):
            if article_id == passage.article_id and start <= last and first <= end:
                stretches[i] = (article_id, min(start, first), max(end, last))
                break
        else:
            stretches.append((passage.article_id, start, end))
    return stretches


def _query(parts: Sequence[_Text], source: QuoteSource) -> list[str]:
    """The rarest words of the quotation."""
    every = list(dict.fromkeys(key for part in parts for key in part.keys))
    telling = [key for key in every if key not in STOP_WORDS] or every
    longest = sorted(telling, key=lambda key: -len(key))[:_WEIGHED]
    return sorted(longest, key=source.rarity, reverse=True)[:_RAREST]


def _exact(parts: Sequence[_Text], article: Article, whole: _Text) -> Iterator[QuoteMatch]:
    """Every place of the stretch that has all parts in order, word for word."""
    place = 0
    while (first := _run(whole.keys, parts[0].keys, place)) is not None:
        last = first + len(parts[0].keys)
        for part in parts[1:]:
            following = _run(whole.keys, part.keys, last)
            if following is None:
                return
            last = following + len(part.keys)
        start, end = whole.spans[first][0], whole.spans[last - 1][1]
        yield QuoteMatch(article.id, start, end, article.text[start:end], 1.0)
        place = last


def _run(keys: Sequence[str], wanted: Sequence[str], place: int) -> int | None:
    """Where the words follow each other in ``keys``, from ``place`` on."""
    for i in range(place, len(keys) - len(wanted) + 1):
        if keys[i] == wanted[0] and keys[i : i + len(wanted)] == wanted:
            return i
    return None


def _nearest(parts: Sequence[_Text], article: Article, around: _Text) -> QuoteMatch | None:
    """The place in the stretch that has most of the quotation's words in its order, if it has enough."""
    laid = [_lay(part, around) for part in parts]
    shared = sum(each.shared for each in laid)
    score = shared / sum(each.length for each in laid)
    if score < ALTERED or shared < _FEWEST:
        return None
    spans = [each.span for each in laid if each.span is not None]
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    differences = tuple(difference for each in laid for difference in each.differences)
    return QuoteMatch(article.id, start, end, article.text[start:end], score, differences)


@dataclass(frozen=True)
class _Laid:
    """One part of the quotation laid over a text: words shared, words of the longer side, place and differences."""

    shared: int
    length: int
    span: tuple[int, int] | None
    differences: tuple[QuoteDifference, ...]


def _lay(part: _Text, around: _Text) -> _Laid:
    """Lays one part over the stretch of the text that is most like it."""
    first, last = _window(part, around)
    equal = [code for code in Indel.opcodes(part.keys, around.keys[first:last]) if code.tag == "equal"]
    # A word at either end that also stands farther off, often "the", would stretch the place over what lies between
    while len(equal) > 1 and _strays(equal[0], equal[1], equal[0]):
        equal.pop(0)
    while len(equal) > 1 and _strays(equal[-2], equal[-1], equal[-1]):
        equal.pop()
    if not equal:
        return _Laid(0, len(part.keys), None, (QuoteDifference(part.read(0, len(part.keys)), ""),))
    shared = sum(code.src_end - code.src_start for code in equal)
    # Words missing at either end of the quotation stand in for as many words of the text, and no more
    begin = max(0, first + equal[0].dest_start - equal[0].src_start)
    finish = min(len(around.keys), first + equal[-1].dest_end + len(part.keys) - equal[-1].src_end)
    differences = tuple(_differences(part, around, begin, finish))
    span = (around.spans[begin][0], around.spans[finish - 1][1])
    return _Laid(shared, max(len(part.keys), finish - begin), span, differences)


def _strays(before: Opcode, after: Opcode, edge: Opcode) -> bool:
    """Whether the words skipped in the text between two runs in common outnumber those of the run at the edge."""
    skipped = (after.dest_start - before.dest_end) - (after.src_start - before.src_end)
    return skipped > edge.src_end - edge.src_start


def _window(part: _Text, around: _Text) -> tuple[int, int]:
    """The words of the text, first and last, between which the part lies, by the likeness of their letters."""
    if len(part.keys) > _LONG:
        return _common_stretch(part, around)
    joined = " ".join(around.keys)
    found = fuzz.partial_ratio_alignment(" ".join(part.keys), joined)
    if found is None:
        return 0, len(around.keys)
    first = joined.count(" ", 0, found.dest_start)
    last = joined.count(" ", 0, found.dest_end) + 1
    return max(0, first - _SLACK), min(len(around.keys), last + _SLACK)


def _common_stretch(part: _Text, around: _Text) -> tuple[int, int]:
    """The same for a long part, by the runs of words in common: stray words in common far off count for nothing."""
    codes = Indel.opcodes(part.keys, around.keys)
    runs = [code for code in codes if code.tag == "equal" and code.src_end - code.src_start >= _FEWEST]
    if not runs:
        return 0, len(around.keys)
    first = runs[0].dest_start - runs[0].src_start
    last = runs[-1].dest_end + len(part.keys) - runs[-1].src_end
    return max(0, first), min(len(around.keys), last)


def _differences(part: _Text, around: _Text, begin: int, finish: int) -> Iterator[QuoteDifference]:
    """The words that differ, side by side; what is put in and what is left out at one place are one difference."""
    given = found = None
    codes = [*Indel.opcodes(part.keys, around.keys[begin:finish])]
    for code in codes:
        if code.tag == "equal":
            if given is not None and found is not None:
                yield QuoteDifference(part.read(*given), around.read(*found))
            given = found = None
            continue
        given = (given[0] if given else code.src_start, code.src_end)
        found = (found[0] if found else begin + code.dest_start, begin + code.dest_end)
    if given is not None and found is not None:
        yield QuoteDifference(part.read(*given), around.read(*found))

"""Where a quotation comes from: exact, altered (and how) or absent. No language model is asked.

The rarest words of the quotation find candidate passages in the keyword index; the quotation is then laid over the
text of their articles word by word. Quotation marks, dashes, spaces, punctuation and letter case are no differences;
the signs of numbers are. "…" in the quotation stands for what was left out, "[words]" for what an editor put there:
both are shown, and where they change the sense (see qa/text/quotations/left_out.py) the quotation is altered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Protocol

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Opcode

from index.errors import InputError
from index.language.detection import rules_for
from index.reading.letters.letters import clean
from index.records import Article, Passage
from index.text.keyword_tokens import searchable
from qa.text.quotations.compared import Quoted, bare, has_broken_words, is_unspaced
from qa.text.quotations.left_out import Gap, changes_sense, parts_of
from qa.text.words import fold

LONGEST_QUOTATION = 100_000
"""Characters of a quotation that are looked up. Round, not fitted."""
ALTERED = 0.6
"""Share of words in common from which a stretch of text is taken for the quotation, altered. Chosen by eye."""

_WEIGHED = 12
"""Words of a quotation, the longest ones, whose rarity is looked up: the longest tend to be the rarest. Chosen by
eye."""
_RAREST = 5
"""Words of a quotation, the rarest ones, by which passages are found. Chosen by eye."""
_PASSAGES = 30
"""Passages with these words, at most, that are compared with the quotation. Round, not fitted."""
_LAID_OVER = 8
"""Stretches of text that a quotation is compared with where none has it word for word. Chosen by eye."""
_FEWEST = 3
"""Words in common below which only an exact quotation is recognised. Chosen by eye."""
_SLACK = 5
"""Words by which a comparison of letters may miss the beginning or the end of the quotation. Chosen by eye."""
_LONG = 100
"""Words above which a quotation is located by runs of words: comparing letters would take seconds. Round, not
fitted."""
_SHOWN = 300
"""Characters shown of the words that a quotation leaves out. Round, not fitted."""
_STOP = re.compile(r"[.,;:!?–—](?=\s)\s+")
_MARGIN = 400
"""Characters read on either side of a found passage, besides the length of the quotation. Round, not fitted."""


class QuoteSource(Protocol):
    """The parts of a library that looking up a quotation needs."""

    def words(self, terms: Sequence[str], limit: int) -> list[Passage]:
        """Passages that hold any of the words, best by BM25 first."""
        ...

    def rarity(self, word: str) -> float:
        """The word's inverse document frequency over the passages."""
        ...

    def article(self, article_id: str) -> Article: ...


@dataclass(frozen=True)
class QuoteDifference:
    """Words of the quotation (``given``) and what the article has in their place (``found``); either may be empty."""

    given: str
    found: str


@dataclass(frozen=True)
class QuoteMatch:
    """A place that the quotation may come from: ``article.text[start:end] == quote``."""

    article_id: str
    start: int
    end: int
    quote: str
    score: float
    """Share of words in common, 1 for an exact quotation."""
    differences: tuple[QuoteDifference, ...] = ()
    marked: tuple[QuoteDifference, ...] = ()
    """What the quotation itself marks as left out ("…") or put in ("[words]"), and what the article has there."""
    pages: tuple[int, ...] = ()
    """The first and the last page that the place stands on; empty where the article has no pages."""


@dataclass(frozen=True)
class QuoteResult:
    """The verdict, and the places that it rests on, best first: all exact ones, else the nearest altered ones."""

    verdict: Literal["exact", "altered", "absent"]
    matches: tuple[QuoteMatch, ...]

    def to_json(self) -> dict[str, Any]:
        """The result as ``byline quote --json`` prints it."""
        data = asdict(self)
        for match in data["matches"]:
            match["article"] = match.pop("article_id")
        return data


def find_quote(text: str, source: QuoteSource) -> QuoteResult:
    """Finds where a quotation comes from, and where it differs from the article.

    Raises InputError: the quotation has no word, or is longer than ``LONGEST_QUOTATION`` characters.
    """
    if len(text) > LONGEST_QUOTATION:
        raise InputError(f"The quotation has {len(text):,} characters; give at most {LONGEST_QUOTATION:,} of them.")
    parts, gaps = parts_of(clean(text))  # in the letters that articles are read in
    if not parts:
        raise InputError("The quotation has no words; paste the words to look up.")
    stretches = _stretches(source.words(_query(parts, source), _PASSAGES), parts)
    articles = {article_id: source.article(article_id) for article_id, _, _ in stretches}
    wanted = {bare(key) for part in parts for key in part.keys}
    # Most stretches lack words of the quotation: looking for the letters costs far less than parting all into words
    lacking = [_lacking(wanted, articles[key].text[start:end]) for key, start, end in stretches]
    nearest_first = sorted(range(len(stretches)), key=lambda i: lacking[i])
    read = [_read(articles, stretches[i]) for i in nearest_first]
    holding = [place for i, place in zip(nearest_first, read, strict=True) if lacking[i] == 0]
    whole = [match for article, around in holding for match in _whole(parts, gaps, article, around)]
    if exact := [match for match in whole if not match.differences]:
        return QuoteResult("exact", tuple(exact))
    if whole:
        return QuoteResult("altered", tuple(whole))
    nearest = [_nearest(parts, article, around) for article, around in read[:_LAID_OVER]]
    altered = sorted((match for match in nearest if match is not None), key=lambda match: -match.score)
    if not altered and len(parts) == 1:
        altered = [match for article, around in holding for match in _interrupted(parts[0], article, around)]
    return QuoteResult("altered" if altered else "absent", tuple(altered))


def _read(articles: Mapping[str, Article], stretch: tuple[str, int, int]) -> tuple[Article, Quoted]:
    key, start, end = stretch
    return articles[key], Quoted.of(articles[key].text, start, end)


def _lacking(wanted: Iterable[str], text: str) -> int:
    """The number of words that do not occur in the text, not even within other words."""
    folded = fold(searchable(text)).casefold()
    return sum(key not in folded and key not in folded.replace(".", "") for key in wanted)


def _stretches(passages: Sequence[Passage], parts: Sequence[Quoted]) -> list[tuple[str, int, int]]:
    """(article id, start, end) around each passage, wide enough for the quotation; overlapping ones are merged."""
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


def _query(parts: Sequence[Quoted], source: QuoteSource) -> list[str]:
    """The rarest words of the quotation."""
    every = list(dict.fromkeys(term for part in parts for term in _terms(part)))
    stop_words = rules_for(" ".join(part.text for part in parts)).stop_words
    telling = [key for key in every if key not in stop_words] or every
    longest = sorted(telling, key=lambda key: -len(key))[:_WEIGHED]
    return sorted(longest, key=source.rarity, reverse=True)[:_RAREST]


def _terms(part: Quoted) -> Iterator[str]:
    """Yields the terms to look up: words without signs, those without a gap as the one that they are in the index
    ("H2O"); in scripts without spaces, pairs of letters.
    """
    keys = part.keys
    for first, second in zip(keys, [*keys[1:], ""], strict=True):
        yield first + second if is_unspaced(first) and is_unspaced(second) else bare(first) or first
    together = ""
    for at, key in enumerate(keys):
        touches = at > 0 and part.spans[at - 1][1] == part.spans[at][0]
        together = together + key if touches else key
        is_last = at + 1 == len(keys) or part.spans[at][1] < part.spans[at + 1][0]
        if is_last and together != key and together.isalnum():
            yield together


def _whole(parts: Sequence[Quoted], gaps: Sequence[Gap], article: Article, around: Quoted) -> Iterator[QuoteMatch]:
    """Yields every place in ``around`` that has all parts in order, word for word."""
    start, end = around.reach
    for joined in (False, True):
        text = Quoted.of(article.text, start, end, joined) if joined else around
        given = [Quoted.of(part.text, joined=joined) for part in parts] if joined else parts
        found = {places[-1][1]: places for places in _places(given, gaps, text)}  # of two beginnings the later
        for places in found.values():
            yield _match(gaps, article, [(text.spans[first][0], text.spans[last - 1][1]) for first, last in places])
        if found or not any(has_broken_words(each.text) for each in (text, *parts)):
            return


def _interrupted(given: Quoted, article: Article, around: Quoted) -> Iterator[QuoteMatch]:
    """Yields places where the quotation joins words between which the article says who speaks."""
    for stop in _STOP.finditer(given.text):
        parts = [Quoted.of(given.text[: stop.start()]), Quoted.of(given.text[stop.end() :])]
        if min(len(part.keys) for part in parts) >= _FEWEST:
            for match in _whole(parts, [Gap(stop[0].strip(), put_in=False)], article, around):
                if match.end - match.start <= len(given.text) + _SHOWN:
                    differences = (*match.differences, *match.marked)
                    score = len(given.text) / (match.end - match.start)
                    yield replace(match, score=score, differences=differences, marked=())


def _places(parts: Sequence[Quoted], gaps: Sequence[Gap], text: Quoted) -> Iterator[list[tuple[int, int]]]:
    """Yields, for each place that has all parts, the first and last word numbers of each part."""
    first = _run(text.keys, parts[0].keys, 0)
    while first is not None:
        places = [(first, first + len(parts[0].keys))]
        for gap, part in zip(gaps, parts[1:], strict=True):
            following = _run(text.keys, part.keys, places[-1][1])
            if following is None or following - places[-1][1] > gap.most_words:
                break
            places.append((following, following + len(part.keys)))
        else:
            yield places
        first = _run(text.keys, parts[0].keys, first + 1)


def _match(gaps: Sequence[Gap], article: Article, spans: Sequence[tuple[int, int]]) -> QuoteMatch:
    """The match of parts at these spans, with what the quotation leaves out or puts in between them."""
    start, end = spans[0][0], spans[-1][1]
    marked: list[QuoteDifference] = []
    altered: list[QuoteDifference] = []
    for gap, (_, before), (after, _) in zip(gaps, spans, spans[1:], strict=False):
        between = article.text[before:after]
        shown = QuoteDifference(gap.given, _shortened(between))
        if not Quoted.of(between).keys and not gap.put_in:
            continue
        (altered if changes_sense(gap, article.text, before, after) else marked).append(shown)
    kept = sum(last - first for first, last in spans)
    score = kept / (end - start) if altered else 1.0
    pages = article.pages_of(start, end)
    return QuoteMatch(article.id, start, end, article.text[start:end], score, tuple(altered), tuple(marked), pages)


def _shortened(between: str) -> str:
    """The words that a quotation leaves out, in one line; of many only the beginning and the end."""
    line = " ".join(between.split()).strip(" ,;:.")
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN // 2]} […] {line[-_SHOWN // 2 :]}"


def _run(keys: Sequence[str], wanted: Sequence[str], place: int) -> int | None:
    """Index in ``keys``, from ``place`` on, where the words follow each other; None where they do not."""
    for i in range(place, len(keys) - len(wanted) + 1):
        if keys[i] == wanted[0] and keys[i : i + len(wanted)] == wanted:
            return i
    return None


def _nearest(parts: Sequence[Quoted], article: Article, around: Quoted) -> QuoteMatch | None:
    """The place in ``around`` with most of the quotation's words in order; None where it has too few."""
    laid = [_lay(part, around) for part in parts]
    shared = sum(each.shared for each in laid)
    score = shared / sum(each.length for each in laid)
    if score < ALTERED or shared < _FEWEST:
        return None
    spans = [each.span for each in laid if each.span is not None]
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    differences = tuple(difference for each in laid for difference in each.differences)
    in_order = sorted(zip(spans, parts, strict=False), key=lambda each: each[0])
    if len(spans) == len(parts) and spans != [span for span, _ in in_order]:
        told = [" … ".join(each) for each in ([p.text.strip() for p in parts], [p.text.strip() for _, p in in_order])]
        differences = (*differences, QuoteDifference(*told))
    pages = article.pages_of(start, end)
    return QuoteMatch(article.id, start, end, article.text[start:end], score, differences, pages=pages)


@dataclass(frozen=True)
class _Laid:
    """One part of the quotation aligned with a text.

    It has the number of words in common, that of the longer side, the place in the text, and the differences.
    """

    shared: int
    length: int
    span: tuple[int, int] | None
    differences: tuple[QuoteDifference, ...]


def _lay(part: Quoted, around: Quoted) -> _Laid:
    """Aligns one part with the stretch of the text that is most like it."""
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
    """Whether the run in common at the edge has fewer words than the text between it and the next run."""
    skipped = (after.dest_start - before.dest_end) - (after.src_start - before.src_end)
    return skipped > edge.src_end - edge.src_start


def _window(part: Quoted, around: Quoted) -> tuple[int, int]:
    """Numbers of the first and last word of the text between which the part lies, found by comparing letters."""
    if len(part.keys) > _LONG:
        return _common_stretch(part, around)
    joined = " ".join(around.keys)
    found = fuzz.partial_ratio_alignment(" ".join(part.keys), joined)
    if found is None:
        return 0, len(around.keys)
    first = joined.count(" ", 0, found.dest_start)
    last = joined.count(" ", 0, found.dest_end) + 1
    return max(0, first - _SLACK), min(len(around.keys), last + _SLACK)


def _common_stretch(part: Quoted, around: Quoted) -> tuple[int, int]:
    """The same for a long part, found by runs of words in common: single words may stand anywhere."""
    codes = Indel.opcodes(part.keys, around.keys)
    runs = [code for code in codes if code.tag == "equal" and code.src_end - code.src_start >= _FEWEST]
    if not runs:
        return 0, len(around.keys)
    first = runs[0].dest_start - runs[0].src_start
    last = runs[-1].dest_end + len(part.keys) - runs[-1].src_end
    return max(0, first), min(len(around.keys), last)


def _differences(part: Quoted, around: Quoted, begin: int, finish: int) -> Iterator[QuoteDifference]:
    """Yields the words that differ, side by side; an insertion and an omission at one place are one difference."""
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

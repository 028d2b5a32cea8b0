"""Finds the paragraphs of an article that correct earlier ones, by its text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.language.detection import rules_for
from index.language.pack import Corrections, Language
from index.records import Article, Sentence
from index.text.sentences import sentences
from qa.question.comparing import spoken_pattern
from qa.text.dates.meant_days import day_meant, published_on
from qa.text.dates.reading import dates
from qa.text.quotations.marks import IN_A_LINE, MARKS

_NEAR_THE_REPORT = 60
"""Most characters between the words for a report and its day: "our report, published in Tuesday's paper". Chosen by
eye."""
_BEFORE = 5
"""Characters added to the distance of a day that stands before these words: after them, "of" or "on" intervenes. Chosen
by eye."""

_BARE = re.compile(r"^[\s*_#>]+|[\s*_]+$")
_TIME_OF_ENTRY = re.compile(r"^\d{1,2}[.:]\d{2}\s?(?:[ap]\.?m\.?)?\s*[-–—:|]?\s*(?=\w)", re.IGNORECASE)
"""What stands before an entry of a live report: "11.15 a.m. – Correction: …"."""
_AFTER_HEADING = r"(?:\s*(?:[:|–—.]|\(|,(?=[^:]{0,20}\d))|\s-\s|\s*$)"
"""What must follow a heading of corrections: "Correction to the timetable" is none."""
_PARENTHESES = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True)
class Correction:
    """A paragraph that corrects an earlier article, and the words by which it names that article."""

    text: str
    """The paragraph."""
    headlines: tuple[str, ...]
    """Texts in it that may be the earlier one's headline."""
    day: date | None
    """The day on which the earlier one appeared, where the paragraph names it."""
    names_report: bool
    """Whether it mentions a report; if not, only its heading and place tell that it is a correction."""

    def within(self, article: Article) -> Sentence | None:
        """The paragraph with its place in the article's text; None where it is only the headline."""
        start = article.text.find(self.text)
        return Sentence(start, start + len(self.text), self.text) if start >= 0 else None


def corrections(article: Article) -> Iterator[Correction]:
    """Yields the corrections in an article.

    >>> text = "Correction: A report on 12 March (“Bridge shut for a year”) gave the wrong length."
    >>> [(each.headlines, each.day) for each in corrections(Article("a", "News", None, "2024-03-14", None, text))]
    [(('Bridge shut for a year',), datetime.date(2024, 3, 12))]
    """
    spoken = rules_for(article.text)
    known = spoken.corrections
    if known is None:
        return
    heading = spoken_pattern(rf"(?:{known.headings}){_AFTER_HEADING}")
    told = heading.match(_BARE.sub("", article.title))
    is_below = is_titled = told is not None
    if told and (rest := _BARE.sub("", article.title)[told.end() :].strip()):
        yield Correction(rest, (rest,), None, False)
    for line in (_TIME_OF_ENTRY.sub("", _BARE.sub("", each)) for each in article.text.splitlines()):
        begun = heading.match(line)
        if begun and begun.end() == len(line):
            is_below = True
        elif line:
            if found := _correction(line, begun is not None or is_below, article, spoken, known):
                yield found
            is_below = is_titled


def _correction(
    line: str, is_headed: bool, article: Article, spoken: Language, known: Corrections
) -> Correction | None:
    """The correction in a paragraph; None where it has none, or corrects its own article."""
    if spoken_pattern(rf"\b(?:{known.itself})\b").search(line):
        return None
    unquoted = IN_A_LINE.sub(lambda found: " " * len(found.group()), line)
    headlines = tuple(_headlines(line))
    if is_headed:
        report = spoken_pattern(rf"\b(?:{known.earlier})\b").search(unquoted)
        return Correction(line, headlines, _day(unquoted, report, article, spoken), report is not None)
    report = spoken_pattern(rf"\b(?:{known.ours})\b").search(unquoted)
    if report is None or not spoken_pattern(rf"\b(?:{known.wrong})\b").search(_sentence_at(unquoted, report.start())):
        return None
    return Correction(line, headlines, _day(unquoted, report, article, spoken), True)


def _sentence_at(text: str, place: int) -> str:
    """The sentence of a paragraph around index ``place``."""
    return next((each.text for each in sentences(text) if each.start <= place < each.end), "")


def _headlines(line: str) -> Iterator[str]:
    """Yields what a paragraph has in quotation marks or parentheses; of the latter also the part before a comma."""
    for found in IN_A_LINE.finditer(line):
        yield found.group().strip(MARKS)
    for found in _PARENTHESES.finditer(line):
        inside = found.group(1).strip()
        if inside[:1] not in MARKS:
            yield from dict.fromkeys((inside, inside.split(",")[0]))


def _day(unquoted: str, report: re.Match[str] | None, article: Article, spoken: Language) -> date | None:
    """The day of the report that a paragraph mentions: the date nearest to the words for it, preferably after them
    ("our report of 12 March"). ``unquoted`` has no quotations: a headline may hold a date.
    """
    published = published_on(article)
    place = report.span() if report else (0, 0)

    def apart(start: int, end: int) -> int:
        return start - place[1] if start >= place[0] else place[0] - end + _BEFORE

    named = [
        (apart(found.start, found.end), date(*day))
        for found in dates(unquoted, spoken)
        if (day := day_meant(found, published, ahead=False)) and all(day)
    ]
    near = [each for each in named if each[0] <= _NEAR_THE_REPORT]
    return min(near)[1] if near else None

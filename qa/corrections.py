"""Which article corrects which: one says that another was wrong, and names it by its headline, its day or its story.

A link is made only where no second article can be meant; where that is in doubt there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from index.errors import BylineError
from index.language.detection import rules_for
from index.language.pack import Corrections, Language, plain
from index.language.registry import packs
from index.library import Library
from index.records import Article, Filter, Sentence
from index.text.sentences import sentences
from qa.question.comparing import spoken_pattern
from qa.text.dates import dates
from qa.text.meant_days import day_meant, published_on
from qa.text.names import name_keys
from qa.text.quotation_marks import IN_A_LINE, MARKS
from qa.text.words import any_words, content, stems

_FEWEST_OF_A_HEADLINE = 3
"""Words of a headline by which an article is known where it is named whole."""
_FEWEST_OF_A_PART = 5
"""The same of its first words, where the rest is left out. Both chosen by eye."""
_MOST_LOOKED_AT = 40
"""Articles that hold the words looked up, of which the earliest are looked at."""
_DAYS_BACK = 30
"""Days before a correction in which the story is sought that it speaks of without naming a day."""
_DAYS_ON = 60
"""Days in which an article's corrections are sought: papers print most within a week."""
_NEAR_THE_REPORT = 60
"""Characters between what names a report and its day, at most: "our report, published in Tuesday's paper"."""
_BEFORE = 5
"""Characters that a day before it counts as farther off: "of" or "on" stands between it and a day after it."""
_SHARE = 0.5
"""Part of a correction's telling words that the story has at least which it speaks of without its headline."""
_FEWEST_SURE = 2
"""Names and numbers among them at least."""
_RIVAL = 0.75
"""Part of the best story's words from which on another may be meant as well. The three were chosen by eye."""

_BARE = re.compile(r"^[\s*_#>]+|[\s*_]+$")
_AFTER_HEADING = r"(?:\s*(?:[:|–—.]|\(|,(?=[^:]{0,20}\d))|\s-\s|\s*$)"
"""What follows a heading of corrections: "Correction to the timetable" is none."""
_PARENTHESES = re.compile(r"\(([^()]+)\)")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Correction:
    """What an article says of an earlier one that was wrong."""

    text: str
    """Its paragraph."""
    headlines: tuple[str, ...]
    """What may be the headline of the earlier one."""
    day: date | None
    """The day on which it appeared, where that is named."""
    names_report: bool
    """Whether it speaks of a report, or stands by its heading and place alone."""

    def within(self, article: Article) -> Sentence | None:
        """Its paragraph where it stands in the article; None where it is no more than the headline."""
        start = article.text.find(self.text)
        return Sentence(start, start + len(self.text), self.text) if start >= 0 else None


@dataclass(frozen=True)
class Corrected:
    """How an article stands to the others of its library."""

    corrects: tuple[Article, ...] = ()
    corrected_by: tuple[Article, ...] = ()

    def to_json(self) -> dict[str, list[str]]:
        """The ids of both, as ``byline list --json`` prints them."""
        return {
            "corrects": [each.id for each in self.corrects],
            "corrected_by": [each.id for each in self.corrected_by],
        }


def corrected(article: Article, library: Library) -> Corrected:
    """The articles that this one corrects, and those that correct it, in the order of their days."""
    return Corrected(tuple(corrects(article, library)), tuple(corrected_by(article, library)))


def all_corrected(library: Library) -> dict[str, Corrected]:
    """The same of all articles, by their ids; those that correct none and are corrected by none are left out.

    Only those are read that hold words of correction.
    """
    by, of = dict[str, list[Article]](), dict[str, list[Article]]()
    for one in _read(library.articles_with(_phrases(library), Filter(), -1), library):
        for other in corrects(one, library):
            of.setdefault(one.id, []).append(other)
            by.setdefault(other.id, []).append(one)
    return {
        each: Corrected(tuple(of.get(each, ())), tuple(_in_order(by.get(each, ())))) for each in of.keys() | by.keys()
    }


def corrects(article: Article, library: Library) -> list[Article]:
    """The articles of the library that this one says it corrects."""
    return _in_order(meant for _, meant in corrections_by(article, library))


def corrections_by(article: Article, library: Library) -> Iterator[tuple[Correction, Article]]:
    """What this article says was wrong in others of the library, each with the one that it speaks of."""
    for each in corrections(article):
        if meant := _meant(each, article, library):
            yield each, meant


def corrected_by(article: Article, library: Library) -> list[Article]:
    """The articles of the library that say they correct this one."""
    return _in_order(other for other, _ in corrections_to(article, library))


def corrections_to(article: Article, library: Library) -> Iterator[tuple[Article, Correction]]:
    """What the articles of the library say was wrong in this one, each with the article that says it."""
    ids = set(library.articles_with([_opening(article.title)], Filter(), _MOST_LOOKED_AT))
    day = published_on(article)
    if article.outlet and day:
        until = day + timedelta(days=_DAYS_ON)
        later = Filter(day.isoformat(), until.isoformat(), (article.outlet,))
        ids |= set(library.articles_with(_phrases(library), later, _MOST_LOOKED_AT, _capital(article)))
    for other in _read(sorted(ids - {article.id}), library):
        for each in corrections(other):
            if _may_mean(each, other, article):
                meant = _meant(each, other, library)
                if meant and meant.sha256 == article.sha256:
                    yield other, each


def corrections(article: Article) -> Iterator[Correction]:
    """What an article says of earlier ones that were wrong.

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
    for line in (_BARE.sub("", each) for each in article.text.splitlines()):
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
    """What a paragraph corrects in another article; None where it corrects nothing, or what stands beside it."""
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
    """The sentence that this place of a paragraph stands in."""
    return next((each.text for each in sentences(text) if each.start <= place < each.end), "")


def _headlines(line: str) -> Iterator[str]:
    """What a paragraph has in quotation marks or parentheses, and of the latter also what stands before a comma."""
    for found in IN_A_LINE.finditer(line):
        yield found.group().strip(MARKS)
    for found in _PARENTHESES.finditer(line):
        inside = found.group(1).strip()
        if inside[:1] not in MARKS:
            yield from dict.fromkeys((inside, inside.split(",")[0]))


def _day(unquoted: str, report: re.Match[str] | None, article: Article, spoken: Language) -> date | None:
    """The day of the report that a paragraph speaks of: the date that stands nearest to what names it, rather after it
    ("our report of 12 March") than before, and never one that is quoted: a headline may have one.
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


def _meant(correction: Correction, article: Article, library: Library) -> Article | None:
    """The article that a correction in this one speaks of; None where there is none, or there may be several."""
    named = [each for headline in correction.headlines for each in _headed(headline, library)]
    fitting = {each.id: each for each in named if _may_be(each, correction, article)}
    if fitting:
        own = [each for each in fitting.values() if each.outlet == article.outlet]
        left = own or list(fitting.values())
        return left[0] if len(left) == 1 and left[0].id != article.id else None
    if not correction.names_report or any(map(_is_title, correction.headlines)):
        return None
    return _by_story(correction, article, library)


def _headed(headline: str, library: Library) -> Iterator[Article]:
    """The articles with this headline, of which either may be given by its first words alone."""
    if len(any_words(headline)) >= _FEWEST_OF_A_HEADLINE:
        found = library.articles_with([_opening(headline)], Filter(), _MOST_LOOKED_AT, in_headline=True)
        for article in _read(found, library):
            if _is_headline(headline, article.title):
                yield article


def _opening(headline: str) -> str:
    """The first words of a headline, by which it is looked up.

    >>> _opening("“Ferry with 214 aboard runs aground off Skarn Head”")
    'Ferry with 214 aboard runs'
    """
    every = any_words(headline)[:_FEWEST_OF_A_PART]
    return headline[every[0].start : every[-1].end] if every else ""


def _is_headline(given: str, title: str) -> bool:
    """Whether a headline is given whole or by its first words.

    >>> _is_headline("Bridge shut for a year", "Bridge shut for a year; mayor resigns")
    True
    """
    one, other = ([word.key for word in any_words(text)] for text in (given, title))
    shared = min(len(one), len(other))
    fewest = _FEWEST_OF_A_HEADLINE if len(one) == len(other) else _FEWEST_OF_A_PART
    return shared >= fewest and one[:shared] == other[:shared]


def _is_title(quoted: str) -> bool:
    """Whether it looks like a headline: several words, the first with a capital letter or a digit."""
    return len(any_words(quoted)) >= _FEWEST_OF_A_HEADLINE and not quoted[:1].islower()


def _may_be(other: Article, correction: Correction, article: Article) -> bool:
    """Whether an article of the headline that a correction names is the one that it means.

    It appeared before, on the day that is named or the one beside it, in print or on the web; one of another outlet is
    meant only where a report and its day are named.
    """
    day, corrected_on = published_on(other), published_on(article)
    if day and corrected_on and day > corrected_on:
        return False
    is_of_the_day = bool(day and correction.day and abs((day - correction.day).days) <= 1)
    if other.outlet != article.outlet:
        return is_of_the_day and correction.names_report
    return is_of_the_day or day is None or correction.day is None


def _by_story(correction: Correction, article: Article, library: Library) -> Article | None:
    """The one article of the outlet, of the named day or the weeks before, that tells what a correction speaks of."""
    days = _days_of_the_story(correction, article)
    if not article.outlet or days is None:
        return None
    spoken = rules_for(article.text)
    telling = _telling(correction.text, spoken)
    only = Filter(days[0].isoformat(), days[1].isoformat(), (article.outlet,))
    found = library.words([word for word, _ in telling.values()], _MOST_LOOKED_AT, only)
    others = list(_read(dict.fromkeys(passage.article_id for passage in found), library))
    shared = {each.id: _shared(telling, correction, each, spoken) for each in others}
    ranked = sorted(others, key=lambda each: len(shared[each.id]), reverse=True)
    if not ranked or ranked[0].id == article.id or not _is_sure(shared[ranked[0].id], telling):
        return None
    is_rival = len(ranked) > 1 and len(shared[ranked[1].id]) >= _RIVAL * len(shared[ranked[0].id])
    return None if is_rival else ranked[0]


def _days_of_the_story(correction: Correction, article: Article) -> tuple[date, date] | None:
    """The first and last day on which the story may have appeared that a correction in this article speaks of."""
    last = correction.day or published_on(article)
    return (last - timedelta(days=1 if correction.day else _DAYS_BACK), last) if last else None


_Telling = Mapping[str, tuple[str, bool]]
"""Words by their stems, each with whether it is of a name."""


def _shared(telling: _Telling, correction: Correction, other: Article, spoken: Language) -> set[str]:
    """The stems of a correction that another article has, too, or its own beside the correction."""
    return telling.keys() & stems(f"{other.title}\n{other.text.replace(correction.text, '')}", spoken)


def _is_sure(shared: set[str], telling: _Telling) -> bool:
    """Whether so many words, names and numbers among them, make it the story that a correction speaks of."""
    sure = [stem for stem in shared if telling[stem][1] or telling[stem][0][0].isdigit()]
    is_named = any(telling[stem][1] for stem in shared)
    return len(shared) >= _SHARE * len(telling) and len(sure) >= _FEWEST_SURE and is_named


def _telling(text: str, spoken: Language) -> _Telling:
    """The words that tell what a correction speaks of.

    What names the report, its day and that it was wrong is left out.
    """
    known = spoken.corrections
    assert known is not None
    out = [(found.start, found.end) for found in dates(text, spoken)]
    for form in (known.headings, known.earlier, known.ours, known.wrong):
        out += [found.span() for found in spoken_pattern(rf"\b(?:{form})\b").finditer(text)]
    named = name_keys(text, spoken)
    return {
        word.stem: (word.text, word.key in named)
        for word in content(text, spoken)
        if not any(start <= word.start < end for start, end in out)
    }


def _may_mean(correction: Correction, other: Article, article: Article) -> bool:
    """Whether a correction in the other article may speak of this one, as far as the two tell: nothing is looked up."""
    if any(_is_headline(headline, article.title) for headline in correction.headlines):
        return True
    days, day, spoken = _days_of_the_story(correction, other), published_on(article), rules_for(other.text)
    if not correction.names_report or other.outlet != article.outlet or not (days and day):
        return False
    telling = _telling(correction.text, spoken)
    return days[0] <= day <= days[1] and _is_sure(_shared(telling, correction, article, spoken), telling)


def _capital(article: Article) -> list[str]:
    """The words of an article that have a capital letter: whatever corrects it has one of its names."""
    stop_words = rules_for(article.text).stop_words
    every = dict.fromkeys(_LETTERS.findall(f"{article.title} {article.text}"))
    return [word for word in every if word[0].isupper() and plain(word) not in stop_words]


def _phrases(library: Library) -> list[str]:
    """What is looked up to find corrections, in the languages of a library."""
    known = [spoken.corrections for spoken in packs().values() if library.speaks(spoken.code)]
    return [phrase for each in known if each for phrase in each.looked_up]


def _read(ids: Iterable[str], library: Library) -> Iterator[Article]:
    """The articles of these ids; one that is damaged, or gone by now, keeps no other from being shown."""
    for each in ids:
        with suppress(BylineError):
            yield library.article(each)


def _in_order(articles: Iterable[Article]) -> list[Article]:
    """The articles by their days, each once."""
    once = {each.id: each for each in articles}
    return sorted(once.values(), key=lambda each: (each.published or "", each.id))

"""What a plain text says about itself: headline, outlet, author, dates of publication and update, address.

Only what stands as such counts: a header line, a byline, a dateline, a line that is nothing but a date. A date
inside the story is a date of the story, and an article without a date of its own has none.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from index.language.parts.asking import NEVER
from index.language.parts.site import Bylines, any_of
from index.language.registry import bylines
from index.reading.metadata.dates import full_dates, weekdays
from index.reading.stated import Stated, by, language_code
from index.text.furniture import furniture
from index.text.sentences import sentences

_HEAD_LINES, _TAIL_LINES = 8, 3
"""Lines at the beginning and at the end in which a byline is looked for. Chosen by eye."""
_LONGEST_BYLINE, _LONGEST_HEADLINE, _LONGEST_TITLE = 160, 160, 80
"""Characters: of a longer line none is one. Chosen by eye."""
_MOST_NAMES = 6
"""Words of a part of a byline that is names. Chosen by eye."""

_URL = re.compile(r"https?://\S+")
_BETWEEN_PARTS = re.compile(r"[|·•/;,()\[\]]|\s[-–—]+\s|^\s*[-–—]+\s*|\s*[-–—]+\s*$")
_KNOWN_OUTLETS = "reuters|ap|afp|dpa|efe|ansa|upi|tass|xinhua|bbc|cnn|npr|pbs|cbs|nbc|abc|bloomberg|politico|spiegel"
_DOMAINS = "com|org|net|de|es|co\\.uk|fr|info|news"
_DATELINE_END = re.compile(r"\s*\)?\s*(?:\((?P<agency>[^)]{2,40})\))?\s*(?:[-–—]+|:)\s")
_AGENCY_DATELINE = re.compile(r"(?P<place>[^\W\d_][^.!?()\d]{1,50}?)\s*\((?P<agency>[^)]{2,40})\)\s*[-–—]+\s")


@dataclass(frozen=True)
class _Byline:
    """The facts in a line that tells about the article and is no part of its story."""

    published: str | None
    outlet: str | None
    bare: bool
    """Whether the line has nothing but a place and a date: the entries of a chronicle also begin so."""
    author: str | None = None
    updated: str | None = None
    where: str = "byline"


@dataclass(frozen=True)
class _Patterns:
    """Patterns of the lines above and below a story, of all languages together (see ``Bylines``)."""

    headers: Mapping[str, re.Pattern[str]]
    """A line with a field, by the name of its fact."""
    published: re.Pattern[str]
    updated: re.Pattern[str]
    time: re.Pattern[str]
    small_words: re.Pattern[str]
    """Words before a day or time; not the article of an outlet: "El Faro"."""
    of_event: re.Pattern[str]
    """How a line of something else's day goes on before it: "Concert on 9 June 2023", "Deadline: 9 June 2023"."""
    by: re.Pattern[str]
    author: re.Pattern[str]
    places: re.Pattern[str]
    names: re.Pattern[str]
    role: re.Pattern[str]
    section: re.Pattern[str]
    outlet: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    every = bylines()
    by, clock = any_of(each.by for each in every), any_of(each.o_clock for each in every)
    outlets = any_of(each.outlets for each in every)
    compounded = any_of(each.compounded_outlets for each in every)
    small = any_of(each.before_date for each in every)
    lower_case = any_of(each.in_names for each in every)

    def ignoring_case(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _Patterns(
        {name: ignoring_case(rf"(?:{keys})\s*:\s*(.+)") for name, keys in _fields(every).items()},
        ignoring_case(rf"\b(?:{any_of(each.published for each in every)})\b:?"),
        ignoring_case(rf"\b(?:{any_of(each.updated for each in every)})\b:?"),
        ignoring_case(
            rf"T?\d{{1,2}}(?:[:.h]\d{{2}}){{1,2}}(?:\.\d+)?(?:\s?(?:{clock})|\s?Z\b|\s?h\b)?|\b\d{{1,2}}\s?(?:{clock})"
            r"|\b(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|IST|AES?T)\b|[+-]\d{2}:?\d{2}\b"
        ),
        ignoring_case(rf"\b(?!(?-i:(?:{any_of(each.in_outlets for each in every)})\s[A-ZÀ-Þ]))(?:{small})\b:?"),
        ignoring_case(rf"\w(?::|\s+(?:{any_of(each.of_event for each in every)}))\s*$"),
        ignoring_case(rf"^(?:{by})\s+"),
        ignoring_case(rf"(?:{by})\s+(?!(?:{any_of(each.no_author for each in every)})\b)"),
        re.compile(rf"\s+(?:{any_of(each.places for each in every)})\s+(?=\S)"),
        re.compile(rf"(?:[^\W\d_a-zß-ÿ][\w.&'’-]*|dpa|&|{lower_case})(?:\s+|$)"),
        ignoring_case(rf"\b(?:{any_of(each.roles for each in every)})\b"),
        ignoring_case(any_of(each.sections for each in every)),
        ignoring_case(rf"\b(?:\w*(?:{compounded})|[\w-]+\.(?:{_DOMAINS})|{_KNOWN_OUTLETS}|{outlets})\b"),
    )


def _fields(every: Sequence[Bylines]) -> dict[str, str]:
    """For each fact the words before a colon and its value; English's facts come first, in their order."""
    names = dict.fromkeys(name for each in every for name in each.fields)
    return {name: any_of(each.fields.get(name, NEVER) for each in every) for name in names}


def stated(text: str, headers: Mapping[str, str] | None = None, headers_are: str = "front matter") -> Stated:
    """Reads what a plain text states about itself in its first and last lines.

    ``headers`` are fields that stood before the text, ``headers_are`` says what they were. The title is the headline
    where the text has one, else its first sentence, shortened.

    >>> told = stated("Storm closes harbour\\nBy Mara Lind | Reuters | Jan 17, 2020\\n\\nRain fell.")
    >>> told.title, told.author, told.outlet, told.published
    ('Storm closes harbour', 'Mara Lind', 'Reuters', '2020-01-17')
    """
    skipped = {text[start:end].strip() for start, end in furniture(text)}
    lines = _with_labels([line for line in map(str.strip, text.split("\n")) if line and line not in skipped])
    head, tail = lines[:_HEAD_LINES], lines[_HEAD_LINES:][-_TAIL_LINES:]
    masthead = _masthead(head)
    lines = [line for line in lines if line != masthead]
    headed = [f"{key}: {value}" for key, value in (headers or {}).items()]
    given = by(headers_are, **{name: value for line in headed for name, value in _header(line)})
    fields = by("header line", **{name: value for line in reversed([*head, *tail]) for name, value in _header(line)})
    bylines = [byline for number, line in enumerate(head) if (byline := _byline(line, first=number == 0))]
    datelines = [dateline for line in head if (dateline := _dateline(line))]
    closing = [byline for line in tail if (byline := _byline(line, first=True))]
    bare = {line for line in lines if (byline := _byline(line, first=False)) and byline.bare and byline.published}
    told = [byline for byline in bylines if not byline.bare] + datelines
    if len(bare) == 1:
        told += [byline for byline in bylines if byline.bare]
    told += closing
    found = given.otherwise(fields).otherwise(by("masthead", outlet=masthead))
    for byline in told:
        there = by(
            byline.where,
            outlet=byline.outlet,
            published=byline.published,
            author=byline.author,
            updated=byline.updated,
        )
        found = found.otherwise(there)
    url = next((line for line in [*head, *tail] if _URL.fullmatch(line)), None)
    found = found.otherwise(by("address line", url=url))
    return found.otherwise(by("first line", title=_headline(text, lines))).settled()


def _with_labels(lines: Sequence[str]) -> list[str]:
    """Returns the lines, each label that stands on a line of its own joined to the date on the next.

    >>> _with_labels(["Published", "3 December 2018", "Rain fell."])
    ['Published 3 December 2018', 'Rain fell.']
    """
    joined: list[str] = []
    label = ""
    for line in lines:
        if (
            label
            and full_dates(line[:_LONGEST_BYLINE])
            and not (_patterns().published.match(line) or _patterns().updated.match(line))
        ):
            joined[-1] = f"{label} {line}"
        else:
            joined.append(line)
        label = line if _patterns().published.fullmatch(line) or _patterns().updated.fullmatch(line) else ""
    return joined


def _header(line: str) -> Iterator[tuple[str, str]]:
    """Yields the name and value of the field in a line such as ``Date: 17 October 2018``, dates as ``YYYY-MM-DD``."""
    for name, pattern in _patterns().headers.items():
        found = pattern.fullmatch(line)
        if not found or len(line) > 2 * _LONGEST_BYLINE:
            continue
        value = found[1].strip().strip("\"'")
        if name in ("published", "updated"):
            value = next((date.iso for date in full_dates(value)), "")
        elif _URL.fullmatch(value):
            name = "url"
        elif name == "url":
            value = ""
        elif name == "language":
            value = language_code(value) or ""
        if value:
            yield name, value
        return


def _byline(line: str, first: bool) -> _Byline | None:
    """Returns the facts of a byline, None where the line is none.

    ``first``: it is the first line of the text, so that it may be a headline.
    """
    if len(line) > _LONGEST_BYLINE or "@" in line or _URL.search(line):
        return None
    dates = full_dates(line)
    author = bool(_patterns().author.match(line))
    if not dates and not author:
        return None
    rest = line
    for date in reversed(dates):
        rest = f"{rest[: date.start]}|{rest[date.end :]}"
    rest = _patterns().updated.sub("|", _patterns().published.sub("|", rest))
    keyword = rest.count("|") > line.count("|") + len(dates)
    rest = _patterns().small_words.sub(" ", _patterns().time.sub(" ", rest))
    words = [word.strip(" .:") for word in _BETWEEN_PARTS.split(rest)]
    parts = [word for word in words if word and word.casefold() not in weekdays()]
    if not all(
        _is_names(piece)
        for part in parts
        for piece in _patterns().places.split(_patterns().author.sub("", part), maxsplit=1)
    ):
        return None
    others = [part for part in parts if not _patterns().author.match(part)]
    outlet = _outlet(others, beside_author=author)
    bare = not (keyword or author or outlet)
    if bare and parts and (first or _patterns().of_event.search(line[: dates[0].start])):
        return None
    names = next((_patterns().author.sub("", part, count=1) for part in parts if _patterns().author.match(part)), "")
    published, updated = _own_dates(line)
    return _Byline(published, outlet, bare, _patterns().places.split(names)[0] or None, updated)


def _is_names(part: str) -> bool:
    """Returns whether a part of a line is at most ``_MOST_NAMES`` capitalised words, as names are."""
    return len(part.split()) <= _MOST_NAMES and not _patterns().names.sub("", part)


def _outlet(parts: Sequence[str], beside_author: bool) -> str | None:
    """Returns the part of a byline that names a newspaper, agency or station; None where none does."""
    candidates = [
        part for part in parts if not _patterns().role.search(part) and not _patterns().section.fullmatch(part)
    ]
    for part in candidates:
        if _patterns().outlet.search(part) or part.startswith("The "):
            return _patterns().by.sub("", part)
    return candidates[0] if beside_author and len(candidates) == 1 else None


def _masthead(head: Sequence[str]) -> str | None:
    """Returns the line that is only the outlet's name: beside a byline, while another line is the headline."""
    for number, line in enumerate(head):
        if not (_is_names(line) and _patterns().outlet.search(line)):
            continue
        others = [other for other in head if other != line and not _byline(other, first=False)]
        beside = [other for other in head[max(0, number - 1) : number + 2] if other != line]
        if any(_byline(other, first=False) for other in beside) and others and _is_headline(others[0]):
            return line
    return None


def _own_dates(line: str) -> tuple[str | None, str | None]:
    """Returns the days of publication and of the last update in a byline; a date has the label nearest before it.

    >>> _own_dates("Updated 18 October 2018 | Published 17 October 2018")
    ('2018-10-17', '2018-10-18')
    """
    found: dict[str, str] = {}
    labels = [(label.end(), "published") for label in _patterns().published.finditer(line)]
    labels += [(label.end(), "updated") for label in _patterns().updated.finditer(line)]
    for date in full_dates(line):
        before = [label for label in labels if label[0] <= date.start]
        found.setdefault(max(before)[1] if before else "published", date.iso)
    return found.get("published"), found.get("updated")


def _dateline(line: str) -> _Byline | None:
    """Returns the facts of a dateline, such as ``LIMA, Jan. 17, 2020 (Reuters) —`` at a paragraph's beginning."""
    for date in full_dates(line[:_LONGEST_BYLINE])[:1]:
        place, end = line[: date.start].strip(" ,(-–—"), _DATELINE_END.match(line, date.end)
        if end and place and _is_names(place.replace(",", "")):
            outlet = _outlet([end["agency"]] if end["agency"] else [], False)
            return _Byline(date.iso, outlet, bare=False, where="dateline")
    opening = _AGENCY_DATELINE.match(line)
    if opening and _is_names(opening["place"].replace(",", "")):
        outlet = _outlet([opening["agency"]], beside_author=False)
        return _Byline(None, outlet, bare=False, where="dateline") if outlet else None
    return None


def _headline(text: str, lines: Sequence[str]) -> str:
    """Returns the first line if it reads like a headline, else the first sentence of the story, shortened."""
    story = [
        line
        for number, line in enumerate(lines)
        if not any(_header(line)) and not _byline(line, first=number == 0) and not _URL.fullmatch(line)
    ]
    first = (story or lines or [text.strip()])[0]
    if len(story) > 1 and _is_headline(first):
        return first
    return shortened(next((sentence.text for sentence in sentences(first)), first))


def _is_headline(line: str) -> bool:
    return len(line) <= _LONGEST_HEADLINE and line[-1] not in ".…:;,"


def shortened(sentence: str) -> str:
    """Returns the sentence, cut between words to at most 80 characters, with "…" where something was cut."""
    if len(sentence) <= _LONGEST_TITLE:
        return sentence
    short = textwrap.shorten(sentence, _LONGEST_TITLE, placeholder="…")
    return short if len(short) > 1 else sentence[: _LONGEST_TITLE - 1] + "…"

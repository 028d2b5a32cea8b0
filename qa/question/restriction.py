"""What a question says of the articles it is to be answered from: their outlet, and when they were published.

Most dates in questions are of what happened, and an outlet may be quoted by others. So an outlet restricts only where
nothing that is found may be others' word of it, and a date only where it is said of the articles themselves; whatever
else a question names is no more than an offer.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from index.language.asking import When
from index.language.english_asking import RESTRICTING
from index.library import Library
from index.records import Filter
from qa.text.dates import Date, dates

_LOOKED_AT = 5
"""Passages among which one of another outlet may hold the answer."""
_NAME = rf"(?:{RESTRICTING.article}\s+)?(?P<name>[\w&.-]++(?:\s+[\w&.-]++){{0,5}})(?!['’]s\b)"
_NAMING = [re.compile(rf"\b{form.replace('{name}', _NAME)}", re.IGNORECASE) for form in RESTRICTING.outlet]
"""How a question names the outlet whose articles it asks for."""
_TO_A_DAY = rf"\s+(?:{RESTRICTING.article}\s+)?$"
_OF_ARTICLES = re.compile(
    rf"\b(?:{RESTRICTING.published})\s+(?P<when>{'|'.join(RESTRICTING.prepositions)}){_TO_A_DAY}", re.IGNORECASE
)
_WHEN = re.compile(rf"\b(?P<when>{RESTRICTING.alone}){_TO_A_DAY}", re.IGNORECASE)
_AROUND = re.compile(
    rf"^{RESTRICTING.article}\s+|^www\.|\.(?:com|org|net|co\.uk|info|[a-z]{{2}})$|(?<=\w)\s*{RESTRICTING.generic}$|\W",
    re.IGNORECASE,
)


def recognised(question: str, library: Library) -> Filter | None:
    """The articles that the question itself asks for, by their outlet and date; None where it asks for no certain ones.

    It admits at least one article.
    """
    since, until = published(question)
    outlets = _outlets(question, library)
    if outlets and _may_stand_elsewhere(question, outlets, library):
        outlets = ()
    only = Filter(since, until, outlets)
    return only if only != Filter() and library.admitted(only) else None


def offered(question: str, library: Library) -> Filter | None:
    """The articles of the outlet and date that the question names, where they are some of the library's and not all.

    The date may be of what happened: this is to be offered, never to be begun with.
    """
    since, until = None, None
    if found := _only_date(question):
        said = _WHEN.search(question[: found.start])
        since, until = _days(found, _meant(said) if said else "in")
    only = Filter(since, until, _outlets(question, library))
    return only if only != Filter() and 0 < library.admitted(only) < library.admitted(Filter()) else None


def _outlets(question: str, library: Library) -> tuple[str, ...]:
    return named_outlets(question, library.outlets()) if any(form.search(question) for form in _NAMING) else ()


def named_outlets(question: str, outlets: Sequence[str]) -> tuple[str, ...]:
    """Of these outlets the one whose articles the question asks for, in each of its spellings.

    None where the question names another one besides: what they say may be compared.

    >>> named_outlets("How many came, according to NBC?", ["NBC News", "nbcnews.com", "The Courier"])
    ('NBC News', 'nbcnews.com')
    >>> named_outlets("What did the Courier report about NBC?", ["NBC News", "The Courier"])
    ()
    """
    asked = {key: name for form in _NAMING for match in form.finditer(question) for key, name in _keys(match["name"])}
    found = tuple(outlet for outlet in outlets if _is_meant(outlet, asked.get(outlet_key(outlet), "")))
    rest = question
    for outlet in found:
        rest = re.sub(re.escape(_short(outlet)), "", rest, flags=re.IGNORECASE)
    is_alone = len({outlet_key(outlet) for outlet in found}) == 1 and not any(_names(rest, each) for each in outlets)
    return found if is_alone else ()


def published(question: str) -> tuple[str | None, str | None]:
    """First and last day of publication, ISO 8601, where the question says of articles when they were published.

    >>> published("What did articles from October 2018 say?")
    ('2018-10-01', '2018-10-31')
    >>> published("What was published since 3 May 2024?")
    ('2024-05-03', None)
    >>> published("Who won in October 2018?")
    (None, None)
    """
    found = _only_date(question)
    said = _OF_ARTICLES.search(question[: found.start]) if found else None
    return _days(found, _meant(said)) if found and said else (None, None)


def _only_date(question: str) -> Date | None:
    """The question's date, where it has one alone, and with its year."""
    found = dates(question)
    return found[0] if len(found) == 1 and found[0].year and not found[0].decade else None


def _meant(said: re.Match[str]) -> When:
    """What the word before a day means."""
    return RESTRICTING.prepositions[said["when"].lower()]


def _days(when: Date, said: When) -> tuple[str | None, str | None]:
    """First and last day of what is said of a date: "since" it, "before" it, or in it."""
    year, month, day = when.year or 0, when.month, when.day
    try:
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except ValueError:  # a 31st of June
        return None, None
    match said:
        case "since":
            return first.isoformat(), None
        case "after":
            return (last + timedelta(days=1)).isoformat(), None
        case "before":
            return None, (first - timedelta(days=1)).isoformat()
        case "until":
            return None, last.isoformat()
    return first.isoformat(), last.isoformat()


def _may_stand_elsewhere(question: str, outlets: Sequence[str], library: Library) -> bool:
    """Whether an article that names the outlet ("..., NBC News reported"), or one of no known outlet, may answer."""
    for hit in library.search(question, _LOOKED_AT):
        other = library.article(hit.passage.article_id).outlet
        if other not in outlets and (other is None or _names(hit.passage.text, outlets[0])):
            return True
    return False


def _is_meant(outlet: str, name: str) -> bool:
    """Whether a name of the same key is the outlet's: "the union" is none, but who types "nbc" means NBC."""
    return name != "" and (not name.islower() or _short(outlet).isupper())


def _names(text: str, outlet: str) -> bool:
    """Whether a text names the outlet.

    >>> _names("a count that NBC reported", "NBC News"), _names("a herald of spring", "The Herald")
    (True, False)
    """
    return re.search(rf"(?<!\w){re.escape(_short(outlet))}(?!\w)", text) is not None


def _short(outlet: str) -> str:
    return re.sub(rf"^{RESTRICTING.article}\s+|\s+{RESTRICTING.generic}$", "", outlet, flags=re.IGNORECASE)


def _keys(words: str) -> Iterator[tuple[str, str]]:
    """What the outlet may be whose name the words begin with: its key, and the name."""
    parts = words.split()
    for count in range(1, len(parts) + 1):
        name = " ".join(parts[:count])
        yield outlet_key(name), name


def outlet_key(name: str) -> str:
    """What every spelling of an outlet's name has in common.

    >>> outlet_key("The Herald"), outlet_key("www.nbcnews.com"), outlet_key("NBC")
    ('herald', 'nbc', 'nbc')
    """
    key = name.casefold().strip(" .")
    while (shorter := _AROUND.sub("", key)) != key:
        key = shorter
    return key

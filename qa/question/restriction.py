"""Reads from a question which articles it is to be answered from: their outlet, and when they were published.

Most dates in questions are of events, and outlets are quoted by others. So an outlet restricts the question only where
no other article may report what it said, and a date only where the question says that articles were published then.
Any other outlet or date is only offered to the reader as a restriction.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from index.language.detection import rules_for
from index.language.pack import Language
from index.language.parts.asking import When
from index.library import Library
from index.records import Filter
from qa.text.dates.reading import Date, dates
from qa.text.words import ENGLISH

_LOOKED_AT = 5
"""Passages found that are examined for an article of another outlet which may hold the answer. Chosen by eye."""


@dataclass(frozen=True, eq=False)
class _Forms:
    """The compiled patterns by which questions in a language name outlets and days."""

    naming: tuple[re.Pattern[str], ...]
    """Name the outlet whose articles are asked for; group ``name``."""
    of_articles: re.Pattern[str]
    """Stands before a day of publication; group ``when``."""
    when: re.Pattern[str]
    """Stands before any other day; group ``when``."""
    meant: Mapping[str, When]
    """For the words in group ``when``, in lower case, which days they mean."""
    beside: re.Pattern[str]
    """Matches what may be left out at either end of an outlet's name."""
    around: re.Pattern[str]
    """Matches that, and everything else in which spellings of a name differ."""


@cache
def _forms(spoken: Language) -> _Forms | None:
    """The forms of a language; None where they are not known."""
    known = spoken.restricting
    if known is None:
        return None
    article = rf"(?:{known.article})(?:\s+|(?<=['’]))"
    name = rf"(?:{article})?(?P<name>[\w&.-]++(?:\s+[\w&.-]++){{0,5}})(?!['’]s\b)"
    to_a_day = rf"(?:\s+|(?<=['’]))(?:{article})?$"
    generic = rf"(?<=\w)\s*(?:{known.generic})$"
    meant = "|".join(known.prepositions).replace("'", "['’]")
    return _Forms(
        tuple(re.compile(rf"\b{form.replace('{name}', name)}", re.IGNORECASE) for form in known.outlet),
        re.compile(rf"\b(?:{known.published})\s+(?P<when>{meant}){to_a_day}", re.IGNORECASE),
        re.compile(rf"\b(?P<when>{known.alone}){to_a_day}", re.IGNORECASE),
        known.prepositions,
        re.compile(rf"^{article}|\s+(?:{known.generic})$", re.IGNORECASE),
        re.compile(rf"^{article}|^www\.|\.(?:com|org|net|co\.uk|info|[a-z]{{2}})$|{generic}|\W", re.IGNORECASE),
    )


def recognised(question: str, library: Library) -> Filter | None:
    """The filter that the question itself clearly asks for, by outlet and date of publication; None where it has none.

    It admits at least one article.
    """
    since, until = published(question)
    outlets = _outlets(question, library)
    if outlets and _may_stand_elsewhere(question, outlets, library):
        outlets = ()
    only = Filter(since, until, outlets)
    return only if only != Filter() and library.admitted(only) else None


def offered(question: str, library: Library) -> Filter | None:
    """A filter for the outlet and date that the question names, where it admits some but not all articles; else None.

    The date may be that of an event, so the filter is only offered to the reader, never applied unasked.
    """
    since, until = None, None
    forms = _forms(rules_for(question))
    if forms and (found := _only_date(question)):
        said = forms.when.search(question[: found.start])
        since, until = _days(found, _meant(said, forms) if said else "in")
    only = Filter(since, until, _outlets(question, library))
    return only if only != Filter() and 0 < library.admitted(only) < library.admitted(Filter()) else None


def _outlets(question: str, library: Library) -> tuple[str, ...]:
    forms = _forms(rules_for(question))
    asks = forms is not None and any(form.search(question) for form in forms.naming)
    return named_outlets(question, library.outlets()) if asks else ()


def named_outlets(question: str, outlets: Sequence[str]) -> tuple[str, ...]:
    """All spellings among ``outlets`` of the outlet whose articles the question asks for; none if it names no outlet.

    None either where it names a second outlet: the two may be compared.

    >>> named_outlets("How many came, according to NBC?", ["NBC News", "nbcnews.com", "The Courier"])
    ('NBC News', 'nbcnews.com')
    >>> named_outlets("What did the Courier report about NBC?", ["NBC News", "The Courier"])
    ()
    """
    spoken = rules_for(question)
    forms = _forms(spoken)
    if forms is None:
        return ()
    named = (match["name"] for form in forms.naming for match in form.finditer(question))
    asked = {key: name for words in named for key, name in _keys(words, spoken)}
    found = tuple(o for o in outlets if _is_meant(_short(o, spoken), asked.get(outlet_key(o, spoken), "")))
    rest = question
    for outlet in found:
        rest = re.sub(re.escape(_short(outlet, spoken)), "", rest, flags=re.IGNORECASE)
    keys = {outlet_key(outlet, spoken) for outlet in found}
    return found if len(keys) == 1 and not any(_names(rest, each, spoken) for each in outlets) else ()


def published(question: str) -> tuple[str | None, str | None]:
    """First and last day of publication (ISO 8601) that the question asks for; None where it leaves one open.

    >>> published("What did articles from October 2018 say?")
    ('2018-10-01', '2018-10-31')
    >>> published("What was published since 3 May 2024?")
    ('2024-05-03', None)
    >>> published("Who won in October 2018?")
    (None, None)
    """
    found, forms = _only_date(question), _forms(rules_for(question))
    said = forms.of_articles.search(question[: found.start]) if found and forms else None
    return _days(found, _meant(said, forms)) if found and forms and said else (None, None)


def _only_date(question: str) -> Date | None:
    """The question's only date, if it has a year; None where it has none, or several."""
    found = dates(question, rules_for(question))
    return found[0] if len(found) == 1 and found[0].year and not found[0].decade else None


def _meant(said: re.Match[str], forms: _Forms) -> When:
    """Which days the words before a day mean."""
    return forms.meant[" ".join(said["when"].lower().replace("’", "'").split())]


def _days(when: Date, said: When) -> tuple[str | None, str | None]:
    """First and last day (ISO 8601) that ``said`` means of a date: since it, before it, or in it; None: no limit."""
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
    """Whether the answer may be in an article that cites the outlet ("..., NBC News reported"), or one without
    outlet.
    """
    for hit in library.search(question, _LOOKED_AT):
        other = library.article(hit.passage.article_id).outlet
        if other not in outlets and (other is None or _names(hit.passage.text, outlets[0], rules_for(question))):
            return True
    return False


def _is_meant(short: str, name: str) -> bool:
    """Whether ``name`` means the outlet whose short name is ``short``; both have the same ``outlet_key``.

    "the union" does not mean "The Union", but "nbc" means NBC.
    """
    return name != "" and (not name.islower() or short.isupper())


def _names(text: str, outlet: str, spoken: Language = ENGLISH) -> bool:
    """Whether a text names the outlet.

    >>> _names("a count that NBC reported", "NBC News"), _names("a herald of spring", "The Herald")
    (True, False)
    """
    return re.search(rf"(?<!\w){re.escape(_short(outlet, spoken))}(?!\w)", text) is not None


def _short(outlet: str, spoken: Language) -> str:
    """The outlet's name without its article and other words that may be left out at its ends."""
    forms = _forms(spoken)
    return forms.beside.sub("", outlet) if forms else outlet


def _keys(words: str, spoken: Language) -> Iterator[tuple[str, str]]:
    """Yields, for each possible length of an outlet's name at the beginning of ``words``, its key and the name."""
    parts = words.split()
    for count in range(1, len(parts) + 1):
        name = " ".join(parts[:count])
        yield outlet_key(name, spoken), name


def outlet_key(name: str, spoken: Language = ENGLISH) -> str:
    """The key that all spellings of an outlet's name share, by the rules of a language.

    >>> outlet_key("The Herald"), outlet_key("www.nbcnews.com"), outlet_key("NBC")
    ('herald', 'nbc', 'nbc')
    """
    key, forms = name.casefold().strip(" ."), _forms(spoken)
    while forms and (shorter := forms.around.sub("", key)) != key:
        key = shorter
    return key

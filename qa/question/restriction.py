"""What a question says of the articles it is to be answered from: their outlet, and when they were published.

Most dates in questions are of what happened, and an outlet may be quoted by others. So an outlet restricts only where
nothing that is found may be others' word of it, and a date only where it is said of the articles themselves; whatever
else a question names is no more than an offer.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from index.language.asking import When
from index.language.detection import rules_for
from index.language.pack import Language
from index.library import Library
from index.records import Filter
from qa.text.dates import Date, dates
from qa.text.words import ENGLISH

_LOOKED_AT = 5
"""Passages among which one of another outlet may hold the answer."""


@dataclass(frozen=True, eq=False)
class _Forms:
    """How a language's questions name outlets and days, compiled."""

    naming: tuple[re.Pattern[str], ...]
    """What names the outlet whose articles are asked for; group ``name``."""
    of_articles: re.Pattern[str]
    """What stands before a day of publication; group ``when``."""
    when: re.Pattern[str]
    """What stands before any other day; group ``when``."""
    meant: Mapping[str, When]
    """What these groups may hold, in lower case, and what it means."""
    beside: re.Pattern[str]
    """What may be left out at either end of an outlet's name."""
    around: re.Pattern[str]
    """The same, and what else spellings of a name differ in."""


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
    """Of these outlets the one whose articles the question asks for, in each of its spellings.

    None where the question names another one besides: what they say may be compared.

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
    """First and last day of publication, ISO 8601, where the question says of articles when they were published.

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
    """The question's date, where it has one alone, and with its year."""
    found = dates(question, rules_for(question))
    return found[0] if len(found) == 1 and found[0].year and not found[0].decade else None


def _meant(said: re.Match[str], forms: _Forms) -> When:
    """What the words before a day mean."""
    return forms.meant[" ".join(said["when"].lower().replace("’", "'").split())]


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
        if other not in outlets and (other is None or _names(hit.passage.text, outlets[0], rules_for(question))):
            return True
    return False


def _is_meant(short: str, name: str) -> bool:
    """Whether a name is that of the outlet with this short name and the same key.

    "the union" is none, but who types "nbc" means NBC.
    """
    return name != "" and (not name.islower() or short.isupper())


def _names(text: str, outlet: str, spoken: Language = ENGLISH) -> bool:
    """Whether a text names the outlet.

    >>> _names("a count that NBC reported", "NBC News"), _names("a herald of spring", "The Herald")
    (True, False)
    """
    return re.search(rf"(?<!\w){re.escape(_short(outlet, spoken))}(?!\w)", text) is not None


def _short(outlet: str, spoken: Language) -> str:
    """The outlet's name without its article and what else may be left out at its ends."""
    forms = _forms(spoken)
    return forms.beside.sub("", outlet) if forms else outlet


def _keys(words: str, spoken: Language) -> Iterator[tuple[str, str]]:
    """What the outlet may be whose name the words begin with: its key, and the name."""
    parts = words.split()
    for count in range(1, len(parts) + 1):
        name = " ".join(parts[:count])
        yield outlet_key(name, spoken), name


def outlet_key(name: str, spoken: Language = ENGLISH) -> str:
    """What every spelling of an outlet's name has in common in texts of a language.

    >>> outlet_key("The Herald"), outlet_key("www.nbcnews.com"), outlet_key("NBC")
    ('herald', 'nbc', 'nbc')
    """
    key, forms = name.casefold().strip(" ."), _forms(spoken)
    while forms and (shorter := forms.around.sub("", key)) != key:
        key = shorter
    return key

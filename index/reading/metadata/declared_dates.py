"""When a page was published and last changed, by what it declares of itself.

Pages also carry dates of other things: stories they link to, comments, the site. A date counts only where it is this
article's: in JSON-LD of an article with this headline or address, in meta tags, and in a time element beside the
headline. Where two are declared, the surer place wins, not the first.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal
from urllib.parse import urlsplit

from index.language.parts.site import any_of
from index.language.registry import bylines
from index.reading.metadata.dates import full_dates
from index.reading.stated import Stated, by

DateKind = Literal["published", "updated"]

_META: dict[DateKind, re.Pattern[str]] = {
    "published": re.compile(
        r"(?:(?:article|og|og:article):|article\.)?published(?:_time)?|datepublished|date|pubdate|bt:pubdate"
        r"|publish[-_]?date|publication_?date|originalpublicationdate"
        r"|dc(?:terms)?\.(?:date|issued|created|date\.issued|date\.created)"
        r"|parsely-pub-date|sailthru\.date|cxenseparse:recs:publishtime|citation_(?:publication_)?date",
        re.IGNORECASE,
    ),
    "updated": re.compile(
        r"(?:(?:article|og|og:article):|article\.)?(?:modified|updated)(?:_time)?|datemodified|last-modified|lastmod"
        r"|bt:moddate|revised|dc(?:terms)?\.(?:modified|date\.modified)",
        re.IGNORECASE,
    ),
}
_KEYS: dict[str, DateKind] = {"datePublished": "published", "dateModified": "updated"}
_OTHERS = (
    "ancestor-or-self::*[self::aside or self::nav or self::footer or self::blockquote"
    " or contains(@itemtype, '/Comment')]"
)
_LINK = "ancestor-or-self::a[1]"
_OTHERS_NAME = re.compile(
    r"(?:^|[\s_-])(?:comments?|repl(?:y|ies)|related|most-?(?:read|popular)|popular|recommend\w*|teasers?|sidebar|trending"
    r"|more-?(?:from|on|news|stories)|read-?(?:more|next)|latest|promo\w*|footer|discussion|disqus)(?:$|[\s_-])",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T?\d{4,6}.*)?\s*")
_SECONDS = re.compile(r"\s*(\d{9,10})(?:\.\d+|\d{3})?\s*")
"""Seconds since 1970, or thousandths of them."""
_CLASSED: dict[str, DateKind] = {
    "published": "published",
    "dt-published": "published",
    "updated": "updated",
    "dt-updated": "updated",
}
_VALUE = re.compile(r"[{\[]")
_MOST_TRIES = 3
"""Places at which a script's JSON is looked for: a comment before it may have brackets. Chosen by eye."""
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_COMMAS_TOO_MANY = re.compile(r",(\s*[}\]])")
_DEEPEST = 6
"""Lists and objects within each other in which JSON-LD describes an article. Round, not fitted."""
_LABEL_BEFORE = 60
"""Characters before a time element in which its label stands. Round, not fitted."""
_LONGEST_LINE = 160
"""Letters of a paragraph in which a time element is the article's date and not a time of the story. Chosen by eye."""


@cache
def _labels() -> dict[DateKind, re.Pattern[str]]:
    """Beginnings of words beside a date that tell what it is, in all languages together."""
    beginnings: dict[DateKind, str] = {
        "published": any_of(each.published_beginnings for each in bylines()),
        "updated": any_of(each.updated_beginnings for each in bylines()),
    }
    return {kind: re.compile(words, re.IGNORECASE) for kind, words in beginnings.items()}


def declared_dates(tree: Any, title: str, url: str | None) -> Stated:
    """Returns the days of publication and of the last update that a page declares for the article with this headline.

    ``tree`` is the page's element tree, ``url`` its address where it is known. Days are ``YYYY-MM-DD``.
    """
    found = Stated("")
    for kind, value, where in _declared(tree, title, url):
        day = iso_day(value)
        found = found.otherwise(by(where, published=day) if kind == "published" else by(where, updated=day))
    return found


def iso_day(value: str) -> str | None:
    """Returns the day (``YYYY-MM-DD``) in a declared value of any usual form; None where it holds none.

    >>> iso_day("20210902T0800"), iso_day("Tue, 12 Mar 2024 09:00:00 GMT"), iso_day("1651564800"), iso_day("now")
    ('2021-09-02', '2024-03-12', '2022-05-03', None)
    """
    if compact := _COMPACT.fullmatch(value):
        value = "-".join(compact.groups())
    elif seconds := _SECONDS.fullmatch(value):
        return datetime.datetime.fromtimestamp(int(seconds[1]), datetime.UTC).date().isoformat()
    return next((date.iso for date in full_dates(value)), None)


def _declared(tree: Any, title: str, url: str | None) -> Iterator[tuple[DateKind, str, str]]:
    """Yields every date that the page declares for the article: its kind, its value and the place that states it.

    The most reliable place comes first.
    """
    yield from ((kind, value, "JSON-LD") for kind, value in _in_json(tree, title, url))
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or (meta.get("itemprop") if not _foreign(meta) else "") or ""
        for kind, pattern in _META.items():
            if pattern.fullmatch(name) and not (meta.get("itemprop") and _foreign_scope(meta)):
                yield kind, meta.get("content") or "", "meta tag"
    for key, kind in _KEYS.items():
        for element in tree.xpath("//*[@itemprop=$key]", key=key):
            if not _foreign(element) and not _foreign_scope(element):
                yield from ((kind, value, "microdata") for value in _values(element))
    for element, kind in _classed(tree):
        if not _foreign(element) and _is_beside_headline(element):
            yield from ((kind, value, "microformat") for value in _values(element))
    for element in tree.xpath("//time"):
        if element.get("itemprop") is None and not _foreign(element) and _is_beside_headline(element):
            yield from ((_kind(element), value, "time element") for value in _values(element))


def _classed(tree: Any) -> Iterator[tuple[Any, DateKind]]:
    """Yields the elements whose class says that they hold a date, and the kind of date; none with a long text."""
    for name, kind in _CLASSED.items():
        for element in tree.xpath(
            "//*[contains(concat(' ', normalize-space(@class), ' '), concat(' ', $name, ' '))]", name=name
        ):
            if len("".join(element.itertext())) <= _LONGEST_LINE:
                yield element, kind


def _values(element: Any) -> list[str]:
    """Returns what may be the date of an element: attributes for machines in it and below it, then its text."""
    return [
        *element.xpath("descendant-or-self::*/@*[name() = 'datetime' or name() = 'content' or name() = 'title']"),
        "".join(element.itertext()),
    ]


# JSON-LD: https://schema.org/datePublished


def _in_json(tree: Any, title: str, url: str | None) -> Iterator[tuple[DateKind, str]]:
    """Yields the dates in JSON-LD that describes this page's article, told by its headline or address."""
    nodes = [node for script in tree.iter("script") for node in _articles(_parsed(script.text or ""))]
    own = [node for node in nodes if _same_address(node, url) or _same_headline(node, title)]
    if not own and len(nodes) == 1 and not _contradicts(nodes[0], title, url):
        own = nodes
    for node in own:
        for key, kind in _KEYS.items():
            yield kind, str(node.get(key) or "")


def _parsed(script: str) -> list[Any]:
    """Returns the JSON values in a script, also inside CDATA, behind comments, and with superfluous commas.

    >>> _parsed('/* site */ //<![CDATA[\\n{"a": 1,}; {"b": 2} //]]>')
    [{'a': 1}, {'b': 2}]
    """
    found: list[Any] = []
    reached, failed, decoder = 0, 0, json.JSONDecoder(strict=False)
    text = _COMMAS_TOO_MANY.sub(r"\1", _CDATA.sub(" ", script))
    while failed < _MOST_TRIES and (begin := _VALUE.search(text, reached)):
        try:
            value, reached = decoder.raw_decode(text, begin.start())
            found.append(value)
        except (ValueError, RecursionError):
            reached, failed = begin.end(), failed + 1
    return found


def _articles(node: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yields the articles that JSON-LD describes as the page's own, not those in its lists of other articles."""
    if isinstance(node, list) and depth < _DEEPEST:
        for part in node:
            yield from _articles(part, depth + 1)
    elif isinstance(node, dict) and depth < _DEEPEST:
        if re.search("Article|Posting|Report", str(node.get("@type"))) or ("headline" in node and "@type" not in node):
            yield node
        yield from _articles([node.get("@graph"), node.get("mainEntity"), node.get("mainEntityOfPage")], depth + 1)


def _same_address(node: dict[str, Any], url: str | None) -> bool:
    return bool(url) and any(_place(address) == _place(str(url)) for address in _addresses(node))


def _addresses(node: dict[str, Any]) -> list[str]:
    main = node.get("mainEntityOfPage")
    given = [node.get("url"), node.get("@id"), main.get("@id") if isinstance(main, dict) else main]
    return [address for address in given if isinstance(address, str) and address.startswith("http")]


def _place(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address, ""
    return parts.netloc.removeprefix("www."), parts.path.rstrip("/")


def _same_headline(node: dict[str, Any], title: str) -> bool:
    return bool(title) and _words(node.get("headline")) == _words(title)


def _contradicts(node: dict[str, Any], title: str, url: str | None) -> bool:
    """Returns whether JSON-LD describes another article: another address, or a headline with few words in common."""
    headline, shown = _words(node.get("headline")), _words(title)
    if headline and shown and 2 * len(headline & shown) < min(len(headline), len(shown)):
        return True
    return bool(url and _addresses(node)) and not _same_address(node, url) and headline != _words(title)


def _words(text: object) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", str(text or "").casefold()))


# Elements


def _foreign(element: Any) -> bool:
    """Returns whether an element stands in a part of the page about something else: links, comments, a footer."""
    if element.xpath(_OTHERS) or any(_leads_elsewhere(link) for link in element.xpath(_LINK)):
        return True
    for outer in element.iterancestors():
        if outer.tag in ("html", "body", "main"):
            return False
        if _OTHERS_NAME.search(f"{outer.get('id') or ''} {outer.get('class') or ''}"):
            return not outer.xpath(".//h1")
    return False


def _leads_elsewhere(link: Any) -> bool:
    """Returns whether a link that holds a date leads to another article; one around a date alone leads to this page."""
    of_times = "".join(word for time in link.iter("time") for word in time.itertext())
    return "".join("".join(link.itertext()).split()) != "".join(of_times.split())


def _foreign_scope(element: Any) -> bool:
    """Returns whether the microdata item that an element belongs to lacks the page's headline while another has it."""
    scopes = element.xpath("ancestor::*[@itemscope][1]")
    return bool(scopes) and not scopes[0].xpath(".//h1") and bool(element.xpath("//h1[ancestor::*[@itemscope]]"))


def _is_beside_headline(element: Any) -> bool:
    """Returns whether a time element dates the article: beside its headline, and in no sentence of the story."""
    around = element.xpath("ancestor::article[1]")
    if around and not around[0].xpath(".//h1") and element.xpath("//article[.//h1]"):
        return False
    if not element.xpath("preceding::h1 | ancestor::*[.//h1][self::article or self::header]"):
        return False
    paragraphs = element.xpath("ancestor::p[1]")
    return not paragraphs or len("".join(paragraphs[0].itertext())) <= _LONGEST_LINE


def _kind(element: Any) -> DateKind:
    """Returns whether a time element states the publication or an update, by its attributes or the label before it."""
    parent = element.getparent()
    names = " ".join(str(element.get(name) or "") for name in ("class", "id", "title", "aria-label", "pubdate"))
    beside = list(element.itersiblings(preceding=True))[::-1]
    pieces = [parent.text or "", *("".join(each.itertext()) + (each.tail or "") for each in beside)]
    before = "".join(pieces)[-_LABEL_BEFORE:]
    label = max(_labels()["published"].finditer(before), key=lambda found: found.start(), default=None)
    after = before[label.start() :] if label else f"{before} {parent.get('class') or ''}"
    if _labels()["published"].search(names):
        return "published"
    return "updated" if _labels()["updated"].search(f"{names} {after}") else "published"

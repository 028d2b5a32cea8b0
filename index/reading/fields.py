"""Makes articles of records of named fields, as JSON and CSV hold them; names such as "Headline" tell the field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from index.reading.bylines import stated
from index.reading.declared_dates import iso_day
from index.reading.format import Document, Unreadable
from index.reading.letters import clean, one_line
from index.reading.stated import by, language_code

NO_ARTICLES = "holds no articles: its records need a field named text, body, content or the like."
_NAMES = {
    "text": "text body content article articlebody story fulltext maintext bodytext contenttext html contenthtml "
    "description",
    "title": "title headline head heading titel name",
    "published": "published date datepublished publishedat publicationdate pubdate publishdate publisheddate created "
    "createdat timestamp",
    "updated": "updated modified datemodified updatedat lastmodified",
    "outlet": "outlet source publisher publication newspaper sitename site medium sourcename",
    "author": "author authors byline creator writer",
    "url": "url link permalink webaddress canonicalurl weburl",
    "language": "language lang languagecode inlanguage",
    "id": "id guid slug articleid uuid key docid",
}
_ORDER = {name: field.split() for name, field in _NAMES.items()}
_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|article|section|span|a)\b[^<>]*>", re.IGNORECASE)


def article_of(record: Mapping[str, Any], name: str) -> Document | None:
    """Makes an article of a record, named by the record's id, else by ``name``; None where no field holds a text.

    >>> article_of({"Headline": "Storm", "Body": "Rain fell.", "Pub-Date": "2024-03-12"}, "1").stated.published
    '2024-03-12'
    """
    fields = {re.sub(r"[\W_]", "", str(key)).casefold(): value for key, value in record.items()}
    found = {field: _first(fields, names) for field, names in _ORDER.items()}
    text = _prose(found["text"])
    if not text:
        return None
    title = one_line(found["title"])
    told = stated(text)
    if title and title.casefold() not in text[: len(title) + 200].casefold():
        text = f"{title}\n\n{text}"
    given = by(
        "field of the record",
        title=title,
        outlet=one_line(found["outlet"]),
        published=iso_day(found["published"]),
        url=one_line(found["url"]) if found["url"].startswith(("http://", "https://")) else None,
        author=one_line(found["author"]),
        updated=iso_day(found["updated"]),
        language=language_code(found["language"]),
    )
    return Document(text, given.otherwise(told).settled(), one_line(found["id"])[:120] or name)


def articles_expected(seen: int, records: int) -> None:
    """Checks that a file holds articles, by the number of records read and of articles seen among them.

    Raises Unreadable: none of the first 20 records was an article.
    """
    if not seen and records >= 20:
        raise Unreadable(NO_ARTICLES)


def _first(fields: Mapping[str, Any], names: list[str]) -> str:
    return next((words for name in names if (words := _words(fields.get(name)).strip())), "")


def _words(value: Any) -> str:
    """Returns the value of a field as text: of a text, a number, a list of these, or a mapping with a name."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        separator = "\n\n" if any(isinstance(each, str) and len(each) > 80 for each in value) else ", "
        return separator.join(words for each in value if not isinstance(each, list) and (words := _words(each)))
    if isinstance(value, Mapping):
        return next(
            (value[key] for key in ("name", "title", "text", "rendered", "url") if isinstance(value.get(key), str)), ""
        )
    return ""


def _prose(words: str) -> str:
    if not _MARKUP.search(words):
        return clean(words).strip()
    from index.reading.webpages import visible_text

    return visible_text(words)

"""Makes articles of records of named fields, as JSON and CSV hold them; names such as "Headline" tell the field."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from index.errors import InputError
from index.reading.format import Damaged, Document, Unreadable
from index.reading.letters.letters import clean, one_line
from index.reading.metadata.bylines import stated
from index.reading.metadata.declared_dates import iso_day
from index.reading.stated import by, language_code

_MOST_LISTED = 8
"""Names of a record's fields in the sentence that none of them holds a text. Chosen by eye."""
_LONGEST_LISTED = 40
"""Characters of a field's name in that sentence. Chosen by eye."""
_HEAD = 200
"""Characters at the beginning of a text, besides the headline's own, in which its headline may stand already. Round,
not fitted."""
_LONGEST_ID = 120
"""Characters of an id that a record gives. Round, not fitted."""
_FEWEST_SEEN = 20
"""Records, one of which at least is an article if any is. Round, not fitted."""
_PARAGRAPH = 80
"""Characters of a value of a list above which its values are paragraphs, not words beside each other. Round, not
fitted."""
STATED_BY = "field of the record"
"""Where a fact comes from that a field holds."""
_USUAL_NAMES = {
    "text": "text body content article articlebody story fulltext maintext bodytext contenttext html contenthtml "
    "inhalt artikeltext volltext texto contenido cuerpo texte contenu description",
    "title": "title headline head heading titel überschrift schlagzeile título titulo titular titre name",
    "published": "published date datepublished publishedat publicationdate pubdate publishdate publisheddate datum "
    "erschienen veröffentlicht fecha publicado publié publie created createdat timestamp",
    "updated": "updated modified datemodified updatedat lastmodified aktualisiert actualizado",
    "outlet": "outlet source publisher publication newspaper sitename site medium sourcename quelle zeitung fuente "
    "medio periódico periodico journal",
    "author": "author authors byline creator writer autor autorin verfasser autora auteur",
    "url": "url link permalink webaddress canonicalurl weburl",
    "language": "language lang languagecode inlanguage sprache idioma langue",
    "id": "id guid slug articleid uuid key docid",
}
_FIELDS = {fact: names.split() for fact, names in _USUAL_NAMES.items()}
"""For each fact the plain names of the fields that usually hold it, the one to look at first before the others."""
_INNER_RECORDS = ("_source", "fields", "attributes")
"""Where records of a search engine, a newspaper's interface or JSON:API have their own fields."""
_WORDS_OF_RECORD = ("name", "title", "main", "text", "rendered", "body", "content", "html", "value", "url")
"""Where a field that is a record itself has its words."""
_AS_USUAL: Mapping[str, str] = MappingProxyType({})
_HOW_TO_TELL = "tell which one holds the text with: --map text=FIELD"
_BY_NUMBER = "tell by number which one holds the text with: --map text="
_WORDS_OF_TEXT = 6
"""Words from which what stands in the place of a field's name is no name, but a text. Chosen by eye."""
_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|article|section|span|a)\b[^<>]*>", re.IGNORECASE)
_DAY_IN_NUMBERS = re.compile(r"\s*(\d{1,2})([/-])(\d{1,2})\2((?:1[6-9]|20)\d\d)\b")
_DAYS_IN_FILE = re.compile(rb"""(?:^|[,;|\t"'])\s*(\d{1,2})([/-])(\d{1,2})\2(?:1[6-9]|20)\d\d(?!\d)""", re.MULTILINE)


def days_come_first(start: bytes) -> bool | None:
    """Whether the day stands before the month in the dates of a file, by those in which only one of them can.

    ``start`` is the beginning of the file. None where no date tells it, or they contradict each other.

    >>> days_come_first(b"a,10/17/2018\\nb,3/4/2018"), days_come_first(b"a;17/10/2018"), days_come_first(b"a,3/4/2018")
    (False, True, None)
    """
    told = {int(one) > 12 for one, _, other in _DAYS_IN_FILE.findall(start) if (int(one) > 12) != (int(other) > 12)}
    return told.pop() if len(told) == 1 else None


def given_fields(pairs: Sequence[str]) -> dict[str, str]:
    """Parses pairs such as ``title=Kopf``, which a person gives, to a mapping from a fact to its field in the records.

    >>> given_fields(["headline=Kopf", "text=Inhalt"])
    {'title': 'Kopf', 'text': 'Inhalt'}

    Raises InputError: a pair has no ``=``, or names no fact.
    """
    fields = {}
    for pair in pairs:
        name, _, field = (part.strip() for part in pair.partition("="))
        fact = next((fact for fact, usual in _FIELDS.items() if _plain_name(name) in usual), None)
        if fact is None or not field:
            raise InputError(
                f'"{pair}" does not tell which field holds what; write it like title=FIELD, with one of '
                f"{', '.join(_FIELDS)} before it."
            )
        fields[fact] = field
    return fields


def are_numbers(fields: Iterable[str]) -> bool:
    """Whether fields, of which there are any, are all named by number, as the columns of a table without names are."""
    named = list(fields)
    return bool(named) and all(re.fullmatch("[0-9]+", field) for field in named)


def are_names(cells: Sequence[str]) -> bool:
    """Whether any of the cells is a usual name of a field, and none a text, so that they are the names of columns.

    >>> are_names(["Nr.", "Headline"]), are_names(["2024-03-12", "Storm", "Rain fell."])
    (True, False)
    """
    usual = {name for names in _FIELDS.values() for name in names}
    return any(_plain_name(cell) in usual for cell in cells) and not any(map(_is_text, cells))


def _is_text(cell: str) -> bool:
    return len(cell.split()) >= _WORDS_OF_TEXT


def article_from(
    record: Mapping[str, Any], name: str, given: Mapping[str, str] = _AS_USUAL, days_first: bool | None = None
) -> Document | None:
    """Makes an article of a record, named by the record's id, else by ``name``; None where no field holds a text.

    ``given`` maps some facts to the fields that hold them, instead of the usual field names; ``days_first`` is what
    ``days_come_first`` tells of the file.

    >>> article_from({"Headline": "Storm", "Body": "Rain fell.", "Pub-Date": "2024-03-12"}, "1").stated.published
    '2024-03-12'
    """
    inner: Mapping[str, Any] = next((record[key] for key in _INNER_RECORDS if isinstance(record.get(key), Mapping)), {})
    fields = {_plain_name(str(key)): value for key, value in {**record, **inner}.items()}
    names = {**_FIELDS, **{fact: [_plain_name(field)] for fact, field in given.items()}}
    values = {fact: _first_filled(fields, of_fact) for fact, of_fact in names.items()}
    text = _article_text(values["text"])
    if not text:
        return None
    title = one_line(html.unescape(values["title"]))
    of_text = stated(text)
    if title and title.casefold() not in text[: len(title) + _HEAD].casefold():
        text = f"{title}\n\n{text}"
    of_record = by(
        STATED_BY,
        title=title,
        outlet=one_line(html.unescape(values["outlet"])),
        published=_day(values["published"], days_first),
        url=one_line(values["url"]) if values["url"].startswith(("http://", "https://")) else None,
        author=one_line(values["author"]),
        updated=_day(values["updated"], days_first),
        language=language_code(values["language"]),
    )
    return Document(text, of_record.otherwise(of_text).settled(), one_line(values["id"])[:_LONGEST_ID] or name)


def _day(value: str, days_first: bool | None) -> str | None:
    """Returns the day of a date; of two numbers either of which may be it, the one that the file's other dates tell.

    >>> _day("03/04/2021", None), _day("03/04/2021", False), _day("03/04/2021", True)
    (None, '2021-03-04', '2021-04-03')
    """
    found = _DAY_IN_NUMBERS.match(value) if days_first is not None else None
    if found is None:
        return iso_day(value)
    day, month = (found[1], found[3]) if days_first else (found[3], found[1])
    return iso_day(f"{found[4]}-{month:0>2}-{day:0>2}")


def why_no_articles(fields: Iterable[str], given: Mapping[str, str] = _AS_USUAL) -> str:
    """Returns the reason why records are no articles: by the names of their ``fields``, none holds a text.

    >>> why_no_articles(["Eins", "Zwei"]).partition(";")[0]
    'holds no articles: none of its fields (Eins, Zwei) is named text, body, content or the like'
    >>> why_no_articles(["Eins", "Text"]).partition(";")[0]
    'holds no articles: its field Text is empty in every record'
    >>> why_no_articles(["Storm", "Rain fell all day in Aldmoor."]).partition(";")[2]
    ' tell by number which one holds the text with: --map text=2'
    """
    every = list(fields)
    names = [one_line(name)[:_LONGEST_LISTED] for name in every if name.strip()]
    wanted = [given["text"]] if "text" in given else _FIELDS["text"]
    if not names:
        return "holds no articles: its records need a field named text, body, content or the like."
    if there := next((name for name in names if _plain_name(name) in map(_plain_name, wanted)), ""):
        return f"holds no articles: its field {there} is empty in every record; {_HOW_TO_TELL}"
    listed = ", ".join(names[:_MOST_LISTED]) + (" …" if len(names) > _MOST_LISTED else "")
    longest = max(every, key=len)
    if not given and _is_text(longest):
        number = every.index(longest) + 1
        return f"holds no articles: its first row ({listed}) names no columns; {_BY_NUMBER}{number}"
    sought = given.get("text", "text, body, content or the like")
    return f"holds no articles: none of its fields ({listed}) is named {sought}; {_HOW_TO_TELL}"


def check_articles_seen(seen: int, records: int, fields: Iterable[str], given: Mapping[str, str]) -> None:
    """Checks that a file holds articles, by the number of records read and of articles seen among them.

    Raises Unreadable: none of the first ``_FEWEST_SEEN`` records was an article.
    """
    if not seen and records >= _FEWEST_SEEN:
        raise Unreadable(why_no_articles(fields, given))


def records_left_out(records: int) -> Iterator[Damaged]:
    """Yields one report of the number of records without a field that holds a text; nothing where it is 0."""
    if records:
        yield Damaged(f"{records:,} records" if records > 1 else "1 record", "without a text left out.")


def _first_filled(fields: Mapping[str, Any], names: list[str]) -> str:
    return next((words for name in names if (words := _value_text(fields.get(name)).strip())), "")


def _value_text(value: Any) -> str:
    """Returns the value of a field as text: of a text, a number, a list of these, or a mapping with a name."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        parts = [words for each in value if not isinstance(each, list) and (words := _value_text(each))]
        return ("\n\n" if any(len(part) > _PARAGRAPH for part in parts) else ", ").join(parts)
    if isinstance(value, Mapping):
        return next((value[key] for key in _WORDS_OF_RECORD if isinstance(value.get(key), str)), "")
    return ""


def _plain_name(name: str) -> str:
    """Returns the name of a field without capitals, spaces and marks."""
    return re.sub(r"[\W_]", "", name).casefold()


def _article_text(words: str) -> str:
    if not _MARKUP.search(words):
        return clean(html.unescape(words)).strip()
    from index.reading.pages.webpages import visible_text

    return visible_text(words)

"""The facts about an article that a person may edit, and how each is written."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.errors import InputError
from index.reading.letters.letters import one_line
from index.reading.metadata.declared_dates import iso_day

FACTS = ("title", "outlet", "author", "published", "updated", "language", "url")
"""Names of the fields of an ``Article``, in the order in which people want to know of them."""

_LONGEST = 300
"""Characters of a fact: a headline has fewer. Round, not fitted."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def checked_facts(given: Mapping[str, str]) -> dict[str, str | None]:
    """The facts, by names in FACTS, as a library keeps them; an empty value becomes None: not known.

    Raises InputError: a value is not written as its fact is, such as a date that is none.

    >>> checked_facts({"published": "17 October 2018", "outlet": " The  Herald ", "author": ""})
    {'published': '2018-10-17', 'outlet': 'The Herald', 'author': None}
    """
    return {name: _checked(name, one_line(value)) for name, value in given.items()}


def _checked(name: str, value: str) -> str | None:
    if not value:
        if name == "title":
            raise InputError("An article cannot be without a headline; give it one.")
        return None
    if len(value) > _LONGEST:
        raise InputError(f'"{value[:40]}…" has {len(value):,} characters; shorten it to at most {_LONGEST}.')
    if name in ("published", "updated"):
        day = iso_day(value)
        if day is None:
            raise InputError(f'"{value}" is no date that tells day, month and year; write it as 2018-10-17.')
        return day
    if name == "language" and not _LANGUAGE.fullmatch(value):
        raise InputError(f'"{value}" is no code of a language; write it as de or pt-BR.')
    if name == "url" and not value.startswith(("http://", "https://")):
        raise InputError(f'"{value}" is no address on the web; begin it with https://')
    return value

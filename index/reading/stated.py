"""What an article states about itself (title, outlet, dates ...), each fact with the place where it is stated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

_BEGINNING = 3000
"""Characters of a text in which its headline has to stand. Round, not fitted."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Stated:
    """What an article states about itself; None for what it does not state. Dates are ``YYYY-MM-DD``."""

    title: str
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    author: str | None = None
    updated: str | None = None
    """Day of the last change, where it is not the day of publication."""
    language: str | None = None
    """Its code, such as ``de`` or ``pt-BR``."""
    told_by: Mapping[str, str] = field(default_factory=dict)
    """For each fact that is stated the place that states it: ``{"published": "byline"}``."""

    def otherwise(self, other: Stated) -> Stated:
        """Returns these facts, with those of ``other`` where one is missing here.

        >>> by("byline", outlet="Herald").otherwise(by("file", title="Rain", outlet="Post")).told_by
        {'title': 'file', 'outlet': 'byline'}
        """
        values = {name: getattr(self, name) or getattr(other, name) for name in _FACTS}
        told_by = {name: (self if getattr(self, name) else other).told_by.get(name) for name in _FACTS}
        return Stated(**values, told_by={name: where for name, where in told_by.items() if where})

    def settled(self) -> Stated:
        """Returns these facts without ``updated`` where it is the day of publication."""
        if self.updated is None or self.updated != self.published:
            return self
        return replace(
            self, updated=None, told_by={name: where for name, where in self.told_by.items() if name != "updated"}
        )


_FACTS = tuple(each.name for each in fields(Stated) if each.name != "told_by")


def by(where: str, *, title: str = "", **facts: str | None) -> Stated:
    """Makes a record of the facts that one place, such as "byline", states; an empty value counts as not stated."""
    told = {name: value or None for name, value in facts.items()}
    names = [name for name, value in {"title": title, **told}.items() if value]
    return Stated(title, **told, told_by=dict.fromkeys(names, where))


def language_code(value: str) -> str | None:
    """Returns the language code in a value that a file or page declares; None where it holds none.

    >>> language_code("de_AT"), language_code("English (UK)")
    ('de-AT', None)
    """
    code = value.strip().replace("_", "-")
    return code if _LANGUAGE.fullmatch(code) else None


def is_headline_of(title: str, text: str) -> bool:
    """Whether the title that a file's properties state is the headline of its text, not the name of a file.

    >>> is_headline_of("Bridge closed", "THE HERALD\\n\\nBridge\\nclosed"), is_headline_of("scan_04", "Bridge closed")
    (True, False)
    """
    return bool(title) and title.casefold() in " ".join(text[:_BEGINNING].split()).casefold()
